"""The door after signing in: to the only desk, to the choice of desks, or a friendly word for who has none."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from portal.access import signed_in


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    desks = import_string(settings.DESKS_OF)(request.user)
    if len(desks) == 1:
        return redirect(desks[0].url)
    return render(request, "portal/home.html", {"desks": desks})
