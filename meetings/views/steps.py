"""A page with one form and one verb."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from portal.access import PortalRequest, Refused
from portal.forms import PortalForm, PortalFormMixin


def form_page(
    request: PortalRequest, template: str, form: PortalForm | PortalFormMixin, verb: Callable[[], str], *, back: str,
    done: Callable[[], str] | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """The verb says what happened; what it refuses stands at its field, and what was typed stays. `back` is the way
    out and on, `done` another way on."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():  # type: ignore[union-attr]
            try:
                said = verb()
            except Refused as refused:
                form.refuse(refused)
                status = 409
            else:
                messages.success(request, said)
                return redirect(done() if done else back)
    form.cancel_url = back
    return render(request, template, {"form": form, **context}, status=status)
