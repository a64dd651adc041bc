"""Taking an instrument into the rule book of a council."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from councils.models import Authority, Council, Instrument, ServedBody
from councils.rulebook.schema import Fault, FaultyInstrument, check
from councils.states import AuthorityKind
from portal.audit import record
from portal.models import Person

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"

# To whom letters are addressed until somebody says otherwise.
OFFICES = {
    AuthorityKind.MUNICIPALITY: ("College van burgemeester en wethouders", "Geacht college,"),
    AuthorityKind.JOINT_AUTHORITY: ("Dagelijks bestuur", "Geacht bestuur,"),
    AuthorityKind.NATIONAL_BODY: ("Raad van bestuur", "Geachte raad van bestuur,"),
}


@dataclass
class Loaded:
    """What came of it: the instrument, created, changed or unchanged, and sentences about what else was made."""

    instrument: Instrument
    result: str
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def load_instrument(content: dict[str, Any], *, by: Person | None) -> Loaded:
    """Take over what a file of rulebook.schema.json says. The same content twice changes nothing.

    An instrument with the same council, title and first day is replaced when it says something else. What the portal
    already knows about the council and its authorities stays; only blanks are filled.
    """
    check(content)
    notes: list[str] = []
    council = _council(content["council"], notes, by)
    for number, part in enumerate(content["authorities"]):
        authority = _authority(part, f"$.authorities[{number}]", notes, by)
        _served_body(council, authority, part, notes, by)
    instrument, result = _instrument(council, content, by)
    return Loaded(instrument, result, notes)


def _council(part: dict[str, Any], notes: list[str], by: Person | None) -> Council:
    name = part["name"].strip()
    council = Council.objects.select_for_update().filter(name=name).first()
    facts = {
        "legal_form": part.get("legal_form", ""),
        "founded_on": _day(part.get("founded_on")),
    }
    if council is None:
        delegated = part.get("delegated_by_councils", False)
        slug = free_slug(Council, name)
        council = Council.objects.create(
            name=name, slug=slug, kind=part["kind"], delegated_by_councils=delegated, **facts
        )
        record("council_created", council, by=by)
        notes.append(_("New council: %(name)s.") % {"name": name})
    elif _fill_blanks(council, facts):
        record("council_changed", council, by=by)
        notes.append(_("Completed: %(name)s.") % {"name": name})
    return council


def _authority(part: dict[str, Any], path: str, notes: list[str], by: Person | None) -> Authority:
    """By TOOI code, which outlives a change of name, or else by name."""
    name, tooi = part["name"].strip(), part.get("tooi", "")
    known = Authority.objects.select_for_update()
    authority = (known.filter(tooi=tooi).first() if tooi else None) or known.filter(name=name).first()
    if authority is None:
        addressee, salutation = OFFICES[AuthorityKind(part["kind"])]
        authority = Authority.objects.create(
            name=name,
            slug=free_slug(Authority, name),
            kind=part["kind"],
            tooi=tooi,
            addressee=addressee,
            salutation=salutation,
        )
        record("authority_created", authority, by=by)
        notes.append(_("New authority: %(name)s.") % {"name": name})
    elif tooi and authority.tooi and authority.tooi != tooi:
        message = _("%(name)s is known with the code %(tooi)s.") % {"name": name, "tooi": authority.tooi}
        raise FaultyInstrument([Fault(f"{path}.tooi", message)])
    elif _fill_blanks(authority, {"tooi": tooi}):
        record("authority_changed", authority, by=by)
        notes.append(_("Completed: %(name)s.") % {"name": authority.name})
    return authority


def _served_body(
    council: Council, authority: Authority, part: dict[str, Any], notes: list[str], by: Person | None
) -> None:
    facts = {"starts_on": _day(part.get("from")), "ends_on": _day(part.get("until"))}
    periods = list(ServedBody.objects.filter(council=council, authority=authority).order_by("starts_on"))
    names = {"council": council.name, "authority": authority.name}
    if not periods:
        served = ServedBody.objects.create(council=council, authority=authority, **facts)
        record("served_body_created", served, by=by)
        notes.append(_("%(council)s advises %(authority)s.") % names)
        return
    if any(all(day in (None, getattr(period, key)) for key, day in facts.items()) for period in periods):
        return
    if _fits(periods[-1], facts) and _fill_blanks(periods[-1], facts):
        record("served_body_changed", periods[-1], by=by)
        notes.append(_("Completed: the period in which %(council)s advises %(authority)s.") % names)
        return
    notes.append(
        _("The file names another period in which %(council)s advises %(authority)s; nothing changed.") % names
    )


def _fits(served: ServedBody, facts: dict[str, date | None]) -> bool:
    """Whether the file only adds days that are not known yet, in the right order."""
    if any(day and getattr(served, key) not in (None, day) for key, day in facts.items()):
        return False
    start, end = facts["starts_on"] or served.starts_on, facts["ends_on"] or served.ends_on
    return start is None or end is None or start <= end


def _instrument(council: Council, content: dict[str, Any], by: Person | None) -> tuple[Instrument, str]:
    part = content["instrument"]
    title, valid_from = part["title"].strip(), _day(part.get("valid_from"))
    facts = {
        "kind": part["kind"],
        "adopted_by": part["adopted_by"],
        "source": part["source"],
        "valid_until": _day(part.get("valid_until")),
        "legal_bases": part.get("legal_bases", []),
        "yields_to": part.get("yields_to", ""),
        "rules": content["rules"],
        "remarks": content.get("remarks", []),
    }
    same = Instrument.objects.select_for_update().filter(council=council, title=title)
    instrument = (
        same.filter(valid_from=valid_from).first() if valid_from else same.filter(valid_from__isnull=True).first()
    )
    if instrument is None:
        instrument = Instrument.objects.create(council=council, title=title, valid_from=valid_from, **facts)
        record("instrument_created", instrument, by=by)
        return instrument, CREATED
    if all(getattr(instrument, key) == value for key, value in facts.items()):
        return instrument, UNCHANGED
    for key, value in facts.items():
        setattr(instrument, key, value)
    instrument.save(update_fields=list(facts))
    record("instrument_changed", instrument, by=by)
    return instrument, CHANGED


def free_slug(model: type[models.Model], name: str) -> str:
    """The name as an address; a number behind it when another has that address."""
    base = slugify(name)[:70] or model._meta.model_name or "x"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _fill_blanks(obj: models.Model, facts: dict[str, Any]) -> bool:
    blank = {key: value for key, value in facts.items() if value and not getattr(obj, key)}
    for key, value in blank.items():
        setattr(obj, key, value)
    if blank:
        obj.save(update_fields=list(blank))
    return bool(blank)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
