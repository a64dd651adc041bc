"""The authority's side: its requests, the page of one request, answers to questions, withdrawing."""

from django.contrib import messages
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import actions
from consultations.forms.asking import AnswerForm, WithdrawForm
from consultations.models import AdviceRequest, CouncilRequest, RequestQuestion
from consultations.states import Law
from consultations.track import outcome_of, track_of
from consultations.views.common import ANSWERED_BY, INVALID, desk_of, find_request, page_of, unanswered_on, url_or_none
from councils.models import Authority
from portal.access import Refused, get_for, requires
from portal.documents import keep_upload, serve

PARTS = CouncilRequest.objects.select_related("council", *ANSWERED_BY).order_by("council__name")


@require_safe
@requires("consultations.list_requests")
def request_list(request: HttpRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    rows = (
        AdviceRequest.objects.of_any([desk.pk])
        .select_related("created_by", "authority")
        .order_by(F("submitted_at").desc(nulls_first=True), "-pk")
    )
    rows = rows.annotate(unanswered=unanswered_on("request")).prefetch_related(Prefetch("to_councils", queryset=PARTS))
    page = page_of(rows, request)
    context = {
        "authority": desk,
        "page_obj": page,
        "drafts": [found for found in page if found.is_draft],
        "sent": [found for found in page if not found.is_draft],
        "may_ask": request.user.has_perm("consultations.create_request", desk),
    }
    return render(request, "consultations/request_list.html", context)


@require_safe
@requires("consultations.view_request")
def request_page(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    """One request with what each council does with it. What the council writes is not here."""
    found = find_request(request, authority, public_id)
    desk = desk_of(found, authority)
    may_work = request.user.has_perm("consultations.edit_request", found)
    if found.is_draft and may_work:
        return redirect("consultations:check", authority, public_id)
    questions = Prefetch(
        "questions", queryset=RequestQuestion.objects.select_related("asked_by", "answered_by", "document")
    )
    parts = []
    for part in PARTS.filter(request=found).prefetch_related(questions):
        part.request = found
        outcome = outcome_of(part, desk)
        parts.append(
            {
                "part": part,
                "outcome": outcome,
                "track": track_of(part, outcome, heard=False),
                "letter_url": url_or_none("advice:desk_letter", authority, outcome.copy_public_id) if outcome else "",
                "questions": part.questions.all(),
            }
        )
    context = {
        "authority": desk,
        "found": found,
        "askers": found.askers(),
        "overview_url": url_or_none("advice:desk_overview", authority, public_id),
        "parts": parts,
        "papers": found.documents.select_related("document").order_by("pk"),
        "laws": [Law(law).label for law in found.laws],
        "may_work": may_work,
    }
    return render(request, "consultations/request_page.html", context)


@require_safe
@requires("consultations.view_request")
def request_document(request: HttpRequest, authority: str, public_id: str, document: str) -> HttpResponseBase:
    found = find_request(request, authority, public_id)
    opened = document_of(found, document)
    actions.note_reading(found, document, by=request.user.person)
    return serve(opened, inline=True)


def document_of(found: AdviceRequest, public_id: str):
    """A document of the request, its original, or one that came with an answer: all are of both sides."""
    if found.original and str(found.original.public_id) == str(public_id):
        return found.original
    paper = found.documents.select_related("document").filter(document__public_id=public_id).first()
    if paper:
        return paper.document
    answers = RequestQuestion.objects.filter(council_request__request=found).select_related("document")
    return get_object_or_404(answers, document__public_id=public_id).document


@require_http_methods(["GET", "POST"])
@requires("consultations.answer_question")
def answer_question(request: HttpRequest, authority: str, public_id: str, question: str) -> HttpResponse:
    found = find_request(request, authority, public_id)
    asked = get_object_or_404(
        RequestQuestion.objects.select_related("council_request__council", "asked_by"),
        council_request__request=found,
        public_id=question,
    )
    form = AnswerForm(request.POST or None, request.FILES or None)
    form.cancel_url = found.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        person, upload = request.user.person, form.cleaned_data["document"]
        try:
            document = keep_upload(upload, by=person, authority_id=found.authority_id) if upload else None
            actions.answer_question(asked, answer=form.cleaned_data["answer"], by=person, document=document)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Your answer has been sent to %(council)s.") % {"council": asked.council_request.council}
            )
            return redirect(found)
    context = {"authority": found.authority, "found": found, "asked": asked, "form": form}
    return render(request, "consultations/answer_question.html", context, status=INVALID if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("consultations.withdraw")
def withdraw(request: HttpRequest, authority: str, public_id: str, council: str) -> HttpResponse:
    found = find_request(request, authority, public_id)
    part = get_object_or_404(PARTS, request=found, council__slug=council)
    form = WithdrawForm(request.POST or None)
    form.cancel_url = found.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(part, reason=form.cleaned_data["reason"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your request to %(council)s has been withdrawn.") % {"council": part.council})
            return redirect(found)
    context = {"authority": found.authority, "found": found, "part": part, "form": form}
    return render(request, "consultations/withdraw.html", context, status=INVALID if form.errors else 200)
