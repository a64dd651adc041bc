"""What the page of a meeting shows of holding it: `{% load meetings_holding %}`."""

from typing import Any

from django import template
from django.template import Context

from meetings.models import Meeting, Recusal
from meetings.states import MeetingState

register = template.Library()


@register.inclusion_tag("meetings/_recusals.html", takes_context=True)
def recusals_of(context: Context, meeting: Meeting) -> dict[str, Any]:
    """Who takes no part; a member can say it until the meeting is over."""
    found = Recusal.objects.filter(item__meeting=meeting).select_related("item", "person")
    return {
        "meeting": meeting, "council": context["council"], "user": context["request"].user,
        "csrf_token": context.get("csrf_token"), "can_manage": context["can_manage"],
        "recusals": list(found.order_by("item__position", "person__name")),
        "may_say": bool(context["items"]) and meeting.state in (MeetingState.PLANNED, MeetingState.INVITED),
    }  # fmt: skip
