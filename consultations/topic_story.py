"""What happened with an announced topic, as one of the two sides may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations.models import CouncilRequest, PolicyTopic, ThinkingAlong
from councils.models import Authority, Council


@dataclass(frozen=True)
class Event:
    """One thing on the time line. `public_id`: of the letter or the draft, for its address."""

    day: date
    kind: str  # announced, talk, asked, writing, advised or dropped
    council: Council | None = None
    talk: ThinkingAlong | None = None
    part: CouncilRequest | None = None
    text: str = ""
    public_id: str = ""


def story_at_desk(topic: PolicyTopic, authority: Authority) -> list[Event]:
    """Of the letters only those that the authority received; never what a council is still writing."""
    letters = topic.advices.filter(letter__copies__authority=authority).values_list(
        "letter__dated_on", "letter__reference", "letter__copies__public_id", "council__name"
    )
    advised = [
        Event(day, "advised", text=f"{reference}, {name}", public_id=str(copy))
        for day, reference, copy, name in letters
    ]
    parts = CouncilRequest.objects.filter(request__topic=topic, request__authority=authority)
    return in_order(topic, topic.talks.all(), parts, advised)


def story_in_room(topic: PolicyTopic, council: Council) -> list[Event]:
    """Only what lies with this council, with its own drafts."""
    rows = topic.advices.filter(council=council).exclude(state="dropped")
    advised = []
    for advice in rows.select_related("letter").order_by("pk"):
        letter = getattr(advice, "letter", None)
        day = letter.dated_on if letter else localdate(advice.created_at)
        kind, text = ("advised", letter.reference) if letter else ("writing", advice.subject)
        advised.append(Event(day, kind, text=text, public_id=str(advice.public_id)))
    parts = CouncilRequest.objects.filter(request__topic=topic, council=council)
    return in_order(topic, topic.talks.filter(council=council), parts, advised)


def in_order(topic: PolicyTopic, talks, parts, advised: Iterable[Event]) -> list[Event]:
    """By day, and on one day in the order in which such things happen."""
    events = [Event(topic.announced_on, "announced")] if topic.announced_on else []
    events += [Event(talk.held_on, "talk", talk.council, talk=talk) for talk in talks.select_related("council")]
    events += [
        Event(part.received_on, "asked", part.council, part=part)
        for part in parts.select_related("request", "council").order_by("pk")
    ]
    events += advised
    if topic.dropped_on:
        events.append(Event(topic.dropped_on, "dropped", text=topic.drop_reason))
    order = ["announced", "talk", "asked", "writing", "advised", "dropped"]
    return sorted(events, key=lambda event: (event.day, order.index(event.kind)))


def time_words(event: Event) -> str:
    """What the line begins with."""
    return {
        "announced": _("Announced"),
        "talk": _("Thought along"),
        "asked": _("Advice asked"),
        "writing": _("Advice being written"),
        "advised": _("Advised"),
        "dropped": _("Taken off the agenda"),
    }[event.kind]
