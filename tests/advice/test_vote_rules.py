"""What the rules make of votes, against an oracle that was written from the rule texts and calls none of our code.

Each example is a council, a rule book (the ten of the cases and ones made here) and what every person did.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advice import tally as counting
from councils.ballots import judge_by
from councils.electorate import vote_of_chair
from councils.rulebook.stack import InstrumentText, RuleBook

BOOKS = sorted((Path(__file__).parents[1] / "data" / "rulebooks").glob("*.json"))
DAY = date(2026, 6, 1)
EXAMPLES = 2000
seen = {"examples": 0, "adopted": 0, "no quorum": 0, "for the chair": 0}


# --- the oracle -------------------------------------------------------------


@dataclass
class Council:
    """Twelve people at most. `act` of each: in_favour, against, abstained, silent or recused."""

    members: list[str]
    chair: str | None = None  # what the chair did; None when there is no chair
    chair_has_vote: bool = True  # what the list of members says
    not_voting: int = 0  # members without a vote: they sit, and never count for the votes
    seats: int = 0
    rules: dict = field(default_factory=dict)


def oracle(council: Council) -> dict:
    """By the words of the rules. quorum: how many must vote; carried: True, False or "chair"."""
    rules = council.rules
    chair_vote = rules.get("chair", {}).get("vote")
    tie = rules.get("tie")
    ordinary = list(council.members)
    chair_on_tie_only = False
    if council.chair is not None:
        # "De voorzitter heeft stemrecht / geen stemrecht / alleen als de stemmen staken."
        has = {"full": True, "none": False, "tie_only": False, None: council.chair_has_vote}[chair_vote]
        if has:
            ordinary.append(council.chair)
        chair_on_tie_only = not has and (chair_vote == "tie_only" or tie == "chair_decides")
    acting = [act for act in ordinary if act not in ("silent", "recused")]
    yes, no = acting.count("in_favour"), acting.count("against")

    needed = None
    quorum = rules.get("quorum")
    if quorum and "count" in quorum:
        needed = quorum["count"]
    elif quorum:
        if quorum.get("of") == "voting_members":
            base = sum(act != "recused" for act in ordinary)
        elif quorum.get("of") == "seats" and council.seats:
            base = council.seats
        else:
            sitting = [*council.members, *["sits"] * council.not_voting]
            if council.chair is not None and rules.get("chair_counts_as_member") is not False:
                votes_at_all = chair_on_tie_only or council.chair in ordinary[len(council.members) :]
                sitting.append(council.chair if votes_at_all else "sits")
            base = sum(act != "recused" for act in sitting)
        part = Fraction(quorum["numerator"], quorum["denominator"]) * base
        if quorum.get("more_than"):
            needed = next(number for number in range(100) if number > part)
        else:
            needed = next(number for number in range(100) if number >= part)
        if base == 0 and quorum.get("of") != "voting_members":
            needed = None  # nobody sits: there is nothing to be a part of
    return {"needed": needed, "voted": len(acting), "carried": decided(rules, yes, no, council, chair_on_tie_only)}


def decided(rules: dict, yes: int, no: int, council: Council, chair_on_tie_only: bool) -> bool | str:
    how, tie = rules.get("decides_by"), rules.get("tie")
    if yes == 0:
        return False  # nobody wants it
    if no == 0:
        return True
    if how == "two_thirds":
        return Fraction(yes, yes + no) >= Fraction(2, 3)
    if how == "consensus" and tie is None:
        return False  # somebody is against, and the rules know no majority
    if yes != no:
        return yes > no
    chair_settles = tie == "chair_decides" or (tie is None and rules.get("chair", {}).get("vote") == "tie_only")
    if not chair_settles:
        return False
    takes_part = council.chair is not None and (
        chair_on_tie_only or rules.get("chair", {}).get("vote") == "full" or council.chair_has_vote
    )
    if takes_part and council.chair == "recused":
        return False
    if takes_part and council.chair in ("in_favour", "against"):
        return council.chair == "in_favour"
    return "chair"


# --- ours -------------------------------------------------------------------


def ours(council: Council, monkeypatch) -> dict:
    rules = dict(council.rules)
    if council.seats:
        rules["seats"] = [{"label": "lid", "count": council.seats}]
    book = RuleBook([InstrumentText("Reglement", "rules_of_procedure", rules)], DAY)
    electors, votes = [], []
    sitting = set(range(1000, 1000 + council.not_voting))
    people = [(number, act, False, False) for number, act in enumerate(council.members, 1)]
    sitting |= {number for number, *_rest in people}
    if council.chair is not None:
        has, only_on_tie = vote_of_chair(book, council.chair_has_vote)
        if has:
            people.append((500, council.chair, True, only_on_tie))
        if rules.get("chair_counts_as_member") is not False:
            sitting.add(500)
    for number, act, is_chair, only_on_tie in people:
        electors.append(
            SimpleNamespace(
                person_id=number, is_chair=is_chair, only_on_tie=only_on_tie,
                recused_at=datetime(2026, 6, 1) if act == "recused" else None,
            )
        )  # fmt: skip
        if act not in ("silent", "recused"):
            votes.append(SimpleNamespace(person_id=number, choice=act))
    monkeypatch.setattr(counting, "sitting_people", lambda *_args: sitting)
    procedure = SimpleNamespace(opened_at=datetime(2026, 6, 1), council=None)
    ballot = counting.count(electors, votes)
    counted = counting.counted_for_quorum(procedure, book, electors)
    judgement = judge_by(book, ballot, counted=counted)
    carried = "chair" if judgement.needs_chair else judgement.carried
    needed = judgement.quorum.value if judgement.quorum else None
    assert judgement.quorum_met == (needed is None or ballot.present >= needed)
    assert counting.meter(ballot, judgement) and judgement.sentence
    return {"needed": needed, "voted": ballot.present, "carried": carried}


# --- what people do and what rules say --------------------------------------

ACTS = st.sampled_from(["in_favour", "against", "abstained", "silent", "recused"])
HALVES = st.sampled_from([(1, 2), (1, 3), (2, 3), (3, 4), (1, 1)])
QUORUM = st.one_of(
    st.none(),
    st.builds(lambda count: {"count": count}, st.integers(1, 9)),
    st.builds(
        lambda part, more, of: (
            {"numerator": part[0], "denominator": part[1]}
            | ({"more_than": more} if more is not None else {})
            | ({"of": of} if of else {})
        ),
        HALVES,
        st.sampled_from([None, True, False]),
        st.sampled_from([None, "sitting_members", "seats", "voting_members"]),
    ),
)
GENERATED = st.builds(
    lambda **found: {key: value for key, value in found.items() if value is not None},
    quorum=QUORUM,
    decides_by=st.sampled_from([None, "consensus", "majority", "two_thirds"]),
    tie=st.sampled_from([None, "chair_decides", "not_adopted"]),
    chair=st.sampled_from([None, {"vote": "full"}, {"vote": "tie_only"}, {"vote": "none"}, {"independent": True}]),
    chair_counts_as_member=st.sampled_from([None, True, False]),
)
RULES_OF_THE_CASES = [json.loads(path.read_text())["rules"] for path in BOOKS]
RELEVANT = ("quorum", "decides_by", "tie", "chair", "chair_counts_as_member")
OF_THE_CASES = st.sampled_from(
    [{key: rules[key] for key in RELEVANT if key in rules} for rules in RULES_OF_THE_CASES]
)  # fmt: skip


def councils(rules):
    return st.builds(
        Council,
        members=st.lists(ACTS, min_size=0, max_size=12),
        chair=st.one_of(st.none(), ACTS),
        chair_has_vote=st.booleans(),
        not_voting=st.integers(0, 2),
        seats=st.sampled_from([0, 0, 5, 9, 13]),
        rules=rules,
    )


MANY = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def agree(council: Council, monkeypatch) -> None:
    expected = oracle(council)
    assert ours(council, monkeypatch) == expected
    seen["examples"] += 1
    seen["adopted"] += expected["carried"] is True
    seen["for the chair"] += expected["carried"] == "chair"
    seen["no quorum"] += expected["needed"] is not None and expected["voted"] < expected["needed"]


@MANY
@given(council=councils(GENERATED))
def test_made_up_rule_books(council, monkeypatch):
    agree(council, monkeypatch)


@MANY
@given(council=councils(OF_THE_CASES))
def test_the_rule_books_of_the_cases(council, monkeypatch):
    agree(council, monkeypatch)


def test_all_ten_rule_books_are_there_and_enough_was_tried(capsys):
    assert len(BOOKS) == 10
    with capsys.disabled():
        print(f"\n{seen}")


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("abstentions count against", lambda ballot: {"against": ballot.against + ballot.abstained}),
        ("recused people count", lambda ballot: {"present": ballot.present + ballot.recused}),
        ("the chair wins every tie", lambda ballot: {"chair_in_favour": True}),
        ("silence is consent", lambda ballot: {"in_favour": ballot.in_favour + 1}),
    ],
)
def test_control_the_oracle_finds_a_fault(monkeypatch, name, broken):
    """Each fault is one that other portals had; the same examples must find it."""
    from dataclasses import replace

    right = counting.count

    def wrong(*args, **kwargs):
        ballot = right(*args, **kwargs)
        return replace(ballot, **broken(ballot))

    monkeypatch.setattr(counting, "count", wrong)

    @settings(MANY, max_examples=500)
    @given(council=councils(GENERATED))
    def differs(council):
        assert ours(council, monkeypatch) == oracle(council)

    with pytest.raises(AssertionError):
        differs()
