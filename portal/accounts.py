"""How people get in: by invitation, and the very first one by a link that the operator gives."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from portal.models import User

SETUP_SALT = "portal.first_start"
SETUP_LINK_DAYS = 7


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def portal_is_empty() -> bool:
    """Nobody has an account yet: the front page then leads to the first start."""
    return not User.objects.exists()


def setup_token() -> str:
    return signing.TimestampSigner(salt=SETUP_SALT).sign("begin")


def may_set_up(token: str) -> bool:
    """Whether this visitor may make the first account."""
    if not settings.SETUP_LINK_REQUIRED:
        return True
    try:
        signing.TimestampSigner(salt=SETUP_SALT).unsign(token, max_age=SETUP_LINK_DAYS * 86400)
    except signing.BadSignature:
        return False
    return True
