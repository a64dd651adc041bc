"""What an administrator keeps: authorities, councils, administrators. No drafts, votes or comments."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.desks import remember_desk
from councils.models import Appointment, Authority, Council
from councils.states import AuthorityRole
from portal.access import requires


def judge(request: HttpRequest) -> None:
    """The declared permission, where there is no object: the portal itself."""
    request.perm_judged = True  # type: ignore[attr-defined]
    if not request.user.has_perm(request.wanted_perm):  # type: ignore[attr-defined]
        raise PermissionDenied


@require_safe
@requires("councils.administer")
def overview(request: HttpRequest) -> HttpResponse:
    judge(request)
    remember_desk(request, "admin:")
    administrators = Appointment.objects.current().filter(role=AuthorityRole.ADMINISTRATOR).select_related("person")
    return render(
        request,
        "councils/administration.html",
        {
            "authorities": Authority.objects.order_by("name"),
            "councils": Council.objects.order_by("name"),
            "administrators": administrators.order_by("person__name"),
        },
    )
