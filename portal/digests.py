"""The overview that puts messages together: when it is due, what stands in it, and what follows when it left.

It is counted from the last one that was sent, never from a window of the clock: a worker that was away for days, or a
mail server that refused, makes an overview late and never smaller.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from portal.models import Digest, Message, MessageChoice
from portal.post import BUILDERS, NoLongerNeeded, NotYet
from portal.states import Frequency, MessageState
from portal.topics import KINDS, Topic, topic_of

logger = logging.getLogger("portal.digests")
KIND = "portal.digest"
EVERY = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
ON_ITS_WAY = [MessageState.WAITING, MessageState.HELD, MessageState.SENDING]
LEFT = [MessageState.SENT, MessageState.BOUNCED]
Key = tuple[int, Frequency]  # of one overview: the person and how often


def due_digests(now: datetime, people: Iterable[int] | None = None) -> list[Key]:
    """For whom it is time. The first overview comes a day (or week) after the first message that waits for it."""
    oldest = waiting_since(people)
    known = {pk for pk, _frequency in oldest}
    busy, latest = on_its_way(known), last_ones(known)
    return sorted(
        key for key, first in oldest.items() if key not in busy and latest.get(key, first) + EVERY[key[1]] <= now
    )


def waiting_since(people: Iterable[int] | None) -> dict[Key, datetime]:
    collected = Message.objects.filter(state=MessageState.COLLECTED)
    if people is not None:
        collected = collected.filter(person__in=people)
    rows = collected.values_list("person_id", "kind").annotate(first=Min("created_at")).order_by()
    chosen = choices({pk for pk, _kind, _first in rows})
    oldest: dict[Key, datetime] = {}
    for pk, kind, first in rows:
        key = (pk, frequency_of(kind, pk, chosen))
        oldest[key] = min(first, oldest.get(key, first))
    return oldest


def choices(people: set[int]) -> dict[tuple[int, str], str]:
    rows = MessageChoice.objects.filter(person__in=people).values_list("person_id", "topic", "frequency")
    return {(pk, topic): frequency for pk, topic, frequency in rows}


def frequency_of(kind: str, person: int, chosen: dict[tuple[int, str], str]) -> Frequency:
    """As the person wants it now. What was collected and belongs to no overview any more comes with the daily one."""
    topic = topic_of(kind)
    now = Frequency(chosen.get((person, topic.slug if topic else ""), Frequency.DAILY))
    return now if now in EVERY else Frequency.DAILY


def of_overviews(people: set[int]) -> Any:
    mail = Message.objects.filter(kind=KIND, about_id=OuterRef("pk"))
    return Digest.objects.filter(person__in=people).annotate(
        mail_state=Subquery(mail.values("state")[:1]), mail_sent_at=Subquery(mail.values("sent_at")[:1])
    )


def on_its_way(people: set[int]) -> set[Key]:
    rows = of_overviews(people).filter(mail_state__in=ON_ITS_WAY).values_list("person_id", "frequency")
    return {(pk, Frequency(frequency)) for pk, frequency in rows}


def last_ones(people: set[int]) -> dict[Key, datetime]:
    """When the last one was sent. One that was refused counts from when it was tried: not every hour anew."""
    latest: dict[Key, datetime] = {}
    rows = of_overviews(people).filter(mail_state__in=[*LEFT, MessageState.REFUSED])
    for found in rows:
        key = (found.person_id, Frequency(found.frequency))
        moment = found.mail_sent_at or found.made_at
        latest[key] = max(moment, latest.get(key, moment))
    return latest


def collected_for(person: int, frequency: Frequency) -> list[int]:
    """The messages that come in this overview, also those of an earlier one that was not delivered."""
    chosen = choices({person})
    waiting = Message.objects.filter(person=person, state=MessageState.COLLECTED).values_list("pk", "kind")
    return [pk for pk, kind in waiting if frequency_of(kind, person, chosen) == frequency]


# --- what stands in it ------------------------------------------------------


@dataclass(frozen=True)
class Line:
    topic: Topic | None
    subject: str
    words: str
    url: str
    written_at: datetime


def lines_of(digest: Digest) -> list[Line]:
    """One line per message. Each builder decides, now, whether its message is still needed."""
    messages = digest.messages.filter(state=MessageState.COLLECTED).select_related("person")
    found = [line for message in messages.order_by("created_at", "pk") if (line := line_of(message))]
    order = list(dict.fromkeys(line.topic.slug if line.topic else "" for line in found))
    return sorted(found, key=lambda line: order.index(line.topic.slug if line.topic else ""))


def line_of(message: Message) -> Line | None:
    kept = Message.objects.filter(pk=message.pk, state=MessageState.COLLECTED)
    try:
        mail = BUILDERS[message.kind](message)
        words_of = KINDS[message.kind].line if message.kind in KINDS else None
        words = words_of(message) if words_of else ""
    except NoLongerNeeded:
        kept.update(state=MessageState.DROPPED)
        return None
    except NotYet:
        kept.update(digest=None)  # for the next overview
        return None
    except Exception as fault:
        # A fault of ours in one message holds up no other: it goes alone, where the post room shows it.
        logger.error("a line of an overview could not be made: %s of %s", type(fault).__name__, message.kind)
        kept.update(state=MessageState.WAITING, next_try_at=timezone.now(), digest=None)
        return None
    page = getattr(mail, "page", "")
    kept.update(subject=str(mail.subject)[:200], page=page[:300])
    return Line(topic_of(message.kind), str(mail.subject), words, page, message.created_at)


def after(message: Message, state: str) -> None:
    """In the transaction that notes how the overview ended: what stood in it went with it, or waits for the next. What
    came back with it is shown, message by message, to whoever sent it."""
    if state == MessageState.BOUNCED:
        went = Message.objects.filter(digest=message.about_id, state=MessageState.SENT)
        went.update(state=state, bounced_at=message.bounced_at, problem=message.problem)
        return
    inside = Message.objects.filter(digest=message.about_id, state=MessageState.COLLECTED)
    if state == MessageState.SENT:
        inside.update(state=MessageState.SENT, sent_at=timezone.now())
    elif state not in ON_ITS_WAY:
        inside.update(digest=None)
