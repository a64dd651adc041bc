"""200 letters at once, every tenth fails halfway: no gap in the numbers, none twice. Two controls do fail."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from advice.actions import issuing
from advice.actions.issuing import issue
from advice.models import Letter, LetterCopy, NumberCounter
from advice.states import AdviceState
from portal import post
from portal.models import AuditEvent, Message
from tests.advice.letters import adopted_advice
from tests.database import owner_connection

TRIES, AT_ONCE = 200, 40
FAILING = range(0, TRIES, 10)
DAY = date(2026, 9, 2)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class ForcedFailure(Exception):
    """Stands for what can go wrong after the number was taken."""


def at_once(work: Callable[[int], None]) -> int:
    """Do `work` for every try, 40 connections at a time, all starting together. Returns how many failed as forced."""
    together = Barrier(AT_ONCE)

    def one(number: int) -> bool:
        if number < AT_ONCE:
            together.wait(30)
        try:
            with transaction.atomic():
                work(number)
                if number in FAILING:
                    raise ForcedFailure
        except ForcedFailure:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(one, range(TRIES)))


def test_no_gap_and_none_twice(council, authority, saskia, monkeypatch):
    monkeypatch.setattr(issuing, "ask_to_render", lambda copy_id: None)  # 200 PDFs and mails prove nothing here
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    advices = [adopted_advice(council, authority, saskia.person) for _number in range(TRIES)]
    started = time.monotonic()
    failed = at_once(lambda number: issue(advices[number], by=saskia.person, dated_on=DAY))
    seconds = time.monotonic() - started
    given = TRIES - len(FAILING)
    assert failed == len(FAILING)
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, given + 1))
    assert set(Letter.objects.values_list("reference", flat=True)) == {f"2026-{n:02}" for n in range(1, given + 1)}
    assert NumberCounter.objects.get(council=council, year=2026).last == given
    # What failed left nothing behind, and goes out later with the next numbers.
    assert LetterCopy.objects.count() == Message.objects.filter(kind="advice.letter").count() == given
    assert AuditEvent.objects.filter(event="letter.issued").count() == given
    again = [advices[number] for number in FAILING]
    assert {advice.__class__.objects.get(pk=advice.pk).state for advice in again} == {AdviceState.ADOPTED}
    later = [issue(advice, by=saskia.person, dated_on=DAY).serial for advice in again]
    assert later == list(range(given + 1, TRIES + 1))
    print(f"{TRIES} letters in {seconds:.1f} s")


def test_forty_presses_on_one_button_send_one_letter(council, authority, saskia, monkeypatch):
    monkeypatch.setattr(issuing, "ask_to_render", lambda copy_id: None)
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    advice = adopted_advice(council, authority, saskia.person)
    shown: list[str] = []
    at_once(lambda number: shown.append(issue(advice, by=saskia.person, dated_on=DAY).reference))
    assert set(shown) == {"2026-01"}
    assert Letter.objects.count() == Message.objects.filter(kind="advice.letter").count() == 1
    assert NumberCounter.objects.get(council=council, year=2026).last == 1


@pytest.fixture
def control_table(transactional_db):
    with owner_connection() as owner:
        owner.execute("CREATE TABLE control_number (serial integer NOT NULL)")
        owner.execute("CREATE SEQUENCE control_serial")
        owner.execute("GRANT SELECT, INSERT ON control_number TO PUBLIC")
        owner.execute("GRANT USAGE ON SEQUENCE control_serial TO PUBLIC")
    yield
    connection.close()
    with owner_connection() as owner:
        owner.execute("DROP TABLE control_number")
        owner.execute("DROP SEQUENCE control_serial")


def given_numbers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT serial FROM control_number ORDER BY serial")
        return [row[0] for row in cursor.fetchall()]


def take(question: str) -> Callable[[int], None]:
    def work(_number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(question)
            serial = cursor.fetchone()[0]
            time.sleep(0.002)  # making a letter takes longer
            cursor.execute("INSERT INTO control_number VALUES (%s)", [serial])

    return work


def test_control_the_highest_number_plus_one_comes_twice(control_table):
    at_once(take("SELECT coalesce(max(serial), 0) + 1 FROM control_number"))
    numbers = given_numbers()
    assert len(numbers) == TRIES - len(FAILING)
    assert len(set(numbers)) < len(numbers)


def test_control_a_sequence_leaves_gaps(control_table):
    at_once(take("SELECT nextval('control_serial')"))
    numbers = given_numbers()
    assert len(set(numbers)) == len(numbers) == TRIES - len(FAILING)
    assert set(range(1, max(numbers) + 1)) - set(numbers) != set()
