"""The post room. A message is an outbox row, written in the transaction of its cause; the queue only nudges.

Each app registers in its emails.py how a kind of message is made, at send time:

    @builds("meetings.invitation", MEETINGS, name=_("Invitation to a meeting"))
    def invitation(message: Message) -> EmailMultiAlternatives: ...
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypedDict, Unpack
from zlib import crc32

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.choices import first_state, first_states
from portal.locks import hold
from portal.models import Message, Person
from portal.queues import hand_over
from portal.states import NOT_LEFT, MessageState
from portal.topics import KINDS, Kind, Line, Topic

Builder = Callable[[Message], EmailMessage]
BUILDERS: dict[str, Builder] = {}


class Facts(TypedDict, total=False):
    line: Line
    batched: bool
    must_go: bool


class Posted(Protocol):
    def __call__(self, messages: Sequence[Message], day: date, *, by: Person, by_mail: bool = False) -> None: ...


FIRST_OF_BATCH = 7201  # a kind of advisory lock (portal.locks)
WHEN_POSTED: dict[str, Posted] = {}  # what an app notes when its messages went into the post


class NotYet(Exception):
    """What the message waits for, such as the PDF of a letter, is not there yet."""


class AlreadyLeft(Exception):
    """A message that somebody wants to withdraw is with the mail server, or was sent."""


class NoLongerNeeded(Exception):
    """The reason for the message has gone since it was written."""


def builds(kind: str, topic: Topic, *, name: Any, **facts: Unpack[Facts]) -> Callable[[Builder], Builder]:
    """How a kind is made, what it is about, and what else the post room must know of it (portal.topics.Kind)."""

    def register(builder: Builder) -> Builder:
        BUILDERS[kind], KINDS[kind] = builder, Kind(topic, name, **facts)
        return builder

    return register


def when_posted(*kinds: str) -> Callable[[Posted], Posted]:
    """The app keeps a proof of its own that messages of these kinds went into the post. Also of what went `by_mail`, at
    the moment that it is sent once more: the first day stays."""

    def register(hook: Posted) -> Posted:
        WHEN_POSTED.update(dict.fromkeys(kinds, hook))
        return hook

    return register


def post(
    kind: str, to: Person, *, about: Any, cause: str, council_id: int | None = None, authority_id: int | None = None,
    not_before: datetime | None = None,
) -> Message:  # fmt: skip
    """Put one message in the outbox, once per person, kind and cause. Who has no e-mail gets it on paper.

    `not_before`: until then it waits, and can still be withdrawn.
    """
    known(kind)
    if waiting := joined(kind, to, about):
        return waiting
    not_before = not_before or first_moment(kind)
    due_at = not_before or timezone.now()
    message, is_new = Message.objects.get_or_create(
        person=to,
        kind=kind,
        cause=cause,
        defaults={
            "about_id": about.pk,
            "council_id": council_id,
            "authority_id": authority_id,
            "due_at": due_at,
            "next_try_at": due_at,
            "state": first_state(kind, to),
        },
    )
    if is_new and message.state == MessageState.WAITING and not not_before:
        transaction.on_commit(lambda: nudge(message.pk))
    return message


def is_batched(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].batched


def first_moment(kind: str) -> datetime | None:
    """A batched message waits some minutes for what may follow; any other goes at once."""
    return timezone.now() + timedelta(minutes=settings.BATCH_MINUTES) if is_batched(kind) else None


def joined(kind: str, to: Person, about: Any) -> Message | None:
    """The message about the same thing that has not left, put off a little; never later than some minutes after the
    first change. What was tried once, or stands in an overview that is on its way, tells nothing new any more."""
    if not is_batched(kind):
        return None
    hold(FIRST_OF_BATCH, crc32(f"{kind}:{about.pk}".encode()))  # two first changes at once are one message too
    theirs = Message.objects.select_for_update().filter(person=to, kind=kind, about_id=about.pk)
    message = theirs.filter(state__in=NOT_LEFT, attempts=0, digest=None).order_by("pk").first()
    if message and message.state == MessageState.WAITING:
        most = message.created_at + timedelta(minutes=settings.BATCH_MOST_MINUTES)
        message.due_at = message.next_try_at = min(timezone.now() + timedelta(minutes=settings.BATCH_MINUTES), most)
        message.save(update_fields=["due_at", "next_try_at"])
    return message


def post_all(
    kind: str, letters: Sequence[tuple[Person, Model]], *, cause: str, council_id: int | None = None,
    not_before: datetime | None = None, on_paper: Collection[int] = (), own_words: str = "",
) -> list[Message]:  # fmt: skip
    """The same message to many, in one query: (person, what it is about) for each. `on_paper` holds the ids of people
    who get it by post although they have an address."""
    known(kind)
    due_at = not_before or timezone.now()
    states = first_states(kind, [to for to, _about in letters])
    rows = [
        Message(
            person=to, kind=kind, cause=cause, about_id=about.pk, council_id=council_id, own_words=own_words,
            due_at=due_at, next_try_at=due_at,
            state=MessageState.PAPER if to.pk in on_paper else states[to.pk],
        )
        for to, about in letters
    ]  # fmt: skip
    Message.objects.bulk_create(rows, batch_size=500)
    waiting = [] if not_before else [row.pk for row in rows if row.state == MessageState.WAITING]
    transaction.on_commit(lambda: nudge_all(waiting))
    return rows


def withdraw(kinds: Collection[str], about_ids: Collection[int]) -> int:
    """Take back, inside the caller's transaction, every message of these kinds about these rows. Of none of them has
    anything left, or AlreadyLeft: a worker that takes one is waited for, and a worker that comes later finds nothing.
    """
    theirs = Message.objects.select_for_update().filter(kind__in=kinds, about_id__in=about_ids).order_by("pk")
    messages = list(theirs.exclude(state=MessageState.DROPPED))
    if any(message.state not in NOT_LEFT for message in messages):
        raise AlreadyLeft
    return Message.objects.filter(pk__in=[message.pk for message in messages]).update(state=MessageState.DROPPED)


def known(kind: str) -> None:
    if kind not in BUILDERS:
        raise LookupError(f"no builder is registered for {kind}")


def send_now(kinds: Collection[str], about_ids: Collection[int]) -> None:
    """What waits for its moment goes at the end of this transaction."""
    theirs = Message.objects.filter(kind__in=kinds, about_id__in=about_ids, state=MessageState.WAITING)
    due = list(theirs.values_list("pk", flat=True))
    now = timezone.now()
    theirs.update(due_at=now, next_try_at=now)
    transaction.on_commit(lambda: nudge_all(due))


def nudge(message_id: int) -> None:
    """Ask the queue to deliver now. When the queue is away the sweeper does it some seconds later."""
    hand_over(current_app.tasks["portal.tasks.deliver"], message_id)


def nudge_all(message_ids: Collection[int]) -> None:
    for pk in message_ids:
        nudge(pk)
