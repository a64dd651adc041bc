"""The minutes as plain data: what page, PDF and Word file are made from, and what is frozen when they are adopted.

Nothing of it is looked up again later. Dates are ISO strings; the wording is Dutch, as minutes are.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from councils.models import Membership
from councils.pictures import logo_name
from councils.states import CouncilRole
from meetings.models import AgendaItem, Invitee, Meeting, MeetingDecision
from meetings.numbering import decisions_in
from meetings.people import not_noted
from meetings.states import Attendance, GuestCapacity
from portal.dates import clock_time

FORMAT = 1
DAY = timedelta(hours=24)
CAME = {
    Attendance.PRESENT: "Aanwezig",
    Attendance.ABSENT_NOTIFIED: "Afwezig met bericht",
    Attendance.ABSENT_UNNOTIFIED: "Afwezig zonder bericht",
}
NOT_NOTED = "Niet ingevuld"
FIRST = [CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR, CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER]
GUESTS = {
    GuestCapacity.GUEST: "Gasten",
    GuestCapacity.AUTHORITY: "Namens het bestuur",
    GuestCapacity.GALLERY: "Publiek",
}
Content = dict[str, Any]


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, which is also what stands inside the PDF."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_of(meeting: Meeting, *, adopted_on: date | None = None) -> Content:
    """The whole minutes, for the council."""
    with override("nl"):
        return {
            **heading_of(meeting),
            "adopted_on": adopted_on.isoformat() if adopted_on else None,
            "attendance": attendance_of(meeting, is_draft=adopted_on is None),
            "items": [item_content(item, number) for number, item in enumerate(items_of(meeting), 1)],
        }


def heading_of(meeting: Meeting) -> Content:
    council, began_at = meeting.council, meeting.began_at
    closed_at = meeting.closed_at
    same_day = closed_at and began_at < closed_at < began_at + DAY
    return {
        "format": FORMAT,
        "council": {"name": council.name, "logo": logo_name(council)},
        "title": meeting.title,
        "kind": meeting.get_kind_display(),
        "day": timezone.localdate(began_at).isoformat(),
        "starts": clock_time(began_at),
        "ends": clock_time(closed_at if same_day else meeting.ends_at),
        "place": meeting.place,
    }


def items_of(meeting: Meeting) -> list[AgendaItem]:
    return list(
        meeting.agenda_items.select_related("deputy_chair").prefetch_related(
            "registered_decisions", "actions__owner", "recusals__person"
        )
    )


def item_content(item: AgendaItem, number: int) -> Content:
    return {
        "number": number,
        "title": item.title,
        "closed": item.is_closed,
        "ground": item.closed_ground,
        "chair": item.deputy_chair.name if item.deputy_chair else "",
        "recused": [one.person.name for one in item.recusals.all()],
        "said": item.report,
        "decisions": decisions_of(item),
        "actions": [
            {
                "number": action.number, "text": action.text, "owner": action.owner.name,
                "due": action.due_on.isoformat() if action.due_on else None,
            }
            for action in sorted(item.actions.all(), key=lambda one: one.number)
        ],
        "public": "" if item.is_closed else item.public_report,
    }  # fmt: skip


def decisions_of(item: AgendaItem) -> list[Content]:
    """With their numbers once they have them; before that what stands at the item."""
    rows: list[MeetingDecision] = sorted(item.registered_decisions.all(), key=lambda one: one.number)
    if not rows:
        return [{"number": "", "text": text, "quorum": {}} for text in decisions_in(item.decision)]
    return [{"number": row.number, "text": row.text, "quorum": row.quorum} for row in rows]


# --- who was there ---


def roles_on(meeting: Meeting) -> dict[int, Membership]:
    """Person → the membership that counts that day; a chair who is also a member is the chair."""
    day = timezone.localdate(meeting.starts_at)
    found: dict[int, Membership] = {}
    for membership in meeting.council.memberships.current(day).select_related("person"):
        known = found.get(membership.person_id)
        if known is None or rank(membership.role) < rank(known.role):
            found[membership.person_id] = membership
    return found


def rank(role: str) -> int:
    return FIRST.index(CouncilRole(role)) if role in FIRST else len(FIRST)


def attendance_of(meeting: Meeting, *, is_draft: bool = False) -> list[Content]:
    """Label and names: who was there and for which items, who was not, and the guests. A draft says of whom nobody
    noted it."""
    roles = roles_on(meeting)
    invitees = list(
        meeting.invitees.exclude(attendance=Attendance.UNKNOWN)
        .select_related("person", "deputy")
        .prefetch_related("presences__from_item", "presences__until_item")
    )
    invitees.sort(key=lambda one: (rank(roles[one.person_id].role) if one.person_id in roles else 99, one.person.name))
    rows = [
        {"label": label, "names": [in_words(one, roles) for one in invitees if one.attendance == seen]}
        for seen, label in CAME.items()
    ]
    if is_draft:
        rows.append({"label": NOT_NOTED, "names": [person.name for person in not_noted(meeting)]})
    for capacity, label in GUESTS.items():
        names = [
            with_organisation(one.name, one.organisation)
            for one in meeting.guests.filter(capacity=capacity).order_by("name")
        ]
        rows.append({"label": label, "names": names})
    return [row for row in rows if row["names"]]


def in_words(invitee: Invitee, roles: Mapping[int, Membership]) -> str:
    notes = []
    membership = roles.get(invitee.person_id)
    if membership and membership.role in FIRST:
        notes.append(membership.get_role_display().lower())
    for stretch in invitee.presences.all():
        since = f"vanaf “{stretch.from_item.title}”" if stretch.from_item else ""
        until = f"tot en met “{stretch.until_item.title}”" if stretch.until_item else ""
        notes.append(" ".join(filter(None, [since, until])))
    if invitee.deputy:
        notes.append(f"vervangen door {invitee.deputy.name}")
    shown = ", ".join(filter(None, notes))
    return f"{invitee.person.name} ({shown})" if shown else invitee.person.name


def with_organisation(name: str, organisation: str) -> str:
    return f"{name} ({organisation})" if organisation else name
