"""Every text that somebody submitted for a part, also what never came into the advice; and what was kept meanwhile."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advice.actions import drafts
from advice.models import Advice, Recommendation, RecommendationSave, Section, SectionSave
from advice.typed import html_to_typed
from advice.views.drafting import find_advice
from portal.access import PortalRequest, requires
from portal.dates import clock_time
from portal.differences import differences

Kept = SectionSave | RecommendationSave
MOST = 100  # on a page


@require_safe
@requires("advice.view")
def saved_texts(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Newest first. What was kept while somebody typed is for its author only."""
    advice = find_advice(request, council, public_id)
    wanted = request.GET.get("deel", "")
    section = advice.sections.filter(public_id=wanted).first() if is_uuid(wanted) else None
    recommendation = advice.recommendations.filter(public_id=wanted).first() if is_uuid(wanted) else None
    only_mine = request.GET.get("van") == "mij"
    me = request.user.person
    mine_or_submitted = Q(author=me) if only_mine else Q(author=me) | Q(automatic=False)
    sections = SectionSave.objects.filter(mine_or_submitted, advice=advice).select_related("author")
    recommendations = RecommendationSave.objects.filter(mine_or_submitted, advice=advice).select_related("author")
    before = parse_datetime(request.GET.get("voor", "").replace(" ", "+")) if request.GET.get("voor") else None
    if before and is_aware(before):
        sections, recommendations = sections.filter(at__lt=before), recommendations.filter(at__lt=before)
    if section or recommendation:
        sections = sections.filter(section_id=section.pk) if section else sections.none()
        recommendations = (
            recommendations.filter(recommendation_id=recommendation.pk) if recommendation else recommendations.none()
        )
    rows = [
        *with_steps(list(sections.order_by("-at", "-pk")[: MOST + 1]), "section_id"),
        *with_steps(list(recommendations.order_by("-at", "-pk")[: MOST + 1]), "recommendation_id"),
    ]
    saves = sorted(rows, key=lambda row: row["save"].at, reverse=True)
    context = {
        "older": saves[MOST - 1]["save"].at.isoformat() if len(saves) > MOST else "",
        "advice": advice, "council": advice.council, "section": section, "recommendation": recommendation,
        "only_mine": only_mine, "part": section or recommendation,
        "saves": saves[:MOST],
    }  # fmt: skip
    return render(request, "advice/saved_texts.html", context)


def with_steps(saves: list[Any], id_of: str) -> list[dict[str, Any]]:
    """Each with what is different from the text before it, of the same part."""
    by_version = {(getattr(save, id_of), save.became): save for save in saves if save.became}
    rows = []
    for save in saves:
        part = getattr(save, id_of)
        before = by_version.get((part, save.based_on)) if part else None
        parts = differences(plain(before), plain(save)) if before else None
        rows.append({"save": save, "parts": parts, "is_section": isinstance(save, SectionSave)})
    return rows


def plain(save: Kept) -> str:
    if isinstance(save, SectionSave):
        return html_to_typed(save.text)
    return "\n\n".join(filter(None, [save.text, save.why, save.refers_to]))


def is_uuid(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


# --- what was kept while somebody typed ---


def draft_answer(request: PortalRequest, part: Section | Recommendation | None, kept: Kept) -> JsonResponse:
    if part:
        drafts.is_writing(part, by=request.user.person)
    at = clock_time(kept.at)
    return JsonResponse({"at": at, "said": _("Draft kept at %(time)s.") % {"time": at}})


def chosen_draft(request: PortalRequest, unsaved: Kept | None) -> Any:
    """The kept text, if its author asked to have it in the field (?concept=…)."""
    return unsaved if unsaved and request.GET.get("concept") == str(unsaved.pk) else None


def opened(
    request: PortalRequest, advice: Advice, part: Section | Recommendation, unsaved: Kept | None, chosen: Kept | None
) -> dict[str, Any]:
    """What the page of a part says when somebody starts to write."""
    me = request.user.person
    drafts.is_writing(part, by=me)
    here = [one for one in drafts.writing_now(advice, besides=me) if one.part == part.public_id]
    return {**opened_new(unsaved, chosen), "writing_here": here}


def opened_new(unsaved: Kept | None, chosen: Kept | None) -> dict[str, Any]:
    return {"unsaved": None if chosen else unsaved, "draft_in_field": chosen}
