"""One way to make a mail: a text and an HTML part from templates, links that work, a neutral subject, and a foot that
says why somebody gets it and how to get it less often; the same for mail programs in headers.

What comes back goes to the sender on the envelope, which names the message (portal.signed_addresses).
"""

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.choices import change_path
from portal.models import Message
from portal.post import BUILDERS
from portal.signed_addresses import bounce_address
from portal.topics import ACCOUNT, topic_of

PAGES = ("meeting_url", "url", "page_url", "letter_url", "desk_url", "vote_url")  # as the builders call it


class PortalMail(EmailMultiAlternatives):
    """`page` is where the mail leads: the overview and "My messages" lead there too."""

    page = ""


def page_in(message: Message, context: dict[str, Any]) -> str:
    """The first page that the mail names. A link that lets somebody in is never kept."""
    found = next((context[name] for name in PAGES if context.get(name)), "")
    return "" if topic_of(message.kind) == ACCOUNT else str(found)


def compose(
    message: Message, *, subject: str, template: str, context: dict[str, Any], sender: str = "", reply_to: str = ""
) -> EmailMultiAlternatives:
    """The mail of an outbox row.

    `template` names templates/<template>.txt and .html, which extend mail/base.txt and mail/base.html. `sender` is the
    name of the council; the address stays the portal's own, and answers go to `reply_to`.
    """
    foot = foot_of(message, reply_to)
    context = {
        "person": message.person, "subject": subject, "sender": sender, "portal_url": link("/"),
        "own_words": message.own_words, **context, "foot": foot,
    }  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = PortalMail(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=str(Address(sender, addr_spec=address)) if sender else settings.DEFAULT_FROM_EMAIL,
        to=[str(Address(message.person.name, addr_spec=message.person.email))] if message.person.email else [],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated", **foot.headers},
    )
    mail.attach_alternative(html, "text/html")
    mail.page = page_in(message, context)
    return mail


def link(path: str) -> str:
    """The full address of a page of the portal."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def outgoing(message: Message) -> EmailMessage:
    """The mail, made now, with a Message-ID that stays and an envelope that is recognised. Raises what its builder
    raises: NotYet, NoLongerNeeded."""
    mail = BUILDERS[message.kind](message)
    mail.extra_headers["Message-ID"] = f"<{message.public_id}@{sender_domain(mail.from_email)}>"
    envelope = bounce_address(message.public_id)
    if envelope:
        mail.extra_headers.setdefault("From", mail.from_email)
        mail.from_email = envelope
    return mail


def sender_domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2] or "raadportaal.invalid"


# --- the foot ---------------------------------------------------------------


@dataclass(frozen=True)
class Foot:
    """`change_url` is "" when the mail always comes; then `always` says so and `ask` whom to ask."""

    why: str = ""
    topic: str = ""
    change_url: str = ""
    always: str = ""
    ask: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def foot_of(message: Message, reply_to: str = "") -> Foot:
    topic, path = topic_of(message.kind), change_path(message)
    name, slug = owner_of(message)
    headers = {"List-Id": list_id(name, slug)} if slug else {}
    if path:
        # One click in the mail program: RFC 2369 and RFC 8058.
        headers |= {"List-Unsubscribe": f"<{link(path)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    with translation.override(settings.LANGUAGE_CODE):
        works_for = _("You get this message because you work for %(name)s.")
        why = str(works_for if message.authority_id else topic.why if topic else "") if name else ""
        return Foot(
            why=why % {"name": name} if why else "",
            topic=str(topic.name) if topic else "",
            change_url=link(path) if path else "",
            always="" if path or topic is None else str(topic.always),
            ask=reply_to or whom_to_ask(),
            headers=headers,
        )


def owner_of(message: Message) -> tuple[str, str]:
    """Name and slug of the authority or council of the message. Apps above this floor are asked by name."""
    for model, pk in (("Authority", message.authority_id), ("Council", message.council_id)):
        if pk:
            found = apps.get_model("councils", model)._default_manager.get(pk=pk)
            return str(found), found.slug
    return "", ""


def list_id(name: str, slug: str) -> str:
    """RFC 2919, with the name in plain letters: mail programs sort and mute by it."""
    plain = name.encode("ascii", "ignore").decode().replace('"', "")
    return f'"{plain}" <{slug}.{sender_domain(settings.DEFAULT_FROM_EMAIL)}>'


def whom_to_ask() -> str:
    return " ".join(filter(None, [settings.HELP_NAME, settings.HELP_PHONE]))
