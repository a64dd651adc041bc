"""What a person does in the post room: hold back, add own words, let go, send again, print instead, drop."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.audit import record
from portal.delivery_problems import trust_again
from portal.models import Message, Person
from portal.post import BUILDERS, WHEN_POSTED, NoLongerNeeded, nudge
from portal.states import MESSAGE_ARROWS, MessageState
from portal.topics import must_go

MOST_OWN_WORDS = 2000
OUT = (MessageState.SENT, MessageState.BOUNCED)


def locked(message: Message) -> Message:
    return Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)


def move(
    message: Message, state: MessageState, *, by: Person, only_from: Iterable[str] = (), **facts: object
) -> Message:
    message = locked(message)
    allowed = state in MESSAGE_ARROWS[MessageState(message.state)] and (not only_from or message.state in only_from)
    if not allowed:
        raise Refused(_("Somebody was before you: this message is “%(state)s” now.") % {
            "state": message.get_state_display()})  # fmt: skip
    message.state = state
    if state not in OUT:
        facts |= {"sent_at": None, "bounced_at": None}
    for name, value in facts.items():
        setattr(message, name, value)
    message.save(update_fields=["state", *facts])
    record(f"message_{state}", message, by=by)
    return message


def send(message: Message, *, by: Person, only_from: Iterable[str]) -> None:
    """To the address that the person has now; the same row, so the same Message-ID."""
    person = locked(message).person
    if not person.reachable_by_email:
        raise Refused(_("%(name)s has no e-mail address.") % {"name": person.name})
    # Due anew: else it would be given up again after one try.
    now = timezone.now()
    move(
        message, MessageState.WAITING, by=by, only_from=only_from,
        next_try_at=now, due_at=now, attempts=0, problem="",
    )  # fmt: skip
    trust_again(person)
    transaction.on_commit(lambda: nudge(message.pk))


@transaction.atomic
def try_again(message: Message, *, by: Person) -> None:
    """What was refused or came back."""
    send(message, by=by, only_from=(MessageState.REFUSED, MessageState.BOUNCED))


@transaction.atomic
def resend(message: Message, *, by: Person) -> None:
    """What was sent, once more: somebody lost the mail, or has another address now. What is no longer needed stays as
    it was: sent."""
    message = locked(message)
    if not still_needed(message):
        raise Refused(_("This message is no longer needed. It will not be sent."))
    if message.state == MessageState.SENT and message.kind in WHEN_POSTED:
        WHEN_POSTED[message.kind]([message], timezone.localdate(message.sent_at), by=by, by_mail=True)
    send(message, by=by, only_from=(MessageState.SENT, MessageState.BOUNCED))


def still_needed(message: Message) -> bool:
    try:
        BUILDERS[message.kind](message)
    except NoLongerNeeded:
        return False
    except Exception:  # the worker finds out, and the secretary sees it
        return True
    return True


@transaction.atomic
def hold(message: Message, *, by: Person) -> None:
    """It stays here until somebody lets it go."""
    move(message, MessageState.HELD, by=by)


@transaction.atomic
def release(message: Message, *, by: Person) -> None:
    send(message, by=by, only_from=(MessageState.HELD,))


@transaction.atomic
def write_own_words(message: Message, words: str, *, by: Person) -> None:
    """Above the text of this one mail, as long as it has not left."""
    message, words = locked(message), words.replace("\r\n", "\n").strip()
    if message.state not in (MessageState.WAITING, MessageState.HELD):
        raise Refused(_("This message has left already. Your words can no longer go along."), field="own_words")
    if len(words) > MOST_OWN_WORDS:
        raise Refused(_("This is too long. At most %(number)d signs.") % {"number": MOST_OWN_WORDS}, field="own_words")
    if words == message.own_words:
        return
    message.own_words = words
    message.save(update_fields=["own_words"])
    record("message_words", message, by=by)


@transaction.atomic
def drop(message: Message, *, by: Person) -> None:
    """It does not go. Not for a letter or another proof: its file says that it went."""
    if locked(message).kind in must_go():
        raise Refused(_("The file says that this message was sent, so it must go. Send it by e-mail or on paper."))
    move(message, MessageState.DROPPED, by=by)


@transaction.atomic
def put_on_paper(message: Message, *, by: Person) -> None:
    move(message, MessageState.PAPER, by=by, problem="")


@transaction.atomic
def mark_posted(message: Message, *, by: Person, posted_on: date | None = None) -> None:
    mark_all_posted([message], by=by, posted_on=posted_on)


@transaction.atomic
def mark_all_posted(messages: Iterable[Message], *, by: Person, posted_on: date | None = None) -> int:
    """They went into the post on that day, or today. The apps keep their own proof of it (portal.post.when_posted)."""
    day = posted_on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused(_("This day has yet to come."), field="posted_on")
    posted = [move(message, MessageState.POSTED, by=by, posted_on=day, problem="") for message in messages]
    for hook in {WHEN_POSTED[one.kind] for one in posted if one.kind in WHEN_POSTED}:
        hook([one for one in posted if WHEN_POSTED.get(one.kind) is hook], day, by=by)
    return len(posted)


@transaction.atomic
def hold_all(messages: Iterable[Message], *, by: Person) -> int:
    """Those that still wait; what left meanwhile is left alone. Returns how many are held now."""
    waiting = still(messages, MessageState.WAITING)
    for one in waiting:
        hold(one, by=by)
    return len(waiting)


@transaction.atomic
def release_all(messages: Iterable[Message], *, by: Person) -> int:
    ids = [message.pk for message in messages]
    held = list(
        Message.objects.filter(pk__in=ids, state=MessageState.HELD).select_for_update(of=("self",)).order_by("pk")
    )
    for one in held:
        release(one, by=by)
    return len(held)


def still(messages: Iterable[Message], state: MessageState) -> list[Message]:
    """Those of the messages that are in this state, locked in one order."""
    found = Message.objects.filter(pk__in=[message.pk for message in messages], state=state)
    return list(found.select_for_update(of=("self",)).order_by("pk"))
