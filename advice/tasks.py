"""What the worker does for a letter: make its PDF, once, from the frozen text."""

import logging
from typing import Any

from celery import shared_task
from django.db import Error as DatabaseFault
from django.db import transaction
from django.utils import timezone

from advice.printing import ANSWER, LADDER, LARGE, LETTER, Printable
from portal.audit import record
from portal.locks import try_to_hold
from portal.models import Message
from portal.pdf import PressFailed
from portal.post import nudge
from portal.queues import hand_over
from portal.states import MessageState

logger = logging.getLogger("advice.tasks")
PATIENT: dict[str, Any] = {
    "acks_late": True, "autoretry_for": (Exception,), "retry_backoff": 5, "retry_backoff_max": 300, "max_retries": 6,
}  # fmt: skip


@shared_task(**PATIENT)
def render_copy(copy_id: int) -> str:
    """The PDF of one copy of a letter. All of these: twice is harmless, and a failure leaves nothing behind."""
    return print_once(LETTER, copy_id)


@shared_task(**PATIENT)
def render_large(copy_id: int) -> str:
    """The same copy in large print."""
    return print_once(LARGE, copy_id)


@shared_task(**PATIENT)
def render_response(response_letter_id: int) -> str:
    """The answer of the executive."""
    return print_once(ANSWER, response_letter_id)


@shared_task(**PATIENT)
def render_ladder(ladder_letter_id: int) -> str:
    """The letter of the council when no answer came."""
    return print_once(LADDER, ladder_letter_id)


TASKS = [(LETTER, render_copy), (ANSWER, render_response), (LADDER, render_ladder), (LARGE, render_large)]


# When the queue is away, the sweep of render_letters does it a minute later.


def ask_to_render(copy_id: int) -> None:
    hand_over(render_copy, copy_id)


def ask_to_render_large(copy_id: int) -> None:
    hand_over(render_large, copy_id)


def ask_to_render_response(response_letter_id: int) -> None:
    hand_over(render_response, response_letter_id)


def ask_to_render_ladder(ladder_letter_id: int) -> None:
    hand_over(render_ladder, ladder_letter_id)


def print_once(kind: Printable, pk: int) -> str:
    """A fault of the database or the disk is tried again until it is over; a document that itself cannot be printed
    only so often. Its number stays its own, and the others go on."""
    try:
        return print_now(kind, pk)
    except (DatabaseFault, OSError):
        raise
    except Exception as fault:
        if isinstance(fault, PressFailed) and fault.why == "start":
            raise
        record(kind.failed_event, kind.get(pk), by=None)
        if pk not in kind.stuck():
            raise
        logger.error("%s of %s needs attention: %s", kind.name, pk, cause_of(fault))
        return "needs attention"


def cause_of(fault: Exception) -> str:
    """Without its words: they could be those of a letter."""
    return str(fault) if isinstance(fault, PressFailed) else type(fault).__name__


def print_now(kind: Printable, pk: int) -> str:
    if kind.made(pk):
        return "already there"
    with transaction.atomic():
        if not try_to_hold(kind.lock, pk):
            return "somebody else is at it"
        if kind.made(pk):
            return "already there"
        row = kind.get(pk)
        kind.store(row)
    tell_waiting(kind, row)
    return "made"


def tell_waiting(kind: Printable, row: Any) -> None:
    """The messages that waited for this PDF go now, not at their next try."""
    for message in Message.objects.filter(kind.waiting(row), state=MessageState.WAITING):
        Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(next_try_at=timezone.now())
        transaction.on_commit(lambda pk=message.pk: nudge(pk), robust=True)
