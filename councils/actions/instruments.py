"""The instruments of a rule book as the secretary fills them in."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from councils.models import Council, Instrument
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def save_instrument(council: Council, *, by: Person, instrument: Instrument | None = None, **facts: Any) -> Instrument:
    """A new instrument, or the corrected text of one. Dates that were counted before stay as they are."""
    Council.objects.select_for_update().get(pk=council.pk)
    others = council.instruments.exclude(pk=instrument.pk if instrument else None)
    if others.filter(title=facts["title"], valid_from=facts["valid_from"]).exists():
        raise Refused(_("Rules with this name and first day are there already."), field="title")
    is_new = instrument is None
    instrument = instrument or Instrument(council=council)
    for name, value in facts.items():
        setattr(instrument, name, value)
    instrument.save()
    record("instrument_created" if is_new else "instrument_changed", instrument, by=by)
    return instrument
