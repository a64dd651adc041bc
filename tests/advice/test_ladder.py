"""The steps of the council when no answer comes, walked by the day against a table written by hand."""

from datetime import date, timedelta

import pytest
import time_machine

from advice import ladder
from advice.answered import standing_of
from advice.ladder import next_step, steps_left
from advice.models import LetterCopy, Response
from advice.states import LadderKind, ResponseState
from tests.advice.answers import sent

SENT_ON = date(2026, 9, 2)
DUE, LATER = date(2026, 10, 28), date(2026, 11, 25)
REMINDER, ALDERMAN, CLERK, EVALUATION = (
    LadderKind.REMINDER, LadderKind.ALDERMAN, LadderKind.CLERK, LadderKind.EVALUATION,
)  # fmt: skip
DAYS = range(-15, 61)
# From which day what is offered, by a council that takes each step on the day that it is offered.
BY_HAND = {1: REMINDER, 14: ALDERMAN, 28: CLERK, 42: EVALUATION}


@pytest.fixture
def copy(council, authority, saskia) -> LetterCopy:
    with time_machine.travel(SENT_ON):
        return sent(council, authority, saskia, published=True)


def with_response(copy: LetterCopy, **facts) -> LetterCopy:
    Response.objects.create(copy=copy, council=copy.council, authority=copy.authority, **facts)
    return LetterCopy.objects.select_related("response", "letter", "authority").get(pk=copy.pk)


def walked(copy: LetterCopy, due: date = DUE) -> dict[int, LadderKind]:
    taken: list[str] = []
    offered: dict[int, LadderKind] = {}
    for day in DAYS:
        step = next_step(copy, due + timedelta(day), taken)
        if step:
            offered[day] = step
            taken.append(step)
    return offered


def test_each_step_is_offered_on_its_day_and_never_before(copy):
    assert walked(copy) == BY_HAND


def test_the_table_sees_one_day_that_is_moved(copy, monkeypatch):
    monkeypatch.setitem(ladder.OFFERED_AFTER, ALDERMAN, 15)

    assert walked(copy) != BY_HAND


def test_a_step_that_is_not_taken_stays_the_one_that_is_offered(copy):
    offered = [next_step(copy, DUE + timedelta(day), []) for day in DAYS]

    assert offered == [None] * 16 + [REMINDER] * 60


def test_an_extension_moves_the_whole_ladder(copy):
    later = with_response(copy, extended_until=LATER)

    assert next_step(later, LATER, []) is None
    assert walked(later, LATER) == BY_HAND


def test_a_letter_that_needs_no_answer_any_more_has_no_ladder(copy):
    lapsed = with_response(copy, state=ResponseState.LAPSED)

    assert walked(lapsed) == {}
    assert steps_left(lapsed, DUE + timedelta(60), []) == []


def test_an_early_step_and_a_skipped_one_are_named(copy):
    left = steps_left(copy, DUE + timedelta(14), [])

    assert [(one.kind, one.early, one.out_of_order) for one in left] == [
        (REMINDER, False, False), (ALDERMAN, False, True), (CLERK, True, True), (EVALUATION, True, True),
    ]  # fmt: skip


def test_each_step_is_there_once(copy):
    everything = [REMINDER, ALDERMAN, CLERK, EVALUATION]

    assert [one.kind for one in steps_left(copy, DUE + timedelta(60), [REMINDER, CLERK])] == [ALDERMAN, EVALUATION]
    assert next_step(copy, DUE + timedelta(60), everything) is None


def test_the_public_status_turns_late_on_the_day_after_the_last_day(copy):
    seen: dict[int, str] = {}
    for day in DAYS:
        with time_machine.travel(DUE + timedelta(day)):
            standing = standing_of(copy, copy.letter)
        seen[day] = standing.state

    assert list(seen.values()) == ["open"] * 16 + ["late"] * 60
