"""Addresses of the portal's mailbox that say, signed, what an answer is about: antwoord+u12-0f3a…@portaal.example.

Whoever was never mailed such an address cannot make one. Small letters and digits only: mail programs change the rest.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SIGNED = re.compile(r"\+([a-z]+)(\d{1,18})-([0-9a-f]{20})@")


def is_open() -> bool:
    """Whether answers by mail are read at all."""
    return bool(settings.MAILBOX_URL and settings.MAILBOX_ADDRESS)


def address_for(what: str, pk: int) -> str:
    """`what` is a word of a few small letters. The same for life, so that a calendar keeps its organizer."""
    name, _at, domain = settings.MAILBOX_ADDRESS.rpartition("@")
    return f"{name}+{what}{pk}-{_signature(what, pk, settings.SECRET_KEY)}@{domain}"


def read(what: str, address: str) -> int | None:
    """What an address is about, or None when it was not made by us."""
    found = _SIGNED.search(address.lower())
    if found is None or found[1] != what:
        return None
    pk = int(found[2])
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return pk if any(constant_time_compare(found[3], _signature(what, pk, key)) for key in keys) else None


def _signature(what: str, pk: int, key: str) -> str:
    made = salted_hmac("portal.reply_addresses", f"{what}:{pk}", secret=key, algorithm="sha256")
    return made.hexdigest()[:20]
