"""Who comes instead of whom: to the deputy, and to the member when somebody else entered it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meetings.emails.invitations import contact_of, time_span
from meetings.models import Invitee
from meetings.states import MeetingState
from portal.dates import long_datetime
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import MEETINGS


@builds("meetings.deputy", MEETINGS, name=gettext_lazy("Who comes instead at a meeting"))
def deputy(message: Message) -> EmailMultiAlternatives:
    invitee = _invitee(message)
    to_member = message.person_id == invitee.person_id
    named = message.cause.split(":")[2]
    if not invitee.deputy or str(invitee.deputy_id) != named:
        raise NoLongerNeeded
    return _mail(message, invitee, {"to_member": to_member, "instead": invitee.deputy})


@builds("meetings.deputy_released", MEETINGS, name=gettext_lazy("Who comes instead at a meeting"))
def deputy_released(message: Message) -> EmailMultiAlternatives:
    invitee = _invitee(message)
    if invitee.deputy_id == message.person_id:
        raise NoLongerNeeded
    return _mail(message, invitee, {"released": True})


def _invitee(message: Message) -> Invitee:
    found = (
        Invitee.objects.select_related("meeting__council", "meeting__contact", "person", "deputy")
        .filter(pk=message.about_id)
        .first()
    )
    if found is None or found.meeting.state == MeetingState.CANCELLED:
        raise NoLongerNeeded
    return found


def _mail(message: Message, invitee: Invitee, facts: dict) -> EmailMultiAlternatives:
    meeting, council = invitee.meeting, invitee.meeting.council
    with override(settings.LANGUAGE_CODE):
        subject = _("Who comes instead: meeting on %(when)s") % {"when": long_datetime(meeting.starts_at)}
        told = {"when": time_span(meeting), "contact": contact_of(meeting)}
    return compose(
        message, subject=subject, template="meetings/mail/deputy", sender=council.name, reply_to=council.email,
        context={
            "meeting": meeting, "council": council, "member": invitee.person,
            "meeting_url": link(meeting.get_absolute_url()), **told, **facts,
        },
    )  # fmt: skip
