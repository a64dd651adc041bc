"""What comes in by mail. Each handler looks at a mail and says what it made of it, or None when it is not for it:

    @handles(order=2)
    def calendar_answer(mail: EmailMessage) -> Inbound | None: ...

The mailbox of the settings is read: each mail once, offered to the handlers in order, and one row
(portal.models.InboundMail) kept of what came out.
What a mail does and the row that says so are one transaction; only then the mail is marked as read. Whatever breaks in
between, the next reading finds the row and does nothing twice.
"""

import hashlib
import imaplib
import mailbox
import re
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.models import InboundMail, Message
from portal.states import InboundKind, InboundOutcome

MOST_BYTES = 1024 * 1024
MOST_AT_ONCE = 500
TIMEOUT = 30
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Inbound:
    """`reason`: why it was set aside or what was noted, in a sentence for the secretary without personal data."""

    kind: InboundKind
    state: InboundOutcome
    reason: str = ""
    about: Message | None = None
    council_id: int | None = None


Handler = Callable[[EmailMessage], Inbound | None]
HANDLERS: list[tuple[int, Handler]] = []


def handles(*, order: int) -> Callable[[Handler], Handler]:
    """Low numbers first: 1 what came back and automatic answers, 2 answers from a calendar."""

    def register(handler: Handler) -> Handler:
        HANDLERS.append((order, handler))
        HANDLERS.sort(key=lambda one: one[0])
        return handler

    return register


def handled(mail: EmailMessage) -> Inbound | None:
    """What the first handler that knows this mail made of it."""
    return next((found for _order, handler in HANDLERS if (found := handler(mail))), None)


# --- reading the mailbox ---------------------------------------------------


class NoMailbox(Exception):
    """No mailbox is set, or its address cannot be understood."""


@dataclass(frozen=True)
class Letter:
    """A mail that was not read yet. Of a mail that is too large `raw` holds only the head."""

    raw: bytes
    is_whole: bool
    mark: Callable[[], None]


class Box(Protocol):
    def unread(self) -> Iterator[Letter]: ...


class MaildirBox:
    def __init__(self, folder: str):
        self.folder, self.maildir = Path(folder), mailbox.Maildir(folder, create=False)

    def unread(self) -> Iterator[Letter]:
        for key in sorted(self._unseen())[:MOST_AT_ONCE]:
            with self.maildir.get_file(key) as file:
                raw = file.read(MOST_BYTES + 1)
            is_whole = len(raw) <= MOST_BYTES
            yield Letter(raw if is_whole else head_of(raw), is_whole, lambda key=key: self._mark(key))

    def _unseen(self) -> Iterator[str]:
        """By their names alone: what was read stays in the folder, and is not opened again."""
        for name in (file.name for part in ("new", "cur") for file in (self.folder / part).iterdir()):
            key, _colon, flags = name.partition(self.maildir.colon)
            if not name.startswith(".") and "S" not in flags:
                yield key

    def _mark(self, key: str) -> None:
        seen = self.maildir.get_message(key)
        seen.add_flag("S")
        seen.set_subdir("cur")
        self.maildir[key] = seen


class ImapBox:
    def __init__(self, url: str):
        self.where = urlsplit(url)

    def unread(self) -> Iterator[Letter]:
        connection = self._connect()
        try:
            self._ask(connection.login(unquote(self.where.username or ""), unquote(self.where.password or "")))
            self._ask(connection.select(unquote(self.where.path).strip("/") or "INBOX"))
            for uid in self._ask(connection.uid("SEARCH", "UNSEEN"))[0].split()[:MOST_AT_ONCE]:
                letter = self._letter(connection, uid.decode())
                if letter:
                    yield letter
        finally:
            try:
                connection.logout()
            except (OSError, imaplib.IMAP4.error):
                connection.shutdown()

    def _connect(self) -> imaplib.IMAP4:
        host = self.where.hostname or ""
        if self.where.scheme == "imaps":
            return imaplib.IMAP4_SSL(
                host, self.where.port or 993, ssl_context=ssl.create_default_context(), timeout=TIMEOUT
            )
        return imaplib.IMAP4(host, self.where.port or 143, timeout=TIMEOUT)

    def _letter(self, connection: imaplib.IMAP4, uid: str) -> Letter | None:
        """None for a mail that somebody threw away meanwhile. A server may tell of other mails in its answer."""
        told = b" ".join(item for item in self._ask(connection.uid("FETCH", uid, "(RFC822.SIZE)")) if item)
        size = re.search(rb"RFC822\.SIZE (\d+)", told)
        is_whole = size is not None and int(size[1]) <= MOST_BYTES
        part = "BODY.PEEK[]" if is_whole else "BODY.PEEK[HEADER]"
        answer = self._ask(connection.uid("FETCH", uid, f"({part})"))
        raw = next((item[1] for item in answer if isinstance(item, tuple)), None)
        return Letter(raw, is_whole, lambda: self._mark(connection, uid)) if raw is not None else None

    def _mark(self, connection: imaplib.IMAP4, uid: str) -> None:
        self._ask(connection.uid("STORE", uid, "+FLAGS", r"(\Seen)"))

    @staticmethod
    def _ask(answer: tuple[str, list]) -> list:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error("the mailbox refused a command")
        return answer[1]


def open_box(url: str) -> Box:
    scheme, _colon, _rest = url.partition(":")
    if scheme in ("imap", "imaps"):
        return ImapBox(url)
    if scheme == "maildir":
        return MaildirBox(unquote(urlsplit(url).path))
    raise NoMailbox


def read_mailbox(url: str = "") -> Counter[str]:
    """How many mails were handled, set aside, or known already."""
    counts: Counter[str] = Counter()
    for letter in open_box(url or settings.MAILBOX_URL).unread():
        counts[take(letter)] += 1
        letter.mark()
    return counts


def take(letter: Letter) -> str:
    """Do what one mail asks, once. Returns its outcome, or "known"."""
    mail = message_from_bytes(letter.raw, policy=policy.default)
    name = name_of(mail, letter.raw)
    if InboundMail.objects.filter(message_id=name).exists():
        return "known"
    try:
        with transaction.atomic():
            found = judge(mail, is_whole=letter.is_whole)
            keep(name, found)
    except IntegrityError:
        if InboundMail.objects.filter(message_id=name).exists():
            return "known"  # another reader was first, and what this one did is undone
        raise
    return found.state


def judge(mail: EmailMessage, *, is_whole: bool) -> Inbound:
    with override(settings.LANGUAGE_CODE):
        unknown = Inbound(InboundKind.OTHER, InboundOutcome.SET_ASIDE, _("We do not know what this mail is about."))
        try:
            with transaction.atomic():
                found = handled(mail) or unknown
        except (OperationalError, InterfaceError):
            raise  # the database is away: it stays unread, and is read again
        except Exception as failure:
            log.warning("mail could not be read", failure=type(failure).__name__)
            return replace(unknown, reason=_("This mail could not be read."))
        if not is_whole:
            return replace(found, state=InboundOutcome.SET_ASIDE, reason=_("This mail is larger than 1 MB."))
        return found


def keep(name: str, found: Inbound) -> InboundMail:
    return InboundMail.objects.create(
        message_id=name, kind=found.kind, state=found.state, reason=found.reason[:200], about=found.about,
        council_id=found.council_id,
    )  # fmt: skip


def name_of(mail: EmailMessage, raw: bytes) -> str:
    try:
        name = str(mail["Message-ID"] or "").strip()
    except Exception:  # a head that no parser can read
        name = ""
    return name if 0 < len(name) <= 250 and name.isprintable() else hashlib.sha256(raw).hexdigest()


def head_of(raw: bytes) -> bytes:
    ends = [raw.find(end) for end in (b"\r\n\r\n", b"\n\n")]
    return raw[: min((end for end in ends if end >= 0), default=0)] + b"\r\n\r\n"
