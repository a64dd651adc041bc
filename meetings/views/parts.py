"""Parts of a plenary: add, change, write down what came of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import parts
from meetings.actions.scheduling import split_meeting
from meetings.forms.parts import PartForm, ResultForm
from meetings.models import Meeting
from meetings.views.planning import find_whole
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def add_part(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    plenary = find_whole(request, council, public_id)
    return _page(request, plenary, None, _("Add a part"))


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def edit_part(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    part = _part(request, council, public_id)
    return _page(request, part.parent, part, _("Change this part"))


def _part(request: PortalRequest, council: str, public_id: str) -> Meeting:
    part = find_whole(request, council, public_id)
    if part.parent is None:
        raise Http404
    return part


def _page(request: PortalRequest, plenary: Meeting, part: Meeting | None, title: str) -> HttpResponse:
    form = PartForm(request.POST or None, instance=part, plenary=plenary)
    form.cancel_url = plenary.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            if part:
                parts.change_part(part, by=request.user.person, **form.facts())
            else:
                parts.add_part(plenary, by=request.user.person, **form.facts())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The part is saved."))
            return redirect(plenary)
    context = {"form": form, "council": plenary.council, "meeting": plenary, "title": title}
    return render(request, "meetings/part.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def result(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    part = _part(request, council, public_id)
    form = ResultForm(request.POST or None, instance=part)
    form.cancel_url = part.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        parts.write_result(part, result=form.cleaned_data["result"], by=request.user.person)
        messages.success(request, _("The result stands with the whole meeting."))
        return redirect(part.parent)
    context = {"form": form, "council": part.council, "meeting": part.parent, "title": part.title}
    return render(request, "meetings/part.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("meetings.manage")
def tell_parts(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Once the parts are as they should be: one message to who is invited, not one per part."""
    meeting = find_whole(request, council, public_id)
    try:
        split_meeting(meeting, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Everybody who was invited hears of the parts."))
    return redirect(meeting)


@require_POST
@requires("meetings.manage")
def discuss_result(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    part = _part(request, council, public_id)
    parts.discuss_result(part, by=request.user.person)
    messages.success(request, _("The result is on the agenda of the whole meeting."))
    return redirect(part.parent)
