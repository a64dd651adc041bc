"""Writing the sections of a draft. What somebody typed is never lost: see advice.actions.saving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions import drafting, drafts, saving
from advice.actions.saving import PartGone, StaleVersion
from advice.forms.writing import SectionForm
from advice.models import Advice, Section, SectionSave
from advice.opinions import open_round_of
from advice.reading import CHECK, looked_at
from advice.states import AdviceState
from advice.typed import html_to_typed
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed, step
from advice.views.writing.kept import chosen_draft, draft_answer, opened, opened_new
from portal.access import PortalRequest, requires
from portal.differences import differences


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def add_section(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST":
        if advice.state != AdviceState.DRAFT:
            return no_draft(request, advice)
        unsaved = drafts.unsaved_of(advice, None, SectionSave, by=request.user.person)
        chosen = chosen_draft(request, unsaved)
        form = SectionForm.of_kept(chosen) if chosen else SectionForm()
        return section_page(request, advice, None, form, **opened_new(unsaved, chosen))
    form = SectionForm(request.POST)
    if CHECK in request.POST:
        return section_page(request, advice, None, form)
    if not form.is_valid():
        return section_page(request, advice, None, form, status=422)
    given = {name: value for name, value in form.values().items() if name != "version"}
    try:
        section = saving.add_section(advice, by=request.user.person, **given)
    except PartGone as gone:
        form.refuse(gone)
        return section_page(request, advice, None, form, status=409, gone=gone)
    return saved(request, advice, section)


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
        unsaved = drafts.unsaved_of(advice, found, SectionSave, by=request.user.person)
        chosen = chosen_draft(request, unsaved)
        form = SectionForm.of_kept(chosen) if chosen else SectionForm.of(found)
        return section_page(request, advice, found, form, **opened(request, advice, found, unsaved, chosen))
    form = SectionForm(request.POST)
    if CHECK in request.POST:
        return section_page(request, advice, found, form)
    if not form.is_valid():
        return section_page(request, advice, found, form, status=422)
    try:
        kept = saving.save_section(advice, found, by=request.user.person, **form.values())
    except StaleVersion as stale:
        return conflict(request, advice, found, stale)
    except PartGone as gone:
        form.refuse(gone)
        return section_page(request, advice, None, form, status=409, gone=gone)
    return saved(request, advice, kept)


@require_POST
@requires("advice.view")
def keep_section(request: PortalRequest, council: str, public_id: str, section: str = "") -> HttpResponse:
    """What is in the form now, for its author only. Called by static/js/writing.js; the advice does not change."""
    advice = find_advice(request, council, public_id)
    found = advice.sections.filter(public_id=section).first() if section else None
    form = SectionForm(request.POST)
    form.is_valid()  # what is not ready to be saved is kept all the same
    kept = drafts.keep_section_draft(
        advice, found, heading=str(form["heading"].value() or "")[:200], text=form.cleaned_data.get("html", ""),
        version=form.cleaned_data.get("version") or 0, by=request.user.person,
    )  # fmt: skip
    return draft_answer(request, found, kept)


def saved(request: PortalRequest, advice: Advice, section: Section) -> HttpResponse:
    messages.success(request, _("“%(heading)s” is saved.") % {"heading": section.heading})
    if "stay" in request.POST:
        return redirect(here(advice, "edit_section", section.public_id))
    drafts.stopped_writing(section, by=request.user.person)
    return redirect(f"{advice.get_absolute_url()}#deel-{section.public_id}")


def section_page(
    request: PortalRequest,
    advice: Advice,
    section: Section | None,
    form: SectionForm,
    *,
    status: int = 200,
    gone: PartGone | None = None,
    **more: Any,
) -> HttpResponse:
    form.cancel_url = advice.get_absolute_url()
    form.draft_url = here(advice, "keep_section", section.public_id) if section else here(advice, "keep_new_section")
    if section is None:
        del form.fields["because"]
    if gone:  # nothing to save into any more; as a new part it can come back while the advice is a draft
        form.action = here(advice, "add_section")
        form.submit_label = _("Put it in as a new part")
        form.extra_submits = []
    still_draft = Advice.objects.filter(pk=advice.pk, state=AdviceState.DRAFT).exists() if gone else True
    sections = list(advice.sections.all())
    context = {
        "advice": advice, "council": advice.council, "section": section, "form": form, "sections": sections,
        "gone": gone, "still_draft": still_draft, "can_save": still_draft,
        "round_is_open": open_round_of(advice) is not None,
        **looked_at(request, advice.council, form["text"].value(), typed=True), **more,
    }  # fmt: skip
    return render(request, "advice/section.html", context, status=status)


def conflict(request: PortalRequest, advice: Advice, section: Section | None, stale: StaleVersion) -> HttpResponse:
    """Both texts, what is different, and a form that saves on top of the newest."""
    theirs, mine = html_to_typed(stale.current.text), html_to_typed(stale.text)
    given = {"heading": stale.heading, "text": mine, "because": request.POST.get("because", "")}
    form = SectionForm(initial={**given, "version": stale.current.version})
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
    back = f"{advice.get_absolute_url()}#deel-{found.public_id}"
    return pressed(
        request, lambda: drafting.move_section(found, step(request), by=request.user.person), back=back
    )  # fmt: skip


@require_POST
@requires("advice.edit")
def remove_section(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.sections, public_id=section)
    return pressed(
        request, lambda: drafting.remove_section(found, by=request.user.person), back=advice.get_absolute_url(),
        told=_("The part is removed. Its text is still with the kept texts."),
    )  # fmt: skip


def part_gone(request: PortalRequest, advice: Advice) -> HttpResponse:
    messages.warning(request, _("Somebody removed this part. Its text is still with the kept texts."))
    return redirect(advice)
