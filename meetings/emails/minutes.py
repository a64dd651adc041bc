"""The messages about minutes to read along, and about actions whose last day comes near or has passed."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from councils.models import Council
from meetings.models import ActionItem, Minutes
from meetings.states import MinutesState
from portal.dates import long_date
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import PAPERS, REMINDERS


def about(message: Message) -> str:
    """In an overview: which minutes, and until when."""
    minutes = Minutes.objects.select_related("meeting").get(pk=message.about_id)
    return _("Minutes of %(day)s: corrections until %(until)s") % {
        "day": long_date(minutes.meeting.starts_at), "until": long_date(minutes.corrections_until),
    }  # fmt: skip


@builds("meetings.minutes_to_read", PAPERS, name=gettext_lazy("The minutes of a meeting are ready to read"), line=about)
def minutes_to_read(message: Message) -> EmailMultiAlternatives:
    """The last day stands in the cause: of a round that was moved or is over, nobody hears any more."""
    minutes = Minutes.objects.select_related("meeting__council").get(pk=message.about_id)
    until = minutes.corrections_until
    if minutes.state != MinutesState.CORRECTION or until is None or until < timezone.localdate():
        raise NoLongerNeeded
    council = minutes.meeting.council
    if message.cause != cause_of_round(minutes) or not is_member(message, council):
        raise NoLongerNeeded
    with override("nl"):
        subject = _("The minutes of a meeting are ready to read")
    url = link(reverse("meetings:report", args=[council.slug, minutes.meeting.public_id]))
    return write(message, council, subject, "minutes_to_read", {"meeting": minutes.meeting, "until": until, "url": url})


def cause_of_round(minutes: Minutes) -> str:
    return f"minutes:{minutes.pk}:{minutes.corrections_until}"


@builds("meetings.action_near", REMINDERS, name=gettext_lazy("Your action is almost due"))
def action_near(message: Message) -> EmailMultiAlternatives:
    """Three days before the last day."""
    action = still_to_do(message)
    if action.due_on is None or action.due_on < timezone.localdate():
        raise NoLongerNeeded
    with override("nl"):
        subject = _("Your action is almost due")
    return write_action(message, action, subject, "action_near")


@builds("meetings.action_late", REMINDERS, name=gettext_lazy("The last day of your action has passed"))
def action_late(message: Message) -> EmailMultiAlternatives:
    """Once after the last day."""
    action = still_to_do(message)
    with override("nl"):
        subject = _("The last day of your action has passed")
    return write_action(message, action, subject, "action_late")


def still_to_do(message: Message) -> ActionItem:
    """Not of an action that is done, of somebody else by now, or due on another day."""
    action = ActionItem.objects.select_related("council").get(pk=message.about_id)
    gone = action.done_on or action.owner_id != message.person_id or message.cause != cause_of_action(action)
    if gone or not is_member(message, action.council):
        raise NoLongerNeeded
    return action


def cause_of_action(action: ActionItem) -> str:
    return f"action:{action.pk}:{action.due_on}"


def is_member(message: Message, council: Council) -> bool:
    return council.memberships.current().filter(person=message.person_id).exists()


def write_action(message: Message, action: ActionItem, subject: str, name: str) -> EmailMultiAlternatives:
    url = link(reverse("meetings:actions", args=[action.council.slug]))
    return write(message, action.council, subject, name, {"action": action, "url": url})


def write(message: Message, council: Council, subject: str, name: str, facts: dict[str, Any]) -> EmailMultiAlternatives:
    return compose(
        message, subject=subject, template=f"meetings/mail/{name}", context={"council": council, **facts},
        sender=council.name, reply_to=council.email,
    )  # fmt: skip
