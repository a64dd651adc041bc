"""An address that does not work any more: noted with the person, so that the secretary mends it."""

from django.db import transaction
from django.utils import timezone

from portal.audit import record
from portal.models import Person


@transaction.atomic
def note_dead_address(person: Person) -> None:
    """Once, until the address changes or somebody sends to it again."""
    if Person.objects.filter(pk=person.pk, email=person.email, email_failed_at=None).update(
        email_failed_at=timezone.now()
    ):
        record("email_failed", person, by=None)


def trust_again(person: Person) -> None:
    """Somebody sends to this address again: it works, as far as we know."""
    Person.objects.filter(pk=person.pk).update(email_failed_at=None)
