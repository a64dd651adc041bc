"""What this floor puts on the home pages: `{% load consultations_desk %}`."""

from django import template
from django.template import Context

from councils.models import Authority, Council

register = template.Library()


@register.simple_tag(takes_context=True)
def consultations_desk(context: Context, council: Council) -> str:
    return ""


@register.simple_tag(takes_context=True)
def consultations_authority_desk(context: Context, authority: Authority) -> str:
    return ""
