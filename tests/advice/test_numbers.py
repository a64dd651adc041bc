"""Letter numbers: patterns, counters per year, and what older letters do to them."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from advice.actions.issuing import issue
from advice.models import NumberCounter
from advice.numbers import Number, parse_number, pattern_behind, preview_number, raise_counter, take_number
from councils.patterns import format_number
from tests.advice.letters import adopted_advice

DAY = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("pattern", "serial", "reference"),
    [
        ("ASD {year}-{serial}", 7, "ASD 2026-7"),
        ("CRA {year}-{serial:02}", 8, "CRA 2026-08"),
        ("{year}{serial:04}", 10, "20260010"),
        ("BR{year}{month}{day}-{serial}WmoR", 4, "BR20260203-4WmoR"),
        ("{yy}.{serial:02}", 123, "26.123"),
        ("{serial}", 12, "12"),
    ],
)
def test_a_pattern_makes_a_reference_and_reads_it_back(pattern, serial, reference):
    assert format_number(pattern, DAY, serial) == reference
    assert parse_number(pattern, reference) == Number(serial, 2026 if "y" in pattern else None)


@pytest.mark.parametrize("reference", ["ASD 2026-", "ASD 26-7", "asd 2026-7", "ASD 2026-7 bis", "ASD 2026-٧", ""])
def test_a_reference_that_does_not_fit_is_not_read(reference):
    assert parse_number("ASD {year}-{serial}", reference) is None


@pytest.mark.parametrize(
    ("reference", "pattern"),
    [
        ("ASD 2026-11", "ASD {year}-{serial}"),
        ("CRA 2026-08", "CRA {year}-{serial:02}"),
        ("20260010", "{year}{serial:04}"),
        ("BR20260203-4WmoR", None),  # the date stands there too: it could be read in two ways
        ("12", None),
        ("Brief van mei 2026", None),
        ("ASD 2025-11", None),
    ],
)
def test_the_pattern_behind_a_reference_is_taken_over_only_when_it_is_plain(reference, pattern):
    assert pattern_behind(reference, DAY) == pattern


def test_numbers_count_per_council_and_year(council, stijn):
    council.number_pattern = "ASD {year}-{serial}"
    other = stijn.person.memberships.get().council
    assert take_number(council, date(2026, 12, 31)) == (1, "ASD 2026-1")
    assert take_number(council, date(2026, 1, 1)) == (2, "ASD 2026-2")
    assert take_number(council, date(2027, 1, 1)) == (1, "ASD 2027-1")
    assert take_number(other, date(2026, 5, 5)) == (1, "2026-01")


def test_without_a_year_in_the_pattern_the_numbers_run_on(council):
    council.number_pattern = "{serial}"
    assert take_number(council, date(2026, 12, 31)) == (1, "1")
    assert take_number(council, date(2027, 1, 1)) == (2, "2")


def test_a_look_at_the_number_takes_nothing(council):
    assert [preview_number(council, DAY), preview_number(council, DAY)] == ["2026-01", "2026-01"]
    assert take_number(council, DAY) == (1, "2026-01")


def test_an_older_letter_pushes_the_counter_on_but_never_back(council):
    council.number_pattern = "ASD {year}-{serial}"
    raise_counter(council, "ASD 2026-11", date(2026, 7, 2))
    raise_counter(council, "ASD 2026-3", date(2026, 3, 2))
    raise_counter(council, "Brief van de voorzitter", date(2026, 3, 2))
    assert take_number(council, date(2026, 8, 1)) == (12, "ASD 2026-12")
    assert take_number(council, date(2025, 8, 1)) == (1, "ASD 2025-1")


def test_the_year_is_the_year_in_the_netherlands(council, authority, saskia):
    advice = adopted_advice(council, authority, saskia.person)
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):  # 0.30 on New Year's Day
        letter = issue(advice, by=saskia.person)
    assert (letter.reference, letter.year, letter.dated_on) == ("2027-01", 2027, date(2027, 1, 1))
    assert NumberCounter.objects.get(council=council).year == 2027
