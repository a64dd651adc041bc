"""A vote in writing: opening it, voting, who takes no part, more time, stopping and closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions import procedures, votes
from advice.actions.adopting import what_is_missing
from advice.actions.procedures import close_procedure, stop_procedure
from advice.forms.deciding import ReasonForm
from advice.forms.voting import CloseForm, ExtendForm, OpenVoteForm, RecuseForm, VoteForForm, VoteForm
from advice.last_check import gaps_of_draft
from advice.models import Advice, Elector, Vote, WrittenProcedure
from advice.states import AdviceState, EnteredBy, Outcome, VoteChoice
from advice.tally import Tally, meter, tally
from advice.views.drafting import find_advice, here
from councils.electorate import voters_on
from councils.rulebook import rulebook_for
from portal.access import PortalRequest, Refused, requires
from portal.dates import long_datetime


def open_vote_of(advice: Advice) -> WrittenProcedure | None:
    found = advice.procedures.filter(closed_at=None).select_related("opened_by").first()
    if found:
        found.advice, found.council = advice, advice.council
    return found


def after_the_vote(request: PortalRequest, advice: Advice) -> HttpResponse:
    """There is no vote to take part in: what was decided, or the draft."""
    if advice.procedures.exists():
        messages.info(request, _("The vote has closed."))
        return redirect(here(advice, "decided"))
    messages.info(request, _("This advice has not been put to the vote."))
    return redirect(advice)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def open_vote(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return redirect(here(advice, "vote" if advice.state == AdviceState.VOTING else "decided"))
    form = OpenVoteForm(request.POST or None, advice=advice)
    form.cancel_url = advice.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            procedures.open_procedure(
                advice, closes_at=form.cleaned_data["closes_at"], reason=form.cleaned_data["reason"],
                attachments_left_out=form.cleaned_data.get("attachments_left_out", ()),
                by=request.user.person,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The vote is open. Everybody with a vote gets a message."))
            return redirect(here(advice, "vote"))
    today = timezone.localdate()
    book = rulebook_for(advice.council)
    names = {m.person_id: m.person.name for m in advice.council.memberships.current(today).select_related("person")}
    voters = [(names[voter.person_id], voter.only_on_tie) for voter in voters_on(advice.council, book, today)]
    context = {
        "advice": advice, "council": advice.council, "form": form, "missing": what_is_missing(advice),
        "voters": sorted(voters), "decides_by": book.rule("decides_by"), "gaps": gaps_of_draft(advice),
    }  # fmt: skip
    return render(request, "advice/vote_open.html", context, status=422 if request.method == "POST" else 200)


# --- voting ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def vote(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Choose, look at it once more, done. Until the closing time it can be done again."""
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        if request.method != "POST":
            return after_the_vote(request, advice)
        return too_late(request, advice)
    form, checking, status = VoteForm(request.POST or None), False, 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and "sure" not in request.POST and "again" not in request.POST:
            checking, status = True, 200
        elif "again" in request.POST:
            status = 200
        elif form.is_valid():
            try:
                votes.cast_vote(procedure, request.user.person, by=request.user.person, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
            else:
                return redirect(here(advice, "vote_done"))
    return vote_page(request, advice, procedure, form, checking=checking, status=status)


def vote_page(
    request: PortalRequest,
    advice: Advice,
    procedure: WrittenProcedure,
    form: VoteForm,
    *,
    checking: bool,
    status: int,
) -> HttpResponse:
    counted = tally(procedure)
    person_id = request.user.person_id
    own = next((elector for elector in counted.electors if elector.person_id == person_id), None)
    mine = counted.votes.get(person_id)
    if mine and not form.is_bound:
        form = VoteForm(initial={"choice": mine.choice, "explanation": mine.explanation})
    over = procedure.closes_at <= timezone.now()
    may_vote = own is not None and not over
    asks = form.is_bound or (may_vote and (mine is None or "veranderen" in request.GET))
    form.cancel_url = here(advice, "vote") if mine else advice.get_absolute_url()
    context = {
        "advice": advice, "council": advice.council, "procedure": procedure, "form": form, "tally": counted,
        "meter": standing(counted, person_id, over=over), "over": over, "may_vote": may_vote, "asks": asks,
        "own": own, "mine": mine, "checking": checking, "title": title_for(may_vote, asks, mine),
        "recused": next((one for one in counted.recused if one.person_id == person_id), None),
        "chosen": VoteChoice(form.cleaned_data["choice"]).label if checking else "",
        "leads": request.user.has_perm("advice.decide", advice),
        "is_secretary": request.user.has_perm("advice.enter_vote", advice),
        "to_enter": set() if over else who_can_be_entered(request, advice, counted),
        "may_close": over or counted.everybody_voted,
    }  # fmt: skip
    return render(request, "advice/vote.html", context, status=status)


def who_can_be_entered(request: PortalRequest, advice: Advice, counted: Tally) -> set[int]:
    """For the secretary: everybody else, but for who gave the vote in person."""
    if not request.user.has_perm("advice.enter_vote", advice):
        return set()
    own = {vote.person_id for vote in counted.votes.values() if vote.channel == EnteredBy.SELF}
    return {elector.person_id for elector in counted.electors} - own - {request.user.person_id}


def title_for(may_vote: bool, asks: bool, mine: Vote | None) -> str:
    if asks and mine:
        return _("Change my vote")
    return _("Vote on this advice") if may_vote and not mine else _("The vote on this advice")


def standing(counted: Tally, person_id: int, *, over: bool) -> str:
    """How the vote goes, for who can no longer be led by it. A chair who votes only on a tie must know of one."""
    waiting = any(one.person_id == person_id and not one.only_on_tie for one in counted.silent)
    return "" if waiting and not over else meter(counted.ballot, counted.judgement)


@require_safe
@requires("advice.view")
def vote_done(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Done: what happens now, and until when it can be changed."""
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        return after_the_vote(request, advice)
    counted = tally(procedure)
    mine = counted.votes.get(request.user.person_id)
    if mine is None:
        return redirect(here(advice, "vote"))
    over = procedure.closes_at <= timezone.now()
    context = {
        "advice": advice, "council": advice.council, "procedure": procedure, "mine": mine, "over": over,
        "tally": counted, "meter": standing(counted, mine.person_id, over=over),
    }  # fmt: skip
    return render(request, "advice/vote_done.html", context)


def too_late(request: PortalRequest, advice: Advice) -> HttpResponse:
    """What was typed stays on the page, though it counts no more."""
    form = VoteForm(request.POST)
    form.add_error(None, _("The vote has closed. A vote cannot be given or changed any more."))
    form.cancel_url = here(advice, "decided")
    return render(
        request, "advice/vote_late.html", {"advice": advice, "council": advice.council, "form": form}, status=409
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.enter_vote")
def vote_for(request: PortalRequest, council: str, public_id: str, elector: int) -> HttpResponse:
    """The secretary records a vote that came by telephone, on paper or in a talk."""
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(
        Elector.objects.select_related("person", "procedure"), pk=elector, procedure__advice=advice
    )
    procedure = found.procedure
    if procedure.closed_at is not None and request.method != "POST":
        return after_the_vote(request, advice)
    if request.method != "POST" and votes.gave_own_vote(procedure, found.person):
        messages.info(request, _("%(name)s has voted already.") % {"name": found.person.name})
        return redirect(here(advice, "vote"))
    there = procedure.votes.filter(person=found.person).exclude(channel=EnteredBy.SELF).first()
    form = VoteForForm(
        request.POST or None, initial={"choice": there.choice, "explanation": there.explanation} if there else None
    )
    form.cancel_url = here(advice, "vote")
    if request.method == "POST" and form.is_valid():
        try:
            votes.cast_vote(procedure, found.person, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            kept = (
                _("The vote of %(name)s is changed. The member gets a message.")
                if there
                else _("The vote of %(name)s is kept.")
            )
            messages.success(request, kept % {"name": found.person.name})
            return redirect(here(advice, "vote"))
    context = {
        "advice": advice, "council": advice.council, "procedure": procedure, "form": form, "elector": found,
        "there": there, "title": _("Change a vote") if there else _("Enter a vote"),
    }  # fmt: skip
    return render(request, "advice/vote_for.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def recuse(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        return after_the_vote(request, advice)
    counted = tally(procedure)
    own = next((one for one in counted.electors if one.person_id == request.user.person_id), None)
    leads = request.user.has_perm("advice.decide", advice)
    if own is None and not leads:
        messages.info(request, _("You do not vote on this text."))
        return redirect(here(advice, "vote"))
    form = RecuseForm(request.POST or None, tally=counted, own=own, leads=leads)
    form.cancel_url = here(advice, "vote")
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("elector") or own
        try:
            votes.recuse(procedure, chosen.person, reason=form.cleaned_data["reason"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(name)s takes no part in this decision.") % {"name": chosen.person.name})
            return redirect(here(advice, "vote"))
    return with_form(
        request, advice, form, title=_("Take no part in this decision"),
        lead=_("Who has an interest of their own does not vote. This cannot be undone."),
    )  # fmt: skip


# --- more time, stopping, closing ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def extend(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        return after_the_vote(request, advice)
    form = ExtendForm(request.POST or None)
    form.cancel_url = here(advice, "vote")
    if request.method == "POST" and form.is_valid():
        try:
            procedures.extend(procedure, closes_at=form.cleaned_data["closes_at"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("There is more time now. Who has not voted gets a message."))
            return redirect(here(advice, "vote"))
    lead = _("Now it closes on %(when)s.") % {"when": long_datetime(procedure.closes_at)}
    return with_form(request, advice, form, title=_("Give more time to vote"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def stop_vote(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        return after_the_vote(request, advice)
    form = ReasonForm(request.POST or None)
    form.submit_label, form.cancel_url = _("Stop the vote"), here(advice, "vote")
    if request.method == "POST" and form.is_valid():
        try:
            stop_procedure(procedure, reason=form.cleaned_data["reason"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The vote has stopped. The text is a draft again."))
            return redirect(advice)
    lead = _("The text becomes a draft again. The votes stay on file, and everybody hears why.")
    return with_form(request, advice, form, title=_("Stop the vote"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def close_vote(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    procedure = open_vote_of(advice)
    if procedure is None:
        return after_the_vote(request, advice)
    counted = tally(procedure)
    form = CloseForm(request.POST if request.method == "POST" else None, tally=counted)
    form.cancel_url = here(advice, "vote")
    if request.method == "POST" and form.is_valid():
        try:
            decision = close_procedure(procedure, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            adopted = decision.outcome == Outcome.ADOPTED
            messages.success(request, _("The council adopted it.") if adopted else _("The advice is not adopted."))
            return redirect(here(advice, "decided"))
    context = {
        "advice": advice, "council": advice.council, "procedure": procedure, "form": form, "tally": counted,
        "may_close": may_close_now(procedure, counted),
    }  # fmt: skip
    return render(request, "advice/vote_close.html", context, status=422 if request.method == "POST" else 200)


def may_close_now(procedure: WrittenProcedure, counted: Tally) -> bool:
    return bool(counted.votes) and (procedure.closes_at <= timezone.now() or counted.everybody_voted)


def with_form(request: PortalRequest, advice: Advice, form: Any, *, title: str, lead: str) -> HttpResponse:
    context = {"advice": advice, "council": advice.council, "form": form, "title": title, "lead": lead}
    return render(request, "advice/edit_reason.html", context, status=422 if request.method == "POST" else 200)
