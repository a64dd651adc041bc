"""What may be done with the minutes of a meeting, and who sees them."""

from meetings.models import Meeting, Minutes
from meetings.states import MinutesState


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
