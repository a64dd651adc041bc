"""Addresses of the portal's mailbox that say, signed, what comes in: antwoord+u12-0f3a…@portaal.example for an answer,
bounce+<public id of the message>-4be1…@… for a mail that comes back.

Whoever was never mailed such an address cannot make one. Small letters and digits only: mail programs change the rest.
"""

import re
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE = 20  # hexadecimal signs of the HMAC: 80 bits, and the whole fits in the 64 signs of a local part
ANSWER = re.compile(rf"\+([a-z]+)(\d{{1,18}})-([0-9a-f]{{{SIGNATURE}}})@")
BOUNCE = re.compile(rf"\+([0-9a-f]{{32}})-([0-9a-f]{{{SIGNATURE}}})@")
FOR_ANSWERS, FOR_BOUNCES = "portal.reply_addresses", "portal.bounce"  # salts


class Forged(Exception):
    """The address says to be ours and its signature is not."""


# --- answers ---


def takes_answers() -> bool:
    """Whether answers by mail are read at all."""
    return bool(settings.MAILBOX_URL and settings.MAILBOX_ADDRESS)


def answer_address(what: str, pk: int) -> str:
    """`what` is a word of a few small letters. The same for life, so that a calendar keeps its organizer."""
    return signed(settings.MAILBOX_ADDRESS, f"{what}{pk}", FOR_ANSWERS, f"{what}:{pk}")


def answered_about(what: str, address: str) -> int | None:
    """What an address is about, or None when it was not made by us."""
    found = ANSWER.search(address.lower())
    if found is None or found[1] != what:
        return None
    pk = int(found[2])
    return pk if is_ours(found[3], FOR_ANSWERS, f"{what}:{pk}") else None


# --- what comes back ---


def bounce_address(public_id: UUID) -> str:
    """Where this message comes back to; nothing when the installation has no address for that."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    return signed(settings.BOUNCE_ADDRESS, public_id.hex, FOR_BOUNCES, public_id.hex)


def message_of_address(address: str) -> UUID | None:
    """Which message came back to this address; None when it names none."""
    named = BOUNCE.search(address.lower())
    if named is None:
        return None
    if not is_ours(named[2], FOR_BOUNCES, named[1]):
        raise Forged
    return UUID(named[1])


# --- the signature ---


def signed(mailbox: str, words: str, salt: str, value: str) -> str:
    name, _at, domain = mailbox.rpartition("@")
    return f"{name}+{words}-{signature(salt, value, settings.SECRET_KEY)}@{domain}"


def is_ours(given: str, salt: str, value: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(given, signature(salt, value, key)) for key in keys)


def signature(salt: str, value: str, key: str) -> str:
    return salted_hmac(salt, value, secret=key, algorithm="sha256").hexdigest()[:SIGNATURE]
