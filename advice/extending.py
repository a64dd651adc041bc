"""More time for the answer (verdaging): what the rule book allows, and what has to be said of a day before it is kept.

The rules warn. Only a day that is no extension at all is refused (advice.actions.extending).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.answered import days_between
from advice.models import LetterCopy
from advice.querysets import SETTLED
from consultations.planning import sum_of
from councils.rulebook import Outcome, stack_of
from councils.rulebook.terms import response_due_extended
from portal.dates import plain_date


def allowed_by_rules(copy: LetterCopy) -> Outcome | None:
    """The last day after the one extension that the rule book of the council allows; None when it names none."""
    with override("nl"):  # how the day was counted is kept, whatever language somebody reads
        return response_due_extended(stack_of(copy.council), issue_date=copy.letter.dated_on)


def wants_answer(copy: LetterCopy) -> bool:
    response = getattr(copy, "response", None)
    return response is None or response.state not in SETTLED


@dataclass(frozen=True)
class Proposal:
    """A new last day beside the rules. `on` is the day of the message."""

    copy: LetterCopy
    until: date
    on: date
    allowed: Outcome | None

    @property
    def is_second(self) -> bool:
        return self.copy.extended_until is not None

    @property
    def is_within_rules(self) -> bool:
        return self.allowed is not None and not self.is_second and self.until <= self.allowed.day

    @property
    def days_late(self) -> int:
        due = self.copy.due_on
        return max((self.on - due).days, 0) if due else 0

    def objections(self) -> list[str]:
        """What the rules say against it: shown before it is kept, and kept with it."""
        found = []
        if self.is_second:
            said = _("The answer was put off before, until %(day)s. The rules name one extension at most.")
            found.append(said % {"day": plain_date(self.copy.extended_until)})
        if self.allowed is None:
            found.append(_("The rules of the council say nothing about more time."))
        elif self.until > self.allowed.day:
            facts = {"day": plain_date(self.allowed.day), "article": self.allowed.article or self.allowed.instrument}
            found.append(
                _("This is later than the rules allow. They allow %(day)s at the latest (%(article)s).") % facts
            )
        return found

    @property
    def article(self) -> str:
        return (self.allowed.article or "")[:200] if self.allowed and self.is_within_rules else ""

    def steps(self) -> list[dict[str, Any]]:
        """How the day came about, for {% why_date %}: the sum of the rules, or that the authority chose it."""
        with override("nl"):
            steps = sum_of(self.allowed) if self.is_within_rules else list(self.copy.due_steps)
            if not self.is_within_rules or (self.allowed and self.until != self.allowed.day):
                steps.append(line(plain_date(self.until), _("The authority chose this day.")))
            steps += [line("", objection) for objection in self.objections()]
            if self.days_late:
                late = _("This was said after the last day: %(days)s late.") % {"days": days_between(self.days_late)}
                steps.append(line(plain_date(self.on), late))
        return steps


def line(label: str, text: str) -> dict[str, Any]:
    return {"label": label, "text": text, "article": None}


def proposed_day(copy: LetterCopy, today: date) -> date | None:
    """What stands in the form: the day of the rules, when it is still ahead."""
    allowed = allowed_by_rules(copy)
    later_than = max(filter(None, [copy.due_on, today]))
    if allowed and copy.extended_until is None and allowed.day > later_than:
        return allowed.day
    return None
