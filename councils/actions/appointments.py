"""Who works for an authority, and who administers the portal: dated appointments."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from councils.models import Appointment, Authority
from councils.states import AuthorityRole
from portal.access import Refused
from portal.actions.invitations import invite
from portal.actions.people import add_person
from portal.audit import record
from portal.models import Person


@transaction.atomic
def add_appointment(
    authority: Authority | None,
    *,
    by: Person | None,
    name: str,
    email: str,
    role: str,
    starts_on: date,
    phone: str = "",
    ends_on: date | None = None,
) -> Appointment:
    """At an authority, or without one as administrator. The person is invited, unless nobody does it (a command)."""
    person = add_person(name, by=by, email=email, phone=phone)
    same = Appointment.objects.filter(person=person, authority=authority, role=role).exclude(ends_on__lt=starts_on)
    if ends_on:
        same = same.exclude(starts_on__gt=ends_on)
    if same.exists():
        raise Refused(_("%(name)s already has this role in that period.") % {"name": person.name}, field="role")
    appointment = Appointment.objects.create(
        person=person, authority=authority, role=role, starts_on=starts_on, ends_on=ends_on
    )
    record("appointed", appointment, by=by)
    if by is not None:
        invite(person, by=by, authority_id=authority.pk if authority else None)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, last_day: date, *, by: Person) -> None:
    """Access goes on the day after the last day."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if last_day < appointment.starts_on:
        raise Refused(_("The last day lies before the first day."), field="ends_on")
    if appointment.role == AuthorityRole.ADMINISTRATOR:
        # Locks all of them, so that two do not end each other.
        administrators = list(Appointment.objects.select_for_update().filter(role=AuthorityRole.ADMINISTRATOR))
        today = localdate()
        others = [a for a in administrators if a.pk != appointment.pk and a.starts_on <= today and a.ends_on is None]
        if not others:
            raise Refused(_("The portal needs an administrator. First appoint somebody else."), field="ends_on")
    appointment.ends_on = last_day
    appointment.save(update_fields=["ends_on"])
    record("appointment_ended", appointment, by=by)


@transaction.atomic
def invite_appointed(appointment: Appointment, *, by: Person) -> None:
    if invite(appointment.person, by=by, authority_id=appointment.authority_id) is None:
        raise Refused(_("%(name)s already has an account.") % {"name": appointment.person.name})
