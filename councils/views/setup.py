"""Setting up a council: its details, whom it advises, its groups and its rules."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.actions import councils as actions
from councils.actions.instruments import save_instrument
from councils.forms.places import ClientGroupForm, CouncilForm, ServedBodyForm, ServedPeriodForm
from councils.forms.rules import RulesForm
from councils.models import Council
from councils.patterns import example
from councils.rulebook import terms
from councils.views.answers import done, form_page
from portal.access import Refused, get_for, requires


@require_safe
@requires("councils.manage_council")
def setup(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    return render(
        request,
        "councils/setup.html",
        {
            "council": found,
            "served": list(found.served_bodies.select_related("authority").order_by("authority__name", "starts_on")),
            "groups": found.client_groups.order_by("name"),
            "instruments": found.instruments.order_by("-valid_from", "title"),
            "seated": found.memberships.current().voting().values("person").distinct().count(),
            "number_example": example(found.number_pattern),
            "is_secretary": request.user.has_perm("councils.see_post", found),
        },
    )


@require_http_methods(["GET", "POST"])
@requires("councils.manage_council")
def council_details(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = CouncilForm(request.POST or None, instance=found)
    if "preview" in request.POST:
        form.judge_number_only()
    elif request.method == "POST" and done(
        form, lambda: actions.change_council(found, by=request.user.person, **form.facts())
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:setup", found.slug)
    return form_page(request, "councils/council_edit.html", form, council=found)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_council")
def served_add(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = ServedBodyForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.add_served_body(
            found,
            form.cleaned_data["authority"],
            by=request.user.person,
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:setup", found.slug)
    return form_page(request, "councils/served_add.html", form, council=found)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_council")
def served_period(request: HttpRequest, council: str, pk: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    served = get_object_or_404(found.served_bodies.select_related("authority"), pk=pk)
    form = ServedPeriodForm(request.POST or None, initial={"starts_on": served.starts_on, "ends_on": served.ends_on})
    if request.method == "POST" and done(
        form, lambda: actions.change_served_body(served, by=request.user.person, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:setup", found.slug)
    return form_page(request, "councils/served_period.html", form, council=found, served=served)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_council")
def groups(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = ClientGroupForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_client_group(found, form.cleaned_data["name"], by=request.user.person)
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:groups", found.slug)
    listed = found.client_groups.order_by("name")
    return form_page(request, "councils/groups.html", form, council=found, groups=listed)


@require_POST
@requires("councils.manage_council")
def group_remove(request: HttpRequest, council: str, pk: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    group = get_object_or_404(found.client_groups, pk=pk)
    try:
        actions.remove_client_group(group, by=request.user.person)
        messages.success(request, _("The group is removed."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:groups", found.slug)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_council")
def rules(request: HttpRequest, council: str, pk: int | None = None) -> HttpResponse:
    """New rules, or (with `pk`) the rules of one instrument."""
    found = get_for(request, Council, slug=council)
    instrument = get_object_or_404(found.instruments, pk=pk) if pk else None
    form = RulesForm(request.POST or None, instrument=instrument)
    trial = None
    if request.method == "POST" and "preview" in request.POST:
        trial = try_out(form, localdate()) if form.is_valid() else None
    elif request.method == "POST" and done(
        form, lambda: save_instrument(found, by=request.user.person, instrument=instrument, **form.facts())
    ):
        messages.success(request, _("The rules are saved."))
        return redirect("councils:setup", found.slug)
    first_start = "begin" in request.GET
    return form_page(
        request,
        "councils/rules_edit.html",
        form,
        council=found,
        instrument=instrument,
        trial=trial,
        first_start=first_start,
        today=localdate(),
    )


def try_out(form: RulesForm, day: date) -> list[tuple[str, object]]:
    """What the typed rules make of a request that comes in today."""
    stack = form.as_stack()
    due = terms.advice_due(stack, request_date=day, receipt_date=day)
    answer = terms.response_due(stack, issue_date=due.day if due else day)
    return [
        (_("Advice"), due),
        (_("Advice with extension"), terms.advice_due_extended(stack, request_date=day, receipt_date=day)),
        (_("Declining"), terms.decline_until(stack, request_date=day, receipt_date=day)),
        (_("The answer of the authority"), answer),
        (_("Invitations for a meeting on that day"), terms.invitations_out_by(stack, meeting_date=day)),
    ]
