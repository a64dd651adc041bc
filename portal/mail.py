"""One way to make a mail: a text and an HTML part from templates, links that work, a neutral subject."""

from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from portal.foot import foot_of
from portal.links import link
from portal.models import Message
from portal.topics import ACCOUNT, topic_of

__all__ = ["compose", "link"]


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
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = PortalMail(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=str(Address(sender, addr_spec=address)) if sender else settings.DEFAULT_FROM_EMAIL,
        to=[str(Address(message.person.name, addr_spec=message.person.email))],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated", **foot.headers},
    )
    mail.attach_alternative(html, "text/html")
    mail.page = page_in(message, context)
    return mail
