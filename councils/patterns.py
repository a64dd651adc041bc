"""Patterns of letter numbers. An allow-list of places to fill; never str.format, which would read attributes."""

import re
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

PLACE = re.compile(r"\{(year|yy|month|day|serial)(?::0([1-6]))?\}")
ALLOWED_TEXT = re.compile(r"[\w .,/()\-–]*")


def format_number(pattern: str, day: date, serial: int) -> str:
    """`ASD {year}-{serial:02}` on 9 March 2026 with 7 is `ASD 2026-07`."""
    values = {"year": day.year, "yy": day.year % 100, "month": day.month, "day": day.day, "serial": serial}
    least = {"yy": 2, "month": 2, "day": 2}

    def fill(match: re.Match[str]) -> str:
        name, width = match[1], int(match[2] or 0)
        return str(values[name]).zfill(max(width, least.get(name, 0)))

    return PLACE.sub(fill, pattern)


def example(pattern: str) -> str:
    """The seventh letter of this year."""
    return format_number(pattern, localdate(), 7)


def faults(pattern: str) -> Iterator[str]:
    names = [match[1] for match in PLACE.finditer(pattern)]
    rest = PLACE.sub("", pattern)
    if "{" in rest or "}" in rest:
        yield _("Between braces only {year}, {yy}, {month}, {day} and {serial} may stand.")
    elif not ALLOWED_TEXT.fullmatch(rest):
        yield _("Use only letters, digits, spaces and the signs . , / ( ) - in the number.")
    if names.count("serial") != 1:
        yield _("The number needs {serial} once: it counts the letters of the year.")
    if "year" not in names and "yy" not in names:
        yield _("The number needs {year} or {yy}: the count starts again every year.")


def validate_pattern(pattern: str) -> None:
    found = list(faults(pattern))
    if found:
        raise ValidationError(found)
