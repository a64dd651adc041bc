"""The home of an authority: what its officers are asked to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.desks import get_authority, remember_desk
from councils.models import Council
from councils.views.welcome import welcome
from portal.access import requires


@require_safe
@requires("councils.view_desk")
def home(request: HttpRequest, authority: str) -> HttpResponse:
    found = get_authority(request, authority)
    remember_desk(request, f"authority:{found.slug}")
    councils = Council.objects.advising(found).order_by("name")
    return render(
        request,
        "councils/desk_home.html",
        welcome(request, "councils/desk_asked.html", {"authority": found, "councils": councils}),
    )
