"""The published advices, for everyone. Only `published()` letters, only answers that were given."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from advice.answered import (
    commitments_of,
    copies_with_answers,
    for_list,
    heard_of,
    published,
    recommendations_of,
    score_of,
    standings_of,
)
from advice.chain import chain_of, way_of
from advice.enclosures import with_links
from advice.explaining import Explainer
from advice.letter_text import letter_data
from advice.linked import Notice, notices_in_public, relations_to
from advice.models import LargePrint, Letter, LetterCopy, LetterPdf, ResponsePdf
from advice.promises import followed
from advice.querysets import AWAITED, DUE_ON, GIVEN
from advice.short_answers import in_one_line, short_answers
from advice.states import Relation, ResponseState
from advice.steps import for_everyone
from consultations.models import RequestDocument
from councils.models import Council
from councils.views.public import public_desk, public_page
from portal.access import public
from portal.documents import serve
from portal.mail import link
from portal.text import search_words

PER_PAGE = 20
ANSWERS = {
    "gegeven": gettext_lazy("Answer received"),
    "open": gettext_lazy("Waiting for an answer"),
    "te-laat": gettext_lazy("Answer is late"),
}
FILES_FOR = 300  # seconds: a file of a letter never changes, but it can be taken off the public pages


@require_safe
@public
def public_list(request: HttpRequest, council: str) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    letters = published(found)
    years = dict(letters.order_by("-year").values_list("year").annotate(Count("pk")))
    chosen = {
        "words": search_words(request.GET.get("zoek", "")),
        "year": next((year for year in years if str(year) == request.GET.get("jaar")), None),
        "answer": request.GET.get("antwoord") if request.GET.get("antwoord") in ANSWERS else "",
    }
    paginator = Paginator(for_list(narrowed(letters, chosen)).order_by("-dated_on", "-pk"), PER_PAGE)
    if not any(chosen.values()):
        paginator.count = sum(years.values())  # counted already
    page = paginator.get_page(request.GET.get("page"))
    for letter in page.object_list:
        letter.standings = standings_of(letter)
    context = {
        "council": found, "desk": public_desk(request, found), "page": page, "years": list(years), "chosen": chosen,
        "answers": ANSWERS.items(), "narrowed": any(chosen.values()),
    }  # fmt: skip
    return public_page(request, "advice/public_list.html", context)


def narrowed(letters: QuerySet[Letter], chosen: dict[str, Any]) -> QuerySet[Letter]:
    if chosen["words"]:
        letters = with_words(letters, chosen["words"])
    if chosen["year"]:
        letters = letters.filter(year=chosen["year"])
    if chosen["answer"]:
        copies = LetterCopy.objects.filter(letter=OuterRef("pk"))
        late = AWAITED & Q(due__lt=timezone.localdate())
        waiting = AWAITED & (Q(due__isnull=False) | Q(letter__imported=False))
        which = {"gegeven": GIVEN, "open": waiting, "te-laat": late}[chosen["answer"]]
        letters = letters.filter(Exists(copies.alias(due=DUE_ON).filter(which)))
    return letters


def with_words(letters: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Whole words of the frozen text in any form (jongere, jongeren), or a part of subject or reference."""
    # Written as the index advice_letter_words is, so that it is used; in a query of its own, because OR would not.
    vector = Func(
        F("text"),
        function="to_tsvector",
        template="%(function)s('dutch'::regconfig, %(expressions)s)",
        output_field=SearchVectorField(),
    )
    query = SearchQuery(words, config="dutch", search_type="websearch")
    found = Letter.objects.annotate(words=vector).filter(words=query).values("pk")
    return letters.filter(Q(pk__in=found) | Q(subject__icontains=words) | Q(reference__icontains=words))


def find(council: str, slug: str) -> Letter:
    """A joint advice has the address of the council that leads it."""
    rows = LetterCopy.objects.select_related("pdf__document", "large_print__document")
    copies = copies_with_answers(rows, followed=True)
    letters = Letter.objects.published().select_related("council", "publication", "original", "follow_up")
    letters = letters.prefetch_related(Prefetch("copies", copies)).annotate(linked_by=relations_to("pk"))
    return get_object_or_404(letters, council__slug=council, slug=slug)


@require_safe
@public
def letter(request: HttpRequest, council: str, slug: str) -> HttpResponse:
    letter = find(council, slug)
    copies = list(letter.copies.all())
    standings = standings_of(letter)
    notices = notices_in_public(letter)
    responses = [standing.response for standing in standings if standing.response]
    way = way_of(letter, copies)
    short = short_answers(letter, letter.publication, standings)
    context = {
        "short_answers": short,
        "description": in_one_line(short),
        "letter": letter,
        "council": letter.council,
        "desk": public_desk(request, letter.council),
        "text": letter.text,
        "signed_by": letter.text.get("councils") or [letter.council.name],
        "explainer": Explainer(letter.text.get("glossary", [])),
        "data": letter_data(copies[0]) if copies else letter.text,
        "attachments": with_links(letter.text, "advice:public_attachment", council, slug).get("attachments"),
        "summary": letter.text.get("plain_summary") or letter.publication.plain_summary,
        "standings": standings,
        "responses": responses,
        "several": len(copies) > 1,
        "recommendations": recommendations_of(letter, responses),
        "score": score_of(responses[0]) if len(responses) == 1 else [],
        "follow_up": getattr(letter, "follow_up", None),
        "commitments": followed(commitments_of(responses)),
        "heard": heard_of(letter),
        "steps": chain_of(letter, standings, way),
        "gone_where": [{"copy": copy, "lines": for_everyone(way.steps[copy.pk], copy)} for copy in copies],
        "notices": notices,
        "canonical": canonical_of(notices),
        "short_notice": (letter.text.get("request") or {}).get("short_notice"),
        "papers": papers_of(letter),
        "files": [copy for copy in copies if hasattr(copy, "pdf")],
        "today": timezone.localdate(),
    }
    return public_page(request, "advice/public_letter.html", context)


def canonical_of(notices: list[Notice]) -> str:
    """Search engines go to the letter that took the place of this one."""
    replaced = [one.url for one in notices if one.overtakes and one.relation == Relation.CORRECTION and one.url]
    return link(replaced[0]) if replaced else ""


@require_safe
@public
def letter_pdf(request: HttpRequest, council: str, slug: str, authority: str) -> HttpResponseBase:
    """The copy for one authority; of an imported letter our own rendering."""
    letter = find(council, slug)
    pdfs = LetterPdf.objects.select_related("document")
    pdf = get_object_or_404(pdfs, copy__letter=letter, copy__authority__slug=authority)
    return briefly(request, serve(pdf.document, name=f"{letter.slug}.pdf", inline=True))


@require_safe
@public
def letter_large(request: HttpRequest, council: str, slug: str, authority: str) -> HttpResponseBase:
    """The same copy in large print."""
    letter = find(council, slug)
    prints = LargePrint.objects.select_related("document")
    large = get_object_or_404(prints, copy__letter=letter, copy__authority__slug=authority)
    return briefly(request, serve(large.document, name=f"{letter.slug}-groot.pdf", inline=True))


@require_safe
@public
def response_pdf(request: HttpRequest, council: str, slug: str, authority: str) -> HttpResponseBase:
    """The answer of one authority as its executive sent it."""
    letter = find(council, slug)
    given = ResponsePdf.objects.select_related("document").filter(letter__response__state=ResponseState.FINAL)
    found = {"letter__response__copy__letter": letter, "letter__response__copy__authority__slug": authority}
    return briefly(request, serve(get_object_or_404(given, **found).document, inline=True))


@require_safe
@public
def request_document(request: HttpRequest, council: str, slug: str, document: str) -> HttpResponseBase:
    """A document of the request that this advice answers: open, or its embargo is over. Nothing else exists here."""
    paper = get_object_or_404(papers_of(find(council, slug)), document__public_id=document)
    return briefly(request, serve(paper.document, inline=True))


def papers_of(letter: Letter) -> QuerySet[RequestDocument]:
    papers = RequestDocument.objects.public().filter(request__to_councils__advices__letter=letter)
    return papers.select_related("document").order_by("pk")


@require_safe
@public
def original(request: HttpRequest, council: str, slug: str) -> HttpResponseBase:
    letter = find(council, slug)
    if letter.original is None:
        raise Http404
    return briefly(request, serve(letter.original, name=f"{letter.slug}.pdf", inline=True))


def briefly(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not request.user.is_authenticated:
        response["Cache-Control"] = f"public, max-age={FILES_FOR}"
    return response
