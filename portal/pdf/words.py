"""Small Dutch wording for print. Letters are Dutch content, not interface: print templates and these carry Dutch as is."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import date_format


def dutch_date(day: str | date) -> str:
    """2026-07-02 -> 2 juli 2026, whatever the language of the one who prints."""
    with translation.override("nl"):
        return date_format(date.fromisoformat(day) if isinstance(day, str) else day, "j F Y")


def listed(names: Sequence[str]) -> str:
    return " en ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
