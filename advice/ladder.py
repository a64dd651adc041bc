"""The ladder when no answer comes: reminder, letter to the alderman, copy to the clerk, evaluation on the agenda.

The order is that of the umbrella organisation of councils (domain.md §2.2); it names no days. The days are ours.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from advice.answered import standing_of
from advice.models import LadderLetter, LetterCopy
from advice.states import LadderKind
from councils.states import AuthorityKind

FROM_DAY = {  # so many days after the last day each step is offered
    LadderKind.REMINDER: 1,
    LadderKind.ALDERMAN: 14,
    LadderKind.CLERK: 28,
    LadderKind.EVALUATION: 42,
}


def steps_for(copy: LetterCopy) -> list[LadderKind]:
    """Only a municipality has a municipal council with a clerk."""
    municipal = copy.authority.kind == AuthorityKind.MUNICIPALITY
    return [kind for kind in LadderKind if municipal or kind != LadderKind.CLERK]


def days_too_late(due: date | None, today: date) -> int:
    return max((today - due).days, 0) if due else 0


def offered(steps: list[LadderKind], *, due: date | None, today: date, taken: Collection[str]) -> LadderKind | None:
    """The next step: the first after the highest that was taken, once its day has come."""
    late = days_too_late(due, today)
    done = [place for place, kind in enumerate(steps) if kind in taken]
    coming = steps[max(done) + 1 :] if done else steps
    return coming[0] if coming and late >= FROM_DAY[coming[0]] else None


@dataclass(frozen=True)
class LadderRows:
    """What was sent, what comes next, and what one may take out of its turn."""

    taken: list[LadderLetter]
    offered: LadderKind | None
    others: list[LadderKind]


def ladder_of(copy: LetterCopy, taken: list[LadderLetter], *, may: bool) -> LadderRows:
    """Offered only as long as the answer is late, and to who may send it."""
    if not may or standing_of(copy, copy.letter).state != "late":
        return LadderRows(taken, None, [])
    steps, kinds = steps_for(copy), {one.kind for one in taken}
    now = offered(steps, due=copy.due_on, today=timezone.localdate(), taken=kinds)
    return LadderRows(taken, now, [kind for kind in steps if kind not in kinds and kind != now])
