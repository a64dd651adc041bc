"""A year of meetings from a pattern: which days, what falls on them, and saved once as separate meetings."""

from datetime import date, time, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions.year import plan_year
from meetings.clashes import clashes_of, counted_years
from meetings.forms.year import PREFIX
from meetings.models import Meeting
from meetings.pattern import LAST, Pattern
from meetings.states import MeetingState
from portal.access import Refused
from portal.calendar import wall_clock
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory, ServedBodyFactory

PATTERN = {
    "plan-rhythm": "month", "plan-nth": "2", "plan-weekday": "1", "plan-first": "2027-01-01", "plan-last": "2027-12-31",
    "plan-without": ["8"], "plan-title": "Vergadering", "plan-kind": "plenary", "plan-starts": "19.30",
    "plan-ends": "21.30", "plan-place": "Gemeentehuis",
}  # fmt: skip


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def url(council) -> str:
    return reverse("meetings:year_plan", args=[council.slug])


@pytest.fixture
def desk(sign_in, saskia):
    return sign_in(saskia)


def rows_of(*days, starts="19.30", ends="21.30", seen=()) -> dict:
    data = {f"{PREFIX}-TOTAL_FORMS": len(days), f"{PREFIX}-INITIAL_FORMS": 0}
    for number, day in enumerate(days):
        data |= {f"{PREFIX}-{number}-day": day, f"{PREFIX}-{number}-starts": starts, f"{PREFIX}-{number}-ends": ends}
    for number, stamp in enumerate(seen):
        data[f"{PREFIX}-{number}-seen"] = stamp
    return data


def test_every_second_tuesday_without_august_gives_eleven_days():
    days = Pattern(date(2027, 1, 1), date(2027, 12, 31), weekday=1, nth=2, without_months=frozenset({8})).days()
    assert len(days) == 11
    assert days[:2] == [date(2027, 1, 12), date(2027, 2, 9)]
    assert {day.weekday() for day in days} == {1} and {(day.day - 1) // 7 for day in days} == {1}


def test_every_six_weeks_counts_from_the_first_day():
    days = Pattern(date(2027, 1, 5), date(2027, 6, 30), weeks=6).days()
    assert days == [date(2027, 1, 5), date(2027, 2, 16), date(2027, 3, 30), date(2027, 5, 11), date(2027, 6, 22)]


def test_the_last_friday_of_each_month():
    days = Pattern(date(2027, 2, 1), date(2027, 4, 30), weekday=4, nth=LAST).days()
    assert days == [date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]


def test_all_days_are_shown_and_nothing_is_saved(desk, url):
    page = desk.post(url, PATTERN | {"show": "1"})
    text = text_of(page)
    assert page.status_code == 200
    assert "11 data. Er is nog niets opgeslagen." in text
    assert "dinsdag 12 januari 2027" in text and "dinsdag 14 december 2027" in text and "augustus 2027" not in text
    assert not Meeting.objects.exists()


def test_what_is_kept_becomes_separate_drafts_with_their_own_uid(desk, url, council):
    data = PATTERN | rows_of("2027-01-12", "2027-07-13", "") | {"save": "1", "key": str(uuid4())}
    data[f"{PREFIX}-1-leave_out"] = ""
    page = desk.post(url, data, follow=True)
    assert "2 vergaderingen zijn gepland. Er is nog niemand uitgenodigd." in text_of(page)
    winter, summer = council.meetings.order_by("starts_at")
    assert {winter.state, summer.state} == {MeetingState.PLANNED} and winter.public_id != summer.public_id
    # The wall clock stays, the distance to UTC does not.
    assert winter.starts_at.isoformat() == "2027-01-12T18:30:00+00:00"
    assert summer.starts_at.isoformat() == "2027-07-13T17:30:00+00:00"


def test_a_date_can_be_skipped_changed_and_added(desk, url, council):
    data = PATTERN | rows_of("2027-01-12", "2027-02-10", "2027-05-20") | {"save": "1", "key": str(uuid4())}
    data[f"{PREFIX}-0-leave_out"] = "on"
    desk.post(url, data)
    assert [timezone.localdate(m.starts_at) for m in council.meetings.order_by("starts_at")] == [
        date(2027, 2, 10), date(2027, 5, 20),
    ]  # fmt: skip


def test_pressing_save_twice_plans_once(desk, url, council):
    data = PATTERN | rows_of("2027-01-12", "2027-02-09") | {"save": "1", "key": str(uuid4())}
    desk.post(url, data)
    again = text_of(desk.post(url, data, follow=True))
    assert council.meetings.count() == 2
    assert "Dit plan was al opgeslagen: 2 vergaderingen." in again
    later = data | rows_of("2027-04-06", "2027-04-13")
    desk.post(url, later)
    assert council.meetings.count() == 2
    desk.post(url, later | {"key": str(uuid4())})
    assert council.meetings.count() == 4  # the control: another page is another plan


def test_a_plan_is_saved_as_a_whole_or_not_at_all(council, saskia):
    start = wall_clock(date(2027, 3, 9), time(19, 30))
    wrong = [(start, start + timedelta(hours=2)), (start + timedelta(days=7), start)]
    with pytest.raises(Refused):
        plan_year(council, wrong, key=uuid4(), title="Vergadering", by=saskia.person)
    assert not Meeting.objects.exists()


def test_a_plan_without_dates_is_refused(desk, url):
    data = PATTERN | rows_of("2027-01-12") | {"save": "1", f"{PREFIX}-0-leave_out": "on"}
    page = desk.post(url, data)
    assert page.status_code == 422 and "Laat ten minste één datum in het plan staan." in text_of(page)


def test_a_time_that_the_clock_skips_is_refused_and_one_that_comes_twice_is_asked(desk, url, council):
    skipped = desk.post(url, PATTERN | rows_of("2027-03-28", starts="2.30", ends="4.00") | {"save": "1"})
    assert skipped.status_code == 422 and "Deze tijd bestaat niet" in text_of(skipped)
    data = PATTERN | rows_of("2027-10-31", starts="2.30", ends="4.00") | {"save": "1", "key": str(uuid4())}
    twice = desk.post(url, data)
    assert twice.status_code == 422 and "Kies welk van de 2 uren u bedoelt." in text_of(twice)
    answered = data | {f"{PREFIX}-0-fold": "1"}
    assert "Kies welk van de 2" not in text_of(desk.post(url, answered))
    seen = wall_clock(date(2027, 10, 31), time(2, 30), fold=1).isoformat()
    seen += wall_clock(date(2027, 10, 31), time(4)).isoformat()
    desk.post(url, answered | {f"{PREFIX}-0-seen": seen})
    assert council.meetings.get().starts_at.isoformat() == "2027-10-31T01:30:00+00:00"


def test_the_same_date_twice_is_said_at_the_date(desk, url):
    page = desk.post(url, PATTERN | rows_of("2027-01-12", "2027-01-12") | {"save": "1"})
    assert page.status_code == 422 and "Deze datum staat twee keer in het plan." in text_of(page)


def test_a_changed_date_on_a_holiday_is_shown_before_it_is_saved(desk, url, council):
    data = PATTERN | rows_of("2027-04-27") | {"save": "1", "key": str(uuid4())}
    page = desk.post(url, data)
    assert "Dit is Koningsdag." in text_of(page) and not council.meetings.exists()
    day = date(2027, 4, 27)
    seen = wall_clock(day, time(19, 30)).isoformat() + wall_clock(day, time(21, 30)).isoformat()
    desk.post(url, data | {f"{PREFIX}-0-seen": seen})
    assert council.meetings.count() == 1


def span(day: date) -> tuple:
    return wall_clock(day, time(19, 30)), wall_clock(day, time(21, 30))


def test_holiday_weekend_recess_and_own_meeting_are_named(council):
    instrument = council.instruments.get()
    instrument.rules["recess"] = [{"from": "07-15", "until": "08-25", "label": "zomerreces"}]
    instrument.rules["articles"]["recess"] = "art. 4"
    instrument.save()
    starts, ends = span(date(2027, 2, 9))
    MeetingFactory(council=council, title="Bestuur", starts_at=starts, ends_at=ends)
    MeetingFactory(council=council, title="Afgelast", starts_at=starts, ends_at=ends, state=MeetingState.CANCELLED)
    days = [date(2027, 2, 9), date(2027, 5, 17), date(2027, 7, 20), date(2027, 1, 9), date(2027, 1, 12)]
    assert clashes_of(council, [span(day) for day in days]) == [
        ["U heeft dan Bestuur, van 19.30 uur tot 21.30 uur."], ["Dit is Tweede pinksterdag."],
        ["In het zomerreces (art. 4)."], ["Dit is zaterdag."], [],
    ]  # fmt: skip


def test_of_other_councils_only_the_time_is_said_and_only_when_people_or_authority_are_shared(
    council, authority, fatma, desk, url
):
    same_people, same_authority, unknown = CouncilFactory(), CouncilFactory(), CouncilFactory()
    MembershipFactory(council=same_people, person=fatma.person)
    ServedBodyFactory(council=same_authority, authority=authority)
    for number, other in enumerate((same_people, same_authority, unknown)):
        starts, ends = span(date(2027, 2, 9 + number))
        MeetingFactory(council=other, title="KANARIE", place="KANARIE", starts_at=starts, ends_at=ends)
    said = clashes_of(council, [span(date(2027, 2, 9 + number)) for number in range(3)])
    assert said[:2] == [["Een andere adviesraad vergadert dan, van 19.30 uur tot 21.30 uur."]] * 2
    assert said[2] == []
    page = text_of(desk.post(url, PATTERN | {"show": "1"}))
    assert "Een andere adviesraad vergadert dan" in page
    assert "KANARIE" not in page and same_people.name not in page


def test_the_rule_book_says_whether_the_year_has_enough_meetings(council):
    assert counted_years(council, [date(2027, 1, 12)]) == []
    instrument = council.instruments.get()
    instrument.rules["meetings_per_year_min"] = 3
    instrument.rules["articles"]["meetings_per_year_min"] = "art. 6"
    instrument.save()
    starts, ends = span(date(2027, 6, 1))
    MeetingFactory(council=council, starts_at=starts, ends_at=ends)
    MeetingFactory(council=council, starts_at=starts, ends_at=ends, kind="board")
    few = counted_years(council, [date(2027, 1, 12)])[0]
    assert (few.number, few.least, few.article, few.too_few) == (2, 3, "art. 6", True)
    assert not counted_years(council, [date(2027, 1, 12), date(2027, 2, 9)])[0].too_few


def test_the_table_asks_as_much_for_many_dates(desk, url):
    desk.post(url, PATTERN | {"show": "1"})
    with CaptureQueriesContext(connection) as few:
        desk.post(url, PATTERN | {"show": "1", "plan-last": "2027-02-28"})
    with CaptureQueriesContext(connection) as many:
        desk.post(url, PATTERN | {"show": "1"})
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"plan-last": "2026-01-01"}, "De laatste dag ligt voor de eerste."),
        ({"plan-last": "2031-01-01"}, "Plan hooguit twee jaar."),
        ({"plan-rhythm": "weeks"}, "Vul in om de hoeveel weken u vergadert."),
        ({"plan-ends": "18.00"}, "Het einde moet later zijn dan het begin."),
        ({"plan-without": [str(n) for n in range(1, 13)]}, "Geen enkele dag past hierbij."),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_at_its_question(desk, url, change, sentence):
    page = desk.post(url, PATTERN | {"show": "1"} | change)
    assert page.status_code == 422 and sentence in text_of(page) and 'value="Gemeentehuis"' in text_of(page)
