"""Inviting a person to make an account: a signed link that works once, for a limited time."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.actions.people import make_account
from portal.audit import record
from portal.invitation_links import read_token
from portal.models import Invitation, Person, User
from portal.post import post


@transaction.atomic
def invite(
    person: Person, *, by: Person, council_id: int | None = None, authority_id: int | None = None
) -> Invitation | None:
    """Invite, or invite once more. None for who has an account already: there is nothing to accept."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.email:
        raise Refused(_("%(name)s has no e-mail address, and an account needs one.") % {"name": person.name})
    if User.objects.filter(person=person).exists():
        return None
    open_one = Invitation.objects.select_for_update().filter(person=person, accepted_at=None).first()
    invitation = open_one or Invitation(person=person, council_id=council_id, authority_id=authority_id)
    # A new address for every link that goes out, so that the one before is dead.
    invitation.public_id = uuid.uuid4()
    invitation.invited_by, invitation.invited_at, invitation.expires_at = by, timezone.now(), last_moment()
    invitation.save()
    record("invited_again" if open_one else "invited", invitation, by=by)
    post(
        "portal.invitation",
        person,
        about=invitation,
        cause=f"invitation:{invitation.public_id}",
        council_id=council_id,
        authority_id=authority_id,
    )
    return invitation


def last_moment() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


@transaction.atomic
def accept(invitation: Invitation) -> User | None:
    """Make the account. None when the person has one already: then signing in goes the ordinary way."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.pk)
    if invitation.accepted_at:
        raise Refused(_("This invitation has been used already. You can sign in."))
    if invitation.is_expired:
        raise Refused(_("This invitation has expired."))
    person = invitation.person
    user = None if User.objects.filter(person=person).exists() else make_account(person, by=person)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record("invitation_accepted", invitation, by=person)
    return user


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation of a link; None when the link was never ours or a newer one replaced it."""
    try:
        public_id = read_token(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("person", "invited_by").filter(public_id=public_id).first()
