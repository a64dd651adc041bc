from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.actions import outbox
from portal.delivery_problems import note_dead_address
from portal.models import Message
from portal.states import MessageState


@transaction.atomic
def with_message(verb: Any, w: Any, state: MessageState, *args: Any, kind: str = "meetings.invitation") -> object:
    sent_at = timezone.now() if state in (MessageState.SENT, MessageState.BOUNCED) else None
    Message.objects.filter(pk=w.refused_mail.pk).update(state=state, sent_at=sent_at, kind=kind)
    return verb(w.refused_mail, *args, by=w.secretary)


VERBS = {
    "hold a message": lambda w: with_message(outbox.hold, w, MessageState.WAITING),
    "let a message go": lambda w: with_message(outbox.release, w, MessageState.HELD),
    "try a message again": lambda w: with_message(outbox.try_again, w, MessageState.REFUSED),
    "send a message again": lambda w: with_message(outbox.resend, w, MessageState.SENT, kind="advice.letter"),
    "write own words": lambda w: with_message(outbox.write_own_words, w, MessageState.HELD, "Tot dan"),
    "drop a message": lambda w: with_message(outbox.drop, w, MessageState.WAITING),
    "mark a message as posted": lambda w: with_message(outbox.mark_posted, w, MessageState.PAPER),
    "note a dead address": lambda w: note_dead_address(w.member),
}
