"""The answers of the authority on other pages: `{% load answers %}`.

{% response_for copy %}                       the answer on one copy of a letter, or the way to register it (room only)
{% published_letters limit=5 council=None %}  the newest published advices, with how far each answer is
"""

from datetime import date
from typing import Any

from django import template
from django.template import Context

from advice.answered import for_list, published, recommendations_of, score_of, standing_of, standings_of
from advice.models import LetterCopy
from councils.models import Council

register = template.Library()


@register.inclusion_tag("advice/_response.html", takes_context=True)
def response_for(context: Context, copy: LetterCopy) -> dict[str, Any]:
    standing = standing_of(copy, copy.letter)
    response = standing.response
    return {
        "copy": copy,
        "council": copy.letter.council,
        "response": response,
        "standing": standing,
        "recommendations": recommendations_of(copy.letter, [response]) if response else [],
        "score": score_of(response) if response else [],
        "may_mark": bool(response) and context["request"].user.has_perm("advice.mark_answers", copy),
        "may_register": not response and context["request"].user.has_perm("advice.register_response", copy),
    }


@register.inclusion_tag("advice/_public_rows.html")
def published_letters(limit: int = 5, council: Council | None = None, level: int = 3) -> dict[str, Any]:
    found = list(for_list(published(council)).order_by("-dated_on", "-pk")[:limit])
    for letter in found:
        letter.standings = standings_of(letter)  # type: ignore[attr-defined]
    return {"letters": found, "with_council": council is None, "level": level}


@register.filter
def date_of(value: str) -> date:
    """The day that a frozen text names."""
    return date.fromisoformat(value)
