"""Giving back what somebody typed while signed out, or in a form that we could not trust."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal import unsent
from portal.access import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def unsent_text(request: HttpRequest) -> HttpResponse:
    """The kept text, and one button that sends it again. POST throws it away."""
    found = unsent.waiting_for(request)
    if request.method == "POST":
        unsent.drop(request)
        messages.success(request, _("The text is thrown away."))
        return redirect("portal:home")
    if found is None:
        return redirect("portal:home")
    unsent.mark_shown(request)
    return render(request, "portal/unsent.html", {"unsent": found, "signed_out": True})


@never_cache
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is from before another sign-in, or its cookie is gone. Its writer gets the text back."""
    if not unsent.can_be_kept(request) or not unsent.leads_to_guarded_view(request.path):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("portal:unsent")) if unsent.keep(request) else csrf_failure(request, reason)
    if not unsent.is_of(request.POST[unsent.FIELD], request.user):
        return csrf_failure(request, reason)
    found = unsent.Unsent(request.get_full_path(), unsent.fields_of(request))
    return render(request, "portal/unsent.html", {"unsent": found, "signed_out": False}, status=403)
