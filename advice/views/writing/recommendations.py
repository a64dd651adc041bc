"""Writing the recommendations of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions import drafting
from advice.actions.drafting import PartGone, StaleVersion
from advice.differences import differences
from advice.forms.writing import RecommendationForm
from advice.models import Advice
from advice.reading import CHECK, looked_at
from advice.states import AdviceState
from advice.views.drafting import find_advice, here, no_draft
from advice.views.writing.sections import moved
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def add_recommendation(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = RecommendationForm(request.POST or None, council=advice.council)
    status = 200
    if request.method == "POST" and CHECK not in request.POST:
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
    if CHECK in request.POST:
        return recommendation_page(request, advice, found, form)
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
        **looked_at(request, advice, form["text"].value(), form["reason"].value()),
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
