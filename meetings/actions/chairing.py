"""Who stays out of an item because of an interest, and who chairs the meeting or one item."""

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.attendance import lock_open
from meetings.models import AgendaItem, Meeting, Recusal
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def recuse(item: AgendaItem, person: Person, *, reason: str, by: Person) -> Recusal:
    """Somebody takes no part in this item. A member says it before or at the meeting; afterwards it is noted."""
    meeting = lock_open(item.meeting)
    if by == person and meeting.state == MeetingState.HELD:
        raise Refused(_("This meeting is over. Ask the secretary to note it."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."), field="reason")
    if item.recusals.filter(person=person).exists():
        raise Refused(_("It is noted already that %(name)s takes no part.") % {"name": person.name}, field="person")
    recusal = Recusal.objects.create(
        item=item, council_id=item.council_id, person=person, reason=reason.strip(), noted_by=by
    )
    record("agenda_item.recused", recusal, by=by)
    return recusal


@transaction.atomic
def withdraw_recusal(recusal: Recusal, *, by: Person) -> None:
    """Takes part after all."""
    meeting = lock_open(recusal.item.meeting)
    if by == recusal.person and meeting.state == MeetingState.HELD:
        raise Refused(_("This meeting is over. Ask the secretary to note it."))
    record("agenda_item.recusal_withdrawn", recusal, by=by)
    recusal.delete()


@transaction.atomic
def choose_chair(meeting: Meeting, person: Person | None, *, by: Person) -> Meeting:
    """Who chairs this meeting; nobody chosen: the chair of the council, or the deputy when the chair is not there."""
    meeting = lock_open(meeting)
    meeting.chair = person
    meeting.save(update_fields=["chair"])
    record("meeting.chair_chosen", meeting, by=by)
    return meeting


@transaction.atomic
def choose_item_chair(item: AgendaItem, person: Person | None, *, by: Person) -> AgendaItem:
    """Who chairs this item instead."""
    lock_open(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if person and item.recusals.filter(person=person).exists():
        raise Refused(
            _("%(name)s takes no part in this item and cannot chair it.") % {"name": person.name}, field="person"
        )
    item.deputy_chair = person
    item.save(update_fields=["deputy_chair"])
    record("agenda_item.chair_chosen", item, by=by)
    return item
