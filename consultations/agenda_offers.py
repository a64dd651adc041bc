"""Requests for advice that are on no agenda yet, offered for a coming one."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.actions.handling import place_on_agenda
from consultations.models import CouncilRequest
from meetings.actions.agenda import add_item
from meetings.models import AgendaItem, Meeting
from meetings.offers import Offer, offers
from meetings.states import Aim, ItemOrigin, MeetingState
from portal.dates import long_date
from portal.models import Person


def place(meeting: Meeting, offer: Offer, by: Person) -> AgendaItem:
    """With the verb of this floor: the request then knows its item."""
    item = add_item(meeting, title=offer.title[:200], aim=offer.aim, minutes=offer.minutes, origin=offer.origin, by=by)
    place_on_agenda(CouncilRequest.objects.get(pk=offer.pk), meeting=meeting, item=item, by=by)
    return item


@offers("request", place=place)
def requests(meeting: Meeting) -> Iterable[Offer]:
    nowhere = Q(agenda_item=None) | Q(agenda_item__meeting__state=MeetingState.CANCELLED)
    found = CouncilRequest.objects.open().filter(nowhere, council_id=meeting.council_id)
    for part in found.select_related("request__authority", "council").order_by("due_on", "pk"):
        due = part.due_on
        why = _("Advice no later than %(day)s.") % {"day": long_date(due)} if due else _("There is no last day yet.")
        yield Offer(part.pk, part.request.subject, Aim.DISCUSS, 20, ItemOrigin.REQUEST, why, part.get_absolute_url())
