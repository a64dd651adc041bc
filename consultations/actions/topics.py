"""Policy topics: kept by the authority, or by the secretary of a council whose authority does not take part."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import PolicyTopic
from councils.models import Authority
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def add_topic(authority: Authority, *, name: str, by: Person, **facts: object) -> PolicyTopic:
    refuse_twice(authority.pk, name)
    topic = PolicyTopic.objects.create(authority=authority, name=name, **facts)
    record("consultations.topic_added", topic, by=by)
    return topic


@transaction.atomic
def change_topic(topic: PolicyTopic, *, by: Person, **facts: object) -> PolicyTopic:
    topic = PolicyTopic.objects.select_for_update().get(pk=topic.pk)
    if "name" in facts:
        refuse_twice(topic.authority_id, str(facts["name"]), but=topic)
    for name, value in facts.items():
        setattr(topic, name, value)
    topic.save(update_fields=list(facts))
    record("consultations.topic_changed", topic, by=by)
    return topic


@transaction.atomic
def delete_topic(topic: PolicyTopic, *, by: Person) -> None:
    topic = PolicyTopic.objects.select_for_update().get(pk=topic.pk)
    if topic.requests.exists() or topic.activities.exists() or topic.advices.exists() or topic.talks.exists():
        raise Refused(_("This topic is in use. It cannot be deleted; you can change its name."))
    record("consultations.topic_deleted", topic, by=by)
    topic.delete()


def refuse_twice(authority_id: int, name: str, *, but: PolicyTopic | None = None) -> None:
    same = PolicyTopic.objects.filter(authority=authority_id, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refused(_("This topic is on the list already."), field="name")
