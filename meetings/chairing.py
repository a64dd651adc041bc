"""Who chairs: the meeting, and one item of it."""

from dataclasses import dataclass

from django.utils import timezone

from councils.states import CouncilRole
from meetings.models import AgendaItem, Meeting
from meetings.presence import Here
from portal.models import Person


@dataclass(frozen=True)
class Chair:
    """`missing` is the chair who cannot do it: not here, or recused from the item."""

    person: Person | None
    missing: Person | None = None


def chair_of(meeting: Meeting, here: Here | None = None) -> Chair:
    """Who was chosen for this meeting, or the chair of that day; the deputy chair where the chair is not there."""
    day = timezone.localdate(meeting.starts_at)
    roles = meeting.council.memberships.current(day).select_related("person").order_by("starts_on", "pk")
    leading = list(roles.filter(role__in=[CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR]))
    order = [
        one.person for role in (CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR) for one in leading if one.role == role
    ]
    if meeting.chair:
        order = [meeting.chair, *(one for one in order if one != meeting.chair)]
    if not order:
        return Chair(None)
    if here is None or not here.noted:
        return Chair(order[0])
    able = [one for one in order if one.pk in here.people and one.pk not in here.recused]
    missing = None if able and able[0] == order[0] else order[0]
    return Chair(able[0] if able else None, missing)


def chair_at(item: AgendaItem, here: Here) -> Chair:
    """Who chairs this item: the one chosen for it, or who chairs the meeting and can."""
    if item.deputy_chair:
        return Chair(item.deputy_chair)
    return chair_of(item.meeting, here)
