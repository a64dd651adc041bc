"""The papers of an agenda item: for the room of the council, and the open ones for everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions.papers import change_paper
from meetings.actions.papers import remove_paper as remove
from meetings.agenda import download_name
from meetings.forms.agenda import PaperForm
from meetings.models import AgendaPaper, Meeting
from meetings.views.agenda import page_of
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, public, requires
from portal.documents import serve


def paper_of(meeting: Meeting, pk: int) -> AgendaPaper:
    return get_object_or_404(
        AgendaPaper.objects.select_related("item__meeting", "document"), pk=pk, item__meeting=meeting
    )


def note_reading(request: PortalRequest, meeting: Meeting) -> None:
    """Who opened the papers is not reminded to read them; nobody sees it."""
    meeting.invitees.filter(person=request.user.person_id).update(papers_opened_at=timezone.now())


@require_safe
@requires("meetings.view")
def paper(request: PortalRequest, council: str, public_id: str, paper: int) -> HttpResponseBase:
    found = paper_of(find(request, council, public_id), paper)
    note_reading(request, found.item.meeting)
    return serve(found.document, name=download_name(found))


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def edit_paper(request: PortalRequest, council: str, public_id: str, paper: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found = paper_of(meeting, paper)
    form = PaperForm(request.POST or None, paper=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_paper(found, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The paper is saved."))
            return redirect(page_of(meeting, found.item_id))
    form.cancel_url = page_of(meeting, found.item_id)
    return render(
        request, "meetings/paper.html", {"form": form, "meeting": meeting, "council": meeting.council, "paper": found},
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.manage")
def remove_paper(request: PortalRequest, council: str, public_id: str, paper: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found = paper_of(meeting, paper)
    try:
        remove(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The paper is removed."))
    return redirect(page_of(meeting, found.item_id))


@require_safe
@public
def public_paper(request: HttpRequest, council: str, public_id: str, document: str) -> HttpResponseBase:
    """An open paper of a public meeting. What is confidential does not exist here, until its embargo is over."""
    meetings = Meeting.objects.published().filter(council__slug=council)
    open_papers = AgendaPaper.objects.public().select_related("item__meeting", "document")
    found = get_object_or_404(
        open_papers, item__meeting__in=meetings, item__meeting__public_id=public_id, document__public_id=document
    )
    return serve(found.document, name=download_name(found))
