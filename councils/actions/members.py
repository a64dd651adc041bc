"""Who sits in a council, in which role, from which day until which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from councils.models import Council, Membership
from councils.states import CouncilRole
from portal.access import Refused
from portal.actions.invitations import invite
from portal.actions.people import add_person, change_email, change_person
from portal.audit import record
from portal.models import Person, User

SOON = timedelta(days=31)


@dataclass(frozen=True)
class Row:
    """One line of a pasted list."""

    name: str
    email: str = ""


@transaction.atomic
def add_member(
    council: Council,
    *,
    by: Person,
    name: str,
    starts_on: date,
    email: str = "",
    phone: str = "",
    post_address: str = "",
    send_invitation: bool = True,
    **facts: Any,
) -> Membership:
    """A person known by her e-mail address is that person, with her own name and details.

    `facts` are fields of Membership: role, votes, secretary_kind, ends_on, client_group, named_in_public.
    """
    Council.objects.select_for_update().get(pk=council.pk)
    person = add_person(name, by=by, email=email, phone=phone, post_address=post_address)
    refuse_double(council, person, facts.get("role", CouncilRole.MEMBER), starts_on, facts.get("ends_on"))
    membership = Membership.objects.create(person=person, council=council, starts_on=starts_on, **facts)
    record("member_added", membership, by=by)
    if email and send_invitation:
        invite(person, by=by, council_id=council.pk)
    return membership


@transaction.atomic
def add_members(
    council: Council, rows: list[Row], *, by: Person, starts_on: date, ends_on: date | None = None,
    send_invitation: bool = True,
) -> list[Membership]:  # fmt: skip
    """All of the list or none. Who is a member already is left as she is."""
    Council.objects.select_for_update().get(pk=council.pk)
    added = []
    for row in rows:
        try:
            with transaction.atomic():
                added.append(
                    add_member(
                        council,
                        by=by,
                        name=row.name,
                        email=row.email,
                        starts_on=starts_on,
                        ends_on=ends_on,
                        send_invitation=send_invitation,
                    )
                )
        except AlreadyMember:
            continue
    return added


class AlreadyMember(Refused):
    """The person sits in this role in that period."""


def refuse_double(
    council: Council, person: Person, role: str, starts_on: date, ends_on: date | None, besides: int | None = None
) -> None:
    same = council.memberships.filter(person=person, role=role).exclude(pk=besides).exclude(ends_on__lt=starts_on)
    if ends_on:
        same = same.exclude(starts_on__gt=ends_on)
    if same.exists():
        raise AlreadyMember(
            _("%(name)s already has this role in the council in that period.") % {"name": person.name}, field="role"
        )


@transaction.atomic
def change_membership(membership: Membership, *, by: Person, **facts: Any) -> Membership:
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("person", "council").get(pk=membership.pk)
    )
    was_secretary = membership.role == CouncilRole.SECRETARY
    for name, value in facts.items():
        setattr(membership, name, value)
    refuse_double(
        membership.council, membership.person, membership.role, membership.starts_on, membership.ends_on, membership.pk
    )
    if membership.role != CouncilRole.SECRETARY:
        membership.secretary_kind = ""
    if was_secretary and membership.role != CouncilRole.SECRETARY:
        refuse_without_secretary(membership.council, membership, localdate())
    elif was_secretary and membership.ends_on:
        refuse_without_secretary(membership.council, membership, membership.ends_on + timedelta(days=1))
    membership.save()
    record("member_changed", membership, by=by)
    return membership


@transaction.atomic
def end_membership(membership: Membership, last_day: date, *, by: Person) -> Membership:
    """Access goes on the day after the last day."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("council").get(pk=membership.pk)
    if last_day < membership.starts_on:
        raise Refused(_("The last day lies before the first day."), field="ends_on")
    membership.ends_on = last_day
    if membership.role == CouncilRole.SECRETARY:
        refuse_without_secretary(membership.council, membership, last_day + timedelta(days=1))
    membership.save(update_fields=["ends_on"])
    record("member_ended", membership, by=by)
    return membership


def refuse_without_secretary(council: Council, besides: Membership, gone_on: date) -> None:
    """A council must not soon be without a secretary: nobody could let another one in."""
    if gone_on > localdate() + SOON:
        return
    Council.objects.select_for_update().get(pk=council.pk)
    others = council.memberships.filter(role=CouncilRole.SECRETARY).exclude(pk=besides.pk)
    if not others.current(gone_on).exists():
        raise Refused(_("The council needs a secretary. First give somebody else this role."), field="role")


def may_edit_person(council: Council, person: Person) -> bool:
    """A secretary changes the details of who has no account yet and works for this council alone.

    Else a new e-mail address would open the room of another council, or somebody's account.
    """
    elsewhere = models.Q(memberships__isnull=False) & ~models.Q(memberships__council=council)
    return not (
        User.objects.filter(person=person).exists()
        or person.appointments.exists()
        or Person.objects.filter(pk=person.pk).filter(elsewhere).exists()
    )


@transaction.atomic
def change_member_details(
    membership: Membership, *, by: Person, name: str, email: str, phone: str, post_address: str
) -> None:
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    if not may_edit_person(membership.council, person):
        raise Refused(_("%(name)s keeps these details up to date.") % {"name": person.name})
    change_person(person, by=by, name=name, phone=phone, post_address=post_address)
    change_email(person, email, by=by)


@transaction.atomic
def invite_member(membership: Membership, *, by: Person) -> None:
    if invite(membership.person, by=by, council_id=membership.council_id) is None:
        raise Refused(_("%(name)s already has an account.") % {"name": membership.person.name})


@transaction.atomic
def set_named_in_public(person: Person, memberships: dict[int, bool], *, by: Person) -> None:
    """Consent is given and withdrawn by the person; the page changes at once."""
    for membership in Membership.objects.select_for_update().filter(person=person, pk__in=memberships):
        wanted = memberships[membership.pk]
        if membership.named_in_public != wanted:
            membership.named_in_public = wanted
            membership.save(update_fields=["named_in_public"])
            record("consent_given" if wanted else "consent_withdrawn", membership, by=by)
