"""Why a mail did not arrive: what is kept of it (`SMTP 550 5.1.1`, without an address in it) and how that reads. And
the address that does not work any more: noted with the person, so that the secretary mends it."""

import re
import smtplib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit import record
from portal.models import Person

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")  # RFC 3463
KEPT = re.compile(r"^(?:SMTP|SENDER|DSN)(?: ([245]\d\d))?(?: ([245]\.\d+\.\d+))?$")
ADDRESS_IS_DEAD = ("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")
Refusal = smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException


def reply_of(refusal: Refusal) -> tuple[int, str]:
    """Code and words of the mail server; of more recipients the worst."""
    words: bytes | str
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code, words = max(refusal.recipients.values(), key=lambda reply: reply[0])
    else:
        code, words = refusal.smtp_code, refusal.smtp_error
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def problem_of(refusal: Refusal) -> str:
    """`SMTP 550 5.1.1`: the words of the server are not kept, they often hold the address."""
    code, words = reply_of(refusal)
    found = ENHANCED.search(words)
    whose = "SENDER" if isinstance(refusal, smtplib.SMTPSenderRefused) else "SMTP"
    return f"{whose} {code} {found[1]}" if found else f"{whose} {code}"


def is_final(refusal: Refusal) -> bool:
    """Whether this address or this mail is refused for good. A refused sender or sign-in is a fault of the set-up,
    which gets mended: then the mail still goes."""
    of_this_mail = isinstance(refusal, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))
    return of_this_mail and 500 <= reply_of(refusal)[0] < 600


def address_is_dead(problem: str) -> bool:
    """Nobody has this address any more: every other mail to it would come back too."""
    kept = KEPT.match(problem)
    if kept is None or problem.startswith("SENDER"):
        return False
    return kept[2] in ADDRESS_IS_DEAD if kept[2] else kept[1] in ("550", "553")


@transaction.atomic
def note_dead_address(person: Person) -> None:
    """Once, until the address changes or somebody sends to it again."""
    if Person.objects.filter(pk=person.pk, email=person.email, email_failed_at=None).update(
        email_failed_at=timezone.now()
    ):
        record("email_failed", person, by=None)


def trust_again(person: Person) -> None:
    """Somebody sends to this address again: it works, as far as we know."""
    Person.objects.filter(pk=person.pk).update(email_failed_at=None)


def in_words(problem: str) -> str:
    """For the page of the secretary: what it means, with the code for who must look further."""
    if not problem:
        return ""
    kept = KEPT.match(problem)
    if kept is None:
        return of_our_own(problem)
    code, enhanced = kept[1] or "", kept[2] or ""
    said = refused_us() if problem.startswith("SENDER") else meaning(code, enhanced)
    codes = " ".join(part for part in (code, enhanced) if part)
    return f"{said.rstrip('.')} ({codes})." if codes else said


def refused_us() -> str:
    return _("Our own mail server does not let us in. Tell the administrator.")


def meaning(code: str, enhanced: str) -> str:
    detail = enhanced.partition(".")[2]
    if code in ("530", "534", "535", "538"):
        return refused_us()
    if detail in ("3.4", "2.3"):
        return _("The mail is too large.")
    if detail in ("2.2", "3.1") or code in ("452", "552"):
        return _("The mailbox is full.")
    if address_is_dead(f"SMTP {code} {enhanced}".strip()) or address_is_dead(f"DSN {enhanced}"):
        return _("The address does not exist.")
    if detail.startswith("7.") or code == "554":
        return _("The mail server of the recipient does not want this mail.")
    if code.startswith("4") or enhanced.startswith("4"):
        return _("The mail server asks us to try again later.")
    return _("The mail server refused this mail.")


def of_our_own(problem: str) -> str:
    """Names of faults, and what a builder waits for."""
    if problem in ("TimeoutError", "SoftTimeLimitExceeded"):
        return _("The mail server does not answer.")
    if problem in ("ConnectionRefusedError", "ConnectionResetError", "gaierror", "OSError", "SMTPServerDisconnected"):
        return _("The mail server cannot be reached.")
    if re.fullmatch(r"[A-Z]\w+", problem):
        return _("The portal could not make this mail. Tell the administrator (%(fault)s).") % {"fault": problem}
    return _("The document of this mail is still being made.")
