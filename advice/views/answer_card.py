"""The response card: colleagues write the answer together, the alderman agrees, and it is given once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions.answer_drafts import StaleAnswer, save_response_draft
from advice.actions.answering import give_response
from advice.actions.approving import ReadAgain, ask_approval, judge_answer
from advice.answer_text import answer_text
from advice.answered import standing_of
from advice.approvals import Agreement, Typed, agreement_on, aldermen_of, draft_at, filled
from advice.forms.answer_card import AnswerForm, JudgeForm, as_posted
from advice.forms.answering import card_for
from advice.letter_text import letter_data
from advice.models import LetterCopy, Response
from advice.states import ResponseState
from advice.views.answering import SAID, find_copy, warn
from portal.access import PortalRequest, Refused, requires
from portal.dates import plain_date
from portal.text import whole_number

INVALID, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.answer")
def answer(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    """Every button keeps what was typed first; a colleague who saved meanwhile is never overwritten."""
    copy = find_copy(request, authority__slug=authority, public_id=public_id)
    if standing_of(copy, copy.letter).response:
        messages.info(request, SAID)
        return redirect("advice:desk_letter", authority, public_id)
    card = card_for(AnswerForm, copy)
    if request.method != "POST":
        return card_page(request, copy, card())
    typed, version = typed_in(request, copy, card), whole_number(request.POST.get("version", ""))
    try:
        response = save_response_draft(copy, typed, version=version, by=request.user.person)
    except StaleAnswer as stale:
        return conflict(request, copy, card, typed, stale)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("advice:desk_letter", authority, public_id)
    if "draft" in request.POST or "merge" in request.POST:
        messages.success(request, _("Your text has been saved. Only your organisation sees it."))
        return redirect("advice:answer", authority, public_id)
    copy.response = response
    form = card(request.POST)
    form.agreed, form.asking = agreement_on(response).state == "agreed", "ask" in request.POST
    done = ask(request, copy, form) if form.asking else give(request, copy, card, form, response.version)
    return done or card_page(request, copy, form, status=INVALID)


def ask(request: PortalRequest, copy: LetterCopy, form: Any) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        ask_approval(copy, by=request.user.person)
    except Refused as refused:
        form.refuse(refused)
        return None
    messages.success(request, _("The alderman gets a message. You hear it when there is an answer."))
    return redirect("advice:answer", copy.authority.slug, copy.public_id)


def give(request: PortalRequest, copy: LetterCopy, card: Any, form: Any, version: int) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        response = give_response(copy, by=request.user.person, version=version, **form.given())
    except StaleAnswer as stale:
        return conflict(request, copy, card, form.typed(), stale)
    except Refused as refused:
        form.refuse(refused)
        return None
    messages.success(request, _("The answer is given. %(council)s gets a message.") % {"council": copy.council.name})
    warn(request, response, registered=False)
    return redirect("advice:desk_letter", copy.authority.slug, copy.public_id)


def drafted(copy: LetterCopy) -> Response | None:
    response = getattr(copy, "response", None)
    return response if response and response.state != ResponseState.FINAL else None


def card_page(request: PortalRequest, copy: LetterCopy, form: Any, *, status: int = 200) -> HttpResponse:
    response = drafted(copy)
    agreement = agreement_on(response)
    form.agreed = agreement.state == "agreed"
    aldermen = aldermen_of(copy.authority_id)
    context = {
        "authority": copy.authority, "council": copy.council, "copy": copy, "letter": copy.letter, "form": form,
        "data": letter_data(copy), "draft": response if response and response.draft else None,
        "version": response.version if response else 0, "agreement": agreement, "aldermen": aldermen,
        "steps": steps_of(copy, agreement, with_alderman=bool(aldermen)),
    }  # fmt: skip
    return render(request, "advice/answer.html", context, status=status)


def steps_of(copy: LetterCopy, agreement: Agreement, *, with_alderman: bool) -> list[dict[str, str]]:
    standing = standing_of(copy, copy.letter)
    due = copy.due_on
    last = _("no later than %(day)s") % {"day": plain_date(due)} if due else ""
    agreed, asked = agreement.state == "agreed", agreement.state == "asked"
    alderman = "" if with_alderman else _("outside the portal")
    return [
        {"label": _("Fill in the answer"), "state": "done" if agreed or asked else "now", "date_text": ""},
        {
            "label": _("The alderman agrees"), "date_text": alderman,
            "state": "done" if agreed else "now" if asked else "todo",
        },
        {"label": _("The executive decides"), "state": "now" if agreed else "todo", "date_text": ""},
        {"label": _("Give the answer"), "state": "late" if standing.state == "late" else "todo", "date_text": last},
    ]  # fmt: skip


# --- two colleagues saved -----------------------------------------------------


def typed_in(request: PortalRequest, copy: LetterCopy, card: Any) -> Typed:
    """What this request wants as the draft; after a conflict, chosen for each field."""
    typed = card(request.POST).typed()
    if "merge" not in request.POST:
        return typed
    response = drafted(copy)
    theirs = response.draft if response else {}
    chosen = {name for name in typed if request.POST.get(f"keep_{name}") == "theirs"}
    return {name: theirs.get(name, value) if name in chosen else value for name, value in typed.items()}


def conflict(request: PortalRequest, copy: LetterCopy, card: Any, mine: Typed, stale: StaleAnswer) -> HttpResponse:
    """Both texts, field by field, and what becomes of each. What this writer typed goes along in the form."""
    response = stale.response
    words = card(as_posted(mine))
    context = {
        "authority": copy.authority, "council": copy.council, "copy": copy, "letter": copy.letter,
        "response": response, "rows": differing(words, response, mine, stale.based_on),
        "mine": list(as_posted(mine).items()),
    }  # fmt: skip
    return render(request, "advice/answer_conflict.html", context, status=CONFLICT)


def differing(words: Any, response: Response, mine: Typed, based_on: int) -> list[dict[str, Any]]:
    own, theirs = filled(mine), filled(response.draft)
    before = filled(draft_at(response, based_on))
    return [
        {
            "name": name,
            "label": words.name_of(name),
            "mine": words.in_words(name, own.get(name)),
            "theirs": words.in_words(name, theirs.get(name)),
            # Only one of the two changed this: that one is chosen already.
            "keep": "theirs" if own.get(name) == before.get(name) else "mine",
        }
        for name in words.fields
        if own.get(name) != theirs.get(name)
    ]


# --- the alderman ---------------------------------------------------------------


@require_safe
@requires("advice.read_draft_answer")
def preview(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    """The answer as it would go out now."""
    copy = find_copy(request, authority__slug=authority, public_id=public_id)
    if standing_of(copy, copy.letter).response:
        messages.info(request, SAID)
        return redirect("advice:desk_letter", authority, public_id)
    return preview_page(request, copy, JudgeForm())


@require_safe
@requires("advice.read_draft_answer")
def preview_pdf(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    from advice.response_print import print_text

    copy = find_copy(request, authority__slug=authority, public_id=public_id)
    response = HttpResponse(print_text(text_of_draft(copy), draft=True), content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=concept-antwoord.pdf"
    return response


@require_POST
@requires("advice.approve")
def judge(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    copy = find_copy(request, authority__slug=authority, public_id=public_id)
    if standing_of(copy, copy.letter).response:
        messages.info(request, SAID)
        return redirect("advice:desk_letter", authority, public_id)
    form = JudgeForm(request.POST)
    form.is_valid()
    agreed = "agree" in request.POST
    try:
        judge_answer(
            copy, version=whole_number(request.POST.get("version", "")), agreed=agreed, by=request.user.person,
            note=form.cleaned_data.get("note", ""),
        )  # fmt: skip
    except ReadAgain as again:
        form.refuse(again)
        return preview_page(request, copy, form, status=CONFLICT)
    except Refused as refused:
        form.refuse(refused)
        return preview_page(request, copy, form, status=INVALID)
    said = _("You agree. The writers get a message.") if agreed else _("It is back with the writers, with your note.")
    messages.success(request, said)
    return redirect("advice:answer_preview", authority, public_id)


def preview_page(request: PortalRequest, copy: LetterCopy, form: JudgeForm, *, status: int = 200) -> HttpResponse:
    from advice.response_print import response_context

    response = drafted(copy)
    context = {
        "authority": copy.authority, "council": copy.council, "copy": copy, "letter": copy.letter, "form": form,
        "draft": response if response and response.draft else None, "agreement": agreement_on(response),
        "version": response.version if response else 0,
        "text": response_context(text_of_draft(copy), draft=True),
        "may_approve": request.user.has_perm("advice.approve", copy),
        "may_answer": request.user.has_perm("advice.answer", copy),
    }  # fmt: skip
    return render(request, "advice/answer_preview.html", context, status=status)


def text_of_draft(copy: LetterCopy) -> dict[str, Any]:
    response = drafted(copy)
    form: Any = card_for(AnswerForm, copy)(as_posted(response.draft if response else {}))
    form.is_valid()  # what is not complete is shown as it is
    found = form.cleaned_data
    return answer_text(
        copy, form.answers(), form=found.get("form") or copy.authority.answer_form, dated_on=found.get("dated_on"),
        decided_on=found.get("decided_on"), reference=found.get("reference", ""), text=found.get("text", ""),
    )  # fmt: skip
