"""How often somebody wants mail of a topic, and the signed link in the foot of a mail that changes it."""

from collections.abc import Sequence

from django.core import signing
from django.urls import reverse

from portal.models import Message, MessageChoice, Person
from portal.states import Frequency, MessageState
from portal.topics import CHOSEN, OVERVIEW, Topic, topic_of

SALT = "portal.choice"
STATES = {
    Frequency.AT_ONCE: MessageState.WAITING,
    Frequency.DAILY: MessageState.COLLECTED,
    Frequency.WEEKLY: MessageState.COLLECTED,
    # The row is written all the same: "was I told?" can be answered, and the person finds it under "My post".
    Frequency.NEVER: MessageState.DROPPED,
}


def choices_of(person: Person) -> dict[str, Frequency]:
    """Topic → how often, for every topic that one can choose of."""
    rows = dict(MessageChoice.objects.filter(person=person).values_list("topic", "frequency"))
    return {topic.slug: Frequency(rows.get(topic.slug, Frequency.AT_ONCE)) for topic in CHOSEN}


def frequency_now(person: Person, topic: Topic) -> Frequency:
    """Of the overview: the most often that somebody has one."""
    chosen = choices_of(person)
    if topic != OVERVIEW:
        return chosen[topic.slug]
    return next((one for one in (Frequency.DAILY, Frequency.WEEKLY) if one in chosen.values()), Frequency.NEVER)


def first_state(kind: str, to: Person) -> MessageState:
    """Where a new message begins: on its way, on paper, in an overview, or not at all."""
    return first_states(kind, [to])[to.pk]


def first_states(kind: str, people: Sequence[Person]) -> dict[int, MessageState]:
    """The same for many, in one query."""
    topic, chosen = topic_of(kind), dict[int, str]()
    if topic and not topic.is_statutory:
        rows = MessageChoice.objects.filter(person__in=people, topic=topic.slug)
        chosen = dict(rows.values_list("person_id", "frequency"))
    states = {one.pk: STATES[Frequency(chosen.get(one.pk, Frequency.AT_ONCE))] for one in people}
    on_paper = [one.pk for one in people if not one.reachable_by_email and states[one.pk] != MessageState.DROPPED]
    return states | dict.fromkeys(on_paper, MessageState.PAPER)


def token_for(person: Person, topic: Topic) -> str:
    """Whoever holds it may say how often this person gets mail of this topic, and nothing else."""
    return signing.dumps([person.pk, topic.slug], salt=SALT)


def chosen_by(token: str) -> tuple[Person, Topic] | None:
    """The person and the topic that a link speaks for, or None when the link was not made by us."""
    try:
        pk, slug = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk).first()
    topic = next((topic for topic in (*CHOSEN, OVERVIEW) if topic.slug == slug), None)
    return (person, topic) if person and topic else None


def change_path(message: Message) -> str:
    """The address of the page that changes how often mail like this comes; "" when it always comes."""
    topic = topic_of(message.kind)
    if topic is None or topic.is_statutory:
        return ""
    return reverse("portal:change_choice", args=[token_for(message.person, topic)])
