"""What this floor puts on the home pages: `{% load meetings_desk %}`."""

from django import template
from django.template import Context

from councils.models import Council

register = template.Library()


@register.simple_tag(takes_context=True)
def meetings_desk(context: Context, council: Council) -> str:
    return ""


@register.simple_tag(takes_context=True)
def meetings_next(context: Context, council: Council) -> str:
    return ""
