"""What everyone may see: the front page, and the page of a council."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from councils.desks import Desk, MenuItem, menu, theme_class
from councils.models import Authority, Council
from councils.states import CouncilRole
from portal.access import public
from portal.models import User

IN_ORDER = [
    CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR, CouncilRole.SECRETARY, CouncilRole.TREASURER,
    CouncilRole.MINUTE_TAKER, CouncilRole.MEMBER,
]  # fmt: skip
BRIEFLY = 60  # seconds in one's own browser: a page carries the token of its visitor


def public_desk(request: HttpRequest, council: Council) -> Desk:
    """The name of the council above a public page, and its public menu. Give it as `desk` to the template."""
    places = [
        (_("About us"), "councils:public"),
        (_("Advices"), "advice:public_list"),
        (_("Meetings"), "meetings:public_list"),
        (_("Rules"), "councils:public_rulebook"),
    ]
    items = list(menu(places, council.slug))
    here = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    if request.user.is_authenticated:
        items.append(MenuItem(_("My desk"), reverse("portal:home")))
    served = authorities_of(council)
    return Desk(
        "public",
        council.slug,
        council.name,
        served[0].name if len(served) == 1 else "",
        reverse("councils:public", args=[council.slug]),
        menu=tuple(replace(item, current=item.url == here) for item in items),
        theme=theme_class(served[0].theme) if served else "",
        help_name=council.name if council.phone else settings.HELP_NAME,
        help_phone=council.phone or settings.HELP_PHONE,
    )


def authorities_of(council: Council) -> list[Authority]:
    """Whom it advises now; read once."""
    if not hasattr(council, "_served"):
        current = council.served_bodies.current().select_related("authority").order_by("authority__name")
        council._served = [served.authority for served in current]  # type: ignore[attr-defined]
    return council._served  # type: ignore[attr-defined]


def public_page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """A visitor's browser may keep the page for a minute; who is signed in always gets it fresh."""
    response = render(request, template, context)
    if not request.user.is_authenticated:
        response["Cache-Control"] = f"private, max-age={BRIEFLY}"
    return response


@require_safe
@public
def front(request: HttpRequest) -> HttpResponse:
    councils = list(Council.objects.order_by("name"))
    begin = "" if councils or User.objects.exists() else url_or_none("councils:first_start")
    return public_page(request, "councils/front.html", {"councils": councils, "begin_url": begin})


@require_safe
@public
def council(request: HttpRequest, council: str) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    named = found.memberships.current().filter(named_in_public=True).select_related("person", "client_group")
    members = sorted(named, key=lambda one: (IN_ORDER.index(CouncilRole(one.role)), one.person.name))
    context = {
        "council": found,
        "desk": public_desk(request, found),
        "authorities": authorities_of(found),
        "members": members,
        "unnamed": found.memberships.current().filter(named_in_public=False).exists(),
    }
    return public_page(request, "councils/public.html", context)


def url_or_none(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
