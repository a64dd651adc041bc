"""The agenda on other pages: `{% load meetings_agenda %}`."""

from typing import Any

from django import template
from django.template import Context

from meetings.agenda import PublicItem, public_agenda
from meetings.models import Meeting

register = template.Library()
register.filter("public_agenda", public_agenda)


@register.inclusion_tag("meetings/_public_agenda.html", takes_context=True)
def agenda_for_the_public(context: Context, meeting: Meeting) -> dict[str, Any]:
    """Of a meeting found with meetings.agenda.public_items: no closed titles, no confidential papers."""
    rows: list[PublicItem] = public_agenda(meeting)
    return {"rows": rows, "meeting": meeting, "council": context["council"]}
