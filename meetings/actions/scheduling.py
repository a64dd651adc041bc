"""Making, changing and cancelling a meeting."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.models import Meeting
from meetings.states import ARROWS, Answer, MeetingKind, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post

# What an invited person must hear of: a change of one of these raises SEQUENCE and is mailed.
TOLD = ("title", "starts_at", "ends_at", "place", "online_link")
# A change of one of these makes an earlier answer worthless.
ASKED_AGAIN = ("starts_at", "ends_at")


@transaction.atomic
def schedule_meeting(
    council: Council, *, title: str, starts_at: datetime, ends_at: datetime, by: Person, place: str = "",
    online_link: str = "", kind: str = MeetingKind.PLENARY, is_public: bool = False, **more: Any,
) -> Meeting:  # fmt: skip
    """Plan a meeting. Nobody is invited yet. `more`: working_group, authority, chair, contact, parent, public_id."""
    if ends_at <= starts_at:
        raise Refused(_("The end must be later than the start."), field="ends_at")
    meeting = Meeting.objects.create(
        council=council, title=title, starts_at=starts_at, ends_at=ends_at, place=place, online_link=online_link,
        kind=kind, is_public=is_public, **more,
    )  # fmt: skip
    record("meeting.scheduled", meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: Person, **facts: object) -> Meeting:
    """Change facts of a meeting. Who was invited hears of it; a new time asks for a new answer."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state in (MeetingState.CANCELLED, MeetingState.HELD):
        raise Refused(_("This meeting is over or cancelled. It cannot be changed."))
    changed = [name for name, value in facts.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, facts[name])
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The end must be later than the start."), field="ends_at")
    if not changed:
        return meeting
    told = meeting.state == MeetingState.INVITED and any(name in TOLD for name in changed)
    if told:
        meeting.sequence += 1
    meeting.save(update_fields=[*changed, "sequence"])
    record("meeting.changed", meeting, by=by)
    if any(name in ASKED_AGAIN for name in changed):
        meeting.invitees.update(answer=Answer.NONE, answered_at=None, answered_by=None)
    if told:
        _tell_invitees(meeting, "meetings.invitation")
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person) -> Meeting:
    """Cancel. Who was invited gets a cancellation for the calendar."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    was_invited = meeting.state == MeetingState.INVITED
    move(meeting, MeetingState.CANCELLED)
    if was_invited:
        meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence"])
    record("meeting.cancelled", meeting, by=by)
    if was_invited:
        _tell_invitees(meeting, "meetings.cancellation")
    return meeting


def move(meeting: Meeting, to: MeetingState) -> None:
    """Follow an arrow of the meeting, or say why it does not exist."""
    if to not in ARROWS[MeetingState(meeting.state)]:
        raise Refused(
            _("A meeting that is “%(now)s” cannot become “%(to)s”.")
            % {"now": meeting.get_state_display().lower(), "to": to.label.lower()}
        )
    meeting.state = to


def _tell_invitees(meeting: Meeting, kind: str) -> None:
    for invitee in meeting.invitees.select_related("person"):
        post(
            kind, invitee.person, about=invitee, cause=f"meeting:{meeting.pk}:{meeting.sequence}",
            council_id=meeting.council_id,
        )  # fmt: skip
