"""Every text that somebody submitted for a part, also what never came into the advice."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.differences import differences
from advice.models import SectionSave
from advice.typed import html_to_typed
from advice.views.drafting import find_advice
from portal.access import PortalRequest, requires


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
