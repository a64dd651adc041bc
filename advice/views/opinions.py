"""What do you think? The question to all members, the screens on which a member answers, and what was said."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import opinions
from advice.forms.opinions import AskForm, ChoiceForm, EnterOpinionForm, WhyForm
from advice.models import Advice, Opinion, OpinionRound
from advice.opinions import (
    FEWEST,
    asked_of,
    heard_in,
    in_private,
    latest_round,
    open_round_of,
    own_opinion,
    totals_in_words,
    totals_of,
)
from advice.states import AdviceState, Choice
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed
from portal.access import PortalRequest, Refused, requires
from portal.dates import day_month

# --- asking ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.ask_members")
def ask(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Put the question, or change its last day."""
    advice = find_advice(request, council, public_id)
    round = open_round_of(advice)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = AskForm(request.POST or None, initial={"closes_on": round.closes_on if round else None})
    form.cancel_url = advice.get_absolute_url()
    if round:
        form.submit_label = _("Change the last day")
    if request.method == "POST" and form.is_valid():
        closes_on = form.cleaned_data["closes_on"]
        try:
            if round:
                opinions.change_last_day(round, closes_on=closes_on, by=request.user.person)
                told = _("The last day is now %(day)s.")
            else:
                opinions.open_round(advice, closes_on=closes_on, by=request.user.person)
                told = _("All members get the question. They can answer until %(day)s.")
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, told % {"day": day_month(closes_on)})
            return redirect(here(advice, "opinions"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "round": round,
        "members": list(asked_of(advice.council)),
    }  # fmt: skip
    return render(request, "advice/opinion_ask.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("advice.ask_members")
def close(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    round = get_object_or_404(advice.opinion_rounds.order_by("-pk")[:1])
    return pressed(
        request, lambda: opinions.close_round(round, by=request.user.person), back=here(advice, "opinions"),
        told=_("The question is closed. Nobody can answer any more."),
    )  # fmt: skip


# --- what was said ---


@require_safe
@requires("advice.view")
def overview(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    user, round = request.user, latest_round(advice)
    context: dict[str, Any] = {
        "advice": advice, "council": advice.council, "round": round, "is_open": open_round_of(advice) is not None,
        "may_ask": advice.state == AdviceState.DRAFT and user.has_perm("advice.ask_members", advice),
        "may_give": user.has_perm("advice.give_opinion", advice),
        "may_enter": user.has_perm("advice.speak_for", advice),
    }  # fmt: skip
    if round:
        context["heard"] = heard_in(round)
        context["mine"] = own_opinion(round, user)
        if user.has_perm("advice.hear_in_private", advice):
            context |= {
                "hears_in_private": True, "fewest": FEWEST,
                "in_private": in_private(round), "totals": totals_in_words(totals_of(round)),
            }  # fmt: skip
    return render(request, "advice/opinion_list.html", context)


# --- the screens of a member ---


class NothingAsked(Exception):
    """There is no open question: `response` tells so."""

    def __init__(self, response: HttpResponse):
        super().__init__()
        self.response = response


def asked(request: PortalRequest, council: str, public_id: str) -> tuple[Advice, OpinionRound]:
    advice = find_advice(request, council, public_id)
    round = open_round_of(advice)
    if round is None:
        messages.info(request, _("The council asks nothing about this advice now. You can read what was said."))
        raise NothingAsked(redirect(here(advice, "opinions")))
    return advice, round


def kept(request: PortalRequest, round: OpinionRound) -> dict[str, Any]:
    """What this member typed on the screens before, else the opinion that was given."""
    draft = request.session.get(f"opinion:{round.public_id}")
    if draft:
        return dict(draft)
    given = own_opinion(round, request.user)
    return answers_of(given) if given else {}


def answers_of(opinion: Opinion) -> dict[str, Any]:
    return {name: getattr(opinion, name) for name in ("choice", "text", "only_for_chair", "in_letter")}


def spoke_openly(request: PortalRequest, round: OpinionRound) -> bool:
    """The members may have read what this member said before: then no screen may promise that nobody saw it."""
    if request.session.get(f"opinion-was-open:{round.public_id}"):
        return True
    return round.opinions.in_the_room().filter(person=request.user.person_id).exists()


def keep(request: PortalRequest, round: OpinionRound, **answers: Any) -> None:
    request.session[f"opinion:{round.public_id}"] = {**kept(request, round), **answers}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.give_opinion")
def give(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Screen 1: the advice in short, and yes or no."""
    try:
        advice, round = asked(request, council, public_id)
    except NothingAsked as nothing:
        return nothing.response
    form = ChoiceForm(request.POST or None, initial=kept(request, round))
    form.cancel_url, form.cancel_label = advice.get_absolute_url(), _("Stop and go back")
    if request.method == "POST" and form.is_valid():
        keep(request, round, choice=form.cleaned_data["choice"])
        return redirect(here(advice, "check_opinion" if "wijzig" in request.GET else "opinion_why"))
    context = {
        "advice": advice, "council": advice.council, "round": round, "form": form,
        "recommendations": list(advice.recommendations.all()),
    }  # fmt: skip
    return render(request, "advice/opinion_choice.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.give_opinion")
def why(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Screen 2: why, and for whom."""
    try:
        advice, round = asked(request, council, public_id)
    except NothingAsked as nothing:
        return nothing.response
    answers = kept(request, round)
    form = WhyForm(
        request.POST or None, initial=answers, round=round, person=request.user.person,
        was_open=spoke_openly(request, round),
    )  # fmt: skip
    form.cancel_url, form.cancel_label = here(advice, "give_opinion"), _("Back to the question before")
    if request.method == "POST":
        keep(request, round, **form.typed())
        if form.is_valid():
            return redirect(here(advice, "check_opinion"))
    elif "choice" not in answers:
        return redirect(here(advice, "give_opinion"))
    context = {"advice": advice, "council": advice.council, "round": round, "form": form}
    return render(request, "advice/opinion_why.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.give_opinion")
def check(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Screen 3: is this what you want to say? Send."""
    try:
        advice, round = asked(request, council, public_id)
    except NothingAsked as nothing:
        return nothing.response
    answers = kept(request, round)
    if answers.get("choice") not in Choice.values:
        return redirect(here(advice, "give_opinion"))
    problem, was_open = None, spoke_openly(request, round)
    if request.method == "POST":
        try:
            opinions.give_opinion(round, by=request.user.person, **answers)
        except Refused as refused:
            problem = str(refused)
        else:
            request.session.pop(f"opinion:{round.public_id}", None)
            if was_open:
                request.session[f"opinion-was-open:{round.public_id}"] = True
            return redirect(here(advice, "opinion_given"))
    context = {
        "advice": advice, "council": advice.council, "round": round, "problem": problem, "was_open": was_open,
        "answers": {**answers, "label": Choice(answers["choice"]).label},
    }  # fmt: skip
    return render(request, "advice/opinion_check.html", context, status=409 if problem else 200)


@require_safe
@requires("advice.give_opinion")
def given(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Screen 4: done, and until when it can be changed."""
    advice = find_advice(request, council, public_id)
    round = latest_round(advice)
    opinion = own_opinion(round, request.user) if round else None
    if round is None or opinion is None:
        return redirect(here(advice, "opinions"))
    context = {
        "advice": advice, "council": advice.council, "round": round, "opinion": opinion,
        "is_open": open_round_of(advice) is not None, "was_open": spoke_openly(request, round),
    }  # fmt: skip
    return render(request, "advice/opinion_done.html", context)


# --- for a member who calls or writes ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.speak_for")
def enter(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    try:
        advice, round = asked(request, council, public_id)
    except NothingAsked as nothing:
        return nothing.response
    form = EnterOpinionForm(request.POST or None, council=advice.council)
    form.cancel_url = here(advice, "opinions")
    if request.method == "POST" and form.is_valid():
        try:
            entered = opinions.enter_opinion(round, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            told = _("The opinion of %(name)s is entered. %(name)s gets a message about it.")
            messages.success(request, told % {"name": entered.person.name})
            return redirect(here(advice, "opinions"))
    context = {"advice": advice, "council": advice.council, "round": round, "form": form}
    return render(request, "advice/opinion_enter.html", context, status=422 if request.method == "POST" else 200)
