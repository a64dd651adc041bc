"""Several changes of one thing within some minutes become one message, which tells of the thing as it is then."""

from datetime import datetime, timedelta
from zlib import crc32

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from portal.locks import hold
from portal.models import Message, Person
from portal.states import MessageState
from portal.topics import KINDS

FIRST_OF_BATCH = 7201  # a kind of advisory lock (portal.locks)
STILL_HERE = [MessageState.WAITING, MessageState.HELD, MessageState.COLLECTED, MessageState.PAPER]


def is_batched(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].batched


def first_moment(kind: str) -> datetime | None:
    """A batched message waits some minutes for what may follow; any other goes at once."""
    return timezone.now() + timedelta(minutes=settings.BATCH_MINUTES) if is_batched(kind) else None


def joined(kind: str, to: Person, about: Model) -> Message | None:
    """The message about the same thing that has not left, put off a little; never later than some minutes after the
    first change. What was tried once, or stands in an overview that is on its way, tells nothing new any more."""
    if not is_batched(kind):
        return None
    hold(FIRST_OF_BATCH, crc32(f"{kind}:{about.pk}".encode()))  # two first changes at once are one message too
    theirs = Message.objects.select_for_update().filter(person=to, kind=kind, about_id=about.pk)
    message = theirs.filter(state__in=STILL_HERE, attempts=0, digest=None).order_by("pk").first()
    if message and message.state == MessageState.WAITING:
        most = message.created_at + timedelta(minutes=settings.BATCH_MOST_MINUTES)
        message.due_at = message.next_try_at = min(timezone.now() + timedelta(minutes=settings.BATCH_MINUTES), most)
        message.save(update_fields=["due_at", "next_try_at"])
    return message
