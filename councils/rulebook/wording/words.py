"""Numbers, days and bodies as the sentences name them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.rulebook.sentences import Who

Said = Iterator[SafeString]
LEAP_YEAR = 2024


def weeks(n: int) -> str:
    return ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}


def days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def months(n: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}


def years(n: int) -> str:
    return ngettext("%(n)d year", "%(n)d years", n) % {"n": n}


def times(n: int) -> str:
    return ngettext("%(n)d time", "%(n)d times", n) % {"n": n}


def euros(amount: float) -> str:
    return f"€ {amount:.2f}".replace(".", ",")


def monthday(text: str) -> str:
    return date_format(date.fromisoformat(f"{LEAP_YEAR}-{text}"), "j F")


def part(fraction: dict[str, Any]) -> str:
    known = {(1, 2): _("half"), (2, 3): _("two thirds"), (1, 3): _("one third"), (3, 4): _("three quarters")}
    pair = fraction["numerator"], fraction["denominator"]
    return known.get(pair) or _("%(numerator)d of every %(denominator)d") % fraction


def body(code: str, who: Who) -> str:
    return {
        "executive": _("the executive"),
        "municipal_council": _("the municipal council"),
        "joint_board": _("the joint board"),
        "board_of_directors": _("the board of directors"),
        "council_itself": who.council,
        "organisations": _("interest organisations"),
        "nobody": _("nobody"),
    }.get(code, code)


def person(code: str) -> str:
    return {
        "chair": _("the chair"),
        "secretary": _("the secretary"),
        "municipal_council": _("the municipal council"),
        "clerk": _("the clerk"),
        "alderman": _("the alderman"),
        "director": _("the director"),
    }[code]
