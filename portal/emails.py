"""The messages of this floor; the app config imports this module so that its builders register."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal import digests
from portal.invitation_links import path_of
from portal.mail import compose, link, owner_of
from portal.models import Digest, Invitation, Message
from portal.post import NoLongerNeeded, builds
from portal.states import Frequency
from portal.topics import ACCOUNT, OVERVIEW


@builds("portal.invitation", ACCOUNT, name=gettext_lazy("Invitation to make an account"))
def invitation(message: Message) -> EmailMessage:
    found = Invitation.objects.select_related("person", "invited_by").get(pk=message.about_id)
    if found.accepted_at or found.is_expired or message.cause != f"invitation:{found.public_id}":
        raise NoLongerNeeded  # used, too late, or a newer link is on its way
    sender = owner_of(message)[0]
    return compose(
        message,
        subject="Uitnodiging voor Raadportaal",
        template="portal/mail/invitation",
        context={"invitation": found, "url": link(path_of(found)), "owner": sender},
        sender=sender,
        reply_to=found.invited_by.email,
    )


@builds(digests.KIND, OVERVIEW, name=gettext_lazy("Overview of messages"))
def digest(message: Message) -> EmailMessage:
    found = Digest.objects.get(pk=message.about_id)
    lines = digests.lines_of(found)
    if not lines:
        raise NoLongerNeeded
    context = {
        "lines": lines, "weekly": found.frequency == Frequency.WEEKLY,
        "messages_url": link(reverse("portal:my_messages")),
    }  # fmt: skip
    with override(settings.LANGUAGE_CODE):
        subject = _("Your overview of messages")
    return compose(message, subject=str(subject), template="portal/mail/digest", context=context)
