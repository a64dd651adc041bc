"""What people need: stated by themselves, or by the secretary for them; the list of a meeting is hers alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import Council
from meetings.actions.needs import needs_at, state_needs
from meetings.forms.needs import NeedsForm
from meetings.models import AccessNeeds, Visitor
from meetings.views.planning import find
from portal.access import PortalRequest, get_for, requires
from portal.audit import record
from portal.models import Person


@require_http_methods(["GET", "POST"])
@requires("meetings.list")
def own_needs(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    return _needs_page(request, found, request.user.person)


@require_http_methods(["GET", "POST"])
@requires("meetings.keep_needs_of")
def needs_of(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """For a member who told it by telephone."""
    found = get_for(request, Council, slug=council)
    membership = get_object_or_404(found.memberships.select_related("person"), public_id=public_id)
    return _needs_page(request, found, membership.person)


def _needs_page(request: PortalRequest, council: Council, person: Person) -> HttpResponse:
    by = request.user.person
    stated = AccessNeeds.objects.filter(council=council, person=person).first()
    form = NeedsForm(request.POST if request.method == "POST" else None, instance=stated)
    if request.method == "POST" and form.is_valid():
        state_needs(council, person, by=by, **form.cleaned_data)
        messages.success(request, _("Saved. Only the secretary of the council sees this."))
        return redirect(request.path)
    if stated and person != by:
        record("needs.read", stated, by=by)
    return render(
        request, "meetings/needs.html",
        {"form": form, "council": council, "person": person, "is_own": person == by, "stated": stated},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


@require_safe
@requires("meetings.see_needs")
def care_list(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """What must be arranged for this meeting. Who reads it leaves a row in the trail."""
    meeting = find(request, council, public_id)
    record("needs.read", meeting, by=request.user.person)
    return render(
        request, "meetings/care_list.html",
        {"council": meeting.council, "meeting": meeting, "rows": needs_at(meeting), **_visitors(meeting)},
    )  # fmt: skip


@require_safe
@requires("meetings.see_visitors")
def visitors(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    record("visitors.read", meeting, by=request.user.person)
    return render(
        request, "meetings/visitors.html", {"council": meeting.council, "meeting": meeting, **_visitors(meeting)}
    )


def _visitors(meeting) -> dict:
    coming = list(Visitor.objects.filter(meeting=meeting, withdrawn_at=None).order_by("name"))
    return {"visitors": coming, "heads": sum(one.people for one in coming)}
