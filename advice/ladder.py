"""The ladder when no answer comes: which step the council is offered on a day.

Stimulansz and the Koepel name the order of the steps, not the days: the days are our own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advice.answered import given_to
from advice.models import LetterCopy
from advice.states import LadderKind

# How many days after the last day (an extension counted in) a step is offered, in the order of the ladder.
OFFERED_AFTER: dict[LadderKind, int] = {
    LadderKind.REMINDER: 1,
    LadderKind.ALDERMAN: 14,
    LadderKind.CLERK: 28,
    LadderKind.EVALUATION: 42,
}


@dataclass(frozen=True)
class Step:
    """A step of the ladder that may still be taken, and whether it comes before its day or its turn."""

    kind: LadderKind
    early: bool
    out_of_order: bool


def days_past(due: date | None, today: date) -> int:
    """How many days the answer is late. On the last day itself it is not late yet."""
    return max((today - due).days, 0) if due else 0


def stands(copy: LetterCopy, today: date) -> bool:
    """Whether the ladder is there: the last day has passed, and no answer came or has to come no more."""
    return not given_to(copy) and not copy.has_lapsed and days_past(copy.due_on, today) > 0


def next_step(copy: LetterCopy, today: date, sent: Iterable[str]) -> LadderKind | None:
    """The first step that was not taken, once its day has come."""
    if not stands(copy, today):
        return None
    taken = set(sent)
    left = [kind for kind in OFFERED_AFTER if kind not in taken]
    return left[0] if left and days_past(copy.due_on, today) >= OFFERED_AFTER[left[0]] else None


def steps_left(copy: LetterCopy, today: date, sent: Iterable[str]) -> list[Step]:
    """Every step that may be taken, each once: a council may go faster or skip one, and is told so."""
    if not stands(copy, today):
        return []
    taken, late = set(sent), days_past(copy.due_on, today)
    left = [kind for kind in OFFERED_AFTER if kind not in taken]
    return [Step(kind, late < OFFERED_AFTER[kind], kind != left[0]) for kind in left]
