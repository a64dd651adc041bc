"""The short address that is printed on a letter, also as its QR code: /b/<code>/."""

import secrets

from django.urls import reverse

from advice.models import Letter
from portal.mail import link

# No vowels, so that no word comes out; none of the signs that are mistaken for each other (0 o, 1 l i, 2 z, 5 s, 8 b).
ALPHABET = "3479cdfghjkmnpqrtvwx"
LENGTH = 8


def new_code() -> str:
    """20^8 possibilities: nobody guesses one, and two letters hardly ever draw the same."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
        if not Letter.objects.filter(code=code).exists():
            return code


def short_url(letter: Letter) -> str:
    """The full address. It depends on the settings of the portal only, never on who asks."""
    return link(reverse("advice:short", args=[letter.code])) if letter.code else ""


def as_typed(code: str) -> str:
    """Who types it from paper may use capitals, and dashes between the groups."""
    return code.lower().replace("-", "")
