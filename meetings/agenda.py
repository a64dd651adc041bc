"""The agenda as it is read: the clock beside each item, and what everybody may see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, AgendaPaper, Meeting
from meetings.states import ItemOrigin, MeetingState


@dataclass(frozen=True)
class Row:
    number: int
    item: AgendaItem
    starts_at: datetime


@dataclass(frozen=True)
class Timetable:
    """The items with the time at which each begins when all before it keep to their minutes."""

    rows: list[Row]
    minutes: int
    ends_at: datetime
    spare: int  # minutes left before the end of the meeting; below zero: too late

    @property
    def late(self) -> int:
        return max(0, -self.spare)


def timetable(meeting: Meeting, items: Iterable[AgendaItem]) -> Timetable:
    rows, clock = [], meeting.starts_at
    for number, item in enumerate(items, 1):
        rows.append(Row(number, item, clock))
        clock += timedelta(minutes=item.minutes)
    minutes = int((clock - meeting.starts_at).total_seconds() // 60)
    return Timetable(rows, minutes, clock, int((meeting.ends_at - clock).total_seconds() // 60))


def can_change(meeting: Meeting) -> bool:
    return meeting.state != MeetingState.CANCELLED and meeting.closed_at is None


def holds_standing(items: Iterable[AgendaItem]) -> bool:
    """Whether the standing items of the council stand on it, or one of them."""
    standing = (ItemOrigin.STANDING, ItemOrigin.LAST_MINUTES, ItemOrigin.OPEN_ACTIONS)
    return any(item.origin in standing and not item.source for item in items)


def items_with_papers(meeting: Meeting) -> QuerySet[AgendaItem]:
    """For the room of the council: every item with every paper."""
    return with_papers(meeting.agenda_items.select_related("owner"))


def with_papers(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return items.prefetch_related(Prefetch("papers", AgendaPaper.objects.select_related("document").order_by("pk")))


def download_name(paper: AgendaPaper) -> str:
    """A file that says where it belongs, also in a folder of downloads: 2026-05-12_punt_3_Conceptadvies.pdf"""
    item = paper.item
    day = timezone.localdate(item.meeting.starts_at)
    ending = paper.document.name.rpartition(".")[2][:5].lower()
    return get_valid_filename(f"{day} punt {item.position} {paper.title}"[:150]) + f".{ending}"


# --- outside the room ------------------------------------------------------------------------------------------------


def agenda_told(meeting: Meeting, *, in_room: bool) -> list[AgendaItem]:
    """For a letter or a mail: who is invited and is no member reads of a closed item only why it is closed."""
    items = list(meeting.agenda_items.all())
    if in_room:
        return items
    for item in items:
        if item.is_closed:
            item.title = _("Closed item: %(why)s") % {"why": item.closed_ground}
    return items


@dataclass(frozen=True)
class PublicItem:
    """What everybody may know of an item. Of a closed one that is its number and why it is closed."""

    number: int
    title: str
    aim: str
    minutes: int
    is_closed: bool
    closed_ground: str
    papers: list[AgendaPaper]


def public_items(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with all that `public_agenda` reads: the same number of queries for one and for twenty."""
    papers = AgendaPaper.objects.public().select_related("document").order_by("pk")
    items = AgendaItem.objects.prefetch_related(Prefetch("papers", papers, to_attr="public_papers"))
    return meetings.prefetch_related(Prefetch("agenda_items", items, to_attr="items_for_the_public"))


def public_agenda(meeting: Meeting) -> list[PublicItem]:
    """The agenda for outside the room, of a meeting that was found with `public_items`. None of a closed meeting."""
    if not meeting.is_public:
        return []
    return [public_item(number, item) for number, item in enumerate(meeting.items_for_the_public, 1)]  # type: ignore[attr-defined]


def public_item(number: int, item: AgendaItem) -> PublicItem:
    if item.is_closed:
        return PublicItem(number, "", "", item.minutes, True, item.closed_ground, [])
    papers = item.public_papers  # type: ignore[attr-defined]
    return PublicItem(number, item.title, item.get_aim_display(), item.minutes, False, "", papers)
