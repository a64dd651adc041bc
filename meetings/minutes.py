"""What may be done with the minutes of a meeting, and who sees them."""

from datetime import datetime

from django.db.models import Q

from councils.models import Council
from meetings.models import Meeting, Minutes
from meetings.states import MeetingState, MinutesState

ROUND_DAYS = 14  # no rule book has a term for this


def minutes_of(meeting: Meeting) -> Minutes | None:
    """None as long as nobody wrote anything."""
    return getattr(meeting, "minutes", None)


def is_adopted(meeting: Meeting) -> bool:
    """Then nothing of the minutes changes: no text, no attendance, no decision. Reads the database, not the object."""
    return Minutes.objects.filter(meeting_id=meeting.pk, state=MinutesState.ADOPTED).exists()


def are_shown_to_members(meeting: Meeting) -> bool:
    """The texts of an item are for who runs the meeting until the members are asked to read along."""
    found = minutes_of(meeting)
    return found is not None and found.state != MinutesState.DRAFT


def minutes_to_adopt(council: Council, before: datetime) -> list[Minutes]:
    """What the meeting that begins then can adopt: the minutes of earlier meetings, oldest first."""
    earlier = Q(meeting__starts_at__lt=before) | Q(meeting__closed_at__lt=before)  # held before its date
    waiting = Minutes.objects.filter(earlier, council=council, state=MinutesState.CORRECTION)
    return list(waiting.exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting").order_by(
        "meeting__starts_at"
    ))  # fmt: skip


def is_public_now(minutes: Minutes) -> bool:
    published, withdrawn = minutes.published_at, minutes.withdrawn_at
    return published is not None and (withdrawn is None or withdrawn < published)
