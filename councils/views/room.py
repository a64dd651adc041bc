"""The home of a council: what is asked of you, the next meeting, news of the advices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.desks import get_council, remember_desk
from councils.views.welcome import welcome
from portal.access import requires


@require_safe
@requires("councils.view_room")
def home(request: HttpRequest, council: str) -> HttpResponse:
    found = get_council(request, council)
    remember_desk(request, f"council:{found.slug}")
    return render(
        request,
        "councils/room_home.html",
        welcome(request, "councils/room_asked.html", {"council": found}),
    )
