"""The whole draft, read for what may be hard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.last_check import points_of_draft
from advice.reading import counted, read_draft, trend
from advice.states import AdviceState
from advice.views.drafting import find_advice
from portal.access import PortalRequest, requires


@require_safe
@requires("advice.view")
def whole_draft(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    reads = read_draft(advice)
    context = {
        "advice": advice, "council": advice.council, "reads": reads, "counts": counted(reads), "trend": trend(advice),
        "points": points_of_draft(advice), "writable": advice.state == AdviceState.DRAFT,
    }  # fmt: skip
    return render(request, "advice/reading.html", context)
