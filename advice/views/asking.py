"""What follows from a request, seen from above: who answered what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.overview import overview_of
from consultations.views.common import desk_of, find_dossier, find_request
from portal.access import requires


@require_safe
@requires("consultations.view_request")
def desk_overview(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    """At the desk of each authority that asks."""
    found = find_request(request, authority, public_id)
    desk = desk_of(found, authority)
    context = {"authority": desk, "found": found, "rows": overview_of(found), "askers": found.askers()}
    return render(request, "advice/who_answered.html", context)


@require_safe
@requires("consultations.view_dossier")
def room_overview(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    """In the room: of other councils the states, until their advice is public."""
    part = find_dossier(request, council, public_id)
    found = part.request
    rows = overview_of(found, reader=part.council)
    context = {"council": part.council, "part": part, "found": found, "rows": rows, "askers": found.askers()}
    return render(request, "advice/who_answered.html", context)
