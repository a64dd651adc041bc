"""What happens at a meeting: who was there."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.attendance import lock_open, note_people
from meetings.actions.scheduling import move
from meetings.models import Meeting
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def record_attendance(meeting: Meeting, attendance: Mapping[int, str], *, by: Person) -> Meeting:
    """attendance: person id → Attendance. Somebody who came uninvited is added. Of who was not there after all, the
    times of coming and going are gone. Noting it after a meeting that nobody opened here, says that it was held."""
    meeting = lock_open(meeting)
    if meeting.opened_at is None and meeting.starts_at > timezone.now():
        raise Refused(_("This meeting has not started yet. Note who is there when it has."))
    note_people(meeting, attendance)
    if meeting.opened_at is None and meeting.state in (MeetingState.PLANNED, MeetingState.INVITED):
        move(meeting, MeetingState.HELD)
        meeting.save(update_fields=["state"])
    record("meeting.attendance", meeting, by=by)
    return meeting
