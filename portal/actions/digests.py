"""Making an overview of what was collected for somebody."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.audit import record
from portal.digests import KIND, collected_for, due_digests
from portal.models import Digest, Message, Person
from portal.post import nudge, post
from portal.states import Frequency, MessageState


@transaction.atomic
def make_digest(
    person: Person, frequency: Frequency, *, by: Person | None, now: datetime | None = None
) -> Digest | None:
    """One overview, unless another run was first. Who has no e-mail any more gets the messages one by one, on paper."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (person.pk, frequency) not in due_digests(now or timezone.now(), [person.pk]):
        return None
    inside = Message.objects.filter(pk__in=collected_for(person.pk, frequency), state=MessageState.COLLECTED)
    if not person.reachable_by_email:
        for pk in list(inside.values_list("pk", flat=True)):
            Message.objects.filter(pk=pk).update(state=MessageState.WAITING, next_try_at=timezone.now(), digest=None)
            transaction.on_commit(lambda pk=pk: nudge(pk))  # type: ignore[misc]
        return None
    digest = Digest.objects.create(person=person, frequency=frequency)
    inside.update(digest=digest)
    record("digest.made", digest, by=by)
    post(KIND, person, about=digest, cause=f"digest:{digest.pk}")
    return digest
