"""The correction round and adopting."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import adopting, correcting
from meetings.actions.minutes import StaleItem, tidy, write_item
from meetings.forms.correcting import AdoptForm, CorrectionForm, RoundForm, SettleForm
from meetings.forms.minutes import ItemMinutesForm
from meetings.minutes import ROUND_DAYS, minutes_of
from meetings.models import AgendaItem, Meeting, Minutes, MinutesCorrection
from meetings.people import not_noted, people_of
from meetings.states import CorrectionState, ItemOrigin, MeetingState
from meetings.views.minutes import conflict
from meetings.views.planning import find
from meetings.views.steps import form_page
from portal.access import PortalRequest, Refused, requires
from portal.forms import PortalForm
from portal.models import Person


def report_of(meeting: Meeting) -> str:
    return reverse("meetings:report", args=[meeting.council.slug, meeting.public_id])


def written(meeting: Meeting) -> Minutes:
    minutes = minutes_of(meeting)
    if minutes is None:
        raise Http404
    return minutes


def step_page(
    request: PortalRequest, meeting: Meeting, form: PortalForm, title: str, verb: Callable[[], str], *, lead: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """One step with the minutes, from the report and back to it."""
    return form_page(
        request, "meetings/minutes_step.html", form, verb, back=report_of(meeting), council=meeting.council,
        meeting=meeting, title=title, lead=lead, **more,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def ask_corrections(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Send the draft to the members, until a last day."""
    meeting = find(request, council, public_id)
    form = RoundForm(request.POST or None, initial={"until": timezone.localdate() + timedelta(days=ROUND_DAYS)})

    def verb() -> str:
        correcting.ask_corrections(meeting, until=form.cleaned_data["until"], by=request.user.person)
        return _("The members get a message. They can read the minutes now.")

    lead = _("All members read the minutes and get a message. Every decision gets its number now.")
    return step_page(
        request,
        meeting,
        form,
        _("Ask the members for corrections"),
        verb,
        lead=lead,
        not_noted=names_not_noted(meeting),
    )


def names_not_noted(meeting: Meeting) -> list[str]:
    return [person.name for person in not_noted(meeting)]


@require_POST
@requires("meetings.manage")
def take_back(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    try:
        correcting.take_back_draft(written(meeting), by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The minutes are a draft again. The members do not read them now."))
    return redirect(report_of(meeting))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.correct")
def correct(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """A member says what should be different; the secretary can do it for somebody."""
    meeting = find(request, council, public_id)
    minutes = written(meeting)
    runs = request.user.has_perm("meetings.manage", meeting)
    if not runs and minutes.state == "draft":
        raise Http404
    by = request.user.person
    form = CorrectionForm(
        request.POST or None, items=meeting.agenda_items.all(), people=people_of(meeting.council) if runs else [],
        initial={"item": request.GET.get("punt"), "person": by.pk},
    )  # fmt: skip

    def verb() -> str:
        given = form.cleaned_data
        correcting.send_correction(
            minutes, text=given["text"], item=given["item"], person=given.get("person") or by, by=by
        )
        return _("Your correction is with the secretary. You read here what is done with it.")

    lead = _("Everybody in the council can read your correction.")
    return step_page(request, meeting, form, _("Send a correction"), verb, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def settle(request: PortalRequest, council: str, public_id: str, correction: int) -> HttpResponse:
    """Take it over, with the text changed in the same step, or say why not."""
    meeting = find(request, council, public_id)
    found = get_object_or_404(
        MinutesCorrection.objects.select_related("item", "person", "minutes"), pk=correction, minutes__meeting=meeting
    )
    form = SettleForm(request.POST or None, correction=found)

    def verb() -> str:
        given, by = form.cleaned_data, request.user.person
        taken_over = given["taken_over"] == "yes"
        changed = found.item is not None and differs(found.item, given)
        if found.item and (taken_over or given["version"] == found.item.version):  # who says no may still write better
            change_item(found.item, given, by=by)
        correcting.settle_correction(found, taken_over=taken_over, answer=given["answer"], by=by)
        said = _("Saved. The members can read what was done with it.")
        if taken_over and not changed:
            said += " " + _("You changed no text here. Change the report itself too.")
        return said

    try:
        return step_page(request, meeting, form, _("Handle a correction"), verb, correction=found)
    except StaleItem as stale:
        item = stale.item
        item.meeting, item.council = meeting, meeting.council
        late = ItemMinutesForm(request.POST, item=item, people=people_of(meeting.council))
        late.is_valid()
        return conflict(request, item, late, stale)


def differs(item: AgendaItem, given: dict[str, Any]) -> bool:
    """A browser sends the line ends of a text in another way than they are kept."""
    return any(tidy(getattr(item, name)) != tidy(given[name]) for name in ("report", "decision"))


def change_item(item: AgendaItem, given: dict[str, Any], *, by: Person) -> None:
    if differs(item, given):
        write_item(
            item, report=given["report"], decision=given["decision"], public_report=item.public_report,
            version=given["version"] or 0, by=by,
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def adopt(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """At an item of a later meeting. Afterwards nothing of it changes."""
    meeting = find(request, council, public_id)
    minutes = written(meeting)
    items = (
        AgendaItem.objects.filter(
            Q(meeting__starts_at__lte=timezone.now()) | Q(meeting__opened_at__isnull=False),
            council=meeting.council, meeting__starts_at__gt=meeting.began_at,
        )
        .exclude(meeting__state=MeetingState.CANCELLED).exclude(meeting=meeting)
        .select_related("meeting").order_by("meeting__starts_at", "position")
    )  # fmt: skip
    offered = (
        items.filter(source=f"minutes:{minutes.pk}").last() or items.filter(origin=ItemOrigin.LAST_MINUTES).first()
    )
    initial = {"item": request.GET.get("punt") or (offered.pk if offered else None)}
    form = AdoptForm(request.POST or None, items=items, initial=initial)

    def verb() -> str:
        adopting.adopt_minutes(minutes, item=form.cleaned_data["item"], by=request.user.person)
        return _("The minutes are adopted. They do not change any more.")

    def done() -> str:
        """Back to the table where they were adopted, while that meeting goes on."""
        later = form.cleaned_data["item"].meeting
        going = later.opened_at and not later.closed_at
        return reverse("meetings:lead", args=[council, later.public_id]) if going else report_of(meeting)

    still_open = minutes.corrections.filter(state=CorrectionState.OPEN).count()
    lead = _("Did the meeting want something different? Change that first. After this nothing of it changes.")
    return step_page(
        request, meeting, form, _("Adopt the minutes"), verb, done=done, lead=lead, still_open=still_open,
        no_later=not items, not_noted=names_not_noted(meeting),
    )  # fmt: skip
