"""The letter: the last check, the number, the post, and the page of a letter that has gone."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions.issuing import issue, mark_posted, send_on_paper
from advice.actions.publishing import publish
from advice.answered import standings_of
from advice.chain import chain_of, way_of
from advice.enclosures import page_data, record_of
from advice.explaining import Explainer
from advice.following_up import day_of
from advice.forms.issuing import IssueForm, PostedForm, PublishForm
from advice.frozen import final_text, with_own_views
from advice.ladder import ladder_of
from advice.last_check import Point, gaps_of_text, points_of_letter, points_of_text
from advice.letter_text import address_window, preview_data, response_terms, signatories_of
from advice.linked import relations_to
from advice.models import Advice, Answer, LadderLetter, LargePrint, Letter, LetterCopy
from advice.numbers import preview_number
from advice.printing import LETTER
from advice.reading import CHECK, looked_at
from advice.signing import pictures_of
from advice.slips import slips_of
from advice.states import AdviceState, ResponseState
from advice.step_rows import rows_for
from councils.models import Council
from councils.pictures import names_in, pictures_for
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import read, serve
from portal.models import Message
from portal.querysets import MessageQuerySet
from portal.states import MessageState
from portal.text import whole_number

OUTGOING = ["advice.letter", "advice.letter_copy"]
TO_PRINT = [*OUTGOING, "advice.ladder"]


# --- the last check ---------------------------------------------------------


def find_advice(request: PortalRequest, council: str, public_id: str) -> Advice:
    advices = Advice.objects.select_related("council", "request")
    return get_for(request, advices, council__slug=council, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.issue")
def issue_advice(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if advice.state == AdviceState.ISSUED:
        return to_letter(advice.letter)
    points = points_to_look_at(advice)
    pictures = pictures_of(advice.council, on=timezone.localdate())
    form = IssueForm(request.POST or None, place=advice.council.place, points=bool(points), pictures=bool(pictures))
    if request.method == "POST" and form.is_valid():
        try:
            letter = issue(advice, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The letter has number %(reference)s.") % {"reference": letter.reference})
            if letter.dated_on > timezone.localdate():
                messages.warning(request, _("The letter has a date that is still to come."))
            return to_letter(letter)
    status = 422 if request.method == "POST" else 200
    context = {**issue_context(advice, form), "points": points}
    return render(request, "advice/issue.html", context, status=status)


def points_to_look_at(advice: Advice) -> list[Point]:
    """A point is mended by opening the text again."""
    adopted, edited = final_text(advice)
    final = edited or adopted
    if final is None:
        return []
    reopen = reverse("advice:reopen", args=[advice.council.slug, advice.public_id])
    return points_of_text(with_own_views(advice, final.text), advice.council, url=reopen)


def issue_context(advice: Advice, form: IssueForm) -> dict[str, Any]:
    council, today = advice.council, timezone.localdate()
    adopted, edited = final_text(advice)
    final = edited or adopted
    text = final.text if final else {}
    authorities = advice.authorities.select_related("office").order_by("name")
    return {
        "advice": advice,
        "council": council,
        "form": form,
        "adopted": adopted,
        "edited": edited,
        "text": text,
        "gaps": gaps_of_text(text) if text else [],
        "reference": preview_number(council, today),
        "signatories": signatories_of(advice, text, on=today),
        "windows": [
            {"authority": one, "lines": address_window(one, text.get("attention_of", ""))} for one in authorities
        ],
        "terms": response_terms([council], advice.document, today, relation=advice.relation),
    }


@require_safe
@requires("advice.view")
def preview(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The letter as it will look, marked as a draft. Made now and kept nowhere."""
    from advice.letter_print import print_letter

    advice = find_advice(request, council, public_id)
    data = preview_data(advice)
    content = print_letter(data, images=pictures_for(names_in(data)))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=concept.pdf"
    return response


# --- a letter that has gone -------------------------------------------------


def to_letter(letter: Letter) -> HttpResponse:
    return redirect("advice:letter", letter.council.slug, letter.public_id)


@require_safe
@requires("advice.view_letter")
def letter(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    letter = find_letter(request, council, public_id)
    points = points_of_letter(letter) if may_be_published(request, letter) else []
    return letter_page(request, letter, PublishForm(letter=letter, points=bool(points)), points)


def may_be_published(request: PortalRequest, letter: Letter) -> bool:
    return not hasattr(letter, "publication") and request.user.has_perm("advice.publish", letter)


def find_letter(request: PortalRequest, council: str, public_id: str) -> Letter:
    copies = LetterCopy.objects.select_related(
        "authority",
        "pdf__document",
        "large_print__document",
        "response__original",
        "response__authority",
        "response__letter__pdf__document",
    )
    copies = copies.order_by("pk").prefetch_related(
        Prefetch("response__answers", Answer.objects.select_related("mark")),
        "response__answers__commitments",
        "response__answers__later_decisions",
    )
    related = [
        "council",
        "advice__topic",
        "advice__request__request__topic",
        "original",
        "publication__published_by",
        "issued_by",
        "follow_up",
    ]
    letters = (
        Letter.objects.select_related(*related)
        .prefetch_related(Prefetch("copies", copies))
        .annotate(linked_by=relations_to("pk"))
    )
    return get_for(request, letters, council__slug=council, public_id=public_id)


def letter_page(
    request: PortalRequest, letter: Letter, form: PublishForm, points: list[Point], status: int = 200
) -> HttpResponse:
    copies = list(letter.copies.all())
    way = way_of(letter, copies)
    for copy in copies:
        copy.council = letter.council
        may_record = request.user.has_perm("advice.register_step", copy)
        copy.rows = rows_for(copy, way.steps[copy.pk], by_council=True, may_record=may_record)  # type: ignore[attr-defined]
        may = request.user.has_perm("advice.escalate", copy)
        copy.ladder_rows = ladder_of(copy, way.ladder.get(copy.pk, []), may=may)  # type: ignore[attr-defined]
    answered = [copy for copy in copies if hasattr(copy, "response") and copy.response.state == ResponseState.FINAL]
    context = {
        "letter": letter,
        "council": letter.council,
        "steps": chain_of(letter, standings_of(letter), way),
        "answered": answered,
        "unanswered": [copy for copy in copies if copy not in answered],
        "explainer": Explainer(letter.text.get("glossary", [])),
        "data": page_data(copies[0]) if copies else None,
        "copies": copies,
        "to_post": any(step.to_post for copy in copies for step in way.steps[copy.pk]),
        **pdf_state(letter, copies),
        "post": outgoing(letter, copies),
        "form": form,
        "publication": getattr(letter, "publication", None),
        "points": points,
        **reading_of_summary(request, letter, form),
        "may_publish": request.user.has_perm("advice.publish", letter),
        "look_back": {
            "known": getattr(letter, "follow_up", None),
            "due_on": day_of(letter),
            "allowed": request.user.has_perm("advice.look_back", letter),
        },
    }
    return render(request, "advice/letter.html", context, status=status)


def pdf_state(letter: Letter, copies: list[LetterCopy]) -> dict[str, bool]:
    """Is the PDF still being made, or can it not be made?"""
    missing = set() if letter.original else {copy.pk for copy in copies if not hasattr(copy, "pdf")}
    return {"being_made": bool(missing), "not_printed": bool(missing and missing & LETTER.stuck())}


def reading_of_summary(request: PortalRequest, letter: Letter, form: PublishForm) -> dict[str, Any]:
    """Is the summary easy to read? Of the letter, or what is being written for the public page."""
    if not may_be_published(request, letter):
        return {"reading": None}
    typed = form["plain_summary"].value() if "plain_summary" in form.fields else ""
    return looked_at(request, letter.council, letter.text.get("plain_summary") or typed or "")


def outgoing(letter: Letter, copies: list[LetterCopy]) -> list[dict[str, Any]]:
    """To whom it goes, and how far that is."""
    about = [copy.pk for copy in copies]
    found = Message.objects.filter(council_id=letter.council_id, kind__in=OUTGOING, about_id__in=about)
    return [described(message) for message in found.select_related("person").order_by("kind", "pk")]


def described(message: Message) -> dict[str, Any]:
    return {
        "message": message,
        "is_copy": message.kind == "advice.letter_copy",
        "refused": message.state in (MessageState.REFUSED, MessageState.BOUNCED),
    }


@require_safe
@requires("advice.read_copy")
def letter_pdf(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """For the council and for the authority that got this copy. Where there is an original, that is the letter."""
    copies = LetterCopy.objects.select_related("letter__original", "authority")
    copy = get_for(request, copies, council__slug=council, public_id=public_id)
    name = f"{copy.letter.slug}.pdf"
    document = record_of(copy)
    if document is None:
        raise Http404
    return serve(document, name=name, inline=True)


@require_safe
@requires("advice.read_copy")
def letter_large(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """The same letter in large print, for whoever may read it."""
    copies = LetterCopy.objects.select_related("letter")
    copy = get_for(request, copies, council__slug=council, public_id=public_id)
    large = get_object_or_404(LargePrint.objects.select_related("document"), copy=copy)
    return serve(large.document, name=f"{copy.letter.slug}-groot.pdf", inline=True)


@require_safe
@requires("advice.view_letter")
def original(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    letters = Letter.objects.select_related("original").filter(original__isnull=False)
    letter = get_for(request, letters, council__slug=council, public_id=public_id)
    return serve(letter.original, name=f"{letter.slug}.pdf", inline=True)


@require_POST
@requires("advice.publish")
def publish_letter(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    letter = find_letter(request, council, public_id)
    points = points_of_letter(letter, request.POST.get("plain_summary", ""))
    form = PublishForm(request.POST, letter=letter, points=bool(points))
    if CHECK in request.POST:
        return letter_page(request, letter, form, points)
    if form.is_valid():
        try:
            publish(letter, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The letter is public now."))
            return to_letter(letter)
    return letter_page(request, letter, form, points, status=422)


# --- on paper ---------------------------------------------------------------


@require_POST
@requires("advice.publish")
def on_paper(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """A mail of this letter was refused: it goes into the print run."""
    letter = find_letter(request, council, public_id)
    copies = [copy.pk for copy in letter.copies.all()]
    found = Message.objects.filter(council_id=letter.council_id, kind__in=OUTGOING, about_id__in=copies)
    message = next((one for one in found if str(one.public_id) == request.POST.get("message")), None)
    if message is None:
        raise Http404
    try:
        send_on_paper(message, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This letter is in the print run now."))
    return to_letter(letter)


def with_copies(of_a_state: MessageQuerySet, council: Council) -> list[dict[str, Any]]:
    """The messages of this council that carry a letter, each with its copy."""
    found = of_a_state.filter(council_id=council.pk, kind__in=TO_PRINT)
    waiting = list(found.select_related("person").order_by("created_at", "pk"))
    ladder = LadderLetter.objects.select_related("copy__letter", "pdf__document").defer("text")
    of_ladder = ladder.in_bulk([message.about_id for message in waiting if message.kind == "advice.ladder"])
    copies = LetterCopy.objects.select_related("letter", "authority", "pdf__document")
    by_id = copies.in_bulk([message.about_id for message in waiting if message.kind != "advice.ladder"])
    rows = []
    for message in waiting:
        carried = (of_ladder if message.kind == "advice.ladder" else by_id).get(message.about_id)
        if carried:
            copy = carried.copy if isinstance(carried, LadderLetter) else carried
            rows.append({"message": message, "copy": copy, "pdf": getattr(carried, "pdf", None)})
    return rows


@require_safe
@requires("advice.import_history")
def print_run(request: PortalRequest, council: str) -> HttpResponse:
    return print_page(request, get_for(request, Council, slug=council), PostedForm())


def print_page(request: PortalRequest, council: Council, form: PostedForm, status: int = 200) -> HttpResponse:
    letters = with_copies(Message.objects.to_print(), council)
    ready = [one for one in letters if one["pdf"]]
    refused = with_copies(Message.objects.filter(state__in=[MessageState.REFUSED, MessageState.BOUNCED]), council)
    context = {
        "council": council, "letters": ready, "being_made": len(letters) - len(ready), "refused": refused,
        "slips": slips_of(council), "form": form,
    }  # fmt: skip
    return render(request, "advice/letter_print_run.html", context, status=status)


@require_safe
@requires("advice.import_history")
def print_run_pdf(request: PortalRequest, council: str) -> HttpResponse:
    from advice.letter_print import print_copies  # heavy: only when somebody prints

    found = get_for(request, Council, slug=council)
    files = [read(one["pdf"].document) for one in with_copies(Message.objects.to_print(), found) if one["pdf"]]
    if not files:
        messages.info(request, _("There is nothing to print."))
        return redirect("advice:print_run", council)
    response = HttpResponse(print_copies(files, two_sided=True), content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=brieven.pdf"
    return response


@require_POST
@requires("advice.import_history")
def posted(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    ids = [whole_number(value) for value in request.POST.getlist("message")]
    form = PostedForm(request.POST)
    if not form.is_valid():
        return print_page(request, found, form, status=422)
    try:
        count = mark_posted(found, ids, by=request.user.person, posted_on=form.cleaned_data["posted_on"])
    except Refused as refused:
        form.refuse(refused)
        return print_page(request, found, form, status=422)
    if count:
        text = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Nothing has changed."))
    return redirect("advice:print_run", council)
