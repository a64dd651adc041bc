from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advice.actions.history import add_history
from advice.forms.history import HistoryForm
from advice.models import Letter
from councils.models import Council
from portal.access import PortalRequest, Refused, get_for, requires

NEWEST = 5


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.import_history")
def add_history_letter(request: PortalRequest, council: str) -> HttpResponse:
    """Letters from before the portal, one after another."""
    found = get_for(request, Council, slug=council)
    form = HistoryForm(request.POST or None, request.FILES or None, council=found)
    form.cancel_url = found.get_absolute_url()
    form.cancel_label = _("Back")
    if request.method == "POST" and form.is_valid():
        try:
            letter = add_history(found, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Letter %(reference)s is on file.") % {"reference": letter.reference})
            if "another" in request.POST:
                return redirect("advice:add_history", found.slug)
            return redirect("advice:letter", found.slug, letter.public_id)
    letters = Letter.objects.filter(council=found, imported=True)
    context = {"council": found, "form": form, "newest": letters.order_by("-pk")[:NEWEST], "count": letters.count()}
    return render(request, "advice/history_form.html", context, status=422 if request.method == "POST" else 200)
