"""Letter numbers: per council, series and year, without a gap.

The lock on the counter row is held until the transaction of the letter ends, so a number exists only together with
its letter: when the transaction fails, the number was never taken.
"""

from datetime import date

from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from advice.models import Letter, NumberCounter
from councils.models import Council
from councils.patterns import format_number, names_the_year, parse_number
from portal.access import Refused

SERIES = "advice"
EVERY_YEAR = 0  # the counter of a pattern that does not name the year runs on
MOST = 1000  # numbers in a row that can be in use already


def counter_year(council: Council, on: date) -> int:
    return on.year if names_the_year(council.number_pattern) else EVERY_YEAR


def preview_number(council: Council, on: date) -> str:
    """The number that a letter of that day gets if nobody is quicker. Takes nothing."""
    counter = NumberCounter.objects.filter(council=council, series=SERIES, year=counter_year(council, on)).first()
    return first_free(council, on, counter.last if counter else 0)[1]


def take_number(council: Council, on: date) -> tuple[int, str]:
    """The next serial and the reference made of it. Inside the transaction that makes the letter."""
    counter = locked_counter(council, counter_year(council, on))
    serial, reference = first_free(council, on, counter.last)
    counter.last = serial
    counter.save(update_fields=["last"])
    return serial, reference


def raise_counter(council: Council, reference: str, on: date) -> None:
    """A letter from before the portal pushes the counter on, if its reference fits the pattern of the council."""
    number = parse_number(council.number_pattern, reference)
    if number is None or number.serial > 10**6:
        return
    year = number.year if number.year is not None else counter_year(council, on)
    counter = locked_counter(council, year)
    NumberCounter.objects.filter(pk=counter.pk).update(last=Greatest("last", number.serial))


def locked_counter(council: Council, year: int) -> NumberCounter:
    NumberCounter.objects.get_or_create(council=council, series=SERIES, year=year)
    return NumberCounter.objects.select_for_update().get(council=council, series=SERIES, year=year)


def first_free(council: Council, on: date, last: int) -> tuple[int, str]:
    """After `last`; a reference that an older letter happens to have is passed over."""
    for serial in range(last + 1, last + MOST):
        reference = format_number(council.number_pattern, on, serial)
        if not Letter.objects.filter(council=council, reference=reference).exists():
            return serial, reference
    raise Refused(_("No free number was found. Look at the pattern of the letter numbers."))
