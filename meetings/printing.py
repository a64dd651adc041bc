"""From the meeting to the print run for who gets it on paper: of each the letter, the slip and the papers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from councils.states import CouncilRole
from meetings.agenda import agenda_told
from meetings.models import AccessNeeds, Meeting
from meetings.packing import current
from meetings.parts import line_of, parts_told
from meetings.print import NEEDS, print_invitations
from meetings.states import INVITATION, Channel, InviteeRole, PackState
from portal import pdf
from portal.dates import clock_time, long_date, long_datetime
from portal.documents import read
from portal.models import Message, Person
from portal.states import MessageState

CHANGED = "De vergadering is veranderd. Deze brief komt in plaats van de vorige."
ANSWER_DAYS = 5  # the slip has to come back by post
ON_SLIP = {  # a need, and its line on the answer slip
    "taxi": NEEDS[0], "large_print": NEEDS[1], "wheelchair": NEEDS[3], "hearing_loop": NEEDS[4],
    "companion": NEEDS[6], "papers_on_paper": "stukken op papier", "call_before": "bel mij de dag ervoor",
}  # fmt: skip


def print_run(meeting: Meeting, *, two_sided: bool = False) -> bytes:
    """One file for the printer; empty when nobody gets paper. Without a pack these are the letters alone, which are
    then tagged; joined with papers the run is for printing only."""
    invited = meeting.invitees.invited().with_letters().select_related("person").order_by("person__name")
    needs = {one.person_id: one for one in AccessNeeds.objects.filter(council=meeting.council_id)}
    packs, above = packs_of(meeting), words_above(meeting)
    people = [
        invitee.person for invitee in invited
        if invitee.channel == Channel.PAPER or invitee.has_letter
        or (any(packs.values()) and invitee.person_id in needs and needs[invitee.person_id].papers_on_paper)
    ]  # fmt: skip
    if not people:
        return b""
    if not any(packs.values()):
        return invitation_letters(meeting, people, needs=needs, above=above, two_sided=two_sided)
    files = []
    for person in people:
        own = needs.get(person.pk)
        large = bool(own and own.large_print)
        files.append(invitation_letters(meeting, [person], needs=needs, above=above, two_sided=two_sided))
        files += packs[large] or packs[False]
    return pdf.join(files, two_sided=two_sided)


def packs_of(meeting: Meeting) -> dict[bool, list[bytes]]:
    """The last pack and its supplements, in ordinary and in large letters; empty while it is not ready."""
    ready = meeting.packs.filter(state=PackState.READY).select_related("document").order_by("edition")
    return {large: [read(pack.document) for pack in packs if pack.document] for large, packs in current(ready).items()}


def words_above(meeting: Meeting) -> dict[int, str]:
    """Per person: that this letter takes the place of one that was posted, and the own words of the secretary."""
    told = Message.objects.filter(kind=INVITATION, about_id__in=meeting.invitees.values("pk"))
    words, posted = dict[int, str](), set[int]()
    for message in told.exclude(state=MessageState.DROPPED).order_by("pk"):
        lines = [CHANGED] if message.person_id in posted else []
        words[message.person_id] = "\n\n".join(filter(None, [*lines, message.own_words]))
        if message.state == MessageState.POSTED:
            posted.add(message.person_id)
    return words


def invitation_letters(
    meeting: Meeting, people: Sequence[Person], *, needs: dict[int, AccessNeeds] | None = None,
    above: dict[int, str] | None = None, two_sided: bool = False,
) -> bytes:  # fmt: skip
    with override("nl"):
        shared = {in_room: letter_facts(meeting, in_room=in_room) for in_room in (True, False)}
        outside = set(meeting.invitees.exclude(role=InviteeRole.MEMBER).values_list("person_id", flat=True))
        data: list[Any] = [
            shared[person.pk not in outside]
            | own_facts(person, (needs or {}).get(person.pk))
            | {"intro": (above or {}).get(person.pk, "")}
            for person in people
        ]
        return print_invitations(data, two_sided=two_sided)


def own_facts(person: Person, needs: AccessNeeds | None) -> dict[str, Any]:
    """What stands in the letter of this person only. What she needs is ticked already on her slip."""
    ticked = [line for name, line in ON_SLIP.items() if getattr(needs, name, False)]
    lines = [*NEEDS, *(line for line in ticked if line not in NEEDS)]
    if needs and needs.interpreter:
        ticked.append(f"{NEEDS[5]} {needs.interpreter}")
        lines[5] = ticked[-1]
    return {
        "member": {
            "name": person.name, "address": person.post_address.splitlines(),
            "large": bool(needs and needs.large_print),
        },
        "needs": lines, "ticked": ticked, "other": needs.other if needs else "",
    }  # fmt: skip


def letter_facts(meeting: Meeting, *, in_room: bool) -> dict[str, Any]:
    council, today = meeting.council, timezone.localdate()
    day = timezone.localdate(meeting.starts_at)
    answer_by = max(today, day - timedelta(days=ANSWER_DAYS))
    facts = [
        {"label": "Wanneer", "value": f"{long_datetime(meeting.starts_at)} tot {clock_time(meeting.ends_at)}"},
        {"label": "Waar", "value": meeting.place or "Dat hoort u nog"},
    ]
    if meeting.online_link:
        facts.append({"label": "Online", "value": meeting.online_link})
    facts += [{"label": "Deel", "value": line_of(part)} for part in parts_told(meeting)]
    secretaries = council.memberships.current().filter(role=CouncilRole.SECRETARY).select_related("person")
    return {
        "council": sender(council),
        "subject": f"Uitnodiging voor de vergadering van {long_date(day)}",
        "date": today.isoformat(),
        "meeting": f"{meeting.title}, {long_datetime(meeting.starts_at)}",
        "facts": facts,
        "agenda": [
            {"number": number, "title": item.title, "aim": item.get_aim_display()}
            for number, item in enumerate(agenda_told(meeting, in_room=in_room), 1)
        ],
        "answer_by": answer_by.isoformat(),
        "phone": council.phone,
        "signatories": [{"name": membership.person.name, "role": "secretaris"} for membership in secretaries[:1]],
    }


def sender(council) -> dict[str, Any]:
    return {
        "name": council.name,
        "contact": [line for line in (council.phone, council.email) if line],
        "return_address": [council.name, *council.post_address.splitlines()],
    }
