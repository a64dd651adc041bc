"""Agenda and papers as one PDF: ask, follow, fetch."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import packs
from meetings.models import Meeting, MeetingPack
from meetings.packing import changed_since, current, holds_now
from meetings.states import PackState
from meetings.tasks import ask_to_make
from meetings.views.papers import note_reading
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, requires
from portal.documents import serve


@require_safe
@requires("meetings.view")
def overview(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Who runs the meeting sees every edition; a member what holds now of those that are ready."""
    meeting = find(request, council, public_id)
    can_manage = request.user.has_perm("meetings.manage", meeting)
    found = list(meeting.packs.select_related("document").order_by("edition"))
    ready = current(pack for pack in found if pack.state == PackState.READY)
    changes: list[str] = []
    if can_manage and ready[False]:
        changes = changed_since(ready[False], holds_now(meeting))
    if not can_manage:
        found = [*ready[False], *ready[True]]
    shown = sorted(found, key=lambda pack: (-pack.edition, pack.large))
    return render(
        request, "meetings/packs.html",
        {
            "meeting": meeting, "council": meeting.council, "packs": shown, "can_manage": can_manage,
            "under_way": any(pack.state in packs.UNDER_WAY for pack in shown),
            "changes": changes, "is_out": any(pack.is_out for pack in shown), "rest": settings.BATCH_MOST_MINUTES,
        },
    )  # fmt: skip


@require_POST
@requires("meetings.manage")
def ask(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    try:
        if "large" in request.POST:
            asked = [packs.ask_pack(meeting, large=True, by=request.user.person)]
        else:
            asked = packs.ask_packs(meeting, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        for pack in asked:
            ask_to_make(pack.pk)
        messages.success(request, _("The pack is being made. You can leave this page meanwhile."))
    return redirect("meetings:packs", council, public_id)


def pack_of(meeting: Meeting, pk: str) -> MeetingPack:
    return get_object_or_404(meeting.packs.select_related("document"), public_id=pk)


@require_safe
@requires("meetings.view")
def pack_file(request: PortalRequest, council: str, public_id: str, pack: str) -> HttpResponseBase:
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.packs.select_related("document"), public_id=pack, state=PackState.READY)
    note_reading(request, meeting)
    return serve(found.document)


@require_POST
@requires("meetings.manage")
def again(request: PortalRequest, council: str, public_id: str, pack: str) -> HttpResponse:
    found = packs.try_pack_again(pack_of(find(request, council, public_id), pack), by=request.user.person)
    ask_to_make(found.pk)
    return redirect("meetings:packs", council, public_id)


@require_POST
@requires("meetings.manage")
def mark_sent(request: PortalRequest, council: str, public_id: str, pack: str) -> HttpResponse:
    try:
        packs.mark_pack_sent(pack_of(find(request, council, public_id), pack), by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Noted. What you change from now on comes in a supplement."))
    return redirect("meetings:packs", council, public_id)
