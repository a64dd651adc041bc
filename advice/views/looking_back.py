"""Looking back on a letter (terugblik), its day, and the decision that was to follow later. In the council's room."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions.looking_back import choose_day, digest, look_back, record_decision
from advice.answered import commitments_of, copies_with_answers, given_to, recommendations_of
from advice.following_up import day_of
from advice.forms.promises import LaterDecisionForm, LookBackDayForm, LookBackForm
from advice.models import Answer, FollowUp, Letter, LetterCopy, Response
from advice.promises import followed
from portal.access import PortalRequest, Refused, get_for, requires
from portal.dates import plain_date

INVALID, CONFLICT = 422, 409


def find_letter(request: PortalRequest, council: str, public_id: str) -> Letter:
    copies = Prefetch("copies", copies_with_answers(LetterCopy.objects.all(), followed=True))
    letters = Letter.objects.select_related("council", "follow_up", "publication").prefetch_related(copies)
    return get_for(request, letters, council__slug=council, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.look_back")
def follow_up(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    letter = find_letter(request, council, public_id)
    known = getattr(letter, "follow_up", None)
    form = LookBackForm(request.POST or None, follow_up=known)
    form.cancel_url = reverse("advice:letter", args=[council, public_id])
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                look_back(letter, by=request.user.person, **form.cleaned_data)
            except Refused as refused:
                form, status = refused_look_back(request, letter, form, refused)
            else:
                messages.success(request, _("Your look back is on file."))
                return redirect("advice:letter", council, public_id)
    return look_back_page(request, letter, form=form, status=status)


def refused_look_back(
    request: PortalRequest, letter: Letter, form: LookBackForm, refused: Refused
) -> tuple[LookBackForm, int]:
    """Somebody else was first: both texts are shown, and saving again replaces theirs knowingly."""
    if refused.field:
        form.refuse(refused)
        return form, INVALID
    letter.follow_up = FollowUp.objects.get(letter=letter)
    again = LookBackForm({**request.POST.dict(), "seen": digest(letter.follow_up)}, follow_up=letter.follow_up)
    again.cancel_url = form.cancel_url
    again.full_clean()
    again.refuse(refused)
    return again, CONFLICT


@require_POST
@requires("advice.look_back")
def follow_up_day(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    letter = find_letter(request, council, public_id)
    form = LookBackDayForm(request.POST)
    if form.is_valid():
        try:
            chosen = choose_day(letter, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = _("You look back on %(day)s. We ask you about it on that day.")
            messages.success(request, said % {"day": plain_date(chosen.due_on)})
            return redirect("advice:letter", council, public_id)
    return look_back_page(request, letter, day_form=form, status=INVALID)


def look_back_page(
    request: PortalRequest, letter: Letter, *, form: LookBackForm | None = None,
    day_form: LookBackDayForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    known = getattr(letter, "follow_up", None)
    if day_form is None:
        day_form = LookBackDayForm(initial={"due_on": day_of(letter)})
    day_form.action = reverse("advice:follow_up_day", args=[letter.council.slug, letter.public_id])
    form = form or LookBackForm(follow_up=known)
    form.action = reverse("advice:follow_up", args=[letter.council.slug, letter.public_id])
    responses = [response for copy in letter.copies.all() if (response := given_to(copy))]
    context: dict[str, Any] = {
        "letter": letter, "council": letter.council, "form": form, "day_form": day_form, "known": known,
        "due_on": day_of(letter), "recommendations": recommendations_of(letter, responses),
        "commitments": followed(commitments_of(responses)), "several": len(responses) > 1,
        "conflict": status == CONFLICT, "publication": getattr(letter, "publication", None),
    }  # fmt: skip
    return render(request, "advice/follow_up.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.look_back")
def later_decision(request: PortalRequest, council: str, pk: int) -> HttpResponse:
    """What was decided on a recommendation that was answered with "later"."""
    responses = Response.objects.select_related("council", "authority", "copy__letter")
    response = get_for(request, responses, council__slug=council, answers__pk=pk)
    answer = get_object_or_404(Answer.objects.prefetch_related("later_decisions"), response=response, pk=pk)
    letter = response.copy.letter
    to = reverse("advice:letter", args=[council, letter.public_id])
    form = LaterDecisionForm(request.POST or None)
    form.cancel_url = to
    if request.method == "POST" and form.is_valid():
        try:
            record_decision(answer, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The decision is on file. It stands with the answer."))
            return redirect(to)
    asked = next((one for one in recommendations_of(letter, []) if one.number == answer.number), None)
    context = {
        "council": response.council, "response": response, "answer": answer, "letter": letter, "form": form,
        "recommendation": asked, "letter_url": to, "known": list(answer.later_decisions.all()),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "advice/later_decision.html", context, status=INVALID if request.method == "POST" else 200)
