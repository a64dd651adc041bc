"""The council decides: what the rule book makes of the votes, and what may not be written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advice.actions.adopting import what_is_missing
from advice.actions.deciding import drop, record_decision, reopen
from advice.frozen import digest
from advice.models import AdoptedText, Decision, MinorityView
from advice.states import AdviceState, Outcome
from meetings.states import MeetingState
from portal.access import Refused
from portal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def members(council):
    """Twelve with a vote; the secretary has none. So the quorum is seven (more than half, art. 5)."""
    factories.MembershipFactory(council=council, secretary=True)
    return [factories.MembershipFactory(council=council) for _ in range(12)]


@pytest.fixture
def advice(council, authority, members):
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    factories.SectionFactory(advice=advice, position=1)
    factories.RecommendationFactory(advice=advice, number=1)
    return advice


@pytest.fixture
def rules(council):
    """rules(decides_by="consensus", …) replaces rules of the instrument; None takes a rule away."""

    def change(**changes):
        instrument = council.instruments.get()
        articles = instrument.rules["articles"] | changes.pop("articles", {})
        kept = {**instrument.rules, **changes, "articles": articles}
        instrument.rules = {key: value for key, value in kept.items() if value is not None}
        instrument.save()

    return change


@pytest.fixture
def decide(advice, saskia):
    def run(in_favour=7, against=1, **more):
        given = {"present": max(8, in_favour + against), "decided_on": TODAY(), "outcome": Outcome.ADOPTED} | more
        return record_decision(advice, in_favour=in_favour, against=against, by=saskia.person, **given)

    return run


def refusal(run) -> tuple[str | None, str]:
    decisions, state = Decision.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refused) as refused:
        run()
    assert (Decision.objects.count(), AuditEvent.objects.count()) == (decisions, state)
    return refused.value.field, str(refused.value)


def test_adopting_freezes_the_text(advice, decide, rules, saskia):
    rules(articles={"decides_by": "art. 5 lid 2"})
    decision = decide(in_favour=7, against=1)
    assert decision.sentence == (
        "7 leden stemden voor, 1 tegen. Nodig was een meerderheid (art. 5 lid 2). Het quorum van 7 is gehaald (art. 5)."
    )
    assert (decision.quorum_needed, decision.quorum_article, decision.without_quorum_reason) == (7, "art. 5", "")
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED
    adopted = AdoptedText.objects.get(decision=decision)
    assert adopted.text["subject"] == "Vervoer"
    assert adopted.text["recommendations"][0]["text"] == "Maak de wachttijd korter."
    assert adopted.sha256 == digest(adopted.text)
    event = AuditEvent.objects.latest("pk")
    assert (event.event, event.actor_id, event.object_id) == ("advice.adopted", saskia.person.pk, advice.pk)


def test_not_adopted_stays_a_draft(advice, decide):
    decision = decide(in_favour=2, against=6, outcome=Outcome.REJECTED)
    advice.refresh_from_db()
    assert (decision.outcome, advice.state) == (Outcome.REJECTED, AdviceState.DRAFT)
    assert not AdoptedText.objects.exists()
    assert decide(in_favour=8, against=0).outcome == Outcome.ADOPTED


def test_a_majority_against_cannot_be_adopted(decide):
    field, words = refusal(lambda: decide(in_favour=3, against=5))
    assert field == "outcome"
    assert "3 leden stemden voor, 5 tegen" in words


def test_a_majority_in_favour_cannot_be_written_down_as_rejected(decide):
    assert refusal(lambda: decide(outcome=Outcome.REJECTED))[0] == "outcome"


@pytest.mark.parametrize(
    ("changes", "votes", "carried", "words"),
    [
        ({"decides_by": "two_thirds"}, (6, 3), True, "Nodig was twee derde van de stemmen."),
        ({"decides_by": "two_thirds"}, (5, 3), False, "Dat is niet gehaald."),
        ({"decides_by": "consensus"}, (8, 0), True, "Nodig was dat niemand tegen is."),
        ({"decides_by": "consensus"}, (7, 1), False, "Dat is niet gehaald."),
        ({"decides_by": "consensus", "tie": "not_adopted"}, (7, 1), True, "of anders een meerderheid"),
        ({"decides_by": None}, (5, 3), True, "Wij gingen uit van een gewone meerderheid."),
        ({"decides_by": None}, (3, 5), False, "Wij gingen uit van een gewone meerderheid."),
        ({"tie": "not_adopted"}, (4, 4), False, "Het advies is dan niet vastgesteld."),
        ({}, (4, 4), False, "De spelregels zeggen niet wat dan geldt"),
        ({"quorum": None}, (5, 3), True, "Een quorum is niet geregeld."),
        ({}, (0, 0), False, "Niemand stemde voor."),
    ],
)
def test_what_the_rules_make_of_the_votes(decide, rules, changes, votes, carried, words):
    rules(**changes)
    decision = decide(*votes, outcome=Outcome.ADOPTED if carried else Outcome.REJECTED)
    assert words in decision.sentence
    assert decision.outcome == (Outcome.ADOPTED if carried else Outcome.REJECTED)


@pytest.mark.parametrize("changes", [{"tie": "chair_decides"}, {"chair": {"vote": "tie_only"}}])
def test_the_vote_of_the_chair_settles_a_tie(decide, rules, changes):
    rules(**changes)
    assert refusal(lambda: decide(4, 4))[0] == "chair_in_favour"
    assert refusal(lambda: decide(4, 4, chair_in_favour=False))[0] == "outcome"
    assert "De voorzitter stemde voor." in decide(4, 4, chair_in_favour=True).sentence


def test_a_missing_quorum_stands_only_with_a_reason(advice, decide):
    field, words = refusal(lambda: decide(in_favour=5, against=0, present=6))
    assert field == "without_quorum_reason"
    assert "Het quorum van 7 is niet gehaald (art. 5)." in words
    decision = decide(in_favour=5, against=0, present=6, without_quorum_reason="Tweede vergadering, artikel 5 lid 3.")
    assert decision.without_quorum_reason == "Tweede vergadering, artikel 5 lid 3."
    assert decision.outcome == Outcome.ADOPTED


def test_a_reason_is_not_kept_when_the_quorum_was_met(decide):
    assert decide(without_quorum_reason="Voor de zekerheid").without_quorum_reason == ""


@pytest.mark.parametrize(
    ("of", "needed"),
    [("voting_members", 7), ("sitting_members", 8), ("seats", 9), (None, 8)],
)
def test_the_quorum_is_a_part_of_what_the_rules_count(council, decide, rules, of, needed):
    for _ in range(2):
        factories.MembershipFactory(council=council, votes=False)
    quorum = {"numerator": 1, "denominator": 2, "more_than": True} | ({"of": of} if of else {})
    rules(quorum=quorum, seats=[{"label": "Leden", "count": 16}])
    assert decide(10, 0, present=10).quorum_needed == needed


def test_votes_and_presence_must_be_possible(decide):
    assert refusal(lambda: decide(in_favour=7, against=2, present=8))[0] == "in_favour"
    assert refusal(lambda: decide(in_favour=7, against=1, abstained=1, present=8))[0] == "in_favour"
    field, words = refusal(lambda: decide(present=13))
    assert (field, "12 leden met stemrecht" in words) == ("present", True)


def test_a_decision_lies_on_a_day_that_has_come(decide):
    assert refusal(lambda: decide(decided_on=TODAY() + timedelta(days=1)))[0] == "decided_on"
    assert refusal(lambda: decide(decided_on=None))[0] == "decided_on"


def test_the_meeting_gives_the_day(council, decide):
    held = timezone.now() - timedelta(days=3)
    meeting = factories.MeetingFactory(council=council, starts_at=held)
    item = factories.AgendaItemFactory(meeting=meeting)
    assert refusal(lambda: decide(meeting=meeting, decided_on=TODAY()))[0] == "decided_on"
    decision = decide(meeting=meeting, agenda_item=item, decided_on=None)
    assert (decision.decided_on, decision.meeting, decision.agenda_item) == (timezone.localdate(held), meeting, item)


def test_a_meeting_must_be_of_this_council_and_held(council, decide):
    past = timezone.now() - timedelta(days=3)
    elsewhere = factories.MeetingFactory(starts_at=past)
    cancelled = factories.MeetingFactory(council=council, starts_at=past, state=MeetingState.CANCELLED)
    coming = factories.MeetingFactory(council=council)
    for meeting in (elsewhere, cancelled, coming):
        assert refusal(lambda meeting=meeting: decide(meeting=meeting, decided_on=None))[0] == "meeting"
    held = factories.MeetingFactory(council=council, starts_at=past)
    item = factories.AgendaItemFactory(meeting=coming, council=council)
    assert refusal(lambda: decide(meeting=held, agenda_item=item, decided_on=None))[0] == "agenda_item"


def test_the_view_of_a_minority_is_part_of_what_is_adopted(decide):
    decision = decide(minority_by="Twee leden", minority_text="Het busje is te duur.")
    assert decision.adopted_text.text["minority_views"] == [{"by": "Twee leden", "text": "Het busje is te duur."}]
    assert MinorityView.objects.get().by == "Twee leden"


def test_what_is_missing_is_listed(council, authority):
    advice = factories.AdviceFactory(council=council, subject="")
    factories.SectionFactory(advice=advice, text="", position=1)
    assert len(what_is_missing(advice)) == 3
    advice.authorities.add(authority)
    factories.RecommendationFactory(advice=advice, number=1, text="")
    assert what_is_missing(advice) == [
        "Het advies heeft nog geen onderwerp.", "Aanbeveling 1 heeft nog geen tekst.",
    ]  # fmt: skip


def test_an_unfinished_advice_cannot_be_adopted(advice, decide):
    advice.sections.all().delete()
    advice.recommendations.all().delete()
    assert "Er is nog geen tekst" in refusal(decide)[1]


def test_an_adopted_advice_is_opened_again_with_a_reason_and_decided_anew(advice, decide, saskia):
    first = decide()
    assert refusal(decide)[0] is None
    assert refusal(lambda: reopen(advice, reason=" ", by=saskia.person))[0] == "reason"
    reopened = reopen(advice, reason="Bedrag klopt niet", by=saskia.person)
    assert reopened.state == AdviceState.DRAFT
    assert advice.comments.get().text == "Weer een concept: Bedrag klopt niet"
    advice.recommendations.update(text="Nieuwe tekst")
    second = decide()
    assert second.adopted_text.text["recommendations"][0]["text"] == "Nieuwe tekst"
    assert first.adopted_text.text["recommendations"][0]["text"] == "Maak de wachttijd korter."
    assert advice.decisions.count() == 2


@pytest.mark.parametrize("state", [AdviceState.ISSUED, AdviceState.DROPPED])
def test_what_is_sent_or_stopped_is_not_decided_or_opened(advice, decide, saskia, state):
    advice.state = state
    advice.save()
    refusal(decide)
    refusal(lambda: reopen(advice, reason="x", by=saskia.person))
    refusal(lambda: drop(advice, reason="x", by=saskia.person))


def test_stopping_keeps_what_was_written(advice, saskia):
    stopped = drop(advice, reason="De gemeente trok het plan in.", by=saskia.person)
    assert stopped.state == AdviceState.DROPPED
    assert advice.sections.count() == 1
    assert AuditEvent.objects.latest("pk").event == "advice.dropped"


def test_a_decision_cannot_lie_before_the_request_came_in(council, authority, saskia):
    asked = factories.CouncilRequestFactory(
        council=council, request__authority=authority, accepted=True, received_on=timezone.localdate()
    )
    advice = factories.AdviceFactory(council=council, request=asked, authorities=[authority])
    factories.SectionFactory(advice=advice)
    with pytest.raises(Refused, match="kwam na deze dag binnen"):
        record_decision(
            advice, outcome="adopted", present=1, in_favour=1, against=0, abstained=0,
            decided_on=timezone.localdate() - timedelta(days=1), by=saskia.person,
        )  # fmt: skip


def test_who_takes_no_part_is_neither_present_nor_in_what_the_quorum_is_a_part_of(decide):
    assert refusal(lambda: decide(in_favour=7, against=0, present=11, recused=2))[0] == "present"
    decision = decide(in_favour=6, against=0, present=6, recused=2)
    assert (decision.quorum_needed, decision.present) == (6, 6)  # more than half of ten
    assert "2 leden deden niet mee" in decision.sentence
