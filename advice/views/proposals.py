"""Proposals for the text: making one, reading them beside the text, settling them one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import proposals
from advice.actions.proposals import ParagraphChanged
from advice.actions.saving import StaleVersion
from advice.forms.proposals import ProposalForm, RejectForm, TakeOverForm
from advice.models import Advice, Proposal, Recommendation, Section
from advice.proposals import changed_words, paragraphs_of, proposals_of, still_there, where
from advice.states import AdviceState, ProposalAction, ProposalState
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed
from portal.access import PortalRequest, Refused, get_for, requires


@require_safe
@requires("advice.view")
def overview(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    draft = advice.state == AdviceState.DRAFT
    rows = [row_of(one, request, draft=draft) for one in proposals_of(advice)]
    context = {
        "advice": advice, "council": advice.council,
        "open": [row for row in rows if row["proposal"].state == ProposalState.OPEN],
        "settled": [row for row in rows if row["proposal"].state != ProposalState.OPEN],
        "may_settle": draft and request.user.has_perm("advice.decide", advice),
    }  # fmt: skip
    return render(request, "advice/proposal_list.html", context)


def row_of(proposal: Proposal, request: PortalRequest, *, draft: bool) -> dict[str, Any]:
    is_open = proposal.state == ProposalState.OPEN
    return {
        "proposal": proposal, "where": where(proposal), "paragraphs": changed_words(proposal),
        "changed": is_open and not still_there(proposal),
        "mine": is_open and draft and request.user.person_id in (proposal.person_id, proposal.entered_by_id),
    }  # fmt: skip


# --- making one ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def propose_in_section(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    """First which paragraph, then what should happen with it."""
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.sections, public_id=section)
    paragraphs = paragraphs_of(found)
    chosen = request.GET.get("alinea", "")
    if request.method != "POST" and len(paragraphs) == 1:
        chosen = "0"
    original = dict(zip(map(str, range(len(paragraphs))), paragraphs, strict=True)).get(chosen, "")
    if request.method != "POST" and not original and advice.state == AdviceState.DRAFT:
        context = {"advice": advice, "council": advice.council, "section": found, "paragraphs": paragraphs}
        return render(request, "advice/proposal_choose.html", context)
    return propose(request, advice, found, original, found.heading)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def propose_for_recommendation(
    request: PortalRequest, council: str, public_id: str, recommendation: str
) -> HttpResponse:  # fmt: skip
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    title = _("Recommendation %(number)d") % {"number": found.number}
    return propose(request, advice, found, found.text, title)


def propose(
    request: PortalRequest, advice: Advice, part: Section | Recommendation, original: str, title: str
) -> HttpResponse:
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = ProposalForm(
        request.POST or None, council=advice.council, on_behalf=request.user.has_perm("advice.speak_for", advice),
        initial={"original": original, "text": original},
    )  # fmt: skip
    form.cancel_url = advice.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose(advice, part=part, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your proposal is there. The writers look at it and you hear what happens."))
            return redirect(here(advice, "proposals"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "part_title": title,
        "original": request.POST.get("original", original),
    }  # fmt: skip
    return render(request, "advice/proposal_new.html", context, status=422 if request.method == "POST" else 200)


# --- settling ---


def find_proposal(request: PortalRequest, council: str, public_id: str, proposal: str) -> Proposal:
    found = Proposal.objects.select_related("advice__council", "person", "entered_by", "section", "recommendation")
    return get_for(request, found, advice__council__slug=council, advice__public_id=public_id, public_id=proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.settle_proposal")
def take_over(request: PortalRequest, council: str, public_id: str, proposal: str) -> HttpResponse:
    """When the paragraph still reads as quoted one press is enough; else both stand there and the leader chooses."""
    found = find_proposal(request, council, public_id, proposal)
    changed = not still_there(found)
    there = now_there(found) if changed else []
    form = TakeOverForm(
        request.POST or None, paragraphs=there, removes=found.action == ProposalAction.REMOVE,
        initial={"text": found.text or found.original},
    )  # fmt: skip
    form.cancel_url = here(found.advice, "proposals")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = form.cleaned_data.get("paragraph") or ""
            try:
                proposals.take_over(
                    found, by=request.user.person, text=form.cleaned_data.get("text", ""),
                    paragraph=there[int(chosen)] if chosen else "",
                )  # fmt: skip
            except (ParagraphChanged, StaleVersion) as stale:
                form.refuse(stale) if isinstance(stale, Refused) else form.add_error(None, str(stale))
                status = 409
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The proposal stands in the text. The member hears it."))
                return redirect(here(found.advice, "proposals"))
    context = {
        "advice": found.advice, "council": found.advice.council, "form": form,
        "row": row_of(found, request, draft=True), "there": there,
    }  # fmt: skip
    return render(request, "advice/proposal_take_over.html", context, status=status)


def now_there(proposal: Proposal) -> list[str]:
    if proposal.recommendation:
        return [proposal.recommendation.text]
    return paragraphs_of(proposal.section) if proposal.section else []


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.settle_proposal")
def reject(request: PortalRequest, council: str, public_id: str, proposal: str) -> HttpResponse:
    found = find_proposal(request, council, public_id, proposal)
    form = RejectForm(request.POST or None)
    form.cancel_url = here(found.advice, "proposals")
    if request.method == "POST" and form.is_valid():
        try:
            proposals.reject(found, by=request.user.person, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The proposal is not taken over. The member hears why."))
            return redirect(here(found.advice, "proposals"))
    context = {
        "advice": found.advice, "council": found.advice.council, "form": form,
        "row": row_of(found, request, draft=True), "rejecting": True,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/proposal_take_over.html", context, status=status)


@require_POST
@requires("advice.withdraw_proposal")
def withdraw(request: PortalRequest, council: str, public_id: str, proposal: str) -> HttpResponse:
    found = find_proposal(request, council, public_id, proposal)
    return pressed(
        request, lambda: proposals.withdraw(found, by=request.user.person), back=here(found.advice, "proposals"),
        told=_("The proposal is taken back."),
    )  # fmt: skip
