"""Answering: the authority's desk, the secretary who registers an answer, and what was promised."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.answering import register_response
from advice.answered import (
    commitments_of,
    copies_with_answers,
    reason_rule,
    recommendations_of,
    score_of,
    standing_of,
)
from advice.chain import chain_of, way_of
from advice.enclosures import page_data
from advice.explaining import Explainer
from advice.forms.answering import RegisterResponseForm, card_for
from advice.letter_text import letter_data
from advice.linked import relations_to
from advice.models import LetterCopy, Response, ResponsePdf
from advice.querysets import AWAITED, DUE_ON, GIVEN
from advice.states import ASKS_NO_ANSWER, ResponseState, Verdict
from advice.step_rows import rows_for
from councils.models import Authority
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import serve
from portal.models import Message
from portal.states import MessageState
from portal.text import listed

PER_PAGE = 25
INVALID = 422
LAPSED = ~GIVEN & (Q(response__state=ResponseState.LAPSED) | Q(letter__relation__in=ASKS_NO_ANSWER))
# An old letter waits for an answer only where a last day is known.
WITH_TERM = Q(response_due_on__isnull=False) | Q(response__extended_until__isnull=False)
WAITING = AWAITED & (Q(letter__imported=False) | WITH_TERM)
TABS = {
    "open": (gettext_lazy("Waiting for an answer"), WAITING),
    "klaar": (gettext_lazy("Answered"), GIVEN),
    "vervallen": (gettext_lazy("No answer needed any more"), LAPSED),
    "oud": (
        gettext_lazy("From before the portal"),
        AWAITED & Q(letter__imported=True) & ~WITH_TERM,
    ),
}
SAID = gettext_lazy("This answer was given already. Nothing has changed.")


def page_of(rows: QuerySet, request: HttpRequest, *, count: int | None = None) -> Page:
    paginator = Paginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))


# --- the authority's desk ---------------------------------------------------


@require_safe
@requires("councils.view_desk")
def desk_list(request: PortalRequest, authority: str) -> HttpResponse:
    """The advices that this authority got, those to answer first."""
    desk = get_for(request, Authority, slug=authority)
    copies = LetterCopy.objects.filter(authority=desk)
    counts = copies.aggregate(**{key: Count("pk", filter=which) for key, (_label, which) in TABS.items()})
    chosen = request.GET.get("lijst", "")
    if chosen not in TABS:
        chosen = next((key for key in TABS if counts[key]), "open")
    listed_copies = copies.filter(TABS[chosen][1]).select_related("letter", "council", "response").defer("letter__text")
    listed_copies = listed_copies.annotate(linked_by=relations_to("letter"))
    if chosen == "open":
        listed_copies = listed_copies.order_by(DUE_ON.asc(), "letter__dated_on", "pk")
    else:
        listed_copies = listed_copies.order_by("-letter__dated_on", "-pk")
    page = page_of(listed_copies, request, count=counts[chosen])
    for copy in page.object_list:
        copy.authority = desk
        copy.standing = standing_of(copy, copy.letter)
    tabs = [
        {"key": key, "label": label, "count": counts[key], "current": key == chosen}
        for key, (label, _which) in TABS.items()
        if counts[key] or key in ("open", "klaar")
    ]
    context = {
        "authority": desk, "page": page, "tabs": tabs, "chosen": chosen,
        "may_answer": request.user.has_perm("consultations.create_request", desk),
    }  # fmt: skip
    return render(request, "advice/desk_list.html", context)


def find_copy(request: PortalRequest, **lookup: Any) -> LetterCopy:
    copies = copies_with_answers(LetterCopy.objects.annotate(linked_by=relations_to("letter")), followed=True)
    related = copies.select_related(
        "letter__council",
        "letter__original",
        "letter__follow_up",
        "council",
        "authority",
        "response__original",
        "response__letter__pdf__document",
        "pdf__document",
    )
    return get_for(request, related, **lookup)


@require_safe
@requires("advice.view_copy")
def desk_letter(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    copy = find_copy(request, authority__slug=authority, public_id=public_id)
    standing = standing_of(copy, copy.letter)
    response = standing.response
    drafted = getattr(copy, "response", None)
    may_answer = request.user.has_perm("advice.answer", copy)
    way = way_of(copy.letter, [copy])
    context = {
        "authority": copy.authority,
        "council": copy.council,
        "copy": copy,
        "letter": copy.letter,
        # With an answer the recommendations stand above, each with its answer.
        "explainer": Explainer(copy.letter.text.get("glossary", [])),
        "data": {**page_data(copy), "recommendations": []} if response else page_data(copy),
        "standing": standing,
        "response": response,
        "recommendations": recommendations_of(copy.letter, [response] if response else []),
        "score": score_of(response) if response else [],
        "commitments": commitments_of([response] if response else []),
        "draft": drafted if drafted and not response and drafted.draft else None,
        "may_answer": may_answer,
        "steps": chain_of(copy.letter, [standing], way),
        "rows": rows_for(copy, way.steps[copy.pk], by_council=False, may_record=may_answer),
        "receipt_url": reverse("advice:confirm_receipt", args=[authority, public_id]),
        "reads_draft": request.user.has_perm("advice.read_draft_answer", copy),
        "to_post": to_post(response),
    }
    return render(request, "advice/desk_letter.html", context)


def warn(request: PortalRequest, response: Response, *, registered: bool) -> None:
    """What the rules ask and the answer does not have. Said, not refused."""
    answers = list(response.answers.all())
    rule = reason_rule(response.council)
    lacking = rule.lacking(answers, text=response.text)
    silent = [one.number for one in answers if one.no_reason_given]
    undated = [one.number for one in answers if one.verdict == Verdict.LATER and not one.decide_by]
    if lacking:
        facts = {"numbers": listed(lacking), "article": f" ({rule.article})" if rule.article else ""}
        message = _("The rules ask a reason here too%(article)s. It is missing at: %(numbers)s.")
        messages.warning(request, message % facts)
    elif registered and silent:
        message = _("No reason was given at: %(numbers)s. That is on file now.")
        messages.warning(request, message % {"numbers": listed(silent)})
    if undated:
        message = _("No last day was given for the decision at: %(numbers)s. Ask for one.")
        messages.warning(request, message % {"numbers": listed(undated)})


# --- the secretary registers ------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.register_response")
def register(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    copy = find_copy(request, council__slug=council, public_id=public_id)
    if standing_of(copy, copy.letter).response:
        messages.info(request, SAID)
        return redirect("advice:letter", council, copy.letter.public_id)
    card = card_for(RegisterResponseForm, copy)
    form = card(request.POST, request.FILES) if request.method == "POST" else card()
    if request.method == "POST" and form.is_valid():
        try:
            response = register_response(copy, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The answer is on file."))
            warn(request, response, registered=True)
            return redirect("advice:letter", council, copy.letter.public_id)
    context = {"council": copy.council, "copy": copy, "letter": copy.letter, "form": form, "data": letter_data(copy)}
    status = INVALID if request.method == "POST" else 200
    return render(request, "advice/response_register.html", context, status=status)


@require_safe
@requires("advice.read_copy")
def response_letter(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """The letter of the executive, for the council and for the authority."""
    copy = get_for(request, LetterCopy, council__slug=council, public_id=public_id)
    pdfs = ResponsePdf.objects.select_related("document")
    pdf = get_object_or_404(pdfs, letter__response__copy=copy, letter__response__state=ResponseState.FINAL)
    return serve(pdf.document, inline=True)


def to_post(response: Response | None) -> list[Message]:
    """Who of the council gets the letter of the executive on paper."""
    letter = getattr(response, "letter", None)
    if letter is None:
        return []
    on_paper = Message.objects.filter(kind="advice.response_letter", about_id=letter.pk, state=MessageState.PAPER)
    return list(on_paper.select_related("person"))


@require_safe
@requires("advice.read_copy")
def response_original(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """The letter that was registered, for the council and for the authority that wrote it."""
    copy = get_for(request, LetterCopy, council__slug=council, public_id=public_id)
    given = Response.objects.filter(state=ResponseState.FINAL).select_related("original")
    response = get_object_or_404(given, copy=copy)
    if response.original is None:
        raise Http404
    return serve(response.original, inline=True)
