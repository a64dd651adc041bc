"""The days of a year plan: from a pattern to separate days. Plain dates in and out, nothing is kept as a rule."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LAST = -1
MOST = 60  # of one plan: more than one a week is no year plan


@dataclass(frozen=True)
class Pattern:
    """Either the `nth` `weekday` of each month (-1 is the last), or every `weeks` weeks from `first`."""

    first: date
    last: date
    weekday: int = 0
    nth: int = 0
    weeks: int = 0
    without_months: frozenset[int] = frozenset()

    def days(self) -> list[date]:
        found = self._of_months() if self.nth else self._of_weeks()
        return [day for day in found if self.first <= day <= self.last and day.month not in self.without_months][:MOST]

    def _of_months(self) -> Iterator[date]:
        year, month = self.first.year, self.first.month
        while date(year, month, 1) <= self.last:
            day = nth_weekday(year, month, self.weekday, self.nth)
            if day:
                yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def _of_weeks(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(weeks=self.weeks)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The second Tuesday of a month; None for a fifth one that is not there."""
    days = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    if nth == LAST:
        return date(year, month, days[-1])
    return date(year, month, days[nth - 1]) if nth <= len(days) else None
