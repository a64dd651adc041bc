"""Dutch wording for print. Letters are Dutch content, not interface, so print templates carry Dutch as it is."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format


def dutch_date(day: str | date) -> str:
    """2026-07-02 -> 2 juli 2026, whatever the language of the one who prints."""
    with translation.override("nl"):
        return date_format(date.fromisoformat(day) if isinstance(day, str) else day, "j F Y")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
