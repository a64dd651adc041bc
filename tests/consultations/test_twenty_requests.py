"""The last days of twenty requests, worked out by hand with a calendar, against what the portal's own verbs make.

Each sum stands beside its row: a term of weeks does not count the day on which it starts. Good Friday 2026 is 3 April,
Easter Monday 6 April, King's Day 27 April, Ascension Day 14 May, Whit Monday 25 May.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
import time_machine

from consultations.actions import answer_urgency, extend, register_request, save_request, submit_request
from consultations.actions.handling import plan_of
from consultations.models import CouncilRequest
from councils.models import Council
from tests.factories import (
    AdviceRequestFactory,
    CouncilFactory,
    InstrumentFactory,
    MembershipFactory,
    ServedBodyFactory,
)

SIX = {"weeks": 6, "starts": "receipt", "extension_weeks": 2}
TWO = {"weeks": 2, "starts": "receipt"}
FOUR_FROM_DATE = {"weeks": 4, "starts": "letter_date"}
FOUR_FROM_RECEIPT = {"weeks": 4, "starts": "receipt"}
RANGE = {"weeks": 4, "max_weeks": 6, "starts": "receipt"}
CHRISTMAS = [{"label": "kerstreces", "from": "12-21", "until": "01-04"}]
REGLEMENT = "rules_of_procedure"


@dataclass(frozen=True)
class Asked:
    """One request: the instruments, when it came, what was done with it, and the last day worked out by hand."""

    came: str  # the moment at which it is sent or registered
    due: date
    term: dict = field(default_factory=lambda: SIX)
    kind: str = "ordinance"
    new_term: dict | None = None  # of a second instrument, in force from 1 May 2026
    recess: list = field(default_factory=list)
    urgent: dict | None = None  # the rule
    letter: date | None = None  # then the secretary registers it
    wanted: date | None = None  # then it is urgent, and the chair agrees
    more_time: bool = False
    latest: date | None = None


ROWS = {
    # Summer time begins on Sunday 29 March 2026 at 2 o'clock. Sent half past midnight, in UTC still Saturday.
    # Sunday 29 March + 42 days = 10 May (2 days of March are left, 30 of April: 42 − 32 = 10), a Sunday; own rules.
    "01 summer time begins": Asked("2026-03-29 00:30:00+01:00", date(2026, 5, 10), kind=REGLEMENT),
    # Summer time ends on Sunday 25 October 2026. Half past midnight is 22.30 on Saturday in UTC.
    # 25 October + 42: 6 days of October, 30 of November, 6 December; a Sunday → Monday 7 December.
    "02 summer time ends": Asked("2026-10-25 00:30:00+02:00", date(2026, 12, 7)),
    # The same in the council's own rules: no law moves that day.
    "03 summer time ends, own rules": Asked("2026-10-25 00:30:00+02:00", date(2026, 12, 6), kind=REGLEMENT),
    # Tuesday 29 February 2028 + 42: 31 days of March, 11 April, a Tuesday.
    "04 asked on the leap day": Asked("2028-02-29 10:00:00+01:00", date(2028, 4, 11)),
    # Tuesday 18 January 2028 + 42: 13 days of January, 29 February, a Tuesday.
    "05 due on the leap day": Asked("2028-01-18 10:00:00+01:00", date(2028, 2, 29)),
    # Monday 20 April 2026 + 42: 10 days of April, 31 of May, 1 June, a Monday. The new rules of 1 May do not count.
    "06 the rules change on the way": Asked("2026-04-20 10:00:00+02:00", date(2026, 6, 1), new_term=TWO),
    # Friday 1 May 2026 + 14 = Friday 15 May: the first day of the new rules.
    "07 asked on the first day of new rules": Asked("2026-05-01 10:00:00+02:00", date(2026, 5, 15), new_term=TWO),
    # Letter of Wednesday 29 April under the old rules, received on Monday 4 May under the new: both count from
    # receipt. 4 May + 14 = Monday 18 May.
    "08 dated under old, received under new rules": Asked(
        "2026-05-04 10:00:00+02:00", date(2026, 5, 18), new_term=TWO, letter=date(2026, 4, 29)
    ),
    # Letter of Monday 2 March 2026 + 28 = Monday 30 March; that it came on the 5th does not matter.
    "09 from the date of the letter": Asked(
        "2026-03-05 10:00:00+01:00", date(2026, 3, 30), term=FOUR_FROM_DATE, letter=date(2026, 3, 2)
    ),
    # Received on Thursday 5 March 2026 + 28 = Thursday 2 April, the day before Good Friday.
    "10 from the day of receipt": Asked(
        "2026-03-05 10:00:00+01:00", date(2026, 4, 2), term=FOUR_FROM_RECEIPT, letter=date(2026, 3, 2)
    ),
    # Tuesday 3 March 2026 + 56: 28 days of March, 28 April, a Tuesday.
    "11 more time": Asked("2026-03-03 10:00:00+01:00", date(2026, 4, 28), more_time=True),
    # Monday 2 March 2026 + 56 = Monday 27 April, King's Day → Tuesday 28 April.
    "12 more time that ends on a holiday": Asked("2026-03-02 10:00:00+01:00", date(2026, 4, 28), more_time=True),
    # The same in the council's own rules: it stays King's Day.
    "13 more time, own rules": Asked("2026-03-02 10:00:00+01:00", date(2026, 4, 27), more_time=True, kind=REGLEMENT),
    # Monday 7 December 2026: 8 to 20 December are 13 days, 21 December to 4 January do not count, 29 days are left
    # from 5 January: 27 in January (5 to 31), 2 February 2027, a Tuesday.
    "14 recess over the turn of the year": Asked("2026-12-07 10:00:00+01:00", date(2027, 2, 2), recess=CHRISTMAS),
    # Thursday 31 December 2026 + 42: 31 days of January, 11 February 2027, a Thursday.
    "15 asked on 31 December": Asked("2026-12-31 16:00:00+01:00", date(2027, 2, 11)),
    # The same in a recess until 4 January: day 1 is 5 January, 27 days in January, day 42 is 15 February, a Monday.
    "16 asked on 31 December in a recess": Asked("2026-12-31 16:00:00+01:00", date(2027, 2, 15), recess=CHRISTMAS),
    # Saturday 7 March 2026 + 42: 24 days of March, 18 April, a Saturday → Monday 20 April.
    "17 a Saturday": Asked("2026-03-07 10:00:00+01:00", date(2026, 4, 20)),
    # Monday 13 April 2026, urgent: + 21 = Monday 4 May.
    "18 urgent, with a term": Asked(
        "2026-04-13 10:00:00+02:00", date(2026, 5, 4), urgent={"allowed": True, "weeks": 3}, wanted=date(2026, 4, 20)
    ),
    # Urgent without a term in the rules: the day that was asked, Monday 20 April 2026.
    "19 urgent, without a term": Asked(
        "2026-04-13 10:00:00+02:00", date(2026, 4, 20), urgent={"allowed": True}, wanted=date(2026, 4, 20)
    ),
    # Monday 1 June 2026: 4 weeks are Monday 29 June, 6 weeks Monday 13 July.
    "20 a range": Asked("2026-06-01 10:00:00+02:00", date(2026, 6, 29), term=RANGE, latest=date(2026, 7, 13)),
}


def council_of(row: Asked, authority) -> Council:
    council = CouncilFactory()
    ServedBodyFactory(council=council, authority=authority)
    rules = {"advice_term": row.term, "articles": {"advice_term": "art. 7"}}
    if row.recess:
        rules["recess"] = row.recess
    if row.urgent:
        rules["urgent"] = row.urgent
    last_day = date(2026, 4, 30) if row.new_term else None
    InstrumentFactory(council=council, kind=row.kind, rules=rules, valid_until=last_day)
    if row.new_term:
        InstrumentFactory(
            council=council, title="Nieuwe verordening", valid_from=date(2026, 5, 1),
            rules={"advice_term": row.new_term, "articles": {"advice_term": "art. 1"}},
        )  # fmt: skip
    return council


def ask(row: Asked, authority, victor) -> CouncilRequest:
    """The way that the people go: send or register, then the chair agrees or the council takes more time."""
    council = council_of(row, authority)
    chair = MembershipFactory(council=council, chair=True).person
    secretary = MembershipFactory(council=council, secretary=True).person
    with time_machine.travel(row.came, tick=False):
        if row.letter:
            came = date.fromisoformat(row.came[:10])
            part = register_request(
                council, authority=authority, subject="Vervoer", received_on=came, letter_date=row.letter,
                channel="phone", summary="Wat vindt u?", by=secretary,
            )  # fmt: skip
        else:
            part = sent(council, authority, victor, wanted=row.wanted)
        if row.wanted:
            part = answer_urgency(part, consent="agreed", by=chair)
        if row.more_time:
            part = extend(part, reason="Een lid is ziek.", by=secretary)
    return part


def sent(council: Council, authority, victor, *, wanted: date | None) -> CouncilRequest:
    draft = AdviceRequestFactory(authority=authority, created_by=victor.person, questions=["Wat vindt u?"])
    hurry = {"wanted_on": wanted, "urgent": True, "urgency_reason": "Haast."} if wanted else {}
    save_request(draft, by=victor.person, councils=[council], **hurry)
    (part,) = submit_request(draft, by=victor.person)
    return part


def test_there_are_twenty():
    assert len(ROWS) == 20


@pytest.mark.parametrize("name", ROWS)
def test_the_last_day_is_the_one_worked_out_by_hand(name, authority, victor):
    row = ROWS[name]
    part = ask(row, authority, victor)
    assert part.due_on == row.due
    assert CouncilRequest.objects.get(pk=part.pk).due_on == row.due
    if row.latest:
        latest = plan_of(part).latest
        assert latest is not None and latest.day == row.latest


CONTROLS = {
    "an hour earlier is the day before, in spring": ("01 summer time begins", {"came": "2026-03-28 23:30:00+01:00"}),
    "an hour earlier is the day before, in autumn": (
        "03 summer time ends, own rules", {"came": "2026-10-24 23:30:00+02:00"},
    ),
    "no leap day": ("04 asked on the leap day", {"came": "2028-02-28 10:00:00+01:00"}),
    "the new rules for a request of the old": ("06 the rules change on the way", {"came": "2026-05-01 10:00:00+02:00"}),
    "receipt where the letter counts": (
        "09 from the date of the letter", {"term": FOUR_FROM_RECEIPT},
    ),
    "no more time": ("11 more time", {"more_time": False}),
    "no law that moves a holiday": ("12 more time that ends on a holiday", {"kind": REGLEMENT}),
    "no recess": ("14 recess over the turn of the year", {"recess": []}),
    "no law that moves a Saturday": ("17 a Saturday", {"kind": REGLEMENT}),
    "nobody agreed": ("18 urgent, with a term", {"wanted": None}),
}  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
def test_another_request_has_another_last_day(control, authority, victor):
    """The control: every date of the table hangs on what its row says."""
    name, changed = CONTROLS[control]
    assert ask(replace(ROWS[name], **changed), authority, victor).due_on != ROWS[name].due
