"""The link in an invitation: looking changes nothing, the button makes the account."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.access import Refused, public
from portal.actions.invitations import accept, invitation_by_token
from portal.models import Invitation


@require_http_methods(["GET", "POST"])
@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_by_token(token)
    if found is None or found.accepted_at or found.is_expired:
        return closed(request, found)
    if request.method != "POST":
        return render(request, "portal/invitation.html", {"invitation": found})
    try:
        user = accept(found)
    except Refused:  # used or expired while the page was open
        return closed(request, invitation_by_token(token))
    if user is None:
        messages.info(request, _("You already have an account. Sign in with your e-mail address."))
        return redirect("account_login")
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="invitation")
    response = perform_login(request, user, redirect_url="/mijn/")
    messages.success(request, _("Your account is ready."))
    return response


def closed(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """What the visitor can do when the link does not work any more."""
    return render(request, "portal/invitation_closed.html", {"invitation": found}, status=410)
