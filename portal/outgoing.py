"""A message as it goes out: the mail of its builder, with a Message-ID that stays and an envelope that is recognised.

What comes back goes to the sender on the envelope. With BOUNCE_ADDRESS that address names the message, signed, so that
nobody but us can say which mail came back: bounce+<public_id>-<signature>@…
"""

import re
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.models import Message
from portal.post import BUILDERS

SALT = "portal.bounce"
SIGNATURE = 20  # hexadecimal signs of the HMAC: 80 bits, and the whole fits in the 64 signs of a local part
SIGNED = re.compile(rf"\+([0-9a-f]{{32}})-([0-9a-f]{{{SIGNATURE}}})@")


class Forged(Exception):
    """The address says to be ours and its signature is not."""


def outgoing(message: Message) -> EmailMessage:
    """The mail, made now. Raises what its builder raises: NotYet, NoLongerNeeded."""
    mail = BUILDERS[message.kind](message)
    mail.extra_headers["Message-ID"] = f"<{message.public_id}@{sender_domain(mail.from_email)}>"
    envelope = bounce_address(message.public_id)
    if envelope:
        mail.extra_headers.setdefault("From", mail.from_email)
        mail.from_email = envelope
    return mail


def sender_domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2] or "raadportaal.invalid"


def bounce_address(public_id: UUID) -> str:
    """Where this message comes back to; nothing when the installation has no address for that."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    name, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{public_id.hex}-{signature(public_id.hex, settings.SECRET_KEY)}@{domain}"


def message_of_address(address: str) -> UUID | None:
    """Which message came back to this address; None when it names none."""
    named = SIGNED.search(address.lower())
    if named is None:
        return None
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        if constant_time_compare(named[2], signature(named[1], secret)):
            return UUID(named[1])
    raise Forged


def signature(name: str, secret: str) -> str:
    return salted_hmac(SALT, name, secret=secret, algorithm="sha256").hexdigest()[:SIGNATURE]
