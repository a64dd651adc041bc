"""What this floor puts on the home pages: `{% load advice_desk %}`."""

from django import template
from django.template import Context

from councils.models import Authority, Council

register = template.Library()


@register.simple_tag(takes_context=True)
def advice_desk(context: Context, council: Council) -> str:
    return ""


@register.simple_tag(takes_context=True)
def advice_news(context: Context, council: Council) -> str:
    return ""


@register.simple_tag(takes_context=True)
def advice_authority_desk(context: Context, authority: Authority) -> str:
    return ""
