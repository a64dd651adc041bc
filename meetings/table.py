"""What the page at the table shows: the item that is spoken about, its time, and who is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.chairing import Chair, chair_at, chair_of
from meetings.models import AgendaItem, AgendaPaper, Invitee, Meeting, Recusal
from meetings.people import people_of
from meetings.presence import Here, is_there, moment, presence_of, present_people
from meetings.states import Attendance
from portal.models import Person


@dataclass(frozen=True)
class Seat:
    """One person: here at this item, not here now, or not expected."""

    person: Person
    invitee: Invitee | None
    is_here: bool
    is_recused: bool = False


@dataclass(frozen=True)
class Table:
    meeting: Meeting
    items: list[AgendaItem]
    item: AgendaItem | None
    here: Here | None
    chair: Chair
    recusals: list[Recusal]
    seats: list[Seat]

    @property
    def number(self) -> int:
        return self.items.index(self.item) + 1 if self.item else 0

    @property
    def previous(self) -> AgendaItem | None:
        return self.items[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> AgendaItem | None:
        return self.items[self.number] if self.number < len(self.items) else None

    @property
    def here_now(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.is_here]

    @property
    def away(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.is_here]

    @property
    def timing(self) -> str:
        return timing(self.item, timezone.now()) if self.item else ""

    @property
    def is_over(self) -> bool:
        return self.item is not None and minutes_over(self.item, timezone.now()) > 0


def table_of(meeting: Meeting) -> Table:
    papers = Prefetch("papers", AgendaPaper.objects.select_related("document").order_by("pk"))
    items = list(meeting.agenda_items.select_related("owner", "deputy_chair").prefetch_related(papers))
    for one in items:
        one.meeting, one.council = meeting, meeting.council
    item = next((one for one in items if one.pk == meeting.current_item_id), None)
    if item is None:
        return Table(meeting, items, None, None, chair_of(meeting), [], seats_of(meeting, None, ()))
    here = presence_of(meeting, [item])[item.pk]
    recusals = list(item.recusals.select_related("person").order_by("person__name"))
    apart = {recusal.person_id for recusal in recusals}
    return Table(meeting, items, item, here, chair_at(item, here), recusals, seats_of(meeting, item, apart))


def seats_of(meeting: Meeting, item: AgendaItem | None, apart: Iterable[int]) -> list[Seat]:
    """Who was invited or came, and who sits in the council, by name."""
    known = list(meeting.invitees.invited_or_there().select_related("person", "deputy"))
    present = present_people(meeting)
    seats = [
        Seat(
            one.person, one,
            one.attendance == Attendance.PRESENT and (item is None or is_there(present[one.person_id], moment(item))),
            one.person_id in apart,
        )
        for one in known
    ]  # fmt: skip
    invited = {one.person_id for one in known}
    seats += [Seat(one, None, False) for one in people_of(meeting.council) if one.pk not in invited]
    return sorted(seats, key=lambda seat: seat.person.name.casefold())


def minutes_over(item: AgendaItem, now: datetime) -> int:
    if item.started_at is None:
        return 0
    return int(((item.ended_at or now) - item.started_at).total_seconds() // 60) - item.minutes


def timing(item: AgendaItem, now: datetime) -> str:
    """How long the item takes already, against what was planned."""
    if item.started_at is None:
        return ""
    over = minutes_over(item, now)
    if over > 0:
        return ngettext("%(n)d minute over", "%(n)d minutes over", over) % {"n": over}
    left = -over
    if left == 0:
        return _("The time for this item is up")
    return ngettext("%(n)d minute left", "%(n)d minutes left", left) % {"n": left}
