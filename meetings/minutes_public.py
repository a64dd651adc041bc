"""The short minutes for the public: what was decided, and what the secretary wrote for everyone.

Names stand in it only of who agreed to that; of a closed item only that it was there, and why it is closed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from councils.models import Membership
from meetings.minutes_content import FIRST, Content, rank, roles_on
from meetings.models import AdoptedMinutes, Meeting
from meetings.states import Attendance, GuestCapacity
from portal.personal_data import Finding, find_personal_data

SAME = ("format", "council", "title", "kind", "day", "starts", "ends", "place", "adopted_on")
IN_NUMBERS = {
    GuestCapacity.GUEST: ("gast", "gasten"),
    GuestCapacity.AUTHORITY: ("persoon namens het bestuur", "personen namens het bestuur"),
    GuestCapacity.GALLERY: ("bezoeker", "bezoekers"),
}


def public_content(adopted: AdoptedMinutes, texts: Mapping[int, str]) -> Content:
    """`texts`: number of the item → the short text of it."""
    whole = adopted.content
    with override("nl"):
        return {
            **{name: whole[name] for name in SAME},
            "attendance": public_attendance(adopted.minutes.meeting),
            "items": [public_item(item, texts.get(item["number"], "")) for item in whole["items"]],
        }


def public_item(item: Mapping[str, Any], text: str) -> Content:
    shown = {"number": item["number"], "closed": item["closed"]}
    if item["closed"]:
        return shown | {"title": "", "ground": item["ground"], "said": "", "decisions": []}
    decisions = [{"number": one["number"], "text": one["text"]} for one in item["decisions"]]
    return shown | {"title": item["title"], "ground": "", "said": text.strip(), "decisions": decisions}


def public_attendance(meeting: Meeting) -> list[Content]:
    """Names only of who agreed to be named; the others by their role, or as a number."""
    roles = roles_on(meeting)
    present = list(meeting.invitees.filter(attendance=Attendance.PRESENT).values_list("person_id", flat=True))
    members = sorted((roles[pk] for pk in present if pk in roles), key=lambda one: (rank(one.role), one.person.name))
    named = [with_role(one) for one in members if one.named_in_public]
    offices = [
        f"de {one.get_role_display().lower()}" for one in members if not one.named_in_public and one.role in FIRST
    ]
    others = len(members) - len(named) - len(offices)
    one, many = ("ander lid", "andere leden") if named or offices else ("lid", "leden")
    guests = Counter(meeting.guests.values_list("capacity", flat=True))
    guests[GuestCapacity.GUEST] += sum(1 for pk in present if pk not in roles)
    rows = [
        {"label": "Aanwezig", "names": [*named, *offices, *counted(others, one, many)]},
        {
            "label": "Verder aanwezig",
            "names": [text for kind, words in IN_NUMBERS.items() for text in counted(guests[kind], *words)],
        },
    ]
    return [row for row in rows if row["names"]]


def with_role(membership: Membership) -> str:
    name = membership.person.name
    return f"{name} ({membership.get_role_display().lower()})" if membership.role in FIRST else name


def counted(number: int, one: str, many: str) -> Iterable[str]:
    return [f"{number} {one if number == 1 else many}"] if number else []


# --- what the secretary looks at before it is public ---


@dataclass(frozen=True)
class Warned:
    where: str  # the title of the item
    findings: list[Finding]


def warnings_of(content: Mapping[str, Any], meeting: Meeting) -> list[Warned]:
    """Names of people who did not agree to be named, addresses and telephone numbers: each item with what it has."""
    names = names_not_public(meeting)
    found = []
    for item in content["items"]:
        text = "\n".join([item["title"], item["said"], item["ground"], *(one["text"] for one in item["decisions"])])
        if findings := find_personal_data(text, names):
            found.append(Warned(f"{item['number']}. {item['title']}".strip(), findings))
    return found


def names_not_public(meeting: Meeting) -> set[str]:
    """Everybody of this meeting and council who did not agree to be named."""
    memberships = meeting.council.memberships
    agreed = memberships.current().filter(named_in_public=True).values_list("person__name", flat=True)
    known = {
        *memberships.values_list("person__name", flat=True), *meeting.guests.values_list("name", flat=True),
        *meeting.invitees.values_list("person__name", flat=True),
    }  # fmt: skip
    return known - set(agreed)
