"""Who is there at each item of the agenda, and whether the council may decide there.

Somebody is present as noted, from the first until the last item of each stretch; without stretches the whole meeting.
Who is recused from an item does not count for it: not as present, and not in what the quorum is a part of.
A deputy counts only for a vote of his or her own; the votes of who is absent do not move to another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.ballots import in_brackets
from councils.electorate import counts_for_quorum, voters_on
from councils.rulebook import RuleBook, rulebook_for
from councils.rulebook.outcome import Outcome
from councils.rulebook.voting import quorum_needed
from meetings.models import AgendaItem, Invitee, Meeting, Presence, Recusal
from meetings.states import Attendance

Stretch = tuple[int | None, int | None]  # first and last position; None: from the opening, until the end


def is_there(stretches: Iterable[Stretch], position: int) -> bool:
    """Of somebody who was present: at this position of the agenda?"""
    known = list(stretches)
    return not known or any(
        (first is None or first <= position) and (last is None or position <= last) for first, last in known
    )


@dataclass(frozen=True)
class Here:
    """One item: who is in the room, who takes part with a vote, and what the rule book makes of that."""

    noted: bool  # somebody wrote down who was there
    people: frozenset[int]
    recused: frozenset[int]
    voting: frozenset[int]  # is here, has a vote, takes part
    counting: frozenset[int]  # … and counts for the quorum
    counted: int | None  # what the quorum is a part of, without who is recused
    recused_counted: int  # recused, of who would have counted
    quorum: Outcome | None

    @property
    def present(self) -> int:
        return len(self.counting)

    @property
    def met(self) -> bool:
        return self.quorum is None or self.present >= self.quorum.count

    @property
    def sentence(self) -> str:
        here = ngettext("%d member with a vote is here.", "%d members with a vote are here.", self.present)
        if self.quorum is None:
            return here % self.present + " " + _("The rules do not say how many must be there.")
        needed = _("Needed: %(needed)d%(article)s.") % {
            "needed": self.quorum.count, "article": in_brackets(self.quorum.article),
        }  # fmt: skip
        may = _("You may decide.") if self.met else _("That is too few to decide.")
        return f"{here % self.present} {needed} {may}"

    def as_json(self) -> dict[str, object]:
        """As it was judged that day, for the decision."""
        return {
            "present": self.present, "needed": self.quorum.count if self.quorum else None, "met": self.met,
            "article": self.quorum.article if self.quorum else None, "recused": self.recused_counted,
        }  # fmt: skip


@dataclass(frozen=True)
class Electorate:
    """Who has a vote on a day, and who counts for the quorum."""

    book: RuleBook
    voting: frozenset[int]
    quorum_of: frozenset[int]

    @classmethod
    def on(cls, meeting: Meeting, day: date) -> "Electorate":
        book = rulebook_for(meeting.council, day)
        quorum_of = frozenset(counts_for_quorum(meeting.council, book, day))
        # A chair who votes only on a tie has a vote to count where the rule counts the chair among the members.
        voting = frozenset(
            one.person_id
            for one in voters_on(meeting.council, book, day)
            if not one.only_on_tie or one.person_id in quorum_of
        )
        return cls(book, voting, quorum_of)

    def judge(self, people: Iterable[int], recused: Iterable[int], *, noted: bool) -> Here:
        here, apart = frozenset(people), frozenset(recused)
        voting = (here & self.voting) - apart
        counted = len(self.quorum_of - apart) if self.quorum_of else None
        return Here(
            noted=noted, people=here, recused=apart, voting=voting, counting=voting & self.quorum_of, counted=counted,
            recused_counted=len(apart & self.quorum_of), quorum=quorum_needed(self.book, members=counted),
        )  # fmt: skip


def book_of(meeting: Meeting) -> RuleBook:
    """The rules of the day of the meeting."""
    return rulebook_for(meeting.council, timezone.localdate(meeting.starts_at))


def presence_at(item: AgendaItem) -> Here:
    """Who is there at one item."""
    return presence_of(item.meeting, [item])[item.pk]


def presence_at_all(meeting: Meeting) -> Here:
    """Who was there at some moment."""
    present = present_people(meeting)
    electorate = Electorate.on(meeting, timezone.localdate(meeting.starts_at))
    return electorate.judge(present, (), noted=bool(present))


def presence_of(meeting: Meeting, items: Iterable[AgendaItem] | None = None) -> dict[int, Here]:
    """Item → who is there. As many queries for one item as for twenty."""
    wanted = list(meeting.agenda_items.all() if items is None else items)
    present = present_people(meeting)
    recused: dict[int, set[int]] = defaultdict(set)
    for item_id, person_id in Recusal.objects.filter(item__in=wanted).values_list("item", "person"):
        recused[item_id].add(person_id)
    electorate = Electorate.on(meeting, timezone.localdate(meeting.starts_at))
    return {
        item.pk: electorate.judge(
            [person for person, stretches in present.items() if is_there(stretches, item.position)],
            recused[item.pk], noted=bool(present),
        )
        for item in wanted
    }  # fmt: skip


def present_people(meeting: Meeting) -> dict[int, list[Stretch]]:
    """Person → the stretches of who was there at all."""
    came = Invitee.objects.filter(meeting=meeting, attendance=Attendance.PRESENT)
    found: dict[int, list[Stretch]] = {person: [] for person in came.values_list("person", flat=True)}
    rows = Presence.objects.filter(invitee__in=came)
    for person, first, last in rows.values_list("invitee__person", "from_item__position", "until_item__position"):
        found[person].append((first, last))
    return found
