"""What every home page opens with: a greeting, and how much is asked."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

TODO = '<li class="portal-todo'


def welcome(request: HttpRequest, template: str, context: dict[str, Any]) -> dict[str, Any]:
    """Renders what the apps ask first, so that the page can say on top how many things there are."""
    asked = render_to_string(template, context, request)
    now = localtime()
    return {
        **context,
        "asked": asked,
        "asked_count": asked.count(TODO),
        "today": now.date(),
        "greeting": f"{greeting(now.hour)}, {request.user.person.name.split()[0]}",  # type: ignore[union-attr]
    }


def greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
