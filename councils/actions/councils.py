"""Authorities, councils, and which council advises which authority."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from councils.actions.rulebooks import free_slug
from councils.models import Authority, ClientGroup, Council, Membership, ServedBody
from councils.patterns import faults
from councils.states import AnswerForm, CouncilRole
from portal.access import Refused
from portal.actions.people import clean_email
from portal.audit import record
from portal.models import Person


@transaction.atomic
def create_authority(*, by: Person, office_email: str = "", office_address: str = "", **facts: Any) -> Authority:
    """`facts` are fields of Authority: name, kind, tooi, addressee, salutation. The office is who letters go to."""
    check_authority(None, facts)
    authority = Authority(slug=free_slug(Authority, facts["name"]), **facts)
    authority.office = Person.objects.create(
        name=authority.addressee, email=clean_email(office_email), post_address=office_address.strip(), is_office=True
    )
    authority.save()
    record("authority_created", authority, by=by)
    return authority


@transaction.atomic
def change_authority(
    authority: Authority, *, by: Person, office_email: str, office_address: str, **facts: Any
) -> Authority:
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    check_authority(authority, facts)
    for name, value in facts.items():
        setattr(authority, name, value)
    office = authority.office or Person(is_office=True)
    office.name, office.email, office.post_address = (
        authority.addressee, clean_email(office_email), office_address.strip(),
    )  # fmt: skip
    office.save()
    authority.office = office
    authority.save()  # the address of its pages stays, also under a new name
    record("authority_changed", authority, by=by)
    return authority


MOST_SIGNATORIES = 3


@transaction.atomic
def change_answer_letter(
    authority: Authority, *, form: str, signatories: list[dict[str, str]], by: Person
) -> Authority:
    """How the answers of this authority look, and who sign them. Letters that were sent stay as they are."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    if form not in AnswerForm.values:
        raise Refused(_("Choose one of the answers."), field="form")
    given = [{name: one.get(name, "").strip() for name in ("name", "role")} for one in signatories]
    authority.answer_form = form
    authority.signatories = [one for one in given if any(one.values())][:MOST_SIGNATORIES]
    authority.save(update_fields=["answer_form", "signatories"])
    record("authority_answer_letter_changed", authority, by=by)
    return authority


def check_authority(authority: Authority | None, facts: dict[str, Any]) -> None:
    others = Authority.objects.exclude(pk=authority.pk) if authority else Authority.objects.all()
    if others.filter(name__iexact=facts["name"]).exists():
        raise Refused(_("There is already an authority with this name."), field="name")
    if facts.get("tooi") and others.filter(tooi=facts["tooi"]).exists():
        raise Refused(_("Another authority has this TOOI code."), field="tooi")


@transaction.atomic
def create_council(
    *,
    by: Person,
    authority: Authority | None = None,
    serves_from: date | None = None,
    secretary_kind: str = "",
    secretary_since: date | None = None,
    **facts: Any,
) -> Council:
    """A new council, the authority it advises, and with `secretary_since` its maker as secretary."""
    check_council(None, facts)
    council = Council.objects.create(slug=free_slug(Council, facts["name"]), **facts)
    record("council_created", council, by=by)
    if authority:
        add_served_body(council, authority, by=by, starts_on=serves_from)
    if secretary_since:
        membership = Membership.objects.create(
            person=by, council=council, role=CouncilRole.SECRETARY, votes=False, secretary_kind=secretary_kind,
            starts_on=secretary_since,
        )  # fmt: skip
        record("member_added", membership, by=by)
    return council


@transaction.atomic
def change_council(council: Council, *, by: Person, **facts: Any) -> Council:
    council = Council.objects.select_for_update().get(pk=council.pk)
    check_council(council, facts)
    for name, value in facts.items():
        setattr(council, name, value)
    council.save(update_fields=list(facts))
    record("council_changed", council, by=by)
    return council


def check_council(council: Council | None, facts: dict[str, Any]) -> None:
    others = Council.objects.exclude(pk=council.pk) if council else Council.objects.all()
    if "name" in facts and others.filter(name__iexact=facts["name"]).exists():
        raise Refused(_("There is already a council with this name."), field="name")
    for fault in faults(facts["number_pattern"]) if "number_pattern" in facts else ():
        raise Refused(fault, field="number_pattern")


@transaction.atomic
def add_served_body(
    council: Council, authority: Authority, *, by: Person, starts_on: date | None = None, ends_on: date | None = None
) -> ServedBody:
    if overlapping(council, authority, starts_on, ends_on).exists():
        raise Refused(_("The council already advises this authority in that period."), field="authority")
    served = ServedBody.objects.create(council=council, authority=authority, starts_on=starts_on, ends_on=ends_on)
    record("served_body_created", served, by=by)
    return served


@transaction.atomic
def change_served_body(served: ServedBody, *, by: Person, starts_on: date | None, ends_on: date | None) -> None:
    served = ServedBody.objects.select_for_update().get(pk=served.pk)
    others = overlapping(served.council, served.authority, starts_on, ends_on).exclude(pk=served.pk)
    if others.exists():
        raise Refused(_("The council already advises this authority in that period."), field="starts_on")
    served.starts_on, served.ends_on = starts_on, ends_on
    served.save(update_fields=["starts_on", "ends_on"])
    record("served_body_changed", served, by=by)


def overlapping(council: Council, authority: Authority, starts_on: date | None, ends_on: date | None):  # type: ignore[no-untyped-def]
    """Periods of the same pair that share a day with this one."""
    periods = ServedBody.objects.filter(council=council, authority=authority)
    if starts_on:
        periods = periods.exclude(ends_on__lt=starts_on)
    return periods.exclude(starts_on__gt=ends_on) if ends_on else periods


@transaction.atomic
def add_client_group(council: Council, name: str, *, by: Person) -> ClientGroup:
    name = name.strip()
    if council.client_groups.filter(name__iexact=name).exists():
        raise Refused(_("This group is on the list already."), field="name")
    group = ClientGroup.objects.create(council=council, name=name)
    record("client_group_added", group, by=by)
    return group


@transaction.atomic
def remove_client_group(group: ClientGroup, *, by: Person) -> None:
    if group.memberships.exists():
        raise Refused(_("Somebody speaks for this group. Change that first."))
    record("client_group_removed", group, by=by)
    group.delete()
