"""Fees and participation follow from who was there, by the rule book of the day of each meeting."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from councils.models import Instrument
from meetings.actions.attendance import note_people
from meetings.attended import Period, attended_in
from meetings.states import Attendance, MeetingKind, MeetingState
from tests.factories import MeetingFactory, MembershipFactory, PersonFactory

FEE = {"scheme": "per_meeting", "amount": 32.5, "kinds": ["plenary"]}
ARTICLES = {"attendance_fee": "art. 12", "attendance_minimum": "art. 6"}


def held(council, day, *people, **more):
    starts = datetime(day.year, day.month, day.day, 19, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    meeting = MeetingFactory(council=council, starts_at=starts, **{"state": MeetingState.HELD, **more})
    note_people(meeting, {person.pk: Attendance.PRESENT for person in people})
    return meeting


@pytest.fixture
def year(council, fatma, chair, saskia):
    """Four meetings and what does not count: not held, another kind, another year, a part of a meeting."""
    rules = {"attendance_fee": FEE, "attendance_minimum": {"numerator": 1, "denominator": 2}, "articles": ARTICLES}
    Instrument.objects.update(rules=rules)
    first = held(council, date(2026, 1, 15), fatma.person, chair.person, saskia.person)
    held(council, date(2026, 5, 15), chair.person)
    held(council, date(2026, 9, 15), chair.person)
    held(council, date(2026, 10, 1), fatma.person, chair.person, kind=MeetingKind.BOARD)
    held(council, date(2026, 3, 1), fatma.person, state=MeetingState.INVITED)
    held(council, date(2025, 12, 31), fatma.person)
    held(council, date(2026, 1, 15), fatma.person, parent=first)
    return council


def lines(council, period):
    rows = attended_in(council, period).rows
    return [(row.person.name, row.present, row.meetings, row.amount) for row in rows]


def test_only_held_meetings_count_and_only_kinds_with_a_fee_are_paid(year):
    assert lines(year, Period(2026)) == [
        ("Chris Bakker", 4, 4, Decimal("97.50")), ("Fatma Yılmaz", 2, 4, Decimal("32.50")),
    ]  # fmt: skip
    assert lines(year, Period(2026, 1)) == [
        ("Chris Bakker", 1, 1, Decimal("32.50")), ("Fatma Yılmaz", 1, 1, Decimal("32.50")),
    ]  # fmt: skip


def test_each_meeting_pays_by_the_rules_of_its_day(year):
    Instrument.objects.update(valid_until=date(2026, 6, 30))
    Instrument.objects.create(
        council=year, title="Nieuw", kind="ordinance", adopted_by="municipal_council", valid_from=date(2026, 7, 1),
        rules={"attendance_fee": {"scheme": "per_meeting", "amount": 40}},
    )  # fmt: skip
    assert lines(year, Period(2026))[0][3] == Decimal("145.00")  # twice 32.50, twice 40
    Instrument.objects.filter(title="Nieuw").update(rules={"attendance_fee": {"scheme": "none"}})
    overview = attended_in(year, Period(2026))
    assert (overview.has_amounts, overview.total, overview.fee.article) == (True, Decimal("97.50"), "art. 12")


def test_without_an_amount_there_are_only_counts(year, saskia, sign_in):
    Instrument.objects.update(rules={"attendance_fee": {"scheme": "expenses_only"}})
    page = sign_in(saskia).get(reverse("meetings:fees", args=[year.slug]) + "?jaar=2026").content.decode()
    assert "geen bedrag per vergadering" in page
    assert "€" not in page


def test_a_name_in_the_file_is_never_a_formula(year, saskia, sign_in):
    evil = MembershipFactory(council=year, person=PersonFactory(name="=1+1")).person
    note_people(year.meetings.filter(starts_at__year=2026).order_by("pk")[0], {evil.pk: Attendance.PRESENT})
    answer = sign_in(saskia).get(reverse("meetings:fees_csv", args=[year.slug]) + "?jaar=2026")
    assert "'=1+1;1;1;32,50" in answer.content.decode("utf-8-sig")


def test_a_member_sees_only_her_own_line(year, fatma, sign_in):
    page = sign_in(fatma).get(reverse("meetings:own_fees") + "?jaar=2026").content.decode()
    assert "U was bij 2 van 4 vergaderingen." in page
    assert "32,50" in page
    assert "97,50" not in page


def test_who_came_less_than_the_rules_ask_is_marked(year, fatma, chair, sign_in):
    page = reverse("meetings:participation", args=[year.slug]) + "?jaar=2026"
    assert sign_in(chair).get(page).context["below"] == set()  # just half
    held(year, date(2026, 11, 2), chair.person)
    answer = sign_in(chair).get(page)
    assert answer.context["below"] == {fatma.person.pk}
    assert "art. 6" in answer.content.decode()
    Instrument.objects.update(rules={})
    assert sign_in(chair).get(page).context["below"] == set()


def test_it_costs_as_many_queries_for_a_large_council(year, django_assert_num_queries):
    for _one in range(2):
        with django_assert_num_queries(4):
            attended_in(year, Period(2026))
        people = [MembershipFactory(council=year).person for _two in range(12)]
        for month in range(1, 11):
            held(year, date(2026, month, 2), *people)
