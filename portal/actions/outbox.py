"""What a person does in the post room: try again, print instead, note that it was posted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.post import nudge
from portal.states import MESSAGE_ARROWS, MessageState


def move(message: Message, state: MessageState, *, by: Person, **facts: object) -> Message:
    message = Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)
    if state not in MESSAGE_ARROWS[MessageState(message.state)]:
        raise Refused(_("Somebody was before you: this message is “%(state)s” now.") % {
            "state": message.get_state_display()})  # fmt: skip
    message.state = state
    for name, value in facts.items():
        setattr(message, name, value)
    message.save(update_fields=["state", *facts])
    record(f"message_{state}", message, by=by)
    return message


@transaction.atomic
def try_again(message: Message, *, by: Person) -> None:
    """To the address that the person has now."""
    if not message.person.reachable_by_email:
        raise Refused(_("%(name)s has no e-mail address.") % {"name": message.person.name})
    # Due anew: else it would be given up again after one try.
    now = timezone.now()
    move(message, MessageState.WAITING, by=by, next_try_at=now, due_at=now, attempts=0, problem="")
    transaction.on_commit(lambda: nudge(message.pk))


@transaction.atomic
def put_on_paper(message: Message, *, by: Person) -> None:
    move(message, MessageState.PAPER, by=by, problem="")


@transaction.atomic
def mark_posted(message: Message, *, by: Person) -> None:
    move(message, MessageState.POSTED, by=by)
