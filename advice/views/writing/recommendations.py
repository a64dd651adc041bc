"""Writing the recommendations of a draft, as safely as its sections."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions import drafting, drafts, saving
from advice.actions.saving import PartGone, StaleVersion
from advice.forms.writing import RecommendationForm
from advice.models import Advice, Recommendation, RecommendationSave
from advice.opinions import open_round_of
from advice.reading import CHECK, looked_at
from advice.states import AdviceState
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed, step
from advice.views.writing.kept import chosen_draft, draft_answer, opened, opened_new
from consultations.models import Activity
from portal.access import PortalRequest, Refused, requires
from portal.differences import differences


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def add_recommendation(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST":
        if advice.state != AdviceState.DRAFT:
            return no_draft(request, advice)
        unsaved = drafts.unsaved_of(advice, None, RecommendationSave, by=request.user.person)
        chosen = chosen_draft(request, unsaved)
        form = RecommendationForm(council=advice.council, kept=chosen)
        return recommendation_page(request, advice, None, form, **opened_new(unsaved, chosen))
    form = RecommendationForm(request.POST, council=advice.council)
    if CHECK in request.POST:
        return recommendation_page(request, advice, None, form)
    status = 422
    if form.is_valid():
        given = {name: value for name, value in form.values().items() if name != "version"}
        try:
            made = saving.add_recommendation(advice, by=request.user.person, **given)
        except PartGone as gone:
            return text_came_too_late(request, advice, form, gone)
        except Refused as refused:
            form.refuse(refused)
        else:
            return saved(request, advice, made)
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
        unsaved = drafts.unsaved_of(advice, found, RecommendationSave, by=request.user.person)
        chosen = chosen_draft(request, unsaved)
        form = RecommendationForm(council=advice.council, recommendation=found, kept=chosen)
        return recommendation_page(request, advice, found, form, **opened(request, advice, found, unsaved, chosen))
    form = RecommendationForm(request.POST, council=advice.council, recommendation=found)
    if CHECK in request.POST:
        return recommendation_page(request, advice, found, form)
    if not form.is_valid():
        return recommendation_page(request, advice, found, form, status=422)
    try:
        kept = saving.save_recommendation(advice, found, by=request.user.person, **form.values())
    except StaleVersion as stale:
        return conflict(request, advice, found, form, stale)
    except PartGone as gone:
        return text_came_too_late(request, advice, form, gone)
    except Refused as refused:
        form.refuse(refused)
        return recommendation_page(request, advice, found, form, status=409)
    return saved(request, advice, kept)


@require_POST
@requires("advice.view")
def keep_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str = "") -> HttpResponse:
    """What is in the form now, for its author only."""
    advice = find_advice(request, council, public_id)
    found = advice.recommendations.filter(public_id=recommendation).first() if recommendation else None
    form = RecommendationForm(request.POST, council=advice.council, recommendation=found)
    form.is_valid()
    kept = drafts.keep_recommendation_draft(
        advice, found, text=str(form["text"].value() or ""), why=str(form["reason"].value() or ""),
        refers_to=str(form["refers_to"].value() or "")[:300], version=form.cleaned_data.get("version") or 0,
        by=request.user.person,
    )  # fmt: skip
    return draft_answer(request, found, kept)


def saved(request: PortalRequest, advice: Advice, made: Recommendation) -> HttpResponse:
    drafts.stopped_writing(made, by=request.user.person)
    messages.success(request, _("Recommendation %(number)d is saved.") % {"number": made.number})
    return redirect(f"{advice.get_absolute_url()}#aanbeveling-{made.number}")


def text_came_too_late(
    request: PortalRequest, advice: Advice, form: RecommendationForm, gone: PartGone
) -> HttpResponse:
    """It is on file. As a new recommendation it can come back while the advice is a draft."""
    form.refuse(gone)
    form.submit_label = _("Put it in as a new recommendation")
    still_draft = Advice.objects.filter(pk=advice.pk, state=AdviceState.DRAFT).exists()
    return recommendation_page(request, advice, None, form, status=409, gone=gone, still_draft=still_draft)


def recommendation_page(
    request: PortalRequest,
    advice: Advice,
    found: Recommendation | None,
    form: RecommendationForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    form.cancel_url = advice.get_absolute_url()
    if found is None:
        form.action = here(advice, "add_recommendation")
        form.draft_url = here(advice, "keep_new_recommendation")
        del form.fields["because"]
    else:
        form.draft_url = here(advice, "keep_recommendation", found.public_id)
    context = {
        "advice": advice, "council": advice.council, "recommendation": found, "form": form,
        "may_add_heard": request.user.has_perm("consultations.hear", advice.council), "still_draft": True,
        "round_is_open": open_round_of(advice) is not None,
        **looked_at(request, advice.council, form["text"].value(), form["reason"].value()), **more,
    }  # fmt: skip
    return render(request, "advice/recommendation.html", context, status=status)


def conflict(
    request: PortalRequest, advice: Advice, found: Recommendation | None, late: RecommendationForm, stale: StaleVersion
) -> HttpResponse:
    """Both texts, what is different, and a form that saves on top of the newest."""
    form = RecommendationForm(
        council=advice.council, recommendation=found,
        initial={**{name: late[name].value() for name in late.fields}, "version": stale.current.version},
    )  # fmt: skip
    form.submit_label = _("Save this as the text of the advice")
    form.cancel_url, form.cancel_label = advice.get_absolute_url(), _("Leave the other text as it is")
    current = stale.current
    context = {
        "advice": advice, "council": advice.council, "recommendation": found, "form": form, "stale": stale,
        "differences": differences(
            in_one_text(current.text, current.why, current.refers_to, *titles(found.rests_on.all() if found else [])),
            in_one_text(stale.text, stale.why, stale.refers_to, *titles(late.cleaned_data.get("rests_on", []))),
        ),
    }  # fmt: skip
    return render(request, "advice/conflict_recommendation.html", context, status=409)


def titles(heard: Iterable[Activity]) -> list[str]:
    return sorted(activity.title for activity in heard)


def in_one_text(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


@require_POST
@requires("advice.edit")
def move_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    back = f"{advice.get_absolute_url()}#aanbevelingen"
    return pressed(
        request, lambda: drafting.move_recommendation(found, step(request), by=request.user.person), back=back
    )  # fmt: skip


@require_POST
@requires("advice.edit")
def remove_recommendation(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    return pressed(
        request, lambda: drafting.remove_recommendation(found, by=request.user.person),
        back=f"{advice.get_absolute_url()}#aanbevelingen",
        told=_("The recommendation is removed. What it said stands with the comments."),
    )  # fmt: skip
