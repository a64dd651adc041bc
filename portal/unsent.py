"""What somebody typed and sent while signed out: it waits in the session until the same person signs in again.

A guarded form (portal.forms) carries a token that says who was typing. It is a MAC: nobody reads from it who that is,
and without one nothing is kept, so strangers cannot fill the table of sessions. Whoever signs in on the device and is
somebody else sees nothing of it.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.crypto import get_random_string

from portal.models import User

FIELD = "_schrijver"
IN_SESSION = "unsent_text"
MOST_BYTES = 200_000
MOST_PER_TOKEN = 20  # an hour
HOUR = 3600
DAYS = 14 * 24 * HOUR  # how long a page may have been open
SALT = "portal.unsent"
SECRET_WORDS = ("password", "wachtwoord", "code", "csrfmiddlewaretoken")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Unsent:
    path: str
    fields: list[list[str]]  # name and value, in the order of the form

    @property
    def texts(self) -> list[str]:
        """What was typed, without ticks, numbers and keys. Of an editor's text and the box under it one is enough."""
        made = {name.removesuffix("_html") for name, value in self.fields if name.endswith("_html") and value}
        return [value for name, value in self.fields if name not in made and is_prose(name, value)]


def is_prose(name: str, value: str) -> bool:
    return not name.startswith("_") and bool(value.strip()) and (" " in value.strip() or len(value) > 70)


# --- who was typing ---


def token_for(user: User) -> str:
    """Signed twice: inside for this person, outside so that we know it for ours before anybody signs in."""
    inner = signing.TimestampSigner(salt=f"{SALT}.{user.pk}", sep=".").sign(get_random_string(12))
    return signing.Signer(salt=SALT, sep="~").sign(inner)


def is_ours(token: str) -> bool:
    return opened(token) is not None


def is_of(token: str, user: Any) -> bool:
    inner = opened(token)
    if inner is None or not user.is_authenticated:
        return False
    try:
        signing.TimestampSigner(salt=f"{SALT}.{user.pk}", sep=".").unsign(inner, max_age=DAYS)
    except signing.BadSignature:
        return False
    return True


def opened(token: str) -> str | None:
    try:
        return signing.Signer(salt=SALT, sep="~").unsign(token)
    except signing.BadSignature:
        return None


# --- keeping ---


def keep(request: HttpRequest) -> bool:
    """Keep what this request sends, if it is the text of a guarded form. Says whether it is kept."""
    if not can_be_kept(request):
        return False
    token = request.POST[FIELD]
    if too_often(token) or not leads_to_guarded_view(request.get_full_path()):
        return False
    kept = {"token": token, "path": request.get_full_path(), "fields": fields_of(request)}
    request.session[IN_SESSION] = kept
    request.unsent_was_kept = True  # type: ignore[attr-defined]
    return True


def was_kept_by(request: HttpRequest) -> bool:
    return getattr(request, "unsent_was_kept", False)


def can_be_kept(request: HttpRequest) -> bool:
    if request.method != "POST" or request.content_type not in FORMS:
        return False
    if request.headers.get("Accept", "").startswith("application/json"):  # a page that keeps drafts; it still has them
        return False
    if request.headers.get("Sec-Fetch-Site") == "cross-site":  # its answer would replace the session of who is here
        return False
    try:
        small = int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_BYTES
    except ValueError:
        return False
    return small and not has_secrets(request) and is_ours(request.POST.get(FIELD, ""))


def has_secrets(request: HttpRequest) -> bool:
    """A form to sign in with is never kept."""
    names = {name.lower() for name in request.POST} - {"csrfmiddlewaretoken"}
    return any(name.startswith(SECRET_WORDS) for name in names)


def fields_of(request: HttpRequest) -> list[list[str]]:
    left_out = ("csrfmiddlewaretoken", FIELD)
    return [[name, value] for name, values in request.POST.lists() if name not in left_out for value in values]


def too_often(token: str) -> bool:
    key = f"unsent:{signing.Signer(salt=SALT).signature(token)}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) > MOST_PER_TOKEN


def leads_to_guarded_view(path: str) -> bool:
    """Only a path of our own, to a view for people who are signed in."""
    parts = urlsplit(path)
    if not path.startswith("/") or path.startswith("//") or "\\" in path or parts.netloc or parts.scheme:
        return False
    try:
        access = getattr(resolve(parts.path, settings.ROOT_URLCONF).func, "access", None)
    except Resolver404:
        return False
    return access is not None and not access.public


# --- giving back ---


def waiting_for(request: HttpRequest) -> Unsent | None:
    """What waits for who is signed in now. What another person wrote on this device is dropped."""
    kept = request.session.get(IN_SESSION)
    if kept is None:
        return None
    try:
        found = Unsent(str(kept["path"]), [[str(name), str(value)] for name, value in kept["fields"]])
        fits = is_of(kept["token"], request.user) and leads_to_guarded_view(found.path)
    except (KeyError, TypeError, ValueError):
        fits = False
    if not fits:
        drop(request)
        return None
    return found


def leads_to(request: HttpRequest) -> bool:
    """Whether what waits was meant for the address of this request."""
    return request.session[IN_SESSION].get("path") == request.get_full_path()


def is_shown(request: HttpRequest) -> bool:
    return bool(request.session[IN_SESSION].get("shown"))


def mark_shown(request: HttpRequest) -> None:
    request.session[IN_SESSION] = {**request.session[IN_SESSION], "shown": True}


def drop(request: HttpRequest) -> None:
    request.session.pop(IN_SESSION, None)
