"""What came of an item that a member proposed."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meetings.models import ItemProposal
from meetings.states import ItemProposalState
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import WRITING


@builds("meetings.proposal_decided", WRITING, name=gettext_lazy("About the item that you proposed"))
def proposal_decided(message: Message) -> EmailMultiAlternatives:
    found = ItemProposal.objects.select_related("council", "meeting", "item").filter(pk=message.about_id).first()
    if found is None or found.state == ItemProposalState.OPEN:
        raise NoLongerNeeded
    council = found.council
    with override(settings.LANGUAGE_CODE):
        subject = _("About the item that you proposed")
    page = reverse("meetings:propose", args=[council.slug])
    return compose(
        message, subject=subject, template="meetings/mail/proposal_decided", sender=council.name,
        reply_to=council.email, context={"proposal": found, "url": link(page)},
    )  # fmt: skip
