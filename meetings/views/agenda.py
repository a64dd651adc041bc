"""Pages of the agenda: items and their papers."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import agenda
from meetings.forms.agenda import AgendaItemForm
from meetings.models import AgendaItem, AgendaPaper, Meeting
from meetings.views.planning import find, form_page
from portal.access import PortalRequest, Refused, requires
from portal.documents import keep_upload, serve


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def add_item(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    return _item_page(request, meeting, None)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def edit_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    return _item_page(request, meeting, get_object_or_404(meeting.agenda_items, pk=item))


def _item_page(request: PortalRequest, meeting: Meeting, item: AgendaItem | None) -> HttpResponse:
    form = AgendaItemForm(request.POST or None, request.FILES or None, instance=item)
    by = request.user.person
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data.pop("papers")
        try:
            paper = keep_upload(upload, by=by, council_id=meeting.council_id) if upload else None
        except Refused as refused:
            form.add_error("papers", str(refused))
        else:
            facts = {name: form.cleaned_data[name] for name in ("title", "aim", "minutes")}
            if item:
                agenda.change_item(item, by=by, **facts)
            else:
                item = agenda.add_item(meeting, by=by, **facts)
            if paper:
                agenda.add_paper(item, paper, title="", by=by)
            messages.success(request, _("The agenda item is saved."))
            return redirect(meeting)
    title = _("Change the agenda item") if item else _("Add an agenda item")
    return form_page(request, form, meeting.council, title, meeting, item)


@require_POST
@requires("meetings.manage")
def order_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.agenda_items, pk=item)
    agenda.move_item(found, up=request.POST.get("to") == "up", by=request.user.person)
    return redirect(f"{meeting.get_absolute_url()}#punt-{found.pk}")


@require_POST
@requires("meetings.manage")
def remove_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    try:
        agenda.remove_item(get_object_or_404(meeting.agenda_items, pk=item), by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The agenda item is removed."))
    return redirect(meeting)


@require_safe
@requires("meetings.view")
def paper(request: PortalRequest, council: str, public_id: str, paper: int) -> HttpResponseBase:
    meeting = find(request, council, public_id)
    return serve(get_object_or_404(AgendaPaper, pk=paper, item__meeting=meeting).document)


@require_POST
@requires("meetings.manage")
def remove_paper(request: PortalRequest, council: str, public_id: str, paper: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    agenda.remove_paper(get_object_or_404(AgendaPaper, pk=paper, item__meeting=meeting), by=request.user.person)
    messages.success(request, _("The paper is removed."))
    return redirect(meeting)
