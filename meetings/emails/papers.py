"""Papers of a meeting: what came after the pack."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meetings.emails.invitations import contact_of, time_span
from meetings.models import Meeting, MeetingPack
from meetings.states import Answer, MeetingState
from portal.dates import long_datetime
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import PAPERS


def of_which_meeting(message: Message) -> str:
    meeting = MeetingPack.objects.select_related("meeting").get(pk=message.about_id).meeting
    return f"{meeting.title}, {long_datetime(meeting.starts_at)}"


@builds("meetings.papers_added", PAPERS, name=gettext_lazy("New papers for a meeting"), line=of_which_meeting)
def papers_added(message: Message) -> EmailMultiAlternatives:
    """Not for who is no longer invited or does not come, and not when the meeting has begun or is cancelled."""
    pack = MeetingPack.objects.select_related("meeting__council", "meeting__contact").get(pk=message.about_id)
    meeting, council = pack.meeting, pack.meeting.council
    asked = meeting.invitees.invited().filter(person=message.person_id).exclude(answer=Answer.DECLINED)
    if meeting.state == MeetingState.CANCELLED or meeting.starts_at <= timezone.now() or not asked.exists():
        raise NoLongerNeeded
    with override(settings.LANGUAGE_CODE):
        subject = _("New papers for the meeting of %(when)s") % {"when": long_datetime(meeting.starts_at)}
        when, contact = time_span(meeting), contact_of(meeting)
    return compose(
        message, subject=subject, template="meetings/mail/papers_added", sender=council.name, reply_to=council.email,
        context={"meeting": meeting, "when": when, "contact": contact, "name": pack.name, "url": packs_link(meeting)},
    )  # fmt: skip


def packs_link(meeting: Meeting) -> str:
    return link(reverse("meetings:packs", args=[meeting.council.slug, meeting.public_id]))
