"""Votes and opinions on paper, for the members without e-mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advice.slips import data_of, slips_of
from councils.models import Council
from portal.access import PortalRequest, get_for, requires


@require_safe
@requires("advice.import_history")
def slips_pdf(request: PortalRequest, council: str) -> HttpResponse:
    """A letter and a slip for each, as one accessible file. Made now and kept nowhere."""
    from advice.slip_print import print_slips  # heavy: only when somebody prints

    found = get_for(request, Council, slug=council)
    slips = slips_of(found)
    if not slips:
        messages.info(request, _("There is nothing to print."))
        return redirect("advice:print_run", council)
    response = HttpResponse(print_slips(data_of(slips, found), two_sided=True), content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=vragen-aan-leden.pdf"
    return response
