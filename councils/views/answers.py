"""What happens with a posted form: the verb is tried, and what it refuses stands at its question."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access import Refused


def done(form: Any, verb: Callable[[], object]) -> bool:
    """Whether the answers were good and the verb was done."""
    if not form.is_valid():
        return False
    try:
        verb()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def form_page(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The page with the form; 422 when an answer was refused, with everything that was typed."""
    refused = form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=422 if refused else 200)
