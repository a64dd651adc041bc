"""The messages of the long-term agenda; the app config imports this module so that its builders register."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.emails import in_dutch, write
from consultations.models import PolicyTopic, ThinkingAlong
from councils.models import Council
from portal.mail import link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import AGENDA


@dataclass(frozen=True)
class Moved:
    """A date that changed; each is None when it is not known."""

    label: str
    before: date | None
    now: date | None


def name_of_topic(message: Message) -> str:
    return PolicyTopic.objects.get(pk=message.about_id).name


def topic_of_talk(message: Message) -> str:
    return ThinkingAlong.objects.select_related("topic").get(pk=message.about_id).topic.name


@builds(
    "consultations.topic_announced",
    AGENDA,
    name=gettext_lazy("There is a new topic on the long-term agenda"),
    line=name_of_topic,
)
def topic_announced(message: Message) -> EmailMultiAlternatives:
    topic, council = topic_of(message)
    with in_dutch():
        subject = _("There is a new topic on the long-term agenda")
    return to_council(message, subject, "topic_announced", topic, council)


@builds(
    "consultations.topic_moved",
    AGENDA,
    name=gettext_lazy("A date on the long-term agenda has changed"),
    line=name_of_topic,
    batched=True,
)
def topic_moved(message: Message) -> EmailMultiAlternatives:
    """What changed, from the dates of before in the cause of the first change: three in a row are told as one. Changed
    back before it was sent: nothing to tell."""
    topic, council = topic_of(message)
    asked, decided = (
        None if day == "-" else date.fromisoformat(day) for day in message.cause.rpartition(":")[2].split("/")
    )
    with in_dutch():
        subject = _("A date on the long-term agenda has changed")
        dates = [
            Moved(_("Request expected"), asked, topic.request_expected_on),
            Moved(_("Decision expected"), decided, topic.decision_expected_on),
        ]
    moved = [one for one in dates if one.before != one.now]
    if not moved:
        raise NoLongerNeeded
    return to_council(message, subject, "topic_moved", topic, council, moved=moved)


@builds(
    "consultations.topic_dropped", AGENDA, name=gettext_lazy("A topic is off the long-term agenda"), line=name_of_topic
)
def topic_dropped(message: Message) -> EmailMultiAlternatives:
    topic = PolicyTopic.objects.select_related("authority").get(pk=message.about_id)
    council = Council.objects.get(pk=message.council_id)
    if topic.dropped_on is None:
        raise NoLongerNeeded
    with in_dutch():
        subject = _("A topic is off the long-term agenda")
    return to_council(message, subject, "topic_dropped", topic, council)


@builds(
    "consultations.topic_for_others",
    AGENDA,
    name=gettext_lazy("A topic is no longer for your council"),
    line=name_of_topic,
)
def topic_for_others(message: Message) -> EmailMultiAlternatives:
    """To a council that is no longer named; the page of the topic is not there for it any more."""
    topic = PolicyTopic.objects.on_agenda().select_related("authority").filter(pk=message.about_id).first()
    council = Council.objects.get(pk=message.council_id)
    if topic is None or PolicyTopic.objects.for_council(council).filter(pk=topic.pk).exists():
        raise NoLongerNeeded
    with in_dutch():
        subject = _("A topic is no longer for your council")
    url = link(reverse("consultations:council_agenda", args=[council.slug]))
    return write(message, subject, "topic_for_others", {"topic": topic, "council": council, "url": url})


@builds("consultations.talk_recorded", AGENDA, name=gettext_lazy("A talk about a topic is on file"), line=topic_of_talk)
def talk_recorded(message: Message) -> EmailMultiAlternatives:
    with in_dutch():
        subject = _("A talk about a topic is on file")
    return about_talk(message, subject, "talk_recorded")


@builds(
    "consultations.talk_answered", AGENDA, name=gettext_lazy("You read what is done with your talk"), line=topic_of_talk
)
def talk_answered(message: Message) -> EmailMultiAlternatives:
    with in_dutch():
        subject = _("You read what is done with your talk")
    return about_talk(message, subject, "talk_answered")


def topic_of(message: Message) -> tuple[PolicyTopic, Council]:
    """Only of a topic that is still on the agenda of this council."""
    council = Council.objects.get(pk=message.council_id)
    topics = PolicyTopic.objects.on_agenda().for_council(council).select_related("authority")
    topic = topics.filter(pk=message.about_id).first()
    if topic is None:
        raise NoLongerNeeded
    return topic, council


def to_council(
    message: Message, subject: str, name: str, topic: PolicyTopic, council: Council, **more: Any
) -> EmailMultiAlternatives:
    url = link(reverse("consultations:council_topic", args=[council.slug, topic.public_id]))
    return write(message, subject, name, {"topic": topic, "council": council, "url": url, **more})


def about_talk(message: Message, subject: str, name: str) -> EmailMultiAlternatives:
    """To either side: the council has its own page of the topic, and the authority too."""
    talk = ThinkingAlong.objects.select_related("topic__authority", "council").get(pk=message.about_id)
    topic = talk.topic
    if message.council_id:
        path = reverse("consultations:council_topic", args=[talk.council.slug, topic.public_id])
        other, sender = topic.authority.name, None
    else:
        path = reverse("consultations:topic", args=[topic.authority.slug, topic.public_id])
        other, sender = talk.council.name, talk.council
    return write(
        message, subject, name, {"talk": talk, "topic": topic, "other": other, "url": link(path)}, council=sender
    )
