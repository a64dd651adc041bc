"""`{% explained html %}`: text of a section, with the explanation of hard words if the page has an `explainer`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from advice.letter_print import TENORS
from portal import text

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: Context, value: Any) -> SafeString:
    html = text.rich(str(value or ""))
    explainer = context.get("explainer")
    return explainer.on_page(html) if explainer else html


@register.filter
def judgement(tenor: str) -> str:
    """In the words of the letter, which is Dutch."""
    return TENORS.get(tenor, "")
