"""What the worker does: deliver one message, run one command."""

import random
import smtplib
from datetime import timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import get_connection
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from portal import digests
from portal.delivery_problems import address_is_dead, is_final, note_dead_address, problem_of
from portal.mail import outgoing
from portal.models import Message, ScheduledRun
from portal.post import NoLongerNeeded, NotYet
from portal.states import MessageState

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
GIVE_UP_AFTER = timedelta(hours=48)
NOT_YET_WAIT = timedelta(seconds=15)
SPREAD = 0.15  # of a wait: two hundred mails that failed together do not come back together
LOST = "WorkerLostError"  # who sent it died before it could say how it ended
SECONDS = 60  # for one message, however slowly the mail server drips; shorter than the lease


@shared_task(acks_late=True, soft_time_limit=SECONDS, time_limit=SECONDS + 20)
def deliver(message_id: int) -> str:
    """Send one message, if it is due and nobody else is sending it. Returns the state it ended in.

    A crash between the acceptance by the mail server and our commit sends the mail again, with the same
    Message-ID: for an invitation or a letter twice is the better failure than never.
    """
    message = take(message_id)
    if message is None:
        return "not due"
    if message.problem == LOST and message.attempts > len(WAITS):  # perhaps this very mail kills who makes it
        return later(message, LOST)
    if not message.person.reachable_by_email:  # the address went since the message was written
        return settle(message, MessageState.PAPER)
    try:
        mail = outgoing(message)
        mail.connection = get_connection(fail_silently=False)
        mail.send(fail_silently=False)
    except NotYet as waiting:
        return not_yet(message, str(waiting))
    except NoLongerNeeded:
        return settle(message, MessageState.DROPPED)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as refusal:
        problem = problem_of(refusal)
        return refused(message, problem) if is_final(refusal) else later(message, problem)
    except (OSError, SoftTimeLimitExceeded, smtplib.SMTPException) as failure:
        return later(message, type(failure).__name__)
    except Exception as failure:
        # A fault of ours must not stop the others; the secretary sees it as not delivered after five tries.
        later(message, type(failure).__name__, poison=True)
        raise
    page = getattr(mail, "page", "")
    told = {"subject": str(mail.subject)[:200], "page": page[:300]}
    return settle(message, MessageState.SENT, sent_at=timezone.now(), problem="", **told)


@transaction.atomic
def take(message_id: int) -> Message | None:
    """Lease the message, if it is due."""
    due = Message.objects.due().filter(pk=message_id).select_for_update(skip_locked=True, of=("self",))
    message = due.select_related("person").first()
    if message is None:
        return None
    fallen = message.state == MessageState.SENDING
    message.problem = LOST if fallen else message.problem
    message.state = MessageState.SENDING
    message.leased_until = timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE)
    message.attempts += 1
    message.save(update_fields=["state", "leased_until", "attempts", "problem"])
    return message


def settle(message: Message, state: MessageState, **facts: object) -> str:
    """Note the outcome, unless our lease ran out and another worker has taken the message over."""
    ours = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, leased_until=message.leased_until)
    with transaction.atomic():
        done = ours.update(state=state, leased_until=None, **facts)
        if done and message.kind == digests.KIND:
            digests.after(message, state)
    return state if done else "taken over"


@transaction.atomic
def refused(message: Message, problem: str) -> str:
    if address_is_dead(problem):
        note_dead_address(message.person)
    return settle(message, MessageState.REFUSED, problem=problem)


def put_back(message: Message, problem: str, *, wait: timedelta, **facts: object) -> str:
    wait *= random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret
    return settle(message, MessageState.WAITING, next_try_at=timezone.now() + wait, problem=problem[:200], **facts)


def not_yet(message: Message, reason: str) -> str:
    """Waiting for a document is no failed try; but who waits for two days waits for nothing."""
    age = timezone.now() - message.due_at
    if age > GIVE_UP_AFTER:
        return settle(message, MessageState.REFUSED, problem=reason[:200])
    return put_back(message, reason, wait=max(NOT_YET_WAIT, age / 10), attempts=message.attempts - 1)


def later(message: Message, problem: str, *, poison: bool = False) -> str:
    """Wait longer after each failure; give up after two days, or after five tries when the fault is ours."""
    if message.due_at < timezone.now() - GIVE_UP_AFTER or (poison and message.attempts >= len(WAITS)):
        return settle(message, MessageState.REFUSED, problem=problem)
    return put_back(message, problem, wait=WAITS[min(message.attempts, len(WAITS)) - 1])


@shared_task
def run_command(name: str, *args: str) -> None:
    """Beat runs the very command that an operator can run by hand. Its success is noted: see portal.alarm."""
    ScheduledRun.objects.get_or_create(name=name)
    call_command(name, *args)
    ScheduledRun.objects.filter(name=name).update(succeeded_at=timezone.now())
