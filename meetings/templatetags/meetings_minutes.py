"""What this floor shows of the minutes: `{% load meetings_minutes %}`."""

from typing import Any

from django import template
from django.template import Context

from councils.models import Council
from meetings.minutes import are_shown_to_members, is_public_now, minutes_of
from meetings.models import AgendaItem, Meeting

register = template.Library()


@register.inclusion_tag("meetings/_said.html", takes_context=True)
def said_of(context: Context, item: AgendaItem) -> dict[str, Any]:
    """What was said and decided at an item, for who may read it now. Needs: meeting, can_manage."""
    return {"item": item, "shown": context["can_manage"] or are_shown_to_members(context["meeting"])}


@register.inclusion_tag("meetings/_public_minutes_link.html")
def public_minutes_link(meeting: Meeting, council: Council) -> dict[str, Any]:
    """To the short minutes, when everyone can read them. Of a list of meetings: select_related("minutes")."""
    found = minutes_of(meeting)
    return {"meeting": meeting, "council": council, "shown": found is not None and is_public_now(found)}
