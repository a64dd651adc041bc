"""What happens at a meeting and after it: who was there, what was said, what has to be done."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.scheduling import move
from meetings.models import ActionItem, AgendaItem, Invitee, Meeting
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


@transaction.atomic
def write_report(item: AgendaItem, *, report: str, decision: str, by: Person) -> AgendaItem:
    item.report, item.decision = report, decision
    item.save(update_fields=["report", "decision"])
    record("agenda_item.reported", item, by=by)
    return item


@transaction.atomic
def add_action(
    council: Council,
    *,
    text: str,
    owner: Person,
    by: Person,
    item: AgendaItem | None = None,
    due_on: date | None = None,
) -> ActionItem:
    """A new action gets a number for life: the day and a serial, as councils number them (20221020148)."""
    Council.objects.select_for_update().get(pk=council.pk)
    day = f"{timezone.localdate():%Y%m%d}"
    taken = council.action_items.filter(number__startswith=day).order_by("-number").values_list("number", flat=True)
    serial = int(taken[0][len(day) :]) + 1 if taken else 1
    action = ActionItem.objects.create(
        council=council, agenda_item=item, number=f"{day}{serial:03}", text=text, owner=owner, due_on=due_on
    )
    record("action.added", action, by=by)
    return action


@transaction.atomic
def finish_action(action: ActionItem, *, by: Person) -> ActionItem:
    action = ActionItem.objects.select_for_update().get(pk=action.pk)
    if action.done_on:
        return action
    action.done_on = timezone.localdate()
    action.save(update_fields=["done_on"])
    record("action.done", action, by=by)
    return action
