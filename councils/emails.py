"""The messages of this floor: a ballot is open."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from councils.models import Election
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import ASKED


@builds("councils.election", ASKED, name=gettext_lazy("Your council asks you to vote"))
def election(message: Message) -> EmailMultiAlternatives:
    found = Election.objects.select_related("council").get(pk=message.about_id)
    open_still = found.closed_at is None and found.closes_at > timezone.now()
    if not open_still or not found.voters.filter(person=message.person, has_voted=False).exists():
        raise NoLongerNeeded
    council = found.council
    with override("nl"):
        subject = _("Your council asks you to vote")
        role = found.get_role_display().lower()
    return compose(
        message,
        subject=subject,
        template="councils/mail/election",
        context={
            "election": found,
            "council": council,
            "role": role,
            "vote_url": link(reverse("councils:election_vote", args=[council.slug, found.public_id])),
        },
        sender=council.name,
        reply_to=council.email,
    )
