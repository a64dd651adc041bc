"""How a clock runs: on which day it starts, how weeks are counted, and what happens on a day off.

A term of weeks does not count the day it starts on: six weeks from Monday 13 April end at the end of Monday 25 May.
Every last day is inclusive. A clock uses the rules that are in force on its own start day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from councils.rulebook import days_off
from councils.rulebook.outcome import Outcome, Step
from councils.rulebook.stack import Found, RuleBook, Stack

# Algemene termijnenwet art. 4: longer terms are not extended (90 days and 3 months are longer still).
LONGEST_SHIFTED_WEEKS = 12
LONGEST_COUNT = timedelta(days=20 * 366)


@dataclass(frozen=True)
class Letter:
    """The words for a letter that starts a clock."""

    dated: Any
    received: Any
    start_not_named: Any
    receipt_not_known: Any
    date_not_known: Any


REQUEST = Letter(
    dated=gettext_lazy("This is the date on the request."),
    received=gettext_lazy("The request came in."),
    start_not_named=gettext_lazy("The term starts on the date of the request: the rule does not say when it starts."),
    receipt_not_known=gettext_lazy("The request came in on its own date: the day of receipt is not known."),
    date_not_known=gettext_lazy("The request is dated on the day it came in: its own date is not known."),
)
ADVICE = Letter(
    dated=gettext_lazy("This is the date on the advice."),
    received=gettext_lazy("The authority received the advice."),
    start_not_named=gettext_lazy("The term starts on the date of the advice: the rule does not say when it starts."),
    receipt_not_known=gettext_lazy("The advice was received on its own date: the day of receipt is not known."),
    date_not_known=gettext_lazy("The advice is dated on the day it was received: its own date is not known."),
)


@dataclass(frozen=True)
class Start:
    """The day on which a term starts, the rules of that day, and what was taken for granted."""

    day: date
    book: RuleBook
    text: str
    assumed: tuple[str, ...] = ()


def start_by_date(stack: Stack, dated: date | None, received: date | None, letter: Letter) -> Start | None:
    """A term that runs from the date of the letter (dagtekening); the rule that names the start is the caller's."""
    if dated is not None:
        return Start(dated, stack.on(dated), str(letter.dated))
    if received is not None:
        return Start(received, stack.on(received), str(letter.received), (str(letter.date_not_known),))
    return None


def start_of(stack: Stack, key: str, dated: date | None, received: date | None, letter: Letter) -> Start | None:
    """Where the clock of the rule `key` starts, or None when the rule was not in force on that day."""
    by_date = start_by_date(stack, dated, received, letter)
    if by_date is None:
        return None
    arrival = received or by_date.day
    at_date, at_arrival = by_date.book.rule(key), stack.on(arrival).rule(key)
    if at_date and not from_receipt(at_date):
        not_named = () if "starts" in at_date.value else (str(letter.start_not_named),)
        return Start(by_date.day, by_date.book, by_date.text, by_date.assumed + not_named)
    # The rules changed between date and receipt: a term from receipt follows the rules of the day of receipt.
    if at_arrival is None or not (at_date or from_receipt(at_arrival)):
        return None
    not_known = (str(letter.receipt_not_known),) if received is None else ()
    return Start(arrival, stack.on(arrival), str(letter.received), not_known)


def from_receipt(found: Found) -> bool:
    return found.value.get("starts") == "receipt"


def run(
    start: Start,
    found: Found,
    weeks: int,
    *,
    text: str,
    extension: int = 0,
    recess: bool = False,
    assumed: Sequence[str] = (),
) -> Outcome:
    """The last day of a term, with its sum."""
    total = weeks + extension
    end = start.day + timedelta(weeks=weeks)
    steps = [Step(day_text(start.day), start.text)]
    steps.append(Step(weeks_text(weeks), f"{text} {that_is(end)}", found.article))
    if extension:
        end = start.day + timedelta(weeks=total)
        steps.append(Step(weeks_text(extension), _("The term may be extended.") + " " + that_is(end), found.article))
    taken: list[str] = [*found.assumed, *start.assumed, *assumed]
    if recess and (pause := start.book.rule("recess")):
        counted = count_days(start.day, total * 7, pause.value)
        if counted > end:
            steps.append(pause_step(pause, start.day, end, counted))
            taken += pause.assumed
            end = counted
    end, step, remark = shifted(start.book, found, end, total)
    steps += [step] if step else []
    taken += [remark] if remark else []
    return Outcome(end, found.article, found.instrument, tuple(dict.fromkeys(taken)), tuple(steps))


def count_days(start: date, days: int, recess: Sequence[dict[str, str]]) -> date:
    """The day on which `days` days have passed that lie outside every recess."""
    day, left = start, days
    while left > 0:
        day += timedelta(days=1)
        left -= not any(in_recess(day, period) for period in recess)
        if day - start > LONGEST_COUNT:
            raise ValueError("the recess leaves no days to count")
    return day


def in_recess(day: date, period: dict[str, str]) -> bool:
    """MM-DD compares as text. A recess may run over the turn of the year."""
    today, first, last = f"{day:%m-%d}", period["from"], period["until"]
    if first <= last:
        return first <= today <= last
    return today >= first or today <= last


def shifted(book: RuleBook, found: Found, end: date, weeks: int) -> tuple[date, Step | None, str | None]:
    """A last day on a day off: the day that counts, the step that explains it, and what was taken for granted."""
    name = days_off.name_of_day_off(end)
    if name is None:
        return end, None, None
    its_day = {"date": day_text(end), "name": name}
    said = book.rule("deadline_on_day_off")
    if said and said.value == "unchanged":
        text = _("This is %(name)s. The last day stays the same.") % its_day
        return end, Step(day_text(end), text, said.article), None
    if not said and found.kind != "ordinance":
        remark = _("%(date)s is %(name)s. The last day stays the same: “%(title)s” is not an ordinance.")
        return end, None, remark % (its_day | {"title": found.instrument})
    if not said and weeks > LONGEST_SHIFTED_WEEKS:
        text = _("This is %(name)s. The last day stays the same: the term is longer than 12 weeks.") % its_day
        return end, Step(day_text(end), text, "Algemene termijnenwet art. 4"), None
    working_day = days_off.next_working_day(end)
    text = _("%(date)s is %(name)s. The next working day counts.") % its_day
    article = said.article if said else days_off.LAW
    return working_day, Step(days_text((working_day - end).days), text, article), None


def pause_step(pause: Found, start: date, end: date, counted: date) -> Step:
    """Names only the periods that held the clock up."""
    term = [start + timedelta(days=number) for number in range(1, (counted - start).days + 1)]
    held_up = [period for period in pause.value if any(in_recess(day, period) for day in term)]
    labels = ", ".join(period["label"] for period in held_up if period.get("label")) or _("recess")
    text = _("Days in this period do not count: %(labels)s.") % {"labels": labels}
    return Step(days_text((counted - end).days), f"{text} {that_is(counted)}", pause.article)


def day_text(day: date) -> str:
    return date_format(day, "j F Y")


def that_is(day: date) -> str:
    return _("That is %(date)s.") % {"date": day_text(day)}


def weeks_text(count: int) -> str:
    return ngettext("+ %(count)d week", "+ %(count)d weeks", count) % {"count": count}


def days_text(count: int) -> str:
    return ngettext("+ %(count)d day", "+ %(count)d days", count) % {"count": count}
