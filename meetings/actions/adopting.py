"""Adopting the minutes in a later meeting: from then on they are frozen."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.correcting import locked, move
from meetings.actions.register import register_decisions
from meetings.minutes_content import content_of, digest
from meetings.models import AdoptedMinutes, AgendaItem, Meeting, Minutes
from meetings.states import CorrectionState, MeetingState, MinutesState
from meetings.tasks import render_after_commit
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def adopt_minutes(minutes: Minutes, *, item: AgendaItem, by: Person) -> AdoptedMinutes:
    """At `item` of a later meeting. Corrections made there are written first; afterwards nothing can be changed."""
    meeting = Meeting.objects.select_for_update().get(pk=minutes.meeting_id)  # who writes an item locks this first
    minutes = locked(minutes)
    refuse_wrong_item(minutes, item)
    still_open = minutes.corrections.filter(state=CorrectionState.OPEN).count()
    if still_open:
        raise Refused(_("First handle every correction: taken over or not. Then the minutes can be adopted."))
    for one in meeting.agenda_items.all():
        register_decisions(one, by=by)
    move(minutes, MinutesState.ADOPTED)
    minutes.adopted_on, minutes.adopted_at_item = timezone.localdate(item.meeting.began_at), item
    minutes.save(update_fields=["state", "adopted_on", "adopted_at_item"])
    content = content_of(minutes.meeting, adopted_on=minutes.adopted_on)
    adopted = AdoptedMinutes.objects.create(
        minutes=minutes, council_id=minutes.council_id, content=content, sha256=digest(content), adopted_by=by
    )
    record("minutes.adopted", minutes, by=by)
    render_after_commit(adopted)
    return adopted


def not_later(later: Meeting, meeting: Meeting) -> bool:
    return later.council_id != meeting.council_id or later == meeting or later.began_at <= meeting.began_at


def refuse_wrong_item(minutes: Minutes, item: AgendaItem) -> None:
    later = item.meeting
    if not_later(later, minutes.meeting):
        raise Refused(_("Minutes are adopted in a later meeting of the same council."), field="item")
    if not later.has_started or later.state == MeetingState.CANCELLED:
        raise Refused(_("That meeting has not started yet. Adopt the minutes when it has."), field="item")
