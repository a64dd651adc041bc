"""The desks at which people work: a council's room, an authority's desk, the administration.

A page says at which desk one is; who has more than one switches.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from councils.models import Authority, Council, Membership
from councils.querysets import facts_of
from councils.states import CouncilRole
from portal.access import get_for, judged
from portal.models import User
from portal.text import listed

LAST_DESK = "desk"  # in the session
PLACES = {"raad": "council", "bestuur": "authority"}  # first word of the address
PUBLIC = {"", "openbaar", "begin", "uitnodiging"}


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Desk:
    """`kind` is council, authority or admin; `key` names the desk in the session."""

    kind: str
    slug: str
    name: str
    subtitle: str
    url: str
    menu: tuple[MenuItem, ...] = ()
    desks: tuple["Desk", ...] = ()  # the other desks of this person
    theme: str = ""
    help_name: str = ""
    help_phone: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.slug}"


def desks_of(user: User) -> list[Desk]:
    """Councils first, then authorities, then the administration; each once, also with two roles."""
    facts = facts_of(user)
    desks = [council_desk(m, secretary=facts.holds({CouncilRole.SECRETARY}, m.council_id)) for m in facts.memberships]
    desks += [authority_desk(a.authority) for a in facts.appointments if a.authority]
    if facts.is_administrator:
        desks.append(administration_desk())
    return list({desk.key: desk for desk in desks}.values())


def council_desk(membership: Membership, *, secretary: bool) -> Desk:
    council = membership.council
    places = [
        (_("Home"), "councils:room"),
        (_("Meetings"), "meetings:list"),
        (_("Requests"), "consultations:inbox"),
        (_("Advices"), "advice:list"),
        (pgettext("menu", "What we heard"), "consultations:heard"),
        (_("People"), "councils:people"),
    ]
    if secretary:
        places.append((_("Management"), "councils:setup"))
    helper = membership.secretary_name  # type: ignore[attr-defined]
    return Desk(
        "council",
        council.slug,
        council.name,
        in_short(membership.authority_names),  # type: ignore[attr-defined]
        council.get_absolute_url(),
        menu=tuple(menu(places, council.slug)),
        theme=theme_class(membership.authority_theme),  # type: ignore[attr-defined]
        help_name=_("%(name)s, secretary") % {"name": helper} if helper else settings.HELP_NAME,
        help_phone=council.phone or settings.HELP_PHONE,
    )


def in_short(authorities: list[str]) -> str:
    """Whom a council advises, in the head of every page: two by name, of more the first."""
    names = list(dict.fromkeys(authorities))
    if len(names) <= 2:
        return listed(names)
    return _("%(name)s and %(number)d others") % {"name": names[0], "number": len(names) - 1}


def authority_desk(authority: Authority) -> Desk:
    places = [
        (_("Home"), "councils:desk"),
        (_("Requests for advice"), "consultations:requests"),
        (_("Long-term agenda"), "consultations:agenda"),
        (_("Advices"), "advice:desk_list"),
        (pgettext("menu", "Policy topics"), "consultations:topics"),
        (_("People"), "councils:appointments"),
    ]
    return Desk(
        "authority",
        authority.slug,
        authority.name,
        _("Desk of the authority"),
        authority.get_absolute_url(),
        menu=tuple(menu(places, authority.slug)),
        theme=theme_class(authority.theme),
    )


def administration_desk() -> Desk:
    url = reverse("councils:administration")
    home = MenuItem(_("Overview"), url)
    return Desk("admin", "", _("Administration"), "Raadportaal", url, menu=(home,))


def menu(places: list[tuple[str, str]], slug: str) -> Iterator[MenuItem]:
    for label, name in places:
        try:
            yield MenuItem(label, reverse(name, args=[slug]))
        except NoReverseMatch:
            continue


def theme_class(theme: str | None) -> str:
    return f"{theme}-theme" if theme else ""


def get_council(request: HttpRequest, slug: str) -> Council:
    """get_for; one's own council came with the facts already."""
    facts = facts_of(request.user)
    own = next((m.council for m in facts.memberships if m.council.slug == slug), None)
    return judged(request, own) if own else get_for(request, Council, slug=slug)


def get_authority(request: HttpRequest, slug: str) -> Authority:
    """get_for; one's own authority came with the facts already."""
    facts = facts_of(request.user)
    own = next((a.authority for a in facts.appointments if a.authority and a.authority.slug == slug), None)
    return judged(request, own) if own else get_for(request, Authority, slug=slug)


def desk_of_page(request: HttpRequest) -> Desk | None:
    """By the address; on one's own pages the desk that was used last. Public pages stand at no desk."""
    user = getattr(request, "user", None)
    first, slug = [*request.path.split("/"), "", ""][1:3]
    if user is None or not user.is_authenticated or first in PUBLIC:
        return None
    desks = {desk.key: desk for desk in desks_of(user)}
    desk = desks.get(f"{PLACES[first]}:{slug}") or desks.get("admin:") if first in PLACES else None
    desk = desk or last_desk(request, list(desks.values()))
    return desk and at_desk(desk, list(desks.values()), request.path)


def last_desk(request: HttpRequest, desks: list[Desk]) -> Desk | None:
    """The desk used last in this session, or the only one."""
    session = getattr(request, "session", {})
    used = next((desk for desk in desks if desk.key == session.get(LAST_DESK)), None)
    return used or (desks[0] if len(desks) == 1 else None)


def remember_desk(request: HttpRequest, key: str) -> None:
    if request.session.get(LAST_DESK) != key:
        request.session[LAST_DESK] = key


def at_desk(desk: Desk, desks: list[Desk], path: str) -> Desk:
    """The menu lights up the part of the page. Home is only itself: every address of the desk starts with its own."""
    under = (item.url for item in desk.menu if path.startswith(item.url) and (item.url != desk.url or path == desk.url))
    here = max(under, key=len, default="")
    items = tuple(replace(item, current=item.url == here) for item in desk.menu)
    return replace(desk, menu=items, desks=tuple(other for other in desks if other.key != desk.key))
