"""Pages of the agenda: the list that is put together, and its items."""

from contextlib import suppress

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import agenda, offering, papers
from meetings.actions.agenda import start_agenda
from meetings.actions.offering import place_all
from meetings.actions.standing import start_standing
from meetings.agenda import can_change, holds_standing, items_with_papers, timetable
from meetings.forms.agenda import AgendaItemForm
from meetings.models import AgendaItem, Meeting
from meetings.offers import open_offers
from meetings.terms import terms_of
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, requires
from portal.documents import keep_given


def page_of(meeting: Meeting, item: int | None = None) -> str:
    """The page on which the agenda is put together, at that item."""
    url = reverse("meetings:agenda", args=[meeting.council.slug, meeting.public_id])
    return f"{url}#punt-{item}" if item else url


@require_safe
@requires("meetings.manage")
def overview(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The whole agenda with its buttons, the clock, and what could be added."""
    meeting = find(request, council, public_id)
    items = list(items_with_papers(meeting))
    can_start = can_change(meeting) and not meeting.opened_at and not holds_standing(items)
    return render(
        request, "meetings/agenda.html",
        {
            "meeting": meeting, "council": meeting.council, "table": timetable(meeting, items),
            "can_start": can_start, "starts_all": can_start and not meeting.council.standing_items.exists(),
            "form": AgendaItemForm(meeting=meeting), "can_change": can_change(meeting),
            "offers": open_offers(meeting), "terms": terms_of(meeting),
        },
    )  # fmt: skip


@require_POST
@requires("meetings.manage")
def place_offer(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One of what is offered, by its key; all of it with the key “all”; the usual agenda with “usual”."""
    meeting = find(request, council, public_id)
    key, by = request.POST.get("offer", ""), request.user.person
    try:
        if key == "usual":
            start_standing(meeting.council, by=by)
            start_agenda(meeting, by=by)
            messages.success(request, _("The usual items are on the agenda. New agendas begin with them too."))
        elif key == "all":
            count = len(place_all(meeting, by=by))
            messages.success(
                request,
                ngettext("%(count)d item is on the agenda.", "%(count)d items are on the agenda.", count)
                % {"count": count},
            )
        else:
            item = offering.place_offer(meeting, key, by=by)
            messages.success(request, _("On the agenda: %(title)s") % {"title": item.title})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(page_of(meeting) + "#ook")


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def add_item(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    return _item_page(request, find(request, council, public_id), None)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def edit_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    return _item_page(request, meeting, get_object_or_404(meeting.agenda_items, pk=item))


def _item_page(request: PortalRequest, meeting: Meeting, item: AgendaItem | None) -> HttpResponse:
    form = AgendaItemForm(request.POST or None, request.FILES or None, instance=item, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, meeting, item)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The agenda item is saved."))
            return redirect(page_of(meeting, saved.pk))
    form.cancel_url = page_of(meeting, item.pk if item else None)
    return render(
        request, "meetings/agenda_item.html",
        {
            "form": form, "meeting": meeting, "council": meeting.council, "item": item,
            "papers": item.papers.select_related("document").order_by("pk") if item else [],
        },
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@transaction.atomic
def _save(request: PortalRequest, form: AgendaItemForm, meeting: Meeting, item: AgendaItem | None) -> AgendaItem:
    """The item and its new papers, or nothing."""
    by = request.user.person
    uploads, who_reads = form.new_papers()
    kept = [keep_given(upload, field="papers", by=by, council_id=meeting.council_id) for upload in uploads]
    if item:
        saved = agenda.change_item(item, by=by, **form.facts())
    else:
        saved = agenda.add_item(meeting, by=by, **form.facts())
    papers.add_papers(saved, [document for document in kept if document], by=by, **who_reads)
    return saved


@require_POST
@requires("meetings.manage")
def order_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    """`to`: up, down, or the place itself."""
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.agenda_items, pk=item)
    order = list(meeting.agenda_items.values_list("pk", flat=True))
    before, to = order.index(found.pk) + 1, request.POST.get("to", "")
    place = {"up": before - 1, "down": before + 1}.get(to, before)
    with suppress(ValueError):
        place = int(to)
    place = min(max(1, place), len(order))
    try:
        agenda.move_item(found, to=place, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("Item %(before)d is now at place %(now)d: %(title)s")
            % {"before": before, "now": place, "title": found.title},
        )
    return redirect(page_of(meeting, found.pk))


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
    return redirect(page_of(meeting))
