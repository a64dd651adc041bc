"""A mail as it will go out, to look at: made by its own builder, and not sent."""

import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from portal.delivery_problems import in_words
from portal.mail import outgoing
from portal.models import Message
from portal.post import NoLongerNeeded, NotYet
from portal.states import MessageState

OPEN_PART = re.compile(r"[a-z0-9-]{1,80}|")  # of an address: a word, a number or a public id
UNREADABLE = "…"


@dataclass(frozen=True)
class Preview:
    """`note` says why there is no mail to show."""

    subject: str = ""
    sender: str = ""
    text: str = ""
    html: str = ""
    files: tuple[str, ...] = ()
    note: str = ""


def preview(message: Message) -> Preview:
    """Nothing is sent or kept. A link with which one signs in or answers for somebody is made unreadable: it is for
    the one who gets the mail."""
    try:
        mail = outgoing(message)
    except NoLongerNeeded:
        return Preview(note=_("This message is no longer needed. It will not be sent."))
    except NotYet as waiting:
        return Preview(note=in_words(str(waiting)))
    except Exception as fault:
        return Preview(note=in_words(type(fault).__name__))
    if message.state in (MessageState.PAPER, MessageState.POSTED):
        note = _("This message goes on paper, not by e-mail. Print it at its meeting or advice.")
        return Preview(subject=str(mail.subject), note=note)
    return shown(mail)


def shown(mail: EmailMessage) -> Preview:
    html = next((str(one[0]) for one in getattr(mail, "alternatives", []) if one[1] == "text/html"), "")
    return Preview(
        subject=str(mail.subject),
        sender=parseaddr(mail.extra_headers.get("From", mail.from_email))[0],
        text=without_secrets(str(mail.body)),
        html=without_secrets(html),
        files=tuple(names_of(mail)),
    )


def names_of(mail: EmailMessage) -> list[str]:
    return [one[0] for one in mail.attachments if isinstance(one, tuple) and one[0]]


def without_secrets(text: str) -> str:
    """Of every address of ours the parts that are signed or drawn by lot."""
    ours = re.escape(settings.BASE_URL.rstrip("/"))
    return re.sub(rf"({ours})([^\s\"'<>]*)", lambda found: found[1] + path_without_secrets(found[2]), text)


def path_without_secrets(path: str) -> str:
    path, _mark, query = path.partition("?")
    parts = [part if OPEN_PART.fullmatch(part) else UNREADABLE for part in path.split("/")]
    return "/".join(parts) + (f"?{UNREADABLE}" if query else "")
