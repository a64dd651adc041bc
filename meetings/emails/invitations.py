"""The messages of this floor: invitation (again after a change) and cancellation, each with its calendar part."""

from email.utils import parseaddr

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meetings.models import Invitee, Meeting
from meetings.states import MeetingState
from portal import calendar
from portal.dates import long_datetime
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import MEETINGS, belong

SALT = "meetings.answer"


def answer_token(invitee: Invitee) -> str:
    """For the link in the mail: whoever holds it may answer for this person at this meeting."""
    return signing.dumps(invitee.pk, salt=SALT)


def invitee_of(token: str) -> Invitee | None:
    """The invitee that a link speaks for, or None when the link was not made by us."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitee.objects.select_related("meeting__council", "person").filter(pk=pk).first()


def gathering(meeting: Meeting, *, private: bool = True) -> calendar.Gathering:
    """The meeting as calendars know it. The online link is for invited people only."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    details = [meeting.council.name, link(meeting.get_absolute_url())]
    if private and meeting.online_link:
        details.insert(1, _("Online: %(link)s") % {"link": meeting.online_link})
    return calendar.Gathering(
        uid=f"{meeting.public_id}@{domain}",
        sequence=meeting.sequence,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        link=meeting.online_link if private else "",
        description="\n".join(details),
    )


def organizer(meeting: Meeting) -> calendar.Party:
    council = meeting.council
    return calendar.Party(council.name, council.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


@builds("meetings.invitation", name=gettext_lazy("Invitation to a meeting"))
def invitation(message: Message) -> EmailMultiAlternatives:
    invitee = _current(message)
    meeting = invitee.meeting
    if meeting.state == MeetingState.CANCELLED or invitee.withdrawn_at:
        raise NoLongerNeeded
    with override(settings.LANGUAGE_CODE):
        when = long_datetime(meeting.starts_at)
        subject = (_("Changed: meeting on %(when)s") if meeting.sequence else _("Invitation: meeting on %(when)s")) % {
            "when": when
        }
        body = calendar.request(
            gathering(meeting), organizer=organizer(meeting), attendee=_party(invitee), stamp=timezone.now()
        )
    return _mail(message, invitee, subject, "meetings/mail/invitation", body, "REQUEST")


@builds("meetings.cancellation", name=gettext_lazy("Meeting cancelled"))
def cancellation(message: Message) -> EmailMultiAlternatives:
    invitee = _current(message)
    meeting = invitee.meeting
    with override(settings.LANGUAGE_CODE):
        subject = _("Cancelled: meeting on %(when)s") % {"when": long_datetime(meeting.starts_at)}
        body = calendar.cancel(
            gathering(meeting), organizer=organizer(meeting), attendee=_party(invitee), stamp=timezone.now()
        )
    return _mail(message, invitee, subject, "meetings/mail/cancellation", body, "CANCEL")


def _current(message: Message) -> Invitee:
    """The invitee, unless a later change of the meeting wrote a newer message."""
    invitee = Invitee.objects.select_related("meeting__council", "person").filter(pk=message.about_id).first()
    written_at = int(message.cause.rpartition(":")[2])
    if invitee is None or written_at < invitee.meeting.sequence:
        raise NoLongerNeeded
    return invitee


def _party(invitee: Invitee) -> calendar.Party:
    return calendar.Party(invitee.person.name, invitee.person.email)


def _mail(
    message: Message, invitee: Invitee, subject: str, template: str, body: bytes, method: str
) -> EmailMultiAlternatives:
    meeting, council = invitee.meeting, invitee.meeting.council
    mail = compose(
        message, subject=subject, template=template, sender=council.name, reply_to=council.email,
        context={
            "meeting": meeting,
            "council": council,
            "changed": meeting.sequence > 0,
            "agenda": meeting.agenda_items.all(),
            "meeting_url": link(meeting.get_absolute_url()),
            "answer_url": link(reverse("meetings:answer_link", args=[answer_token(invitee)])),
        },
    )  # fmt: skip
    # Outlook acts on a calendar part only when the method stands in its content type as well (RFC 6047, 2.4).
    mail.attach_alternative(body.decode(), f"text/calendar; method={method}")
    return mail


belong(MEETINGS, "meetings.invitation", "meetings.cancellation")
