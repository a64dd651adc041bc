"""Days on which a term of an ordinance does not end: Algemene termijnenwet art. 1 and 3.

The named holidays and Good Friday; 5 May counts every year. Days that a royal decree equates with a holiday for one
year (art. 3 lid 3) are not known here.
"""

from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.formats import date_format

SATURDAY = 5
LAW = "Algemene termijnenwet art. 1"


@cache
def holidays_of(year: int) -> dict[date, str]:
    """Public and optional together: the package calls 5 May optional outside the lustrum years, the law does not."""
    found = holidays.country_holidays("NL", years=year, language="nl", categories=("public", "optional"))
    return {day: name for day, name in found.items() if day.year == year}


def name_of_day_off(day: date) -> str | None:
    """'Tweede pinksterdag', 'zondag', or None for a working day."""
    if day in holidays_of(day.year):
        return holidays_of(day.year)[day]
    return date_format(day, "l") if day.weekday() >= SATURDAY else None


def next_working_day(day: date) -> date:
    while name_of_day_off(day):
        day += timedelta(days=1)
    return day
