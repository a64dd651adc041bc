"""The foot of every mail: why somebody gets it, and how to get it less often; the same for mail programs in headers."""

from dataclasses import dataclass, field
from email.utils import parseaddr

from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.choices import change_path
from portal.links import link
from portal.models import Message
from portal.topics import topic_of


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
    return f'"{plain}" <{slug}.{domain()}>'


def domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "raadportaal.invalid"


def whom_to_ask() -> str:
    return " ".join(filter(None, [settings.HELP_NAME, settings.HELP_PHONE]))
