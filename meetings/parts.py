"""The sub-sessions of a plenary as they are told: in the invitation, on paper, in the calendar."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from meetings.models import Invitee, Meeting
from meetings.states import MeetingState
from portal.dates import clock_time
from portal.models import Person


def parts_told(meeting: Meeting, person: Person | None = None) -> QuerySet[Meeting]:
    """What takes place, in order. `is_own`: this person was asked to sit in it."""
    seats = Invitee.objects.filter(meeting=OuterRef("pk"), person=person)
    found = meeting.parts.exclude(state=MeetingState.CANCELLED).annotate(is_own=Exists(seats))
    return found.order_by("starts_at", "pk")


def line_of(part: Meeting) -> str:
    """`14.00 uur – 15.00 uur: Tafel jeugd, zaal 3`."""
    span = f"{clock_time(part.starts_at)} – {clock_time(part.ends_at)}"
    return f"{span}: {part.title}" + (f", {part.place}" if part.place else "")


def has_news(meeting: Meeting, parts: Iterable[Meeting]) -> bool:
    """A part was made or changed after the last message to who is invited: every message names the parts."""
    if meeting.state != MeetingState.INVITED or meeting.is_over or meeting.leaves_at:
        return False
    last = meeting.changes.filter(is_mailed=True).order_by("-pk").values_list("made_at", flat=True).first()
    since = last or meeting.invited_at
    return any(since is None or part.changed_at > since for part in parts)
