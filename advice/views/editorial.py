"""The editorial final version: what is different from the adopted text, and writing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.editorial import StaleText, make_editorial
from advice.comparing import compare, summary
from advice.forms.editorial import EditorialForm
from advice.frozen import final_text
from advice.models import AdoptedText
from advice.states import AdviceState
from advice.views.drafting import find_advice, here
from portal.access import PortalRequest, Refused, requires


@require_safe
@requires("advice.view")
def editorial(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """For every member: what is different from what the council adopted. It can be read before the letter goes."""
    advice = find_advice(request, council, public_id)
    adopted, edited = final_text(advice)
    groups = compare(adopted.text, edited.text) if adopted and edited else []
    context = {
        "advice": advice, "council": advice.council, "adopted": adopted, "edited": edited, "groups": groups,
        "summary": summary(groups),
        "may_issue": request.user.has_perm("advice.issue", advice),
        "may_edit": advice.state == AdviceState.ADOPTED and request.user.has_perm("advice.decide", advice),
    }  # fmt: skip
    return render(request, "advice/editorial.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.decide")
def edit_editorial(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    adopted, edited = final_text(advice)
    base = edited or adopted
    if base is None or adopted is None or (request.method != "POST" and advice.state != AdviceState.ADOPTED):
        messages.info(request, _("Only a text that is adopted and not yet sent gets an editorial version."))
        return redirect(advice)
    form = EditorialForm(request.POST or None, text=base.text, sha256=base.sha256)
    form.cancel_url = here(advice, "editorial")
    status, groups = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                make_editorial(advice, by=request.user.person, **form.given())
            except StaleText as stale:
                form.refuse(stale)
                form.data = form.data.copy()
                form.data["seen"], status = base.sha256, 409
                groups = compare(text_seen(adopted, form.cleaned_data["seen"]), base.text)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The editorial version is saved. The members can see what is different."))
                return redirect(here(advice, "editorial"))
    context = {
        "advice": advice, "council": advice.council, "form": form, "groups": groups, "summary": summary(groups),
        "edited": edited,
    }  # fmt: skip
    return render(request, "advice/edit_editorial.html", context, status=status)


def text_seen(adopted: AdoptedText, sha256: str) -> dict[str, Any]:
    """The version that its editor started from."""
    edited = adopted.editorial_texts.filter(sha256=sha256).order_by("-pk").first()
    return (edited or adopted).text
