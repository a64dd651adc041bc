"""In place of allauth's page for e-mail addresses: one address, which is the person's too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.access import signed_in


@require_safe
@signed_in
def own_email(request: HttpRequest) -> HttpResponse:
    return redirect("councils:profile")
