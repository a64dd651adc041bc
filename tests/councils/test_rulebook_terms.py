"""Last days, worked out by hand with a calendar. The sums stand beside the cases that need one."""

import json
from datetime import date
from pathlib import Path

import pytest

from councils.rulebook import InstrumentText, Stack, terms
from councils.rulebook.days_off import holidays_of, name_of_day_off

RULEBOOKS = Path(__file__).parents[1] / "data" / "rulebooks"
D = date.fromisoformat


def instrument(kind="ordinance", title="Verordening", since="2020-01-01", until=None, **rules):
    valid_from, valid_until = since and D(since), until and D(until)
    return InstrumentText(title, kind, rules, valid_from=valid_from, valid_until=valid_until)


def stack(*args, **rules):
    return Stack([*args, instrument(**rules)] if rules or not args else args)


def from_files(*names):
    texts = []
    for name in names:
        content = json.loads((RULEBOOKS / name).read_text())
        text = content["instrument"]
        valid_from = text.get("valid_from") and D(text["valid_from"])
        rules, remarks = content["rules"], content.get("remarks", [])
        texts.append(
            InstrumentText(text["title"], text["kind"], rules, valid_from, None, text.get("yields_to", ""), remarks)
        )
    return Stack(texts)


@pytest.fixture
def example():
    return from_files("voorbeeld-reglement-2024.json", "voorbeeld-verordening-2024.json")


def six_weeks(**more):
    return stack(advice_term={"weeks": 6, "starts": "letter_date"}, **more)


@pytest.mark.parametrize(
    ("request_date", "last_day", "because"),
    [
        ("2026-04-13", "2026-05-26", "25 May is Whit Monday"),
        ("2029-04-09", "2029-05-22", "Whit Monday again"),
        ("2024-02-16", "2024-04-02", "Good Friday, weekend, Easter Monday"),
        ("2025-03-07", "2025-04-22", "Good Friday, weekend, Easter Monday"),
        ("2030-03-08", "2030-04-23", "Good Friday, weekend, Easter Monday"),
        ("2027-02-15", "2027-03-30", "Easter Monday"),
        ("2028-03-06", "2028-04-18", "Easter Monday"),
        ("2026-04-02", "2026-05-15", "Ascension Day"),
        ("2026-03-16", "2026-04-28", "King's Day"),
        ("2025-03-14", "2025-04-25", "the Friday before King's Day is no day off"),
        ("2025-03-15", "2025-04-28", "King's Day on Saturday 26 April, because the 27th is a Sunday"),
        ("2025-03-16", "2025-04-28", "Sunday 27 April"),
        ("2026-03-24", "2026-05-06", "5 May counts every year"),
        ("2025-03-24", "2025-05-06", "5 May in a lustrum year"),
        ("2025-11-13", "2025-12-29", "both Christmas days and a weekend"),
        ("2026-11-13", "2026-12-28", "Christmas on Friday, then a weekend with the second day in it"),
        ("2025-11-20", "2026-01-02", "New Year's Day"),
        ("2026-01-03", "2026-02-16", "a Saturday"),
        ("2026-01-04", "2026-02-16", "a Sunday"),
        ("2026-01-05", "2026-02-16", "a Monday, nothing to shift"),
        ("2026-03-02", "2026-04-13", "over the start of summer time"),
        ("2026-10-05", "2026-11-16", "over the end of summer time"),
        ("2028-01-18", "2028-02-29", "on a leap day"),
        ("2024-02-19", "2024-04-02", "over a leap day, to Easter Monday"),
    ],
)
def test_six_weeks_of_an_ordinance(request_date, last_day, because):
    assert terms.advice_due(six_weeks(), request_date=D(request_date)).value == D(last_day), because


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_holidays_of_the_law(year):
    always_on_sunday = {"Eerste paasdag", "Eerste pinksterdag"}
    assert set(holidays_of(year).values()) - always_on_sunday == {
        "Nieuwjaarsdag",
        "Goede vrijdag",
        "Tweede paasdag",
        "Koningsdag",
        "Bevrijdingsdag",
        "Hemelvaartsdag",
        "Tweede pinksterdag",
        "Eerste kerstdag",
        "Tweede kerstdag",
    }
    assert name_of_day_off(date(year, 5, 5)) == "Bevrijdingsdag"


@pytest.mark.parametrize("day", ["2026-12-31", "2026-12-24", "2026-05-04", "2029-12-05"])
def test_days_that_are_kept_but_are_no_holiday_by_law(day):
    assert name_of_day_off(D(day)) is None


# --- where the term starts -----------------------------------------------------------------------------------------


def test_a_term_that_does_not_say_when_it_starts_runs_from_the_letter_and_says_so():
    book = stack(advice_term={"weeks": 4})
    due = terms.advice_due(book, request_date=D("2026-06-01"), receipt_date=D("2026-06-10"))
    assert due.value == D("2026-06-29")
    assert len(due.assumed) == 1


def test_a_term_from_receipt():
    book = stack(advice_term={"weeks": 4, "starts": "receipt"})
    due = terms.advice_due(book, request_date=D("2026-06-01"), receipt_date=D("2026-06-10"))
    assert (due.value, due.assumed) == (D("2026-07-08"), ())


def test_without_a_receipt_the_request_came_in_on_its_own_date_and_that_is_named():
    book = stack(advice_term={"weeks": 4, "starts": "receipt"})
    due = terms.advice_due(book, request_date=D("2026-06-01"))
    assert due.value == D("2026-06-29")
    assert len(due.assumed) == 1


def test_a_request_of_which_only_the_receipt_is_known():
    due = terms.advice_due(six_weeks(), request_date=None, receipt_date=D("2026-01-05"))
    assert due.value == D("2026-02-16")
    assert len(due.assumed) == 1


def test_no_date_no_clock():
    assert terms.advice_due(six_weeks(), request_date=None) is None


def test_nothing_regulated_nothing_computed():
    book = from_files("noardwest-fryslan-2025.json")
    assert terms.advice_due(book, request_date=D("2026-01-05")) is None
    assert terms.advice_due_latest(book, request_date=D("2026-01-05")) is None
    assert terms.advice_due_extended(book, request_date=D("2026-01-05")) is None
    assert terms.decline_until(book, request_date=D("2026-01-05")) is None
    assert terms.response_due(book, issue_date=D("2026-01-05")) is None
    assert terms.invitations_out_by(book, meeting_date=D("2026-01-05")) is None
    assert terms.term_ends_on(book, starts_on=D("2026-01-05")) is None


# --- versions ------------------------------------------------------------------------------------------------------


def old_and_new(old_starts="letter_date", new_starts="letter_date"):
    return stack(
        instrument(title="Verordening 2020", until="2025-12-31", advice_term={"weeks": 4, "starts": old_starts}),
        instrument(title="Verordening 2026", since="2026-01-01", advice_term={"weeks": 6, "starts": new_starts}),
    )


def test_a_clock_keeps_the_rules_of_its_own_start_day():
    assert terms.advice_due(old_and_new(), request_date=D("2025-12-31")).value == D("2026-01-28")
    assert terms.advice_due(old_and_new(), request_date=D("2026-01-01")).value == D("2026-02-12")


def test_a_term_from_receipt_follows_the_rules_of_the_day_of_receipt():
    due = terms.advice_due(
        old_and_new("receipt", "receipt"), request_date=D("2025-12-29"), receipt_date=D("2026-01-05")
    )
    assert (due.value, due.instrument) == (D("2026-02-16"), "Verordening 2026")


def test_a_term_from_the_letter_keeps_the_old_rules_though_it_came_in_under_the_new():
    due = terms.advice_due(
        old_and_new("letter_date", "receipt"), request_date=D("2025-12-29"), receipt_date=D("2026-01-05")
    )
    assert (due.value, due.instrument) == (D("2026-01-26"), "Verordening 2020")


def test_rules_that_were_not_yet_in_force_start_no_clock():
    book = stack(instrument(since="2026-01-01", advice_term={"weeks": 6, "starts": "letter_date"}))
    assert terms.advice_due(book, request_date=D("2025-12-31"), receipt_date=D("2026-01-05")) is None
    book = stack(instrument(since="2026-01-01", advice_term={"weeks": 6, "starts": "receipt"}))
    due = terms.advice_due(book, request_date=D("2025-12-31"), receipt_date=D("2026-01-05"))
    assert due.value == D("2026-02-16")


def test_rules_that_ended_start_no_clock():
    book = stack(instrument(until="2025-12-31", advice_term={"weeks": 6}))
    assert terms.advice_due(book, request_date=D("2025-12-31")).value == D("2026-02-11")
    assert terms.advice_due(book, request_date=D("2026-01-01")) is None


# --- recess --------------------------------------------------------------------------------------------------------

SUMMER = {"label": "zomerreces", "from": "07-20", "until": "08-31"}
CHRISTMAS = {"label": "kerstreces", "from": "12-20", "until": "01-05"}


@pytest.mark.parametrize(
    ("request_date", "recess", "last_day"),
    [
        ("2026-06-15", [SUMMER], "2026-09-08"),  # 34 days until 19 July, 8 days in September
        ("2026-06-08", [SUMMER], "2026-09-01"),  # 41 days until 19 July, 1 in September
        ("2026-06-05", [SUMMER], "2026-07-17"),  # a Friday, just before
        ("2026-06-07", [SUMMER], "2026-07-20"),  # ends on Sunday 19 July: the next working day, recess or not
        ("2026-08-10", [SUMMER], "2026-10-12"),  # starts inside: 1 September is day 1
        ("2026-08-31", [SUMMER], "2026-10-12"),
        ("2026-09-01", [SUMMER], "2026-10-13"),
        ("2025-12-01", [CHRISTMAS], "2026-01-29"),  # 18 days until 19 December, 24 days from 6 January
        ("2026-01-02", [CHRISTMAS], "2026-02-16"),  # 6 January is day 1
        ("2025-11-14", [CHRISTMAS], "2026-01-12"),  # 35 days until 19 December, 7 from 6 January
        ("2026-06-15", [SUMMER, {"from": "09-05", "until": "09-06"}], "2026-09-10"),  # 8 more, without a weekend
        ("2026-06-15", [{"from": "07-06", "until": "07-12"}, SUMMER], "2026-09-15"),  # a week more
    ],
)
def test_days_in_recess_do_not_count(request_date, recess, last_day):
    assert terms.advice_due(six_weeks(recess=recess), request_date=D(request_date)).value == D(last_day)


def test_the_sum_names_only_the_recess_that_held_it_up():
    summer, winter = {"label": "zomervakantie", **SUMMER}, {"label": "kerstvakantie", "from": "12-20", "until": "01-04"}
    due = terms.advice_due(six_weeks(recess=[summer, winter]), request_date=D("2026-11-25"))

    assert [step.text for step in due.steps if "vakantie" in step.text] == [
        "Dagen in deze periode tellen niet mee: kerstvakantie. Dat is 22 januari 2027."
    ]


def test_recess_stops_only_the_advice_term(example):
    assert terms.decline_until(example, request_date=D("2026-07-20"), receipt_date=D("2026-07-20")).value == D(
        "2026-08-03"
    )
    assert terms.response_due(example, issue_date=D("2026-07-01"), receipt_date=D("2026-07-01")).value == D(
        "2026-08-26"
    )


def test_a_recess_without_end_is_an_error_and_no_endless_loop():
    always = [{"from": "01-01", "until": "12-31"}]
    with pytest.raises(ValueError, match="recess"):
        terms.advice_due(six_weeks(recess=always), request_date=D("2026-01-05"))


# --- days off ------------------------------------------------------------------------------------------------------


def test_other_instruments_do_not_shift_and_the_outcome_says_so():
    book = from_files("uwv-2012.json")
    due = terms.advice_due(book, request_date=D("2026-04-27"))
    assert due.value == D("2026-05-25")
    assert any("Tweede pinksterdag" in remark for remark in due.assumed)
    assert not any("pinksterdag" in remark for remark in terms.advice_due(book, request_date=D("2026-04-28")).assumed)


@pytest.mark.parametrize(
    ("kind", "rule", "last_day"),
    [
        ("ordinance", "unchanged", "2026-05-25"),
        ("ordinance", "next_working_day", "2026-05-26"),
        ("regulation", "unchanged", "2026-05-25"),
        ("regulation", "next_working_day", "2026-05-26"),
    ],
)
def test_what_the_instrument_itself_says_about_days_off_goes_before(kind, rule, last_day):
    book = stack(kind=kind, deadline_on_day_off=rule, advice_term={"weeks": 6, "starts": "letter_date"})
    due = terms.advice_due(book, request_date=D("2026-04-13"))
    assert (due.value, due.assumed) == (D(last_day), ())


@pytest.mark.parametrize(
    ("weeks", "issue_date", "last_day"),
    [
        (12, "2026-03-02", "2026-05-26"),
        (13, "2026-02-23", "2026-05-25"),
        (16, "2026-02-02", "2026-05-25"),
    ],
)
def test_terms_of_more_than_twelve_weeks_do_not_shift(weeks, issue_date, last_day):
    book = stack(response_term={"weeks": weeks, "starts": "letter_date"})
    assert terms.response_due(book, issue_date=D(issue_date)).value == D(last_day)


# --- extension, range, urgency -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("receipt", "due", "extended"),
    [
        ("2026-04-13", "2026-05-26", "2026-06-08"),  # counted on from 25 May, not from the 26th
        ("2026-03-30", "2026-05-11", "2026-05-26"),  # the extension ends on Whit Monday
        ("2026-06-01", "2026-07-13", "2026-09-08"),  # 48 days until 19 July, 8 in September
    ],
)
def test_extension(example, receipt, due, extended):
    dates = {"request_date": D(receipt), "receipt_date": D(receipt)}
    assert terms.advice_due(example, **dates).value == D(due)
    assert terms.advice_due_extended(example, **dates).value == D(extended)
    assert terms.advice_due_latest(example, **dates) is None


def test_extension_of_the_answer(example):
    dates = {"issue_date": D("2026-03-02"), "receipt_date": D("2026-03-02")}
    assert terms.response_due(example, **dates).value == D("2026-04-28")  # 27 April is King's Day
    extended = terms.response_due_extended(example, **dates)
    assert extended.value == D("2026-05-26")  # 8 + 4 weeks is no more than 12
    assert (extended.article, extended.assumed) == ("art. 8 lid 1", ())


def test_the_issue_date_stands_for_an_unknown_receipt_of_the_advice(example):
    due = terms.response_due(example, issue_date=D("2026-06-02"))
    assert due.value == D("2026-07-28")
    assert len(due.assumed) == 1


def test_no_extension_where_none_is_allowed():
    book = from_files("goirle-2017.json")
    assert terms.advice_due(book, request_date=D("2026-02-02")).value == D("2026-03-02")
    assert terms.advice_due_extended(book, request_date=D("2026-02-02")) is None
    assert terms.response_due(book, issue_date=D("2026-02-02")) is None


def test_a_range():
    book = from_files("vijfheerenlanden-2023.json")
    assert terms.advice_due(book, request_date=D("2026-02-02")).value == D("2026-03-02")
    latest = terms.advice_due_latest(book, request_date=D("2026-02-02"))
    assert (latest.value, latest.article) == (D("2026-03-16"), "art. 2.1")


def test_an_urgent_request_has_its_own_term(example):
    dates = {"request_date": D("2026-04-13"), "receipt_date": D("2026-04-13")}
    due = terms.advice_due(example, **dates, urgent=True)
    assert (due.value, due.article, due.assumed) == (D("2026-05-04"), "art. 7 lid 4", ())
    assert terms.advice_due_extended(example, **dates, urgent=True).value == D("2026-05-18")


@pytest.mark.parametrize("urgent", [{"allowed": False, "weeks": 2}, {"allowed": True}])
def test_urgency_without_a_term_of_its_own_keeps_the_ordinary_term_and_says_so(urgent):
    due = terms.advice_due(six_weeks(urgent=urgent), request_date=D("2026-01-05"), urgent=True)
    assert due.value == D("2026-02-16")
    assert len(due.assumed) == 1


def test_declining(example):
    until = terms.decline_until(example, request_date=D("2026-05-08"), receipt_date=D("2026-05-11"))
    assert (until.value, until.article) == (D("2026-05-26"), "art. 7 lid 5")


def test_declining_where_no_advice_term_is_regulated():
    book = stack(may_decline_within_weeks=2)
    until = terms.decline_until(book, request_date=D("2026-06-01"), receipt_date=D("2026-06-05"))
    assert (until.value, len(until.assumed)) == (D("2026-06-15"), 1)


# --- meetings and memberships --------------------------------------------------------------------------------------


def test_counted_back_from_the_meeting(example):
    invitations = terms.invitations_out_by(example, meeting_date=D("2026-05-15"))
    papers = terms.member_papers_by(example, meeting_date=D("2026-05-15"))
    # 5 May is a holiday: a last day that is counted back does not move.
    assert (invitations.value, invitations.article) == (D("2026-05-05"), "art. 3 lid 1")
    assert (papers.value, papers.article) == (D("2026-05-01"), "art. 3 lid 2")
    assert invitations.assumed == papers.assumed == ()


@pytest.mark.parametrize(
    ("start", "years", "last_day"),
    [
        ("2024-01-01", 4, "2027-12-31"),
        ("2026-03-15", 4, "2030-03-14"),
        ("2024-03-01", 4, "2028-02-29"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2025-03-01", 3, "2028-02-29"),
    ],
)
def test_the_last_day_of_a_membership(start, years, last_day):
    assert terms.term_ends_on(stack(term_years=years), starts_on=D(start)).value == D(last_day)


# --- why this date -------------------------------------------------------------------------------------------------


def test_the_sum_shows_every_step_with_its_article(example):
    due = terms.advice_due(example, request_date=D("2026-04-13"), receipt_date=D("2026-04-13"))
    assert [step.article for step in due.steps] == [None, "art. 7 lid 1", "Algemene termijnenwet art. 1"]
    assert "Tweede pinksterdag" in due.steps[2].text
    due = terms.advice_due(example, request_date=D("2026-06-15"), receipt_date=D("2026-06-15"))
    assert [step.article for step in due.steps] == [None, "art. 7 lid 1", "art. 7 lid 2"]
    assert "43" in due.steps[2].label and "zomerreces" in due.steps[2].text


def test_as_json(example):
    due = terms.advice_due(example, request_date=D("2026-04-13"), receipt_date=D("2026-04-13"))
    assert due.as_json() == {
        "date": "2026-05-26",
        "article": "art. 7 lid 1",
        "instrument": "Verordening adviesraad sociaal domein Voorbeeld 2024",
        "assumed": [],
    }
