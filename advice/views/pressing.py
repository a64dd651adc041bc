"""A button that does one thing: what came of it stands on the page that it leads back to."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.access import Refused


def pressed(request: HttpRequest, verb: Callable[[], object], *, back: str, told: str = "") -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if told:
            messages.success(request, told)
    return redirect(back)


def step(request: HttpRequest) -> int:
    """Of the buttons that move something: one place up or down."""
    return -1 if request.POST.get("naar") == "omhoog" else 1
