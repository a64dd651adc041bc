"""The list of advices, starting one, its dossier, and the details of the letter."""

from typing import Any

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import drafting
from advice.actions.adopting import what_is_missing
from advice.actions.drafts import writing_now
from advice.actions.letter_details import StaleDetails, details_of, save_details, seen_digest
from advice.actions.saving import why_fixed
from advice.actions.templates import fits, parts_for
from advice.comments import place_comments, with_paragraphs
from advice.dossier import (
    in_state,
    people_of,
    standing,
    steps_of,
    vote_of,
    with_answers,
    with_answers_of,
    with_words,
)
from advice.explaining import Explainer
from advice.forms.drafting import CommentForm, DetailsForm, FilterForm, MinorityFormSet, NewAdviceForm
from advice.frozen import final_text
from advice.joint import in_list_of
from advice.linked import relations_to_advice
from advice.models import (
    Advice,
    Attachment,
    Decision,
    GlossaryTerm,
    LetterCopy,
    MinorityView,
    Question,
    Recommendation,
    SectionSave,
    Signatory,
    Source,
)
from advice.opinions import opinion_facts, with_opinions
from advice.reading import CHECK, looked_at
from advice.states import AdviceState, Outcome, SourceKind
from advice.steps import on_paper
from consultations.models import Activity, CouncilRequest
from councils.models import Authority, Council
from portal.access import PortalRequest, Refused, get_for, requires

PAGE_SIZE = 20
VERSIONS_SHOWN = 4
ADVICES = Advice.objects.select_related("council", "created_by", "request__request__contact", "letter")


def find_advice(request: PortalRequest, council: str, public_id: str) -> Advice:
    return get_for(request, ADVICES, council__slug=council, public_id=public_id)


def here(advice: Advice, name: str, *more: object) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


# --- the list ---


@require_safe
@requires("advice.list")
def advice_list(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = FilterForm(request.GET)
    words, state = (form.cleaned_data["words"], form.cleaned_data["state"]) if form.is_valid() else ("", "")
    advices = with_answers(Advice.objects.filter(in_list_of(found))).select_related("letter", "request", "council")
    advices = with_words(in_state(advices, state), words).order_by("-created_at", "-pk")
    page = Paginator(advices, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"advice": advice, "standing": standing(advice)} for advice in page]
    return render(
        request,
        "advice/list.html",
        {
            "council": found,
            "form": form,
            "page_obj": page,
            "rows": rows,
            "filtered": bool(words or state),
            "may_create": request.user.has_perm("advice.create", found),
            "keeps_records": request.user.has_perm("advice.import_history", found),
        },
    )


def with_lists(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """The short lists of the letter come with the advice: one query instead of five."""

    def rows(model: type[Model], order: str, *names: str) -> ArraySubquery:
        of_advice = model._default_manager.filter(advice=OuterRef("pk")).order_by(order)
        return ArraySubquery(of_advice.values(row=JSONObject(**{name: name for name in names})))

    authorities = Authority.objects.filter(advices=OuterRef("pk")).order_by("pk")
    councils = Council.objects.filter(joint_advices=OuterRef("pk")).order_by("name")
    terms = GlossaryTerm.objects.filter(council=OuterRef("council")).order_by("pk")
    return with_opinions(advices).annotate(
        authority_names=ArraySubquery(authorities.values("name")),
        term_list=ArraySubquery(terms.values(row=JSONObject(term="term", explanation="explanation"))),
        linked_by=relations_to_advice(),
        joint_names=ArraySubquery(councils.values("name")),
        is_decided=Exists(Decision.objects.filter(advice=OuterRef("pk"))),
        question_list=rows(Question, "number", "number", "text"),
        view_list=rows(MinorityView, "pk", "by", "text", "public_id", "author_id", "channel"),
        signatory_list=rows(Signatory, "position", "name", "role"),
        attachment_list=rows(Attachment, "position", "title"),
    )


# --- starting ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.create")
def new(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = NewAdviceForm(request.POST or None, council=found)
    form.cancel_url = reverse("advice:list", args=[council])
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value or name != "topic"}
        advice = drafting.start_unsolicited(found, by=request.user.person, **given)
        messages.success(request, _("The draft is there. Write the first part."))
        return redirect(advice)
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/new.html", {"council": found, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.create")
def new_for_request(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    asked = get_asked(found, public_id)
    if request.method == "POST":
        try:
            advice = drafting.start_from_request(asked, by=request.user.person)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("advice:new_for_request", council, public_id)
        messages.success(request, _("The draft is there. Write the first part."))
        return redirect(advice)
    context = {"council": found, "asked": asked, "drafts": asked.advices.order_by("-created_at")}
    return render(request, "advice/new_for_request.html", context)


def get_asked(council: Council, public_id: str) -> CouncilRequest:
    return get_object_or_404(council.requests.select_related("request__authority", "council"), public_id=public_id)


# --- the dossier ---


@require_safe
@requires("advice.view")
def detail(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    return show(request, get_for(request, with_lists(ADVICES), council__slug=council, public_id=public_id))


@require_POST
@requires("advice.view")
def comment(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = get_for(request, with_lists(ADVICES), council__slug=council, public_id=public_id)
    form = CommentForm(request.POST, recommendations=list(advice.recommendations.all()))
    if form.is_valid():
        try:
            drafting.comment(advice, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your comment is there. The others can read it."))
            return redirect(f"{advice.get_absolute_url()}#reacties")
    return show(request, advice, form=form, status=422)


def show(request: PortalRequest, advice: Advice, *, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    user = request.user
    heard = Activity.objects.filter(recommendations=OuterRef("pk")).order_by("pk")
    numbered = Recommendation.objects.annotate(
        comment_count=Count("comments"),
        heard_titles=ArraySubquery(heard.values("title")),
        source_list=source_rows(),
    ).order_by("number")  # counting drops the order of the model
    prefetch_related_objects([advice], "sections", Prefetch("recommendations", numbered))
    recommendations = list(advice.recommendations.all())
    versions = list(
        SectionSave.objects.filter(advice=advice, became__isnull=False).select_related("author").order_by("-pk")[:20]
    )
    with_writers(advice, request)
    copies = copies_of(advice)
    decisions = list(advice.decisions.select_related("ratification").order_by("-pk")) if advice.is_decided else []  # type: ignore[attr-defined]
    writable = advice.state == AdviceState.DRAFT
    sections = with_paragraphs(list(advice.sections.all()))
    if form is None:
        form = CommentForm(recommendations=recommendations)
    form.action = here(advice, "comment")
    with_answers_of(advice, copies)
    adopted = decisions[0] if decisions and decisions[0].outcome == Outcome.ADOPTED and not writable else None
    context = {
        "advice": advice,
        "council": advice.council,
        "standing": standing(advice),
        "steps": [] if advice.state == AdviceState.DROPPED else steps_of(
            advice, adopted_on=adopted.decided_on if adopted else None, copies=copies
        ),
        "sections": sections,
        "recommendations": recommendations,
        "authority_names": advice.authority_names,  # type: ignore[attr-defined]
        "questions": advice.question_list,
        "minority_views": advice.view_list,
        "signatories": advice.signatory_list,
        "comments": place_comments(advice.comments.select_related("author", "recommendation"), sections),
        "versions": versions[:VERSIONS_SHOWN],
        "people": people_of(advice, versions),
        "other_template": writable and has_other_template(advice),
        "decisions": decisions,
        "edited": final_text(advice)[1] if advice.state == AdviceState.ADOPTED else None,
        "vote": vote_of(advice, user.person_id) if advice.state == AdviceState.VOTING else None,
        "copies": copies,
        "form": form,
        "writable": writable,
        "explainer": Explainer(advice.term_list),  # type: ignore[attr-defined]
        "missing": what_is_missing(advice) if writable else [],
        "may_decide": user.has_perm("advice.decide", advice),
        "issue_url": address_of("issue", advice) if user.has_perm("advice.issue", advice) else "",
        "letter_url": letter_address(advice),
        **opinion_facts(advice, user),
    }  # fmt: skip
    return render(request, "advice/detail.html", context, status=status)


def with_writers(advice: Advice, request: PortalRequest) -> None:
    """Each part of a draft with who else is writing in it now."""
    if advice.state != AdviceState.DRAFT:
        return
    present = writing_now(advice, besides=request.user.person)
    for part in [*advice.sections.all(), *advice.recommendations.all()]:
        part.writers = [one for one in present if one.part == part.public_id]  # type: ignore[union-attr]


def source_rows() -> ArraySubquery:
    """The sources come with their recommendation: no query more."""
    of_recommendation = Source.objects.filter(recommendation=OuterRef("pk")).order_by("position", "pk")
    is_gone = Case(
        When(kind=SourceKind.REQUEST_DOCUMENT, request_document=None, then=Value(True)), default=Value(False)
    )
    return ArraySubquery(
        of_recommendation.values(row=JSONObject(title="title", place="place", url="url", gone=is_gone))
    )


def has_other_template(advice: Advice) -> bool:
    """Nothing is written yet, and the kind of letter has other parts than the draft began with."""
    sections = list(advice.sections.all())
    if any(section.text.strip() for section in sections):
        return False
    return not fits(sections, parts_for(advice.council, advice.document, advice.kind))


def copies_of(advice: Advice) -> list[LetterCopy]:
    if advice.state != AdviceState.ISSUED:
        return []
    sent = LetterCopy.objects.filter(letter__advice=advice).annotate(to_post=on_paper())
    return list(sent.select_related("letter", "response", "authority").order_by("pk"))


def address_of(name: str, advice: Advice) -> str:
    try:
        return here(advice, name)
    except NoReverseMatch:
        return ""


def letter_address(advice: Advice) -> str:
    if advice.state != AdviceState.ISSUED or not hasattr(advice, "letter"):
        return ""
    return reverse("advice:letter", args=[advice.council.slug, advice.letter.public_id])


# --- the details of the letter ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def details(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    changed: list[dict[str, Any]] = []
    status = 200
    if request.method == "POST":
        form = DetailsForm(request.POST, advice=advice)
        views = MinorityFormSet(request.POST, prefix="mening")
        status = 422
        if CHECK in request.POST:
            status = 200
        elif form.is_valid() and views.is_valid():
            given = {**form.details(), "minority_views": views.views()}
            try:
                save_details(advice, given, seen=form.cleaned_data["seen"], by=request.user.person)
            except Refused as refused:
                form.refuse(refused)
                status = 409
            except StaleDetails as stale:
                status, changed = 409, differing(form, advice, stale)
            else:
                messages.success(request, _("The details are saved."))
                return redirect(advice)
    elif advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    else:
        current = details_of(advice)
        form = DetailsForm(initial={**current, "seen": seen_digest(advice)}, advice=advice)
        views = MinorityFormSet(initial=current["minority_views"], prefix="mening")
    form.form_tag = form.show_summary = False
    context = {
        "advice": advice, "council": advice.council, "form": form, "formset": views, "changed": changed,
        **looked_at(request, advice.council, form["plain_summary"].value()),
    }  # fmt: skip
    return render(request, "advice/edit_details.html", context, status=status)


def differing(form: DetailsForm, advice: Advice, stale: StaleDetails) -> list[dict[str, Any]]:
    """What stands there now, next to what was typed; a second save then replaces it knowingly."""
    form.data = form.data.copy()
    form.data["seen"] = seen_digest(Advice.objects.get(pk=advice.pk))
    labels = {name: field.label for name, field in form.fields.items()} | {
        "minority_views": _("Other view (minority)"),
    }
    chosen = [name for name in ("authorities", "joint_with") if name in form.fields]
    names: dict[str, dict[int, str]] = {
        name: {one.pk: one.name for one in form.fields[name].queryset} for name in chosen
    }
    return [
        {"label": labels[name], "now": in_words(stale.current[name], names.get(name, {}))}
        for name in stale.changed
        if name in labels
    ]


def in_words(value: Any, names: dict[int, str]) -> str:
    if isinstance(value, list):
        return "; ".join(in_words(one, names) for one in value)
    if isinstance(value, dict):
        return ", ".join(str(one) for one in value.values())
    return names.get(value, str(value)) if isinstance(value, int) else str(value)


def no_draft(request: PortalRequest, advice: Advice) -> HttpResponse:
    if advice.state == AdviceState.VOTING:
        messages.info(request, why_fixed(advice))
    else:
        messages.info(request, _("This text can no longer be changed. The council adopted it or stopped with it."))
    return redirect(advice)
