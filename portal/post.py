"""The post room. A message is an outbox row, written in the transaction of its cause; the queue only nudges.

Each app registers in its emails.py how a kind of message is made, at send time:

    @builds("meetings.invitation")
    def invitation(message: Message) -> EmailMultiAlternatives: ...
"""

from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.mail import EmailMessage
from django.db import transaction

from portal.models import Message, Person
from portal.queues import hand_over
from portal.states import MessageState

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


def nudge(message_id: int) -> None:
    """Ask the queue to deliver now. When the queue is away the sweeper does it some seconds later."""
    hand_over(current_app.tasks["portal.tasks.deliver"], message_id)
