"""The rule book (spelregels): what the instruments of a council say, and what follows from it on a day."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from councils.rulebook.outcome import Outcome, Step
from councils.rulebook.stack import Found, InstrumentText, RuleBook, Stack

if TYPE_CHECKING:
    from councils.models import Council

__all__ = ["Found", "InstrumentText", "Outcome", "RuleBook", "Stack", "Step", "rulebook_for", "stack_of"]


def stack_of(council: "Council") -> Stack:
    """Every instrument of the council, for the clocks that choose their own day."""
    return Stack(council.instruments.all())


def rulebook_for(council: "Council", on: date | None = None) -> RuleBook:
    """The rules of a day, today by default."""
    return stack_of(council).on(on or localdate())
