"""Dates as people read them: `dinsdag 12 mei 2026 om 19.30 uur`. Filters of {% load portal %} in templates."""

from datetime import date, datetime, time
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

SOON = 7  # days left from which a deadline warns


def as_date(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def long_date(value: date | None) -> str:
    return dateformat.format(local(value), "l j F Y") if value else ""


def plain_date(value: date | None) -> str:
    return dateformat.format(local(value), "j F Y") if value else ""


def day_month(value: date | None) -> str:
    return dateformat.format(local(value), "j F") if value else ""


def month_year(value: date | None) -> str:
    return dateformat.format(local(value), "F Y") if value else ""


def clock_time(value: datetime | time | None) -> str:
    if value is None or value == "":
        return ""
    return pgettext("clock time", "%(hour)s:%(minute)02d") % {"hour": local(value).hour, "minute": value.minute}


def long_datetime(value: datetime | None) -> str:
    if not value:
        return ""
    return _("%(date)s at %(time)s") % {"date": long_date(value), "time": clock_time(value)}


def deadline_words(left: int) -> tuple[str, str, str]:
    """Days left as tone, icon and words."""
    if left < 0:
        return "late", "warning", ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return "soon", "clock", _("today is the last day")
    words = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return ("soon" if left <= SOON else "calm"), "clock", words
