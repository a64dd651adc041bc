"""What an authority sees of a formal consultation: when, where, the items that are open and their open papers.

Only after the invitations went out, and never the room: no reports, no answers, no online link."""

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.desks import get_authority
from meetings.agenda import download_name
from meetings.models import AgendaItem, AgendaPaper, Meeting
from portal.access import PortalRequest, requires
from portal.documents import serve


@require_safe
@requires("councils.view_desk")
def consultations(request: PortalRequest, authority: str) -> HttpResponse:
    found = get_authority(request, authority)
    papers = AgendaPaper.objects.public().select_related("document").order_by("pk")
    items = AgendaItem.objects.filter(is_closed=False).prefetch_related(Prefetch("papers", papers))
    shown = Meeting.objects.shown_to(found).select_related("council").order_by("-starts_at")
    meetings = shown.prefetch_related(Prefetch("agenda_items", items))[:50]
    return render(request, "meetings/consultations.html", {"authority": found, "meetings": meetings})


@require_safe
@requires("councils.view_desk")
def consultation_paper(request: PortalRequest, authority: str, paper: int) -> HttpResponseBase:
    found = get_authority(request, authority)
    papers = AgendaPaper.objects.public().filter(item__meeting__in=Meeting.objects.shown_to(found))
    shown = get_object_or_404(papers.select_related("item__meeting", "document"), pk=paper)
    return serve(shown.document, name=download_name(shown))
