"""Who may come in. Every view declares a rule; what declares none is refused by portal.middleware.DefaultDeny.

`requires(perm)` declares, `get_for(request, queryset_or_model, …)` finds the object and judges: somebody who may not
see it gets 404, somebody who sees it but lacks the right 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from portal import unsent
from portal.models import User

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


class Refused(Exception):
    """The verb cannot be done now. The message is a sentence for the user (translated), shown where it can be mended.

    `field` names the form field it belongs to, if any.
    """

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.field = field


class PortalRequest(HttpRequest):
    """A request behind a rule that asks for sign-in: `user` is never anonymous."""

    user: User


@dataclass(frozen=True)
class Access:
    """The declared rule of a view: public, signed in, or a permission that get_for judges."""

    public: bool = False
    perm: str | None = None


def public(view: View) -> View:
    """Anyone may open this; it shows published things only, or answers a signed link."""
    view.access = Access(public=True)  # type: ignore[attr-defined]
    return view


def after_signing_in(view: View) -> View:
    """Who is signed out signs in first. What was sent meanwhile waits in the session: see portal.unsent."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        kept = unsent.keep(request)
        return redirect_to_login(reverse("portal:unsent") if kept else request.get_full_path())

    return guarded


def signed_in(view: View) -> View:
    """One's own things: anyone with an account."""
    guarded = after_signing_in(view)
    guarded.access = Access()  # type: ignore[attr-defined]
    return guarded


def requires(perm: str) -> Callable[[View], View]:
    """Signed in, and `perm` on the object that the view finds with `get_for`."""

    def decorate(view: View) -> View:
        @after_signing_in
        @wraps(view)
        def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.wanted_perm = perm  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            if not getattr(request, "perm_judged", False):
                raise PermissionDenied(f"{view.__name__} declared {perm} and never judged it")
            return response

        guarded.access = Access(perm=perm)  # type: ignore[attr-defined]
        return guarded

    return decorate


def get_for(request: HttpRequest, source: type[M] | QuerySet[M], **lookup: Any) -> M:
    """The object, if the user may see it and holds the permission that the view declared. Else 404 or 403."""
    queryset = source._default_manager.all() if isinstance(source, type) else source
    visible = queryset.visible_to(request.user)  # type: ignore[attr-defined]  # our querysets have it
    return judged(request, get_object_or_404(visible, **lookup))


def judged(request: HttpRequest, obj: M) -> M:
    """An object that was found among what the user may see, if the user holds the declared permission. Else 403."""
    request.perm_judged = True  # type: ignore[attr-defined]
    if not request.user.has_perm(request.wanted_perm, obj):  # type: ignore[attr-defined]
        raise PermissionDenied
    return obj
