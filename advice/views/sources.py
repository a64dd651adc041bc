"""The sources of one recommendation of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advice.actions.sources import add_source, remove_source
from advice.forms.sources import SourceForm
from advice.models import Source
from advice.states import AdviceState
from advice.views.drafting import find_advice, here, no_draft
from advice.views.pressing import pressed
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def sources(request: PortalRequest, council: str, public_id: str, recommendation: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    if advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    found = get_object_or_404(advice.recommendations, public_id=recommendation)
    form = SourceForm(request.POST or None, advice=advice)
    form.cancel_url = f"{advice.get_absolute_url()}#aanbeveling-{found.number}"
    form.cancel_label = _("Back to the draft")
    if request.method == "POST" and form.is_valid():
        try:
            added = add_source(found, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("“%(title)s” is a source now.") % {"title": added.title})
            return redirect(here(advice, "sources", found.public_id))
    context = {
        "advice": advice, "council": advice.council, "recommendation": found, "form": form,
        "sources": list(found.sources.all()), "heard": list(found.rests_on.order_by("held_on", "pk")),
    }  # fmt: skip
    return render(request, "advice/sources.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("advice.edit")
def drop_source(request: PortalRequest, council: str, public_id: str, source: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(
        Source.objects.select_related("recommendation"), recommendation__advice=advice, public_id=source
    )
    back = here(advice, "sources", found.recommendation.public_id)
    return pressed(
        request, lambda: remove_source(found, by=request.user.person), back=back, told=_("The source is removed.")
    )
