"""What every home page opens with: a greeting, and how much is asked."""

import re
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

TODO = re.compile(r'<li class="portal-todo.*?</li>', re.DOTALL)
DAY = re.compile(r'^<li class="[^"]*" data-day="([0-9-]{10})"')
NO_DAY = "9999"  # after every day
LOUD, CALM = "utrecht-button-link--primary-action", "utrecht-button-link--secondary-action"


def welcome(request: HttpRequest, template: str, context: dict[str, Any]) -> dict[str, Any]:
    """Renders what the apps ask first, so that the page can say on top how many things there are."""
    todos = with_one_next_step(in_order_of_day(render_to_string(template, context, request)))
    now = localtime()
    return {
        **context,
        "asked": mark_safe("\n".join(todos)),  # noqa: S308 - made by our own templates
        "asked_count": len(todos),
        "today": now.date(),
        "greeting": f"{greeting(now.hour)}, {request.user.person.name.split()[0]}",  # type: ignore[union-attr]
    }


def in_order_of_day(asked: SafeString) -> list[str]:
    """What must be done first stands on top, whichever app asks it; what has no last day keeps its order below."""

    def day(todo: str) -> str:
        found = DAY.match(todo)
        return found[1] if found else NO_DAY

    return sorted(TODO.findall(asked), key=day)


def with_one_next_step(todos: list[str]) -> list[str]:
    """Only the first has the button that stands out: where to begin."""
    first, others = [one.replace(LOUD, CALM).replace(CALM, LOUD) for one in todos[:1]], todos[1:]
    return [*first, *(one.replace(LOUD, CALM) for one in others)]


def greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
