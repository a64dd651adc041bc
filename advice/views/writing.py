"""Writing the sections and recommendations of a draft. What somebody typed is never lost: see save_section."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions import drafting
from advice.actions.drafting import PartGone, StaleVersion
from advice.differences import differences
from advice.forms.drafting import RecommendationForm, SectionForm
from advice.models import Advice, Section, SectionSave
from advice.states import AdviceState
from advice.typed import html_to_typed
from advice.views.drafting import find_advice, here, no_draft
from portal.access import PortalRequest, Refused, requires

# --- sections ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def add_section(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = SectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            heading, text = form.cleaned_data["heading"], form.cleaned_data["html"]
            try:
                section = drafting.add_section(advice, heading=heading, text=text, by=request.user.person)
            except PartGone:
                return keep_late_text(request, advice, None, form)
            return saved(request, advice, section)
    return section_page(request, advice, None, form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def edit_section(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = advice.sections.filter(public_id=section).first()
    if request.method != "POST":
        if advice.state != AdviceState.DRAFT:
            return no_draft(request, advice)
        if found is None:
            return part_gone(request, advice)
        return section_page(request, advice, found, SectionForm.of(found))
    form = SectionForm(request.POST)
    if not form.is_valid():
        return section_page(request, advice, found, form, status=422)
    try:
        kept = drafting.save_section(
            advice, found, heading=form.cleaned_data["heading"], text=form.cleaned_data["html"],
            version=form.cleaned_data["version"], by=request.user.person,
        )  # fmt: skip
    except StaleVersion as stale:
        return conflict(request, advice, found, stale)
    except PartGone as gone:
        form.refuse(gone)
        return section_page(request, advice, None, form, status=409, gone=gone)
    return saved(request, advice, kept)


def keep_late_text(request: PortalRequest, advice: Advice, section: Section | None, form: SectionForm) -> HttpResponse:
    """The advice was adopted meanwhile: the text goes to the kept texts."""
    try:
        drafting.save_section(
            advice, section, heading=form.cleaned_data["heading"], text=form.cleaned_data["html"], version=0,
            by=request.user.person,
        )  # fmt: skip
    except PartGone:
        pass
    gone = PartGone(_("This advice was adopted while you were writing. Your text is kept, but not in the advice."))
    form.refuse(gone)
    return section_page(request, advice, None, form, status=409, gone=gone)


def saved(request: PortalRequest, advice: Advice, section: Section) -> HttpResponse:
    messages.success(request, _("“%(heading)s” is saved.") % {"heading": section.heading})
    if "stay" in request.POST:
        return redirect(here(advice, "edit_section", section.public_id))
    return redirect(f"{advice.get_absolute_url()}#deel-{section.public_id}")


def section_page(
    request: PortalRequest,
    advice: Advice,
    section: Section | None,
    form: SectionForm,
    *,
    status: int = 200,
    gone: PartGone | None = None,
) -> HttpResponse:
    form.cancel_url = advice.get_absolute_url()
    if gone:  # nothing to save into any more; as a new part it can come back while the advice is a draft
        form.action = here(advice, "add_section")
        form.submit_label = _("Put it in as a new part")
        form.extra_submits = []
    still_draft = Advice.objects.filter(pk=advice.pk, state=AdviceState.DRAFT).exists() if gone else True
    sections = list(advice.sections.all())
    context = {
        "advice": advice, "council": advice.council, "section": section, "form": form, "sections": sections,
        "gone": gone, "still_draft": still_draft, "can_save": still_draft,
    }  # fmt: skip
    return render(request, "advice/section.html", context, status=status)


def conflict(request: PortalRequest, advice: Advice, section: Section | None, stale: StaleVersion) -> HttpResponse:
    """Both texts, what is different, and a form that saves on top of the newest."""
    theirs, mine = html_to_typed(stale.current.text), html_to_typed(stale.text)
    form = SectionForm(initial={"heading": stale.heading, "text": mine, "version": stale.current.version})
    form.submit_label = _("Save this as the text of the advice")
    form.extra_submits = []
    form.cancel_url, form.cancel_label = advice.get_absolute_url(), _("Leave the other text as it is")
    context = {
        "advice": advice, "council": advice.council, "section": section, "form": form, "stale": stale,
        "differences": differences(theirs, mine), "same_heading": stale.heading == stale.current.heading,
    }  # fmt: skip
    return render(request, "advice/conflict.html", context, status=409)


@require_POST
@requires("advice.edit")
def move_section(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.sections, public_id=section)
    return moved(request, advice, drafting.move_section, found, f"#deel-{found.public_id}")


@require_POST
@requires("advice.edit")
def remove_section(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.sections, public_id=section)
    try:
        drafting.remove_section(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The part is removed. Its text is still with the kept texts."))
    return redirect(advice)


@require_safe
@requires("advice.view")
def saved_texts(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Every text that was submitted for a part, newest first; also what never came into the advice."""
    advice = find_advice(request, council, public_id)
    wanted = request.GET.get("deel", "")
    section = advice.sections.filter(public_id=wanted).first() if is_uuid(wanted) else None
    saves = SectionSave.objects.filter(advice=advice).select_related("author").order_by("-pk")
    if section:
        saves = saves.filter(section_id=section.pk)
    only_mine = request.GET.get("van") == "mij"
    if only_mine:
        saves = saves.filter(author=request.user.person)
    context = {
        "advice": advice, "council": advice.council, "section": section, "only_mine": only_mine,
        "saves": with_steps(list(saves[:200])),
    }  # fmt: skip
    return render(request, "advice/saved_texts.html", context)


def with_steps(saves: list[SectionSave]) -> list[dict]:
    """Each with what is different from the text before it, of the same part."""
    by_version = {(save.section_id, save.became): save for save in saves if save.became}
    rows = []
    for save in saves:
        before = by_version.get((save.section_id, save.based_on)) if save.section_id else None
        parts = differences(html_to_typed(before.text), html_to_typed(save.text)) if before else None
        rows.append({"save": save, "parts": parts})
    return rows


def is_uuid(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def part_gone(request: PortalRequest, advice: Advice) -> HttpResponse:
    messages.warning(request, _("Somebody removed this part. Its text is still with the kept texts."))
    return redirect(advice)


# --- recommendations ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def add_recommendation(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = RecommendationForm(request.POST or None, council=advice.council)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            try:
                made = drafting.add_recommendation(advice, by=request.user.person, **given)
            except PartGone as gone:
                form.refuse(gone)
                status = 409
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("Recommendation %(number)d is saved.") % {"number": made.number})
                return redirect(f"{advice.get_absolute_url()}#aanbeveling-{made.number}")
    return recommendation_page(request, advice, None, form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def edit_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = advice.recommendations.filter(public_id=recommendation).first()
    if request.method != "POST":
        if advice.state != AdviceState.DRAFT:
            return no_draft(request, advice)
        if found is None:
            messages.warning(request, _("Somebody removed this recommendation."))
            return redirect(advice)
        form = RecommendationForm(council=advice.council, recommendation=found)
        return recommendation_page(request, advice, found, form)
    form = RecommendationForm(request.POST, council=advice.council, recommendation=found)
    if not form.is_valid():
        return recommendation_page(request, advice, found, form, status=422)
    if found is None:
        form.refuse(PartGone(_("Somebody removed this recommendation while you were writing.")))
        return recommendation_page(request, advice, None, form, status=409)
    given = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
    try:
        kept = drafting.save_recommendation(found, by=request.user.person, **given)
    except StaleVersion as stale:
        form.data = form.data.copy()
        form.data["version"] = str(stale.current.version)
        return recommendation_page(request, advice, found, form, status=409, stale=stale)
    except Refused as refused:
        form.refuse(refused)
        return recommendation_page(request, advice, found, form, status=409)
    messages.success(request, _("Recommendation %(number)d is saved.") % {"number": kept.number})
    return redirect(f"{advice.get_absolute_url()}#aanbeveling-{kept.number}")


def recommendation_page(  # type: ignore[no-untyped-def]
    request: PortalRequest, advice: Advice, found, form: RecommendationForm, *, status: int = 200,
    stale: StaleVersion | None = None,
) -> HttpResponse:  # fmt: skip
    form.cancel_url = advice.get_absolute_url()
    if found is None:
        form.action = here(advice, "add_recommendation")
    context = {
        "advice": advice, "council": advice.council, "recommendation": found, "form": form, "stale": stale,
        "may_add_heard": request.user.has_perm("consultations.hear", advice.council),
    }  # fmt: skip
    if stale:
        form.submit_label = _("Save my text")
        context["differences"] = differences(
            f"{stale.current.heading}\n\n{stale.current.text}", f"{stale.heading}\n\n{stale.text}"
        )
    return render(request, "advice/recommendation.html", context, status=status)


@require_POST
@requires("advice.edit")
def move_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    return moved(request, advice, drafting.move_recommendation, found, "#aanbevelingen")


@require_POST
@requires("advice.edit")
def remove_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    try:
        drafting.remove_recommendation(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The recommendation is removed. What it said stands with the comments."))
    return redirect(f"{advice.get_absolute_url()}#aanbevelingen")


def moved(request: PortalRequest, advice: Advice, verb, found, anchor: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    try:
        verb(found, -1 if request.POST.get("naar") == "omhoog" else 1, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{advice.get_absolute_url()}{anchor}")
