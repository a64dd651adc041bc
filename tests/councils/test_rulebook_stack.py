"""Which instrument a rule comes from, and what a vote makes of it."""

from datetime import date

import pytest

from councils.rulebook import InstrumentText, RuleBook, Stack, terms
from councils.rulebook.stack import ORDER
from councils.rulebook.voting import judge_vote, quorum_met, quorum_needed
from tests.councils.test_rulebook_terms import D, from_files, instrument

DAY = date(2026, 1, 5)


def text(title, kind, weeks=None, yields_to="", since="2020-01-01"):
    rules = {"advice_term": {"weeks": weeks}} if weeks else {}
    return InstrumentText(title, kind, rules, since and D(since), None, yields_to)


def titles(*instruments):
    return [found.title for found in RuleBook(instruments, DAY).instruments]


def test_the_ordinance_goes_before_the_rules_of_procedure():
    book = from_files("voorbeeld-reglement-2024.json", "voorbeeld-verordening-2024.json").on(DAY)
    term = book.rule("advice_term")
    assert (term.value["weeks"], term.article) == (6, "art. 7 lid 1")
    assert term.instrument == "Verordening adviesraad sociaal domein Voorbeeld 2024"
    assert book.rule("quorum").instrument == "Huishoudelijk reglement adviesraad sociaal domein Voorbeeld"
    assert book.rule("work_plan_due") is None


def test_before_the_ordinance_was_there_the_rules_of_procedure_count():
    stack = Stack(
        [
            instrument("rules_of_procedure", "Reglement", advice_term={"weeks": 8}),
            instrument(since="2024-01-01", advice_term={"weeks": 6}),
        ]
    )
    assert terms.advice_due(stack, request_date=D("2023-06-05")).value == D("2023-07-31")
    assert terms.advice_due(stack, request_date=D("2024-06-03")).value == D("2024-07-15")


def test_the_order_of_kinds():
    shuffled = [text(kind, kind) for kind in sorted(ORDER)]
    assert titles(*shuffled) == ORDER


def test_who_yields_stands_directly_below():
    ordinance, covenant = (
        text("Verordening", "ordinance", yields_to="convenant  2024"),
        text("Convenant 2024", "covenant"),
    )
    assert titles(ordinance, text("Regeling", "regulation"), covenant, text("Reglement", "rules_of_procedure")) == [
        "Regeling",
        "Convenant 2024",
        "Verordening",
        "Reglement",
    ]


def test_a_chain_of_yielding():
    one, two = text("Een", "ordinance", yields_to="Twee"), text("Twee", "ordinance", yields_to="Drie")
    assert titles(one, two, text("Drie", "working_agreements")) == ["Drie", "Twee", "Een"]


def test_two_that_yield_to_each_other_come_to_rest():
    one, two = text("Een", "ordinance", yields_to="Twee"), text("Twee", "regulation", yields_to="Een")
    assert sorted(titles(one, two)) == ["Een", "Twee"]


def test_yielding_to_what_is_not_known_is_remarked():
    book = from_files("loon-op-zand.json").on(DAY)
    assert any("Verordening Adviesraad Sociaal Domein Loon op Zand" in remark for remark in book.remarks)
    assert any("Loon op Zand" in assumed for assumed in book.rule("members_min").assumed)


def test_of_one_kind_the_later_law_goes_first():
    older, newer = text("Oude", "ordinance", 4), text("Nieuwe", "ordinance", 6, since="2024-01-01")
    assert titles(older, newer) == ["Nieuwe", "Oude"]


def test_a_new_version_replaces_the_old_as_a_whole():
    old = instrument(since="2020-01-01", advice_term={"weeks": 4}, term_years=4)
    new = instrument(since="2026-01-01", advice_term={"weeks": 6})
    assert Stack([old, new]).on(D("2025-12-31")).get("term_years") == 4
    assert Stack([old, new]).on(D("2026-01-01")).rule("term_years") is None


def test_an_instrument_without_a_first_day_is_always_valid_and_that_is_named():
    book = RuleBook([instrument(since=None, term_years=4)], date(1990, 1, 1))
    found = book.rule("term_years")
    assert (found.value, len(found.assumed)) == (4, 1)


# --- quorum --------------------------------------------------------------------------------------------------------


def book_with(**rules):
    return RuleBook([instrument(**rules)], DAY)


@pytest.mark.parametrize(
    ("part", "more_than", "members", "needed"),
    [
        ((1, 2), True, 12, 7),
        ((1, 2), True, 13, 7),
        ((1, 2), False, 12, 6),
        ((1, 2), False, 13, 7),
        ((2, 3), False, 12, 8),
        ((2, 3), False, 13, 9),
        ((2, 3), True, 12, 9),
        ((1, 3), True, 10, 4),
        ((3, 5), False, 15, 9),
    ],
)
def test_quorum_as_a_part(part, more_than, members, needed):
    rule = {"numerator": part[0], "denominator": part[1], "more_than": more_than, "of": "sitting_members"}
    outcome = quorum_needed(book_with(quorum=rule), members=members)
    assert (outcome.value, outcome.assumed) == (needed, ())


def test_of_whom_is_assumed_when_the_rule_does_not_say():
    outcome = quorum_needed(book_with(quorum={"numerator": 1, "denominator": 2}), members=12)
    assert (outcome.value, len(outcome.assumed)) == (6, 1)


def test_quorum_as_a_number_needs_no_members():
    assert quorum_needed(book_with(quorum={"count": 5}), members=None).value == 5
    assert quorum_needed(book_with(quorum={"numerator": 1, "denominator": 2}), members=None) is None
    assert quorum_needed(book_with(term_years=4), members=12) is None


def test_quorum_of_the_seats_counts_the_seats_of_the_rule_book():
    rule = {"numerator": 1, "denominator": 2, "more_than": True, "of": "seats"}
    seats = [{"label": "cliënten", "count": 8}, {"label": "organisaties", "count": 5}]
    assert quorum_needed(book_with(quorum=rule, seats=seats), members=9).value == 7
    assert quorum_needed(book_with(quorum=rule), members=9).value == 5


@pytest.mark.parametrize(("present", "met"), [(6, False), (7, True), (8, True)])
def test_quorum_met(present, met):
    rule = {"numerator": 1, "denominator": 2, "more_than": True, "of": "voting_members"}
    assert quorum_met(book_with(quorum=rule), members=12, present=present).value is met


def test_quorum_met_is_unknown_without_the_numbers():
    rule = {"numerator": 1, "denominator": 2}
    assert quorum_met(book_with(quorum=rule), members=12, present=None) is None
    assert quorum_met(book_with(quorum=rule), members=None, present=6) is None
    assert quorum_met(book_with(), members=12, present=6) is None


# --- votes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "votes", "carried"),
    [
        ({"decides_by": "majority"}, (5, 4), True),
        ({"decides_by": "majority"}, (4, 5), False),
        ({"decides_by": "majority", "tie": "not_adopted"}, (4, 4), False),
        ({"decides_by": "majority"}, (4, 4), None),
        ({"decides_by": "two_thirds"}, (6, 3), True),
        ({"decides_by": "two_thirds"}, (5, 3), False),
        ({"decides_by": "consensus"}, (9, 0), True),
        ({"decides_by": "consensus"}, (8, 1), False),
        ({"decides_by": "consensus", "tie": "chair_decides"}, (8, 1), True),
        ({"decides_by": "consensus", "tie": "chair_decides"}, (4, 5), False),
        ({"decides_by": "majority"}, (0, 0), None),
    ],
)
def test_votes(rules, votes, carried):
    assert judge_vote(book_with(**rules), votes_for=votes[0], votes_against=votes[1]).carried is carried


@pytest.mark.parametrize("in_favour", [True, False, None])
def test_the_casting_vote_of_the_chair(in_favour):
    book = book_with(decides_by="majority", tie="chair_decides", articles={"tie": "art. 5 lid 4"})
    verdict = judge_vote(book, votes_for=4, votes_against=4, chair_in_favour=in_favour)
    assert (verdict.carried, verdict.article) == (in_favour, "art. 5 lid 4")


def test_no_rule_no_verdict():
    assert judge_vote(book_with(), votes_for=9, votes_against=0) is None
