"""What this floor puts on the home pages: `{% load meetings_desk %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from councils.models import Council
from councils.querysets import facts_of
from meetings.models import ActionItem, Invitee, Meeting
from meetings.rules import RUNS
from meetings.states import Answer, MeetingState

register = template.Library()


@register.inclusion_tag("meetings/_desk.html", takes_context=True)
def meetings_desk(context: Context, council: Council) -> dict[str, Any]:
    """To-do items: invitations to answer, own actions; for who runs meetings, reports to write."""
    user = context["request"].user
    runs = facts_of(user).holds(RUNS, council.pk)
    to_report = Meeting.objects.none()
    if runs:
        to_report = Meeting.objects.filter(
            council=council, state__in=[MeetingState.INVITED, MeetingState.PLANNED], ends_at__lt=timezone.now()
        )
    return {
        "council": council,
        "to_answer": Invitee.objects.filter(
            council=council, person=user.person_id, answer=Answer.NONE, meeting__state=MeetingState.INVITED,
            meeting__starts_at__gt=timezone.now(),
        ).select_related("meeting__council").order_by("meeting__starts_at"),
        "own_actions": ActionItem.objects.open().filter(council=council, owner=user.person_id),
        "to_report": to_report.select_related("council"),
    }  # fmt: skip


@register.inclusion_tag("meetings/_next.html", takes_context=True)
def meetings_next(context: Context, council: Council) -> dict[str, Any]:
    """The next meeting as a card."""
    meeting = Meeting.objects.upcoming().filter(council=council).select_related("council").first()
    return {"meeting": meeting, "council": council}
