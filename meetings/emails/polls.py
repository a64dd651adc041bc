"""The question which day suits, and its reminder. Who answered meanwhile gets neither."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from meetings.models import DateAnswer, DatePoll
from meetings.polls import asked_people
from portal.dates import day_month
from portal.mail import compose, link
from portal.models import Message, Person
from portal.post import NoLongerNeeded, builds
from portal.topics import ASKED, REMINDERS

SALT = "meetings.date_poll"


def poll_token(poll: DatePoll, person: Person) -> str:
    """For the link in the mail: whoever holds it may answer for this person in this poll."""
    return signing.dumps([poll.pk, person.pk], salt=SALT)


def poll_of(token: str) -> tuple[DatePoll, Person] | None:
    """The poll and the person that a link speaks for; None for a link that we did not make, or of who has left."""
    try:
        poll_id, person_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    poll = DatePoll.objects.select_related("council", "meeting__council").filter(pk=poll_id).first()
    person = asked_people(poll).filter(pk=person_id).first() if poll else None
    return (poll, person) if poll and person else None


@builds("meetings.date_poll", ASKED, name=gettext_lazy("Which day suits?"))
def question(message: Message) -> EmailMultiAlternatives:
    return _mail(message, gettext_lazy("Which day suits you? Answer no later than %(day)s"))


@builds("meetings.date_poll_reminder", REMINDERS, name=gettext_lazy("Reminder: which day suits?"))
def reminder(message: Message) -> EmailMultiAlternatives:
    return _mail(message, gettext_lazy("Reminder: which day suits you? Answer no later than %(day)s"))


def _mail(message: Message, words: Any) -> EmailMultiAlternatives:
    poll = DatePoll.objects.select_related("council").filter(pk=message.about_id).first()
    if poll is None or poll.closed_at or not asked_people(poll).filter(pk=message.person_id).exists():
        raise NoLongerNeeded
    if DateAnswer.objects.filter(option__poll=poll, person=message.person_id).exists():
        raise NoLongerNeeded
    with override(settings.LANGUAGE_CODE):
        subject = str(words) % {"day": day_month(poll.answer_by)}
    return compose(
        message, subject=subject, template="meetings/mail/date_poll", sender=poll.council.name,
        reply_to=poll.council.email,
        context={
            "poll": poll, "council": poll.council, "options": poll.options.all(),
            "answer_url": link(reverse("meetings:poll_link", args=[poll_token(poll, message.person)])),
        },
    )  # fmt: skip
