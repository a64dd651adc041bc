"""What is on the agenda and in which order. Papers: meetings.actions.papers."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from meetings.agenda import can_change, holds_standing
from meetings.minutes import is_adopted
from meetings.models import AgendaItem, ItemProposal, Meeting
from meetings.presence import hangs_on_order
from meetings.states import ItemOrigin, ItemProposalState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def start_agenda(meeting: Meeting, *, by: Person) -> list[AgendaItem]:
    """The standing items of the council, around what stands there. An agenda that holds them stays as it is."""
    meeting = lock(meeting)
    items = list(meeting.agenda_items.all())
    if holds_standing(items) or meeting.opened_at:
        return []
    standing = [item for item in meeting.council.standing_items.all() if item.kind in ("", meeting.kind)]
    made = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, council_id=meeting.council_id, position=position, title=item.title, aim=item.aim,
            minutes=item.minutes, origin=item.origin,
        )
        for position, item in enumerate(standing, len(items) + 1)
    )  # fmt: skip
    if items:
        opening = sum(not item.at_end for item in standing)
        put_in_order([*made[:opening], *items, *made[opening:]])
    for item in made:
        record("agenda_item.added", item, by=by)
    return made


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, aim: str, minutes: int, by: Person, owner: Person | None = None,
    speaker: str = "", origin: str = ItemOrigin.TYPED, is_closed: bool = False, closed_ground: str = "",
) -> AgendaItem:  # fmt: skip
    """A new item comes last, but before the standing items that end every agenda."""
    meeting = lock(meeting)
    need_open(meeting)
    need_ground(is_closed, closed_ground)
    items = list(meeting.agenda_items.all())
    item = AgendaItem.objects.create(
        meeting=meeting, council_id=meeting.council_id, position=items[-1].position + 1 if items else 1, title=title,
        aim=aim, minutes=minutes, owner=owner, speaker=speaker, origin=origin, is_closed=is_closed,
        closed_ground=closed_ground if is_closed else "",
    )  # fmt: skip
    last = len(items) - closing_items(meeting, items)
    if last < len(items):
        put_in_order([*items[:last], item, *items[last:]])
    record("agenda_item.added", item, by=by)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: Person, **facts: object) -> AgendaItem:
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    need_open(item.meeting)
    for name, value in facts.items():
        setattr(item, name, value)
    need_ground(item.is_closed, item.closed_ground)
    if not item.is_closed:
        item.closed_ground = ""
    item.save(update_fields=[*facts, "closed_ground"])
    record("agenda_item.changed", item, by=by)
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: Person) -> AgendaItem:
    """Put the item at that place, counted from 1; beyond an edge is the edge."""
    meeting = lock(item.meeting)
    need_open(meeting)
    if hangs_on_order(meeting):
        raise Refused(_("It is noted who came later or left earlier. The order of the items stays as it is."))
    items = list(meeting.agenda_items.all())
    before = [one.pk for one in items]
    moved = items.pop(before.index(item.pk))
    items.insert(max(0, to - 1), moved)
    if [one.pk for one in items] != before:
        put_in_order(items)
        record("agenda_item.moved", moved, by=by)
    return moved


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off the agenda. An item at which something was written or decided stays.

    What stood behind it (a proposal, a request, an advice) is offered again for a coming agenda."""
    meeting = lock(item.meeting)
    need_open(meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.decision or item.report or item.public_report or item.decisions.exists():
        raise Refused(_("Something was written or decided at this item. It cannot be removed."))
    record("agenda_item.removed", item, by=by)
    ItemProposal.objects.filter(item=item).update(item=None, state=ItemProposalState.OPEN, decided_at=None)
    try:
        item.delete()
    except ProtectedError as kept:
        raise Refused(_("Something was noted at this item. It cannot be removed.")) from kept
    put_in_order(list(meeting.agenda_items.all()))


# --- what the verbs share -------------------------------------------------------------------------------------------


def lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=meeting.pk)


def need_open(meeting: Meeting) -> None:
    if not can_change(meeting) or is_adopted(meeting):
        raise Refused(_("This meeting is over or cancelled. Its agenda stays as it is."))


def need_ground(is_closed: bool, ground: str) -> None:
    if is_closed and not ground.strip():
        raise Refused(_("Say why this item is closed. Everybody may read the reason."), field="closed_ground")


def put_in_order(items: Sequence[AgendaItem]) -> None:
    """Number the items 1, 2, 3 as they stand."""
    moved = []
    for position, item in enumerate(items, 1):
        if item.position != position:
            item.position = position
            moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["position"])


def closing_items(meeting: Meeting, items: Iterable[AgendaItem]) -> int:
    """How many items at the end are the standing ones that end every agenda of this council."""
    endings = set(meeting.council.standing_items.filter(at_end=True).values_list("title", flat=True))
    count = 0
    for item in reversed(list(items)):
        if item.origin != ItemOrigin.STANDING or item.title not in endings:
            break
        count += 1
    return count
