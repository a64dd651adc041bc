"""The pattern of the letter numbers of a council, such as "ASD {year}-{serial:02}".

Read by an allow-list, never by str.format: a pattern is text that somebody typed.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIELD = re.compile(r"\{([a-z]+)(?::0([1-9]))?\}")
WIDTHS = {"year": 4, "yy": 2, "month": 2, "day": 2}  # of the dated parts; a serial is as long as it is


@dataclass(frozen=True)
class Number:
    """What a reference says: its serial, and its year when the pattern has one."""

    serial: int
    year: int | None = None


def check_pattern(pattern: str) -> None:
    """A validator for forms."""
    unknown = sorted({name for name, _width in FIELD.findall(pattern)} - {*WIDTHS, "serial"})
    if unknown or re.search(r"[{}]", FIELD.sub("", pattern)):
        raise ValidationError(_("Use only {year}, {yy}, {month}, {day} and {serial} between braces."))
    if [name for name, _width in FIELD.findall(pattern)].count("serial") != 1:
        raise ValidationError(_("The pattern needs {serial} once: that is the number that counts up."))


def names_the_year(pattern: str) -> bool:
    """Whether the serial can start again every year."""
    return any(name in ("year", "yy") for name, _width in FIELD.findall(pattern))


def format_number(pattern: str, on: date, serial: int) -> str:
    check_pattern(pattern)
    values = {"year": on.year, "yy": on.year % 100, "month": on.month, "day": on.day, "serial": serial}

    def written(field: re.Match[str]) -> str:
        name, width = field[1], field[2]
        return str(values[name]).zfill(int(width or WIDTHS.get(name, 1)))

    return FIELD.sub(written, pattern)


def parse_number(pattern: str, reference: str) -> Number | None:
    """The serial in a reference that fits the pattern; None when it does not fit."""
    check_pattern(pattern)
    seen: set[str] = set()
    expression, end = "", 0
    for field in FIELD.finditer(pattern):
        name = field[1]
        expression += re.escape(pattern[end : field.start()])
        digits = r"\d+" if name == "serial" else rf"\d{{{field[2] or WIDTHS[name]}}}"
        expression += f"(?P={name})" if name in seen else f"(?P<{name}>{digits})"
        seen.add(name)
        end = field.end()
    found = re.fullmatch(expression + re.escape(pattern[end:]), reference.strip(), flags=re.ASCII)
    if not found:
        return None
    parts = found.groupdict()
    year = int(parts["year"]) if "year" in parts else 2000 + int(parts["yy"]) if "yy" in parts else None
    return Number(int(parts["serial"]), year)
