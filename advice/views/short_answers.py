"""The three short answers beside a public letter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advice.actions.publishing import change_short_answers
from advice.forms.issuing import ShortAnswersForm
from advice.models import Letter
from portal.access import PortalRequest, Refused, get_for, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.publish")
def change(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    related = Letter.objects.select_related(
        "council", "publication", "advice__topic", "advice__request__request__topic"
    )
    letter = get_for(request, related, council__slug=council, public_id=public_id)
    if not hasattr(letter, "publication"):
        raise Http404
    form = ShortAnswersForm(request.POST or None, publication=letter.publication)
    if request.method == "POST" and form.is_valid():
        try:
            change_short_answers(letter, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The public page says it so from now on."))
            return redirect("advice:letter", council, public_id)
    context = {"council": letter.council, "letter": letter, "form": form}
    return render(request, "advice/short_answers.html", context, status=422 if request.method == "POST" else 200)
