"""The decision register and the action list: across meetings, with numbers that stay."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.models import Council
from councils.views.public import public_desk
from meetings.actions import register
from meetings.forms.register import ActionForm, HandOverForm, ReplaceForm
from meetings.models import ActionItem, MeetingDecision
from meetings.people import people_of
from meetings.views.attended import year_in
from meetings.views.steps import form_page
from portal.access import PortalRequest, get_for, public, requires
from portal.spreadsheet import csv_answer
from portal.text import search_words, whole_number

PER_PAGE = 30


# --- actions ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.list")
def action_list(request: PortalRequest, council: str) -> HttpResponse:
    """One's own open actions first; those of others and what is done by a filter."""
    found = get_for(request, Council, slug=council)
    can_add = request.user.has_perm("meetings.schedule", found)
    people = people_of(found)
    form = ActionForm(request.POST or None, people=people) if can_add else None
    if request.method == "POST" and form and form.is_valid():
        action = register.add_action(found, by=request.user.person, **form.cleaned_data)
        messages.success(request, _("The action is on the list. It has number %(number)s.") % {"number": action.number})
        return redirect("meetings:actions", found.slug)
    actions, chosen = chosen_actions(request, found)
    still_here = {person.pk for person in people}
    context = {
        "council": found, "form": form, "people": people, "chosen": chosen, "can_add": can_add,
        "page_obj": Paginator(actions, PER_PAGE).get_page(request.GET.get("page")),
        "orphans": found.action_items.open().exclude(owner__in=still_here).select_related("owner") if can_add else [],
        "kept_filter": {name: value for name, value in request.GET.items() if name != "page"},
    }  # fmt: skip
    return render(request, "meetings/actions.html", context, status=422 if form and form.is_bound else 200)


def chosen_actions(request: PortalRequest, council: Council) -> tuple[QuerySet[ActionItem], dict[str, str]]:
    """Whose, done or not, and words in it. By default: mine, open, the first last day on top."""
    chosen = {
        "who": request.GET.get("wie", "mij"), "state": request.GET.get("stand", "open"),
        "words": search_words(request.GET.get("zoek", "")),
    }  # fmt: skip
    actions = council.action_items.select_related("owner", "agenda_item__meeting__council")
    if chosen["who"] == "mij":
        actions = actions.filter(owner=request.user.person_id)
    elif owner := whole_number(chosen["who"]):
        actions = actions.filter(owner=owner)
    if chosen["state"] == "klaar":
        actions = actions.filter(done_on__isnull=False).order_by("-done_on", "-number")
    else:
        actions = actions.open()  # type: ignore[attr-defined]
    if chosen["words"]:
        actions = actions.filter(Q(text__icontains=chosen["words"]) | Q(number__startswith=chosen["words"]))
    return actions, chosen


def find_action(request: PortalRequest, council: str, number: str) -> ActionItem:
    return get_for(request, ActionItem.objects.select_related("council", "owner"), council__slug=council, number=number)


@require_POST
@requires("meetings.finish_action")
def finish_action(request: PortalRequest, council: str, number: str) -> HttpResponse:
    action = find_action(request, council, number)
    register.finish_action(action, note=request.POST.get("note", "").strip()[:300], by=request.user.person)
    messages.success(request, _("Action %(number)s is done.") % {"number": number})
    return redirect("meetings:actions", council)


@require_POST
@requires("meetings.finish_action")
def reopen_action(request: PortalRequest, council: str, number: str) -> HttpResponse:
    action = find_action(request, council, number)
    register.reopen_action(action, by=request.user.person)
    messages.success(request, _("Action %(number)s is open again.") % {"number": number})
    return redirect("meetings:actions", council)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.finish_action")
def hand_over_action(request: PortalRequest, council: str, number: str) -> HttpResponse:
    """Somebody else does it, or it is due on another day."""
    action = find_action(request, council, number)
    form = HandOverForm(
        request.POST or None, people=people_of(action.council),
        initial={"owner": action.owner_id, "due_on": action.due_on},
    )  # fmt: skip

    def verb() -> str:
        register.hand_over_action(action, by=request.user.person, **form.cleaned_data)
        return _("Saved.")

    back = reverse("meetings:actions", args=[council])
    return form_page(request, "meetings/hand_over.html", form, verb, back=back, council=action.council, action=action)


@require_safe
@requires("meetings.list")
def actions_csv(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    actions, _chosen = chosen_actions(request, found)
    heads = [_("Number"), _("What"), _("Who"), _("Last day"), _("Done on"), _("What was done?"), _("Meeting")]
    rows = (
        [
            one.number, one.text, one.owner.name, one.due_on, one.done_on, one.done_note,
            one.agenda_item.meeting.title if one.agenda_item else "",
        ]
        for one in actions
    )  # fmt: skip
    return csv_answer(f"acties-{found.slug}", heads, rows)


# --- decisions ---


def chosen_decisions(
    request: HttpRequest, decisions: QuerySet[MeetingDecision]
) -> tuple[QuerySet[MeetingDecision], dict[str, str]]:
    chosen = {"words": search_words(request.GET.get("zoek", "")), "year": request.GET.get("jaar", "")}
    if chosen["words"]:
        decisions = decisions.filter(Q(text__icontains=chosen["words"]) | Q(number__startswith=chosen["words"]))
    if year := year_in(chosen["year"]):
        decisions = decisions.filter(decided_on__year=year)
    return decisions.select_related("item__meeting__council", "noted_by", "replaced_by").order_by(
        "-decided_on", "-number"
    ), chosen


def decisions_page(request: HttpRequest, decisions: QuerySet[MeetingDecision]) -> dict[str, Any]:
    found, chosen = chosen_decisions(request, decisions)
    return {
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "chosen": chosen,
        "years": [day.year for day in decisions.dates("decided_on", "year", order="DESC")],
    }  # fmt: skip


@require_safe
@requires("meetings.list")
def decision_list(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    context = {"council": found, "can_manage": request.user.has_perm("meetings.schedule", found)}
    return render(
        request, "meetings/decisions.html", {**context, **decisions_page(request, found.meeting_decisions.all())}
    )


@require_safe
@requires("meetings.list")
def decisions_csv(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    decisions, _chosen = chosen_decisions(request, found.meeting_decisions.all())
    heads = [_("Number"), _("Decided on"), _("What was decided"), _("Meeting"), _("Noted by"), _("Replaced by")]
    rows = (
        [
            one.number, one.decided_on, one.text, one.item.meeting.title if one.item else "",
            one.noted_by.name if one.noted_by else "", one.replaced_by.number if one.replaced_by else "",
        ]
        for one in decisions
    )  # fmt: skip
    return csv_answer(f"besluiten-{found.slug}", heads, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def replace_decision(request: PortalRequest, council: str, number: str) -> HttpResponse:
    """A later decision took its place: both stay, and each names the other."""
    decision = get_for(request, MeetingDecision.objects.select_related("council"), council__slug=council, number=number)
    later = decision.council.meeting_decisions.filter(decided_on__gte=decision.decided_on).exclude(pk=decision.pk)
    form = ReplaceForm(request.POST or None, later=later.order_by("-decided_on", "-number"))

    def verb() -> str:
        register.replace_decision(decision, replaced_by=form.cleaned_data["replaced_by"], by=request.user.person)
        return _("Saved.")

    return form_page(
        request, "meetings/replace_decision.html", form, verb, back=reverse("meetings:decisions", args=[council]),
        council=decision.council, decision=decision,
    )  # fmt: skip


@require_safe
@public
def public_decisions(request: HttpRequest, council: str) -> HttpResponse:
    """Decisions of published minutes. Of a closed item nothing is here."""
    found = get_object_or_404(Council, slug=council)
    decisions = MeetingDecision.objects.public().filter(council=found)  # type: ignore[attr-defined]
    context = {"council": found, "desk": public_desk(request, found), **decisions_page(request, decisions)}
    return render(request, "meetings/public_decisions.html", context)
