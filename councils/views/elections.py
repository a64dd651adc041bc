"""A secret ballot for persons: opening it, voting, and what came of it. No page counts before the closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.actions import elections as actions
from councils.forms.elections import OpenElectionForm, VoteForm, VoteForOtherForm, without_account
from councils.models import Council, Election
from councils.rulebook import rulebook_for
from councils.rulebook.voting import quorum_needed
from councils.views.answers import done, form_page
from portal.access import PortalRequest, Refused, get_for, requires

ELECTIONS = Election.objects.select_related("council", "elected", "opened_by")


def find(request: HttpRequest, council: str, public_id: str) -> Election:
    return get_for(request, ELECTIONS, council__slug=council, public_id=public_id)


@require_safe
@requires("councils.view_room")
def elections(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    context = {
        "council": found,
        "elections": found.elections.select_related("elected").order_by("-opened_at")[:50],
        "leads": request.user.has_perm("councils.lead_elections", found),
    }
    return render(request, "councils/elections.html", context)


@require_http_methods(["GET", "POST"])
@requires("councils.lead_elections")
def open_election(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = OpenElectionForm(request.POST or None, council=found)
    opened: list[Election] = []
    if request.method == "POST" and done(
        form, lambda: opened.append(actions.open_election(found, by=request.user.person, **form.cleaned_data))
    ):
        messages.success(request, _("The ballot is open. Who may vote gets a message."))
        return redirect("councils:election", found.slug, opened[0].public_id)
    return form_page(request, "councils/election_open.html", form, council=found)


@require_safe
@requires("councils.view_election")
def election(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = find(request, council, public_id)
    voters = list(found.voters.select_related("person").order_by("person__name", "pk"))
    silent = [voter for voter in voters if not voter.has_voted]
    mine = next((voter for voter in voters if voter.person_id == request.user.person_id), None)
    secretary = request.user.has_perm("councils.vote_for_others", found)
    book = rulebook_for(found.council)
    context = {
        "council": found.council,
        "election": found,
        "voters": voters,
        "voted": len(voters) - len(silent),
        "silent": silent,
        "mine": mine,
        "leads": request.user.has_perm("councils.lead_election", found),
        "for_others": secretary and not found.closed_at and without_account(found).exists(),
        "manages": request.user.has_perm("councils.manage_members", found.council),
        "quorum": quorum_needed(book, members=len(voters)),
        "decides_by": book.rule("decides_by"),
        "count": actions.count_of(found) if found.closed_at else None,  # never before
    }
    return render(request, "councils/election.html", context)


@require_http_methods(["GET", "POST"])
@requires("councils.view_election")
def vote(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One question, a check, done. The choice travels in the form only: not in the session, not in an address."""
    found = find(request, council, public_id)
    mine = found.voters.filter(person=request.user.person).first()
    form = VoteForm(request.POST if request.method == "POST" else None, election=found)
    page = {"council": found.council, "election": found, "mine": mine}
    if request.method == "POST" and "sure" not in request.POST and form.is_valid():
        return render(request, "councils/election_check.html", {**page, "form": form, "chosen": form.chosen()})
    if request.method == "POST" and done(
        form,
        lambda: actions.cast_vote(found, voter=request.user.person, candidate=form.chosen(), by=request.user.person),
    ):
        messages.success(request, _("You have voted. Thank you. Nobody sees what you voted."))
        return redirect("councils:election", found.council.slug, found.public_id)
    return form_page(request, "councils/election_vote.html", form, **page)


@require_http_methods(["GET", "POST"])
@requires("councils.vote_for_others")
def vote_for_other(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = find(request, council, public_id)
    form = VoteForOtherForm(request.POST if request.method == "POST" else None, election=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.cast_vote(
            found, voter=form.cleaned_data["voter"], candidate=form.chosen(), by=request.user.person
        ),
    ):
        told = _("The vote of %(name)s is in. The list says that you put it in.")
        messages.success(request, told % {"name": form.cleaned_data["voter"]})
        return redirect("councils:election", found.council.slug, found.public_id)
    return form_page(request, "councils/election_for_other.html", form, council=found.council, election=found)


@require_POST
@requires("councils.lead_election")
def close(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = find(request, council, public_id)
    try:
        actions.close_election(found, by=request.user.person)
        messages.success(request, _("The ballot is closed. Below is what came of it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:election", found.council.slug, found.public_id)


@require_POST
@requires("councils.lead_election")
def remind(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = find(request, council, public_id)
    try:
        told = actions.remind(found, by=request.user.person)
        words = ngettext(
            "%(n)d person who has not voted gets a message.", "%(n)d people who have not voted get a message.", told
        )
        messages.success(request, words % {"n": told})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:election", found.council.slug, found.public_id)
