"""The decision of the council on an advice: recording it, its result, opening again, stopping."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.adopting import what_is_missing
from advice.actions.deciding import drop, record_decision, reopen
from advice.actions.mandate import next_meeting
from advice.forms.deciding import DecisionForm, ReasonForm
from advice.frozen import final_text
from advice.last_check import gaps_of_draft
from advice.models import Advice, Decision, WrittenProcedure
from advice.states import AdviceState, Manner, Outcome
from advice.views.drafting import address_of, find_advice, here
from councils.electorate import members_counted
from councils.rulebook import rulebook_for
from councils.rulebook.voting import quorum_needed
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def decide(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return redirect(here(advice, "decided"))
    missing = what_is_missing(advice)
    form = DecisionForm(request.POST or None, advice=advice, at_item=request.GET.get("punt", ""))
    form.cancel_url = advice.get_absolute_url()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                record_decision(advice, by=request.user.person, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The decision is recorded."))
                return redirect(here(advice, "decided"))
    book = rulebook_for(advice.council)
    context = {
        "advice": advice, "council": advice.council, "form": form, "missing": missing,
        "quorum": quorum_needed(book, members=members_counted(advice.council, book, localdate())),
        "decides_by": book.rule("decides_by"),
        "gaps": gaps_of_draft(advice),
    }  # fmt: skip
    return render(request, "advice/decide.html", context, status=status)


@require_safe
@requires("advice.view")
def decided(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """What was decided, and what comes next."""
    advice = find_advice(request, council, public_id)
    found = advice.decisions.select_related("meeting", "recorded_by", "adopted_text", "ratification__meeting")
    decisions = list(found.order_by("-pk"))
    for decision in decisions:
        decision.advice = advice
    context = {
        "rounds": closed_rounds(advice, decisions),
        "to_ratify": to_ratify(decisions),
        "next_meeting": next_meeting(advice.council) if to_ratify(decisions) else None,
        "advice": advice,
        "council": advice.council,
        "decisions": decisions,
        "latest": decisions[0] if decisions else None,
        "adopted": bool(decisions) and decisions[0].outcome == Outcome.ADOPTED,
        "edited": final_text(advice)[1],
        "may_decide": request.user.has_perm("advice.decide", advice),
        "may_issue": request.user.has_perm("advice.issue", advice),
        "issue_url": address_of("issue", advice) if request.user.has_perm("advice.issue", advice) else "",
    }
    return render(request, "advice/decided.html", context)


def closed_rounds(advice: Advice, decisions: list[Decision]) -> list[WrittenProcedure]:
    """Who voted what: only of what is closed. A round that was stopped brought no decision and stands by itself."""
    closed = advice.procedures.filter(closed_at__isnull=False).select_related("opened_by", "closed_by")
    rounds = list(closed.prefetch_related("votes__person", "votes__entered_by", "electors__person").order_by("-pk"))
    by_procedure = {decision.procedure_id: decision for decision in decisions if decision.procedure_id}
    for one in rounds:
        voted = {vote.person_id for vote in one.votes.all()}
        one.recused = [elector for elector in one.electors.all() if elector.recused_at]  # type: ignore[attr-defined]
        one.silent = [e for e in one.electors.all() if not e.recused_at and e.person_id not in voted]  # type: ignore[attr-defined]
        decision = by_procedure.get(one.pk)
        one.stopped = decision is None  # type: ignore[attr-defined]
        if decision:
            decision.round = one  # type: ignore[attr-defined]
    return rounds


def to_ratify(decisions: list[Decision]) -> Decision | None:
    last = decisions[0] if decisions else None
    waits = last is not None and last.manner == Manner.MANDATE and not hasattr(last, "ratification")
    return last if waits else None


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def open_again(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    return with_reason(
        request,
        find_advice(request, council, public_id),
        reopen,
        title=_("Open the text again"),
        lead=_("The text becomes a draft again. After that the council has to decide once more."),
        submit=_("Open it again"),
        done=_("The text is a draft again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def stop(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    return with_reason(
        request,
        find_advice(request, council, public_id),
        drop,
        title=_("Stop with this advice"),
        lead=_("The council does not finish this advice. What was written can still be read."),
        submit=_("Stop with this advice"),
        done=_("The council has stopped with this advice."),
    )


def with_reason(
    request: PortalRequest,
    advice: Advice,
    verb: Callable[..., Advice],
    *,
    title: str,
    lead: str,
    submit: str,
    done: str,
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    form.submit_label, form.cancel_url = submit, advice.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            verb(advice, reason=form.cleaned_data["reason"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(advice)
    context = {"advice": advice, "council": advice.council, "form": form, "title": title, "lead": lead}
    return render(request, "advice/edit_reason.html", context, status=422 if request.method == "POST" else 200)
