"""What this floor shows of the minutes: `{% load meetings_minutes %}`."""

from typing import Any

from django import template
from django.template import Context

from meetings.minutes import are_shown_to_members
from meetings.models import AgendaItem

register = template.Library()


@register.inclusion_tag("meetings/_said.html", takes_context=True)
def said_of(context: Context, item: AgendaItem) -> dict[str, Any]:
    """What was said and decided at an item, for who may read it now. Needs: meeting, can_manage."""
    return {"item": item, "shown": context["can_manage"] or are_shown_to_members(context["meeting"])}
