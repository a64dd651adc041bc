"""Reminders of the last day of an answer: on which day, to whom, and when they are no longer needed."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command

from advice.actions.extending import extend_response
from advice.models import LetterCopy
from advice.terms import PASSED, THREE_DAYS, TWO_WEEKS, stage_of
from portal.models import Message
from portal.post import BUILDERS, NoLongerNeeded
from tests.advice.answers import answered, sent

DUE = date(2026, 10, 28)
# Days before or after the last day, and what goes out on that day when the command runs every day.
BY_HAND = {-14: {"advice.response_reminder": 1}, -3: {"advice.response_reminder": 1},
           1: {"advice.response_overdue": 1, "advice.response_silence": 2}}  # fmt: skip


@pytest.fixture
def copy(council, authority, saskia, chair, victor) -> LetterCopy:
    instrument = council.instruments.get()
    instrument.rules["response_term"] = {"weeks": 8}
    instrument.save()
    with time_machine.travel("2026-09-02 12:00:00+02:00"):
        return sent(council, authority, saskia)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("response_terms", *arguments, stdout=out)
    return out.getvalue()


def at(days: int):
    return time_machine.travel(DUE + timedelta(days=days, hours=0), tick=False)


def kinds() -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in Message.objects.filter(cause__startswith="answer-term:").values_list("kind", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found


def test_each_day_sends_what_the_table_says(copy):
    sent_on, before = {}, kinds()
    for days in range(-20, 30):
        with at(days):
            run("--apply")
            run("--apply")  # twice on a day changes nothing
        after = kinds()
        fresh = {kind: count - before.get(kind, 0) for kind, count in after.items() if count != before.get(kind, 0)}
        before = after
        if fresh:
            sent_on[days] = fresh
    assert sent_on == BY_HAND


def test_after_a_silence_of_the_portal_only_the_newest_goes(copy):
    with at(5):
        run("--apply")

    assert kinds() == {"advice.response_overdue": 1, "advice.response_silence": 2}


def test_long_ago_is_left_alone(copy):
    with at(40):
        run("--apply")

    assert kinds() == {}


def test_without_apply_it_only_counts(copy):
    with at(-3):
        assert run() == "1 answers are almost due, 0 have just passed, nothing done\n"

    assert kinds() == {}


def test_more_time_brings_new_reminders_and_stops_the_old_ones(copy, victor):
    with at(-3):
        run("--apply")
        old = Message.objects.get(kind="advice.response_reminder")
        until = DUE + timedelta(days=20)
        extend_response(copy, until=until, reason="Er is overleg nodig.", by=victor.person, anyway=True)
        with pytest.raises(NoLongerNeeded):
            BUILDERS[old.kind](old)
    with time_machine.travel(until - timedelta(days=3), tick=False):
        run("--apply")
    assert Message.objects.filter(kind="advice.response_reminder").count() == 2


def test_a_reminder_that_waited_until_after_the_last_day_is_not_sent(copy):
    with at(-3):
        run("--apply")
    reminder = Message.objects.get(kind="advice.response_reminder")
    with at(0):
        assert BUILDERS[reminder.kind](reminder).subject
    with at(1), pytest.raises(NoLongerNeeded):
        BUILDERS[reminder.kind](reminder)


def test_an_answer_makes_every_reminder_needless(copy, victor):
    with at(1):
        run("--apply")
        messages = list(Message.objects.filter(cause__startswith="answer-term:"))
        assert all("laatste dag" in BUILDERS[one.kind](one).subject.lower() for one in messages)
        answered(copy, victor)
        for one in messages:
            with pytest.raises(NoLongerNeeded):
                BUILDERS[one.kind](one)


def test_a_term_that_is_short_skips_what_lies_before_the_letter(copy):
    copy.letter.dated_on = DUE - timedelta(days=10)

    assert stage_of(copy, DUE - timedelta(days=9)) == ""
    assert stage_of(copy, DUE - timedelta(days=2)) == THREE_DAYS
    assert stage_of(copy, DUE + timedelta(days=1)) == PASSED
    copy.letter.dated_on = DUE - timedelta(days=20)
    assert stage_of(copy, DUE - timedelta(days=9)) == TWO_WEEKS
