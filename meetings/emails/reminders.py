"""Reminders of a meeting. Whoever answered, closed or sent meanwhile is not reminded: that shows when it is sent."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from meetings.emails.invitations import answer_token, contact_of, page_for, time_span
from meetings.models import Invitee, Meeting
from meetings.reminders import AFTER, day_in, due_day, kind_for
from portal.dates import long_date, long_datetime
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import REMINDERS


@builds("meetings.please_answer", REMINDERS, name=gettext_lazy("Reminder: are you coming?"))
def please_answer(message: Message) -> EmailMultiAlternatives:
    invitee = still_due(message)
    with override(settings.LANGUAGE_CODE):
        subject = _("Please say whether you are coming on %(day)s") % {"day": long_date(invitee.meeting.starts_at)}
    return to_invitee(message, invitee, subject, "please_answer")


@builds("meetings.please_read", REMINDERS, name=gettext_lazy("Reminder: read the papers"))
def please_read(message: Message) -> EmailMultiAlternatives:
    invitee = still_due(message)
    with override(settings.LANGUAGE_CODE):
        subject = _("Papers to read: meeting on %(day)s") % {"day": long_date(invitee.meeting.starts_at)}
    return to_invitee(message, invitee, subject, "please_read")


@builds("meetings.comes_soon", REMINDERS, name=gettext_lazy("Reminder of a meeting"))
def comes_soon(message: Message) -> EmailMultiAlternatives:
    invitee = still_due(message)
    with override(settings.LANGUAGE_CODE):
        subject = _("Reminder: meeting on %(when)s") % {"when": long_datetime(invitee.meeting.starts_at)}
    return to_invitee(message, invitee, subject, "comes_soon")


def still_due(message: Message) -> Invitee:
    """The same answer as when it was written, and still the day that counts: else the meeting moved, or it is late."""
    found = Invitee.objects.with_last_paper().select_related(
        "meeting__council", "meeting__contact", "meeting__authority", "person"
    )
    invitee = found.filter(pk=message.about_id).first()
    day = day_in(message.cause)
    if invitee is None or due_day(invitee.meeting) != day or kind_for(invitee, day) != message.kind:
        raise NoLongerNeeded
    return invitee


def to_invitee(message: Message, invitee: Invitee, subject: str, name: str) -> EmailMultiAlternatives:
    meeting, council = invitee.meeting, invitee.meeting.council
    with override(settings.LANGUAGE_CODE):
        when, contact = time_span(meeting), contact_of(meeting)
    left = (timezone.localdate(meeting.starts_at) - timezone.localdate()).days
    return compose(
        message, subject=subject, template=f"meetings/mail/{name}", sender=council.name, reply_to=council.email,
        context={
            "meeting": meeting, "council": council, "when": when, "contact": contact, "left": left,
            "meeting_url": page_for(invitee),
            "answer_url": link(reverse("meetings:answer_link", args=[answer_token(invitee)])),
        },
    )  # fmt: skip


@builds("meetings.please_close", REMINDERS, name=gettext_lazy("Reminder: close a meeting"))
def please_close(message: Message) -> EmailMultiAlternatives:
    meeting = still_open(message)
    with override(settings.LANGUAGE_CODE):
        subject = _("Please close the meeting of %(day)s") % {"day": long_date(meeting.starts_at)}
    return to_secretary(message, meeting, subject, "please_close")


@builds("meetings.please_send_minutes", REMINDERS, name=gettext_lazy("Reminder: send the minutes"))
def please_send_minutes(message: Message) -> EmailMultiAlternatives:
    meeting = still_open(message)
    with override(settings.LANGUAGE_CODE):
        subject = _("Please send the minutes of the meeting of %(day)s") % {"day": long_date(meeting.starts_at)}
    return to_secretary(message, meeting, subject, "please_send_minutes")


def still_open(message: Message) -> Meeting:
    open_meetings, _days = AFTER[message.kind]
    meeting = open_meetings().select_related("council").filter(pk=message.about_id).first()
    if meeting is None or not meeting.is_over:
        raise NoLongerNeeded
    return meeting


def to_secretary(message: Message, meeting: Meeting, subject: str, name: str) -> EmailMultiAlternatives:
    council = meeting.council
    return compose(
        message, subject=subject, template=f"meetings/mail/{name}", sender=council.name, reply_to=council.email,
        context={"meeting": meeting, "council": council, "meeting_url": link(meeting.get_absolute_url())},
    )  # fmt: skip
