"""A decision by mandate of the board in an urgent case, and what the council says of it afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions import mandate as verbs
from advice.actions.adopting import what_is_missing
from advice.forms.mandate import MandateForm, RatifyForm
from advice.last_check import gaps_of_draft
from advice.models import Advice, Decision
from advice.states import AdviceState
from advice.views.deciding import to_ratify as last_by_mandate
from advice.views.drafting import find_advice, here
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def mandate(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return redirect(here(advice, "decided"))
    form = MandateForm(request.POST or None, advice=advice)
    form.cancel_url = advice.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            verbs.decide_by_mandate(advice, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The decision stands. The council still has to ratify it."))
            return redirect(here(advice, "decided"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "missing": what_is_missing(advice),
        "gaps": gaps_of_draft(advice),
    }  # fmt: skip
    return render(request, "advice/mandate.html", context, status=422 if request.method == "POST" else 200)


def to_ratify(advice: Advice) -> Decision | None:
    """The last decision, if the board took it and the council has not spoken yet."""
    decisions = advice.decisions.select_related("ratification", "council", "advice").order_by("-pk")
    return last_by_mandate(list(decisions[:1]))


def nothing_to_ratify(request: PortalRequest, advice: Advice) -> HttpResponse:
    messages.info(request, _("There is nothing to ratify."))
    return redirect(here(advice, "decided"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def ratify(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    decision = to_ratify(advice)
    if decision is None:
        return nothing_to_ratify(request, advice)
    form = RatifyForm(request.POST or None, decision=decision)
    form.cancel_url = here(advice, "decided")
    if request.method == "POST" and form.is_valid():
        try:
            verbs.ratify(decision, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("What the council said is recorded."))
            return redirect(here(advice, "decided"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "decision": decision,
        "next_meeting": verbs.next_meeting(advice.council),
    }  # fmt: skip
    return render(request, "advice/ratify.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("advice.decide")
def put_on_agenda(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    decision = to_ratify(advice)
    if decision is None:
        return nothing_to_ratify(request, advice)
    try:
        item = verbs.put_on_agenda(decision, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(here(advice, "decided"))
    messages.success(request, _("It stands on the agenda of “%(meeting)s”.") % {"meeting": item.meeting.title})
    return redirect(item.meeting)
