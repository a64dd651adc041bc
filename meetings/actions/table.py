"""Leading a meeting at the table: open it, go from item to item, close it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.attendance import lock_open, note_people
from meetings.actions.scheduling import move
from meetings.minutes import are_shown_to_members
from meetings.models import ActionItem, AgendaItem, Meeting, MeetingDecision
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person

REOPEN_FOR = timedelta(days=1)


@transaction.atomic
def open_meeting(
    meeting: Meeting, attendance: Mapping[int, str], *, by: Person, although_early: bool = False
) -> Meeting:
    """Note who is there and begin with the first item. Opening twice is opening once."""
    meeting = lock_open(meeting)
    if meeting.opened_at:
        return meeting
    if meeting.state == MeetingState.HELD:
        raise Refused(_("This meeting was held already."))
    now = timezone.now()
    if meeting.starts_at > now and not although_early:
        raise Refused(_("This meeting has not started yet. Do you want to open it now?"), field="although_early")
    note_people(meeting, attendance)
    meeting.opened_at = now
    meeting.current_item = meeting.agenda_items.first()
    meeting.save(update_fields=["opened_at", "current_item"])
    if meeting.current_item:
        begin(meeting.current_item, now)
    record("meeting.opened", meeting, by=by)
    return meeting


@transaction.atomic
def go_to_item(meeting: Meeting, item: AgendaItem, *, coming_from: int | None, by: Person) -> Meeting:
    """`coming_from` is the item that was on the screen: pressed twice, or by two people, it moves once."""
    meeting = lock_open(meeting)
    still_going(meeting)
    if item.meeting_id != meeting.pk:
        raise Refused(_("Choose an item of the agenda of this meeting."))
    if meeting.current_item_id != coming_from or item.pk == meeting.current_item_id:
        return meeting
    now = timezone.now()
    if meeting.current_item_id:
        AgendaItem.objects.filter(pk=meeting.current_item_id).update(ended_at=now)
    begin(item, now)
    meeting.current_item = item
    meeting.save(update_fields=["current_item"])
    record("meeting.moved_on", item, by=by)
    return meeting


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: Person, although_silent: bool = False) -> Meeting:
    """The meeting is held. Items of which nothing was written are asked about first. Closing twice is closing once."""
    meeting = lock_open(meeting)
    if meeting.closed_at:
        return meeting
    still_going(meeting)
    if not although_silent and silent_items(meeting).exists():
        raise Refused(_("Of some items nothing was written. Close the meeting all the same?"), field="although_silent")
    now = timezone.now()
    if meeting.current_item_id:
        AgendaItem.objects.filter(pk=meeting.current_item_id).update(ended_at=now)
    move(meeting, MeetingState.HELD)
    meeting.closed_at = now
    meeting.save(update_fields=["state", "closed_at"])
    record("meeting.closed", meeting, by=by)
    return meeting


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, by: Person) -> Meeting:
    """Closed or noted as held by mistake: it goes on where it was. Opening it again twice is once."""
    meeting = lock_open(meeting)
    if meeting.state != MeetingState.HELD:
        return meeting
    if not may_reopen(meeting):
        raise Refused(_("A meeting can be opened again for one day, as long as the members do not read its minutes."))
    meeting.state = MeetingState.INVITED if meeting.invited_at else MeetingState.PLANNED  # the only way back from held
    meeting.closed_at = None
    meeting.save(update_fields=["state", "closed_at"])
    AgendaItem.objects.filter(pk=meeting.current_item_id).update(ended_at=None)
    record("meeting.reopened", meeting, by=by)
    return meeting


def may_reopen(meeting: Meeting) -> bool:
    if meeting.state != MeetingState.HELD or are_shown_to_members(meeting):
        return False
    return (meeting.closed_at or meeting.starts_at) > timezone.now() - REOPEN_FOR


def still_going(meeting: Meeting) -> None:
    if meeting.opened_at is None:
        raise Refused(_("This meeting is not open yet."))
    if meeting.closed_at:
        raise Refused(_("This meeting is closed."))


def begin(item: AgendaItem, now: datetime) -> None:
    """An item that is taken up again keeps its first beginning."""
    item.started_at, item.ended_at = item.started_at or now, None
    item.save(update_fields=["started_at", "ended_at"])


def silent_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """No word, no decision, no action."""
    items = meeting.agenda_items.filter(report="", decision="")
    decided = MeetingDecision.objects.filter(item=OuterRef("pk"))
    return items.filter(~Exists(decided), ~Exists(ActionItem.objects.filter(agenda_item=OuterRef("pk"))))
