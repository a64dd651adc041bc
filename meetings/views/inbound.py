"""Mail that came in for a council and was set aside, with the reason, and what the secretary does with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from councils.models import Council
from meetings.actions.inbound import settle_inbound
from meetings.emails.invitations import TOLD_ABOUT
from meetings.models import Invitee
from portal import signed_addresses
from portal.access import PortalRequest, Refused, get_for, requires
from portal.models import InboundMail
from portal.states import InboundOutcome

PER_PAGE = 30


@require_safe
@requires("councils.see_post")
def inbound(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    mails = InboundMail.objects.filter(council_id=found.pk).select_related("about").order_by("-received_at", "-pk")
    page = Paginator(mails.filter(state=InboundOutcome.SET_ASIDE), PER_PAGE).get_page(request.GET.get("page"))
    about = {mail.about.about_id for mail in page if mail.about and mail.about.kind in TOLD_ABOUT}
    known = Invitee.objects.filter(council=found).select_related("person", "meeting__council").in_bulk(about)
    for mail in page.object_list:
        mail.invitee = known.get(mail.about.about_id) if mail.about and mail.about.kind in TOLD_ABOUT else None
    return render(
        request, "meetings/inbound.html",
        {"council": found, "page": page, "is_open": signed_addresses.takes_answers()},
    )  # fmt: skip


@require_POST
@requires("councils.see_post")
def settle(request: PortalRequest, council: str, mail: int) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    try:
        settle_inbound(get_object_or_404(InboundMail, pk=mail, council_id=found.pk), by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done. The mail is off the list."))
    return redirect("meetings:inbound", found.slug)
