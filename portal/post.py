"""The post room. A message is an outbox row, written in the transaction of its cause; the queue only nudges.

Each app registers in its emails.py how a kind of message is made, at send time:

    @builds("meetings.invitation")
    def invitation(message: Message) -> EmailMultiAlternatives: ...
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.mail import EmailMessage
from django.db import transaction
from kombu.exceptions import OperationalError

from portal.models import Message, Person
from portal.states import MessageState

logger = logging.getLogger("portal.post")
QUEUE_AWAY_SECONDS = 30

Builder = Callable[[Message], EmailMessage]
BUILDERS: dict[str, Builder] = {}


class NotYet(Exception):
    """What the message waits for, such as the PDF of a letter, is not there yet."""


class NoLongerNeeded(Exception):
    """The reason for the message has gone since it was written."""


def builds(kind: str) -> Callable[[Builder], Builder]:
    def register(builder: Builder) -> Builder:
        BUILDERS[kind] = builder
        return builder

    return register


def post(
    kind: str, to: Person, *, about: Any, cause: str, council_id: int | None = None, authority_id: int | None = None
) -> Message:
    """Put one message in the outbox, once per person, kind and cause. Who has no e-mail gets it on paper."""
    if kind not in BUILDERS:
        raise LookupError(f"no builder is registered for {kind}")
    message, is_new = Message.objects.get_or_create(
        person=to,
        kind=kind,
        cause=cause,
        defaults={
            "about_id": about.pk,
            "council_id": council_id,
            "authority_id": authority_id,
            "state": MessageState.WAITING if to.reachable_by_email else MessageState.PAPER,
        },
    )
    if is_new and message.state == MessageState.WAITING:
        transaction.on_commit(lambda: nudge(message.pk))
    return message


_queue_away_until = 0.0  # monotonic seconds; one failure saves the next messages of this process a wait each


def nudge(message_id: int) -> None:
    """Ask the queue to deliver now. When the queue is away the sweeper does it some seconds later."""
    global _queue_away_until
    if time.monotonic() < _queue_away_until:
        return
    try:
        current_app.tasks["portal.tasks.deliver"].apply_async(args=[message_id], retry=False)
    except OperationalError:
        _queue_away_until = time.monotonic() + QUEUE_AWAY_SECONDS
        logger.warning("the queue is away; the sweeper will deliver")
