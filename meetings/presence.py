"""Who is there at each item of the agenda, and whether the council may decide there.

Somebody is present as noted, from the first until the last item of each stretch; without stretches the whole meeting.
Items come in the order in which they were taken up, and those that were not by their place on the agenda: an item that
is taken up before its turn, or gets another place, changes nothing of who was there before.
Who is recused from an item does not count for it: not as present, and not in what the quorum is a part of.
A deputy counts only for a vote of his or her own; the votes of who is absent do not move to another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Q
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

Moment = tuple[datetime, int]  # when an item was taken up, and its place
Stretch = tuple[Moment | None, Moment | None]  # first and last item; None: from the opening, until the end
NOT_YET = datetime.max.replace(tzinfo=UTC)


def moment(item: AgendaItem) -> Moment:
    return item.started_at or NOT_YET, item.position


def is_there(stretches: Iterable[Stretch], at: Moment) -> bool:
    """Of somebody who was present: at this item of the meeting?"""
    known = list(stretches)
    return not known or any((first is None or first <= at) and (last is None or at <= last) for first, last in known)


def stretch(presence: Presence) -> Stretch:
    """Of a row that was read with its items."""
    first, last = presence.from_item, presence.until_item
    return moment(first) if first else None, moment(last) if last else None


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
            [person for person, stretches in present.items() if is_there(stretches, moment(item))],
            recused[item.pk], noted=bool(present),
        )
        for item in wanted
    }  # fmt: skip


def present_people(meeting: Meeting) -> dict[int, list[Stretch]]:
    """Person → the stretches of who was there at all."""
    came = Invitee.objects.filter(meeting=meeting, attendance=Attendance.PRESENT)
    found: dict[int, list[Stretch]] = {person: [] for person in came.values_list("person", flat=True)}
    rows = Presence.objects.filter(invitee__in=came).select_related("invitee", "from_item", "until_item")
    for row in rows:
        found[row.invitee.person_id].append(stretch(row))
    return found


def hangs_on_order(meeting: Meeting) -> bool:
    """Somebody came or left at an item of which nobody noted when it was taken up: its place says who was there."""
    came = Q(from_item__isnull=False, from_item__started_at=None)
    left = Q(until_item__isnull=False, until_item__started_at=None)
    return Presence.objects.filter(came | left, invitee__meeting=meeting).exists()
