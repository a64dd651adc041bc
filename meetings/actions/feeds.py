"""Making and revoking the secret address of one's own calendar feed."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from meetings.models import FeedAddress
from portal.audit import record
from portal.models import Person


@transaction.atomic
def make_address(person: Person, *, by: Person) -> str:
    """A new secret; the address before it stops. The secret itself is kept nowhere."""
    Person.objects.select_for_update().get(pk=person.pk)
    _revoke(person)
    secret = secrets.token_urlsafe(32)
    address = FeedAddress.objects.create(person=person, secret_sha256=sha256(secret.encode()).hexdigest())
    record("feed.made", address, by=by)
    return secret


@transaction.atomic
def revoke_address(person: Person, *, by: Person) -> None:
    """From now on the address does not exist. Twice is once."""
    Person.objects.select_for_update().get(pk=person.pk)
    for address in _revoke(person):
        record("feed.revoked", address, by=by)


def _revoke(person: Person) -> list[FeedAddress]:
    current = list(person.feed_addresses.filter(revoked_at=None))
    person.feed_addresses.filter(revoked_at=None).update(revoked_at=timezone.now())
    return current
