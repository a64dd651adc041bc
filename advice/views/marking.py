"""What do we find of the answer? The council marks it, per recommendation, and may change that later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advice.actions.marking import mark_answers
from advice.answered import given_to, recommendations_of
from advice.forms.marking import MarkForm
from advice.views.answering import find_copy
from portal.access import PortalRequest, Refused, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.mark_answers")
def mark(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    copy = find_copy(request, council__slug=council, public_id=public_id)
    response = given_to(copy)
    if response is None:
        messages.info(request, _("There is no answer yet."))
        return redirect("advice:letter", council, copy.letter.public_id)
    recommendations = recommendations_of(copy.letter, [response])
    form = MarkForm.of(recommendations)(request.POST or None, recommendations=recommendations)
    if request.method == "POST" and form.is_valid():
        try:
            changed = mark_answers(copy, form.marks(), by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = _("Your marks are saved. The authority sees them.") if changed else _("Nothing has changed.")
            messages.success(request, said)
            return redirect("advice:letter", council, copy.letter.public_id)
    context = {"council": copy.council, "copy": copy, "letter": copy.letter, "response": response, "form": form}
    context["may_write"] = request.user.has_perm("advice.write_after", copy.letter)
    return render(request, "advice/mark_answers.html", context, status=422 if request.method == "POST" else 200)
