"""From the meeting to the print run for who gets it on paper: of each the letter, the slip and the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from councils.states import CouncilRole
from meetings.agenda import agenda_told
from meetings.emails.invitations import news_since, sequence_of
from meetings.models import AccessNeeds, Meeting, MeetingChange, MeetingPack
from meetings.packing import changed_since, current, holds_now
from meetings.parts import line_of, parts_told
from meetings.print import NEEDS, print_invitations
from meetings.states import INVITATION, Channel, InviteeRole, PackState
from meetings.terms import answer_by
from portal import pdf
from portal.dates import clock_time, long_date, long_datetime
from portal.documents import read
from portal.models import Message, Person
from portal.states import MessageState

CHANGED = "De vergadering is veranderd. Deze brief komt in plaats van de vorige."
AGAIN = "Laat opnieuw weten of u komt."
ON_SLIP = {  # a need, and its line on the answer slip
    "taxi": NEEDS[0], "large_print": NEEDS[1], "wheelchair": NEEDS[3], "hearing_loop": NEEDS[4],
    "companion": NEEDS[6], "papers_on_paper": "stukken op papier", "call_before": "bel mij de dag ervoor",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Who gets paper, and what goes along in ordinary and in large letters: the last whole pack and its supplements.
    The pack is for members: a guest gets the letter alone."""

    people: list[Person]
    members: set[int]
    needs: dict[int, AccessNeeds]
    packs: dict[bool, list[MeetingPack]]

    def is_large(self, person: Person) -> bool:
        return person.pk in self.needs and self.needs[person.pk].large_print

    @property
    def sizes(self) -> set[bool]:
        return {self.is_large(person) for person in self.people if person.pk in self.members}


def run_of(meeting: Meeting, *, with_papers: bool = True) -> Run:
    invited = list(meeting.invitees.invited().with_letters().select_related("person").order_by("person__name"))
    needs = {one.person_id: one for one in AccessNeeds.objects.filter(council=meeting.council_id)}
    ready = meeting.packs.filter(state=PackState.READY).select_related("document").order_by("edition")
    packs = current(ready)
    people = [
        invitee.person for invitee in invited
        if invitee.channel == Channel.PAPER or invitee.has_letter
        or (any(packs.values()) and invitee.person_id in needs and needs[invitee.person_id].papers_on_paper)
    ]  # fmt: skip
    members = {invitee.person_id for invitee in invited if invitee.role == InviteeRole.MEMBER}
    return Run(people, members, needs, packs if with_papers else current([]))


@dataclass(frozen=True)
class NotRight:
    """Why the papers of a run cannot go in the post."""

    changes: list[str]  # what the pack does not hold any more
    large_for: list[str]  # names of who reads large print, when there is no such pack
    no_ordinary: bool  # somebody reads the ordinary size, and there is no such pack
    under_way: bool


def not_right(meeting: Meeting) -> NotRight | None:
    """An old pack beside a letter with the new time brings somebody at the wrong moment: it is not printed."""
    run = run_of(meeting)
    under_way = meeting.packs.filter(state__in=[PackState.WAITING, PackState.WORKING]).exists()
    if not run.people or not (any(run.packs.values()) or under_way):
        return None
    now = holds_now(meeting)
    changes = [line for large in sorted(run.sizes) for line in changed_since(run.packs[large], now)]
    reads_large = [one.name for one in run.people if run.is_large(one) and one.pk in run.members]
    large_for = [] if run.packs[True] else reads_large
    no_ordinary = False in run.sizes and not run.packs[False]
    if not (changes or large_for or no_ordinary):
        return None
    return NotRight(list(dict.fromkeys(changes)), large_for, no_ordinary, under_way)


def print_run(meeting: Meeting, *, two_sided: bool = False, with_papers: bool = True) -> bytes:
    """One file for the printer; empty when nobody gets paper. Without a pack these are the letters alone, which are
    then tagged; joined with papers the run is for printing only."""
    run, above = run_of(meeting, with_papers=with_papers), words_above(meeting)
    if not run.people:
        return b""
    if not any(run.packs.values()):
        return invitation_letters(meeting, run.people, needs=run.needs, above=above, two_sided=two_sided)
    papers = {large: [read(pack.document) for pack in packs if pack.document] for large, packs in run.packs.items()}
    files = []
    for person in run.people:
        files.append(invitation_letters(meeting, [person], needs=run.needs, above=above, two_sided=two_sided))
        if person.pk in run.members:
            files += papers[run.is_large(person)]
    return pdf.join(files, two_sided=two_sided)


def words_above(meeting: Meeting) -> dict[int, str]:
    """Per person: the own words of the secretary, and after a letter that was posted what has changed since."""
    asked = dict(meeting.invitees.values_list("pk", "asked_sequence"))
    told = Message.objects.filter(kind=INVITATION, about_id__in=asked)
    changes = list(meeting.changes.all())
    words, posted = dict[int, str](), dict[int, Message]()
    for message in told.exclude(state=MessageState.DROPPED).order_by("pk"):
        before = posted.get(message.person_id)
        lines = news_on_paper(changes, before) if before else []
        if before and asked[message.about_id] > sequence_of(before):
            lines.append(AGAIN)
        words[message.person_id] = "\n\n".join(filter(None, ["\n".join(lines), message.own_words]))
        if message.state == MessageState.POSTED:
            posted[message.person_id] = message
    return words


def news_on_paper(changes: Sequence[MeetingChange], before: Message) -> list[str]:
    """In the words of the mail. The letter has no arrow in its typeface."""
    with override("nl"):
        return [CHANGED, *(words.replace(" → ", " wordt ") for words in news_since(changes, before))]


def invitation_letters(
    meeting: Meeting, people: Sequence[Person], *, needs: dict[int, AccessNeeds] | None = None,
    above: dict[int, str] | None = None, two_sided: bool = False,
) -> bytes:  # fmt: skip
    with override("nl"):
        shared = {in_room: letter_facts(meeting, in_room=in_room) for in_room in (True, False)}
        outside = set(meeting.invitees.exclude(role=InviteeRole.MEMBER).values_list("person_id", flat=True))
        opening = f"U bent uitgenodigd voor een vergadering van {meeting.council.name}."
        data: list[Any] = [
            shared[person.pk not in outside]
            | own_facts(person, (needs or {}).get(person.pk))
            | {"intro": "\n\n".join(filter(None, [opening, (above or {}).get(person.pk, "")]))}
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
        "answer_by": answer_by(meeting).isoformat(),
        "phone": council.phone,
        "signatories": [{"name": membership.person.name, "role": "secretaris"} for membership in secretaries[:1]],
    }


def sender(council) -> dict[str, Any]:
    return {
        "name": council.name,
        "contact": [line for line in (council.phone, council.email) if line],
        "return_address": [council.name, *council.post_address.splitlines()],
    }
