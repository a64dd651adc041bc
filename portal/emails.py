"""The messages of this floor; the app config imports this module so that its builders register."""

from django.apps import apps
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy

from portal.invitation_links import path_of
from portal.mail import compose, link
from portal.models import Invitation, Message
from portal.post import NoLongerNeeded, builds
from portal.topics import ACCOUNT, belong


@builds("portal.invitation", name=gettext_lazy("Invitation to make an account"))
def invitation(message: Message) -> EmailMessage:
    found = Invitation.objects.select_related("person", "invited_by").get(pk=message.about_id)
    if found.accepted_at or found.is_expired or message.cause != f"invitation:{found.public_id}":
        raise NoLongerNeeded  # used, too late, or a newer link is on its way
    sender = name_of_owner(message)
    return compose(
        message,
        subject="Uitnodiging voor Raadportaal",
        template="portal/mail/invitation",
        context={"invitation": found, "url": link(path_of(found)), "owner": sender},
        sender=sender,
        reply_to=found.invited_by.email,
    )


def name_of_owner(message: Message) -> str:
    """The council or authority in whose name we write. Apps above this floor are asked by name."""
    for model, pk in (("Council", message.council_id), ("Authority", message.authority_id)):
        if pk:
            return str(apps.get_model("councils", model)._default_manager.get(pk=pk))
    return ""


belong(ACCOUNT, "portal.invitation")
