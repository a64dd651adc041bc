"""What happens at a meeting: who was there."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.scheduling import move
from meetings.models import Invitee, Meeting
from meetings.states import Attendance, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def record_attendance(meeting: Meeting, attendance: Mapping[int, str], *, by: Person) -> Meeting:
    """attendance: person id → Attendance. Somebody who came uninvited is added."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.starts_at > timezone.now():
        raise Refused(_("This meeting has not started yet. Note who is there when it has."))
    for person_id, seen in attendance.items():
        Invitee.objects.update_or_create(
            meeting=meeting, person_id=person_id, council_id=meeting.council_id,
            defaults={"attendance": Attendance(seen)},
        )  # fmt: skip
    if meeting.state in (MeetingState.PLANNED, MeetingState.INVITED):
        move(meeting, MeetingState.HELD)
        meeting.save(update_fields=["state"])
    record("meeting.attendance", meeting, by=by)
    return meeting
