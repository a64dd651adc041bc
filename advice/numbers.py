"""Letter numbers: per council, series and year, without a gap.

The lock on the counter row is held until the transaction of the letter ends, so a number exists only together with
its letter: when the transaction fails, the number was never taken.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from advice.models import Letter, NumberCounter
from councils.models import Council
from councils.patterns import PLACE, faults, format_number
from portal.access import Refused

SERIES = "advice"
EVERY_YEAR = 0  # the counter of a pattern that does not name the year runs on
MOST = 1000  # numbers in a row that can be in use already
WIDTHS = {"year": 4, "yy": 2, "month": 2, "day": 2}  # of the dated parts; a serial is as long as it is


@dataclass(frozen=True)
class Number:
    """What a reference says: its serial, and its year when the pattern has one."""

    serial: int
    year: int | None = None


def parse_number(pattern: str, reference: str) -> Number | None:
    """The serial in a reference that fits the pattern of the council; None when it does not fit."""
    expression, end = "", 0
    for place in PLACE.finditer(pattern):
        name = place[1]
        digits = r"\d+" if name == "serial" else rf"\d{{{place[2] or WIDTHS[name]}}}"
        group = f"(?P={name})" if f"(?P<{name}>" in expression else f"(?P<{name}>{digits})"
        expression += re.escape(pattern[end : place.start()]) + group
        end = place.end()
    found = re.fullmatch(expression + re.escape(pattern[end:]), reference.strip(), flags=re.ASCII)
    parts = found.groupdict() if found else {}
    if "serial" not in parts:
        return None
    year = int(parts["year"]) if "year" in parts else 2000 + int(parts["yy"]) if "yy" in parts else None
    return Number(int(parts["serial"]), year)


def pattern_behind(reference: str, on: date) -> str | None:
    """The pattern that a council seems to use: the year of the letter and, after it, one number that counts up."""
    before, year, after = reference.partition(str(on.year))
    counts = list(re.finditer(r"[0-9]+", after))
    if not year or len(counts) != 1 or re.search(r"[0-9]", before):
        return None
    digits = counts[0][0]
    serial = f"{{serial:0{len(digits)}}}" if digits.startswith("0") else "{serial}"
    pattern = f"{before}{{year}}{after[: counts[0].start()]}{serial}{after[counts[0].end() :]}"
    fits = not list(faults(pattern)) and parse_number(pattern, reference)
    return pattern if fits and len(pattern) <= 60 else None


def counter_year(council: Council, on: date) -> int:
    names = {place[1] for place in PLACE.finditer(council.number_pattern)}
    return on.year if names & {"year", "yy"} else EVERY_YEAR


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
