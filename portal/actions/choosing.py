"""Choosing how often mail of a topic comes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.audit import record
from portal.choices import choices_of
from portal.models import Message, MessageChoice, Person
from portal.post import nudge
from portal.states import Frequency, MessageState
from portal.topics import KINDS, TOPICS


@transaction.atomic
def choose(person: Person, topic: str, frequency: str, *, by: Person) -> MessageChoice:
    """What was collected meanwhile follows the choice: it goes at once, or not any more."""
    found = TOPICS.get(topic)
    if found is None or found.is_statutory:
        raise Refused(_("Messages about this always come."))
    if frequency not in found.frequencies:
        raise Refused(_("Choose how often you want to hear of this."), field=topic)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    choice, is_new = MessageChoice.objects.get_or_create(person=person, topic=topic)
    if choice.frequency == frequency and not is_new:
        return choice
    choice.frequency, choice.changed_at = Frequency(frequency), timezone.now()
    choice.save(update_fields=["frequency", "changed_at"])
    record("message_choice.changed", choice, by=by)
    _move_collected(person, topic, Frequency(frequency))
    return choice


def _move_collected(person: Person, topic: str, frequency: Frequency) -> None:
    kinds = [kind for kind, found in KINDS.items() if found.topic.slug == topic]
    collected = Message.objects.filter(person=person, kind__in=kinds, state=MessageState.COLLECTED)
    if frequency == Frequency.NEVER:
        collected.update(state=MessageState.DROPPED)
    elif frequency == Frequency.AT_ONCE:
        ids = list(collected.select_for_update().values_list("pk", flat=True))
        Message.objects.filter(pk__in=ids).update(state=MessageState.WAITING, next_try_at=timezone.now(), digest=None)
        for pk in ids:
            transaction.on_commit(lambda pk=pk: nudge(pk))  # type: ignore[misc]


@transaction.atomic
def choose_for_overview(person: Person, frequency: str, *, by: Person) -> None:
    """The same for every topic that comes in the overview."""
    for topic, now in choices_of(person).items():
        if now in (Frequency.DAILY, Frequency.WEEKLY):
            choose(person, topic, frequency, by=by)


@transaction.atomic
def choose_all(person: Person, choices: dict[str, str], *, by: Person) -> None:
    for topic, frequency in choices.items():
        choose(person, topic, frequency, by=by)
