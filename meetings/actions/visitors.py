"""Visitors of a public meeting announce themselves. No account and no mail: the page gives them a link of their own."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting, Visitor
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record


@transaction.atomic
def announce(meeting: Meeting, *, by: None = None, **facts: Any) -> Visitor:
    """`by` is nobody: who announces herself is not known here."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not meeting.is_public or meeting.state == MeetingState.PLANNED:
        raise Refused(_("This meeting is not public."))
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting does not take place."))
    if meeting.is_over:
        raise Refused(_("This meeting is over."))
    visitor = Visitor.objects.create(meeting=meeting, council_id=meeting.council_id, **facts)
    record("visitor.announced", visitor, by=None)
    return visitor


@transaction.atomic
def stay_away(visitor: Visitor, *, by: None = None) -> Visitor:
    """What she told of herself goes at once."""
    visitor = Visitor.objects.select_for_update(of=("self",)).get(pk=visitor.pk)
    if visitor.withdrawn_at:
        return visitor
    visitor.withdrawn_at = timezone.now()
    visitor.name = visitor.needs = visitor.email = visitor.phone = ""
    visitor.save(update_fields=["withdrawn_at", "name", "needs", "email", "phone"])
    record("visitor.withdrawn", visitor, by=None)
    return visitor
