"""Persons and their accounts. A person is entered by whoever works with her; her account is her own."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.audit import record
from portal.models import Person, User


def clean_email(email: str) -> str:
    """One spelling everywhere, so that an address finds its person."""
    return email.strip().lower()


def person_by_email(email: str) -> Person | None:
    email = clean_email(email)
    return Person.objects.filter(email__iexact=email, is_office=False).first() if email else None


@transaction.atomic
def add_person(name: str, *, by: Person | None, email: str = "", phone: str = "", post_address: str = "") -> Person:
    """The person with this address where there is one, unchanged: what others entered stays theirs."""
    known = person_by_email(email)
    if known:
        return known
    person = Person.objects.create(
        name=name.strip(), email=clean_email(email), phone=phone.strip(), post_address=post_address.strip()
    )
    record("person_added", person, by=by)
    return person


@transaction.atomic
def change_person(person: Person, *, by: Person, name: str, phone: str, post_address: str) -> None:
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.name, person.phone, person.post_address = name.strip(), phone.strip(), post_address.strip()
    person.save(update_fields=["name", "phone", "post_address"])
    record("person_changed", person, by=by)


@transaction.atomic
def change_email(person: Person, email: str, *, by: Person) -> None:
    """The address of the person and of her account stay one; an invitation to the old address is dead."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    email = clean_email(email)
    if email == person.email:
        return
    other = person_by_email(email)
    user = User.objects.filter(person=person).first()
    if other and other.pk != person.pk:
        raise Refused(_("There is already somebody with this e-mail address."), field="email")
    if user and not email:
        raise Refused(_("Who has an account needs an e-mail address."), field="email")
    person.email, person.email_failed_at = email, None
    person.save(update_fields=["email", "email_failed_at"])
    person.invitations.filter(accepted_at=None).update(expires_at=timezone.now())
    if user:
        user.email = email
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record("email_changed", person, by=by)


@transaction.atomic
def make_account(person: Person, *, by: Person | None) -> User:
    """An account without a password: its owner signs in with a code by e-mail."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.email:
        raise Refused(_("%(name)s has no e-mail address, and an account needs one.") % {"name": person.name})
    if User.objects.filter(person=person).exists():
        raise Refused(_("%(name)s already has an account.") % {"name": person.name})
    user = User.objects.create_user(person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("account_made", user, by=by)
    return user
