"""A comment on one paragraph of a part."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advice.actions import drafting
from advice.comments import paragraphs_in
from advice.forms.commenting import ParagraphForm
from advice.states import AdviceState
from advice.views.drafting import find_advice, no_draft
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.view")
def comment_on_paragraph(request: PortalRequest, council: str, public_id: str, section: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    found = get_object_or_404(advice.sections, public_id=section)
    if request.method != "POST" and advice.state != AdviceState.DRAFT:
        return no_draft(request, advice)
    form = ParagraphForm(request.POST or None, paragraphs=paragraphs_in(advice, found))
    form.cancel_url = f"{advice.get_absolute_url()}#deel-{found.public_id}"
    if request.method == "POST" and form.is_valid():
        try:
            said = drafting.comment(advice, section=found, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your comment is there. The others can read it."))
            return redirect(f"{advice.get_absolute_url()}#reactie-{said.pk}")
    context = {"advice": advice, "council": advice.council, "section": found, "form": form}
    return render(request, "advice/comment_paragraph.html", context, status=422 if request.method == "POST" else 200)
