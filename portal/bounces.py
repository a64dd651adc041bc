"""Mail that came back, and automatic answers (RFC 3464, RFC 3834). One handler of portal.inbox.

What came back for good makes the message BOUNCED. A mail that is only late changes nothing. Whoever says that a mail of
ours came back must know the signed address of its envelope or, without BOUNCE_ADDRESS, its Message-ID.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from email.message import Message as AnyMail
from email.utils import getaddresses
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import digests
from portal.audit import record
from portal.delivery_problems import ENHANCED, address_is_dead, note_dead_address
from portal.inbox import Inbound, handles
from portal.models import Message
from portal.signed_addresses import Forged, message_of_address
from portal.states import InboundKind, InboundOutcome, MessageState

ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
OURS = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^>\s]+>", re.I)
MESSAGE_ID_LINE = re.compile(r"^[> ]*Message-ID:\s*(<[^>\s]+>)", re.I | re.M)
MACHINE = re.compile(r"^(mailer-daemon|postmaster|mail-daemon)@", re.I)
CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[\s-])")
AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond")
MOST_TEXT = 50_000


@dataclass
class Report:
    """What a mail server says of one mail. `is_final`: it gave up; `to`: for which addresses of ours it was."""

    is_final: bool = False
    code: str = ""
    status: str = ""
    original: UUID | None = None
    to: set[str] = field(default_factory=set)

    @property
    def problem(self) -> str:
        return " ".join(part for part in ("DSN", self.code, self.status) if part)


@handles(order=1)
def read_bounce(mail: EmailMessage) -> Inbound | None:
    """None for a mail that a person, or a calendar, wrote."""
    with override(settings.LANGUAGE_CODE):
        report = report_of(mail)
        if report:
            return judged(mail, report)
    if is_automatic(mail):
        return Inbound(InboundKind.AUTOMATIC, InboundOutcome.DONE)
    return None


# --- what it says -----------------------------------------------------------


def report_of(mail: EmailMessage) -> Report | None:
    parts = list(outer_parts(mail))
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if statuses:
        report = of_statuses(statuses)
    elif is_plain_bounce(mail):
        report = of_text(mail, parts)
    else:
        return None
    original = original_of(parts)
    report.original = public_id_in(str(original["Message-ID"] or "")) if original is not None else None
    if original is not None:
        report.to |= addresses_in(original, "To")
    if report.original is None:
        named = MESSAGE_ID_LINE.search(text_of(parts))
        report.original = public_id_in(named[1]) if named else None
    return report


def outer_parts(mail: AnyMail) -> Iterator[AnyMail]:
    """The parts of the mail itself, not those of the mail that came back inside it."""
    yield mail
    if mail.get_content_maintype() == "multipart":
        for part in mail.get_payload():
            if isinstance(part, AnyMail):
                yield from outer_parts(part)


def of_statuses(parts: list[AnyMail]) -> Report:
    """The worst that is said of one of the recipients: ours have one."""
    report = Report()
    blocks = [block for part in parts for block in part.get_payload() if isinstance(block, AnyMail)]
    for block in blocks:
        action, status = str(block["Action"] or "").strip().lower(), str(block["Status"] or "")
        found = ENHANCED.search(status)
        given_up = action == "failed" or (not action and status.startswith("5"))
        if not (action or found) or (report.is_final and not given_up):
            continue
        code = CODE.search(str(block["Diagnostic-Code"] or "") + " ")
        report.is_final, report.status, report.code = given_up, found[1] if found else "", code[1] if code else ""
        if block["Original-Recipient"]:
            report.to.add(str(block["Original-Recipient"]).partition(";")[2].strip().lower())
    return report


def is_plain_bounce(mail: EmailMessage) -> bool:
    sender = next(iter(addresses_in(mail, "From")), "")
    return bool(mail["X-Failed-Recipients"] or MACHINE.match(sender))


def of_text(mail: EmailMessage, parts: list[AnyMail]) -> Report:
    """A server that writes it in words only: the first code that it quotes, before the mail itself."""
    said = MESSAGE_ID_LINE.split(text_of(parts))[0]
    status, code = ENHANCED.search(said), CODE.search(said)
    report = Report(status=status[1] if status else "", code=code[1] if code else "")
    worst = (report.status or report.code)[:1]
    report.is_final = worst == "5" or (bool(mail["X-Failed-Recipients"]) and worst != "4")
    return report


def text_of(parts: list[AnyMail]) -> str:
    texts = [part for part in parts if part.get_content_type() in ("text/plain", "text/rfc822-headers")]
    return "\n".join(decoded(part) for part in texts)[:MOST_TEXT]


def decoded(part: AnyMail) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def original_of(parts: list[AnyMail]) -> AnyMail | None:
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            return inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], AnyMail) else None
        if part.get_content_type() == "text/rfc822-headers":
            return message_from_string(decoded(part), policy=policy.default)
    return None


def public_id_in(message_id: str) -> UUID | None:
    found = OURS.search(message_id)
    return UUID(found[1]) if found else None


def addresses_in(mail: AnyMail, *headers: str) -> set[str]:
    values = [str(value) for header in headers for value in mail.get_all(header, [])]
    return {address.lower() for _name, address in getaddresses(values) if address}


def is_automatic(mail: EmailMessage) -> bool:
    """Nobody wrote it. An answer of a calendar is for who reads those, also when its program says "automatic"."""
    if any(part.get_content_type() == "text/calendar" for part in outer_parts(mail)):
        return False
    automatic = str(mail["Auto-Submitted"] or "no").partition(";")[0].strip().lower() != "no"
    bulk = str(mail["Precedence"] or "").strip().lower() in ("bulk", "junk", "auto_reply", "list")
    from_nobody = str(mail["Return-Path"] or "").strip() == "<>"
    receipt = mail.get_content_type() == "multipart/report"
    return automatic or bulk or from_nobody or receipt or any(mail[header] for header in AUTOMATIC_HEADERS)


# --- what we make of it -----------------------------------------------------


def judged(mail: EmailMessage, report: Report) -> Inbound:
    try:
        public_id = named_by(mail)
    except Forged:
        return aside(_("The signature of the address is not ours."))
    if public_id and report.original and report.original != public_id:
        return aside(_("The mail inside is another one than the address names."))
    if public_id is None and settings.BOUNCE_ADDRESS:
        return aside(_("It did not come to the signed address of a mail of ours."))
    message = Message.objects.filter(public_id=public_id or report.original).select_related("person").first()
    if message is None:
        return aside(_("It is about a mail that we did not send."))
    if not report.is_final:
        return noted(message, _("The mail is late. The mail server still tries."))
    if report.to and message.person.email.lower() not in report.to:
        return noted(message, _("It is about an earlier address of this person."))
    return came_back(message, report.problem)


def named_by(mail: EmailMessage) -> UUID | None:
    for address in sorted(addresses_in(mail, *ADDRESSED)):
        public_id = message_of_address(address)
        if public_id:
            return public_id
    return None


def aside(reason: str) -> Inbound:
    return Inbound(InboundKind.BOUNCE, InboundOutcome.SET_ASIDE, reason)


def noted(message: Message, reason: str) -> Inbound:
    return Inbound(InboundKind.BOUNCE, InboundOutcome.DONE, reason, message, message.council_id)


@transaction.atomic
def came_back(message: Message, problem: str) -> Inbound:
    message = Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)
    if message.state != MessageState.SENT:
        return noted(message, _("This message was not waiting for anything any more."))
    message.state, message.bounced_at, message.problem = MessageState.BOUNCED, timezone.now(), problem
    message.save(update_fields=["state", "bounced_at", "problem"])
    record("message_bounced", message, by=None)
    if message.kind == digests.KIND:
        digests.after(message, message.state)
    if address_is_dead(problem):
        note_dead_address(message.person)
    return noted(message, "")
