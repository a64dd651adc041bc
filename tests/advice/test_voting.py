"""A vote in writing: the fixed text and electorate, one vote each, who takes no part, closing by the rules."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from advice.actions import adopting, drafting, letter_details, saving
from advice.actions.deciding import drop, record_decision, reopen
from advice.actions.procedures import stop_procedure
from advice.actions.saving import PartGone
from advice.actions.votes import cast_vote, recuse
from advice.frozen import digest
from advice.models import Vote
from advice.states import AdviceState
from advice.tally import meter, tally
from portal.models import AuditEvent, Message
from portal.states import MessageState
from portal.tasks import deliver
from tests import factories
from tests.advice.votes import change_rules, draft_for, in_days, opened, over, refusal, vote_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(council):
    """Twelve with a vote, the chair among them; the secretary has none. The quorum is seven (more than half)."""
    chair = factories.MembershipFactory(council=council, chair=True, person__name="Voorzitter")
    return [chair.person, *(factories.MembershipFactory(council=council).person for _ in range(11))]


@pytest.fixture
def advice(council, authority, members):
    return draft_for(council, authority)


@pytest.fixture
def procedure(advice, saskia):
    return opened(advice, saskia.person)


# --- opening ---


def test_opening_fixes_the_text_and_who_may_vote(advice, members, saskia):
    procedure = opened(advice, saskia.person, reason="De vergadering komt te laat.")
    advice.refresh_from_db()
    assert advice.state == AdviceState.VOTING
    assert procedure.text["recommendations"][0]["text"] == "Maak de wachttijd korter."
    assert procedure.sha256 == digest(procedure.text)
    assert set(procedure.electors.values_list("person", flat=True)) == {person.pk for person in members}
    assert procedure.electors.get(is_chair=True).person == members[0]
    messages = Message.objects.filter(kind="advice.vote_asked")
    assert messages.count() == 12 == messages.values("person").distinct().count()


def test_who_comes_later_does_not_vote_and_who_leaves_still_does(advice, council, members, saskia):
    leaving = members[3].memberships.get()
    leaving.ends_on = timezone.localdate()
    leaving.save()
    procedure = opened(advice, saskia.person)
    leaving.ends_on = timezone.localdate() - timedelta(days=1)
    leaving.save()
    newcomer = factories.MembershipFactory(council=council).person
    assert cast_vote(procedure, members[3], choice="in_favour", by=members[3]).choice == "in_favour"
    assert "had, stemt mee" in refusal(lambda: cast_vote(procedure, newcomer, choice="against", by=newcomer))[1]


@pytest.mark.parametrize(
    ("changes", "votes_flag", "expected"),
    [
        ({}, True, (True, False)),
        ({}, False, None),
        ({"chair": {"vote": "full"}}, False, (True, False)),
        ({"chair": {"vote": "tie_only"}}, True, (True, True)),
        ({"chair": {"vote": "none"}}, True, None),
        ({"chair": {"vote": "none"}, "tie": "chair_decides"}, True, (True, True)),
        ({"tie": "chair_decides"}, False, (True, True)),
        ({"chair_counts_as_member": False}, True, (True, False)),
    ],
)
def test_the_rule_book_says_whether_the_chair_votes(advice, council, members, saskia, changes, votes_flag, expected):
    change_rules(council, **changes)
    council.memberships.filter(person=members[0]).update(votes=votes_flag)
    elector = opened(advice, saskia.person).electors.filter(person=members[0]).first()
    assert (elector and (elector.is_chair, elector.only_on_tie)) == expected


def test_what_is_missing_or_past_cannot_be_opened(advice, members, saskia):
    assert refusal(lambda: opened(advice, saskia.person, closes_at=in_days(-1)))[0] == "closes_at"
    advice.recommendations.update(text="")
    assert "nog geen tekst" in refusal(lambda: opened(advice, saskia.person))[1]
    advice.recommendations.update(text="Doe dit.")
    opened(advice, saskia.person)
    assert "al over deze tekst gestemd" in refusal(lambda: opened(advice, saskia.person))[1]


def test_nobody_with_a_vote_is_no_vote(council, authority, saskia):
    assert "heeft niemand een stem" in refusal(lambda: opened(draft_for(council, authority), saskia.person))[1]


def test_the_text_is_fixed_while_the_council_votes(advice, procedure, saskia):
    advice.refresh_from_db()
    section, recommendation, by = advice.sections.get(), advice.recommendations.get(), saskia.person
    before = procedure.text
    verbs = [
        lambda: saving.add_section(advice, heading="Deel", by=by),
        lambda: saving.save_section(advice, section, heading="Kop", text="<p>Anders</p>", version=1, by=by),
        lambda: drafting.move_section(section, 1, by=by),
        lambda: drafting.remove_section(section, by=by),
        lambda: saving.add_recommendation(advice, text="Nog een", by=by),
        lambda: saving.save_recommendation(advice, recommendation, text="Anders", version=1, by=by),
        lambda: drafting.move_recommendation(recommendation, 1, by=by),
        lambda: drafting.remove_recommendation(recommendation, by=by),
        lambda: drafting.comment(advice, text="Nog iets", by=by),
        lambda: letter_details.save_details(advice, letter_details.details_of(advice), seen="", by=by),
    ]
    for verb in verbs:
        with pytest.raises(PartGone) as refused:
            verb()
        assert "Er wordt" in str(refused.value) and "over deze tekst gestemd" in str(refused.value)
    for verb in (drop, reopen):
        assert "over deze tekst gestemd" in refusal(lambda verb=verb: verb(advice, reason="Toch niet", by=by))[1]
    assert "Sluit of stop eerst" in refusal(
        lambda: record_decision(
            advice, outcome="adopted", present=8, in_favour=8, against=0, by=by, decided_on=timezone.localdate()
        )
    )[1]  # fmt: skip
    assert adopting.frozen_text(advice) == before


# --- voting ---


def test_one_vote_per_person_that_can_be_changed(procedure, members):
    cast_vote(procedure, members[1], choice="in_favour", by=members[1])
    cast_vote(procedure, members[1], choice="against", explanation=" Te duur. ", by=members[1])
    vote = Vote.objects.get()
    assert (vote.choice, vote.explanation, vote.channel, vote.entered_by) == ("against", "Te duur.", "self", members[1])
    events = AuditEvent.objects.filter(event="vote.cast")
    assert events.count() == 2  # that somebody voted, and nowhere what
    assert "against" not in str(list(events.values()))


def test_nobody_votes_after_closing(procedure, members, saskia):
    cast_vote(procedure, members[1], choice="in_favour", by=members[1])
    over(procedure)
    late = lambda: cast_vote(procedure, members[2], choice="against", by=members[2])  # noqa: E731
    assert "De stemming is gesloten." in refusal(late)[1]
    changed = lambda: cast_vote(procedure, members[1], choice="against", by=members[1])  # noqa: E731
    assert "De stemming is gesloten." in refusal(changed)[1]
    stop_procedure(procedure, reason="Toch niet", by=saskia.person)
    assert "De stemming is gesloten." in refusal(late)[1]
    assert Vote.objects.get().choice == "in_favour"


def test_the_clock_of_the_database_counts_not_that_of_the_web_host(procedure, members, monkeypatch):
    over(procedure)
    monkeypatch.setattr(timezone, "now", lambda: procedure.closes_at - timedelta(minutes=5))  # the host is slow
    assert "gesloten" in refusal(lambda: cast_vote(procedure, members[1], choice="against", by=members[1]))[1]


def test_a_choice_that_does_not_exist_is_refused(procedure, members):
    assert refusal(lambda: cast_vote(procedure, members[1], choice="maybe", by=members[1]))[0] == "choice"


def test_the_secretary_enters_a_vote_and_says_how_it_came(procedure, members, saskia):
    entered = lambda **more: cast_vote(procedure, members[1], choice="abstained", by=saskia.person, **more)  # noqa: E731
    assert refusal(entered)[0] == "channel"  # as if the member had done it
    vote = entered(channel="phone")
    assert (vote.channel, vote.entered_by, vote.person) == ("phone", saskia.person, members[1])
    assert AuditEvent.objects.filter(event="vote.entered").count() == 1


def test_nobody_else_replaces_a_vote_that_its_voter_gave(procedure, members, saskia):
    by_phone = lambda choice: cast_vote(procedure, members[1], choice=choice, by=saskia.person, channel="phone")  # noqa: E731
    by_phone("against")
    by_phone("abstained")  # the secretary misheard
    cast_vote(procedure, members[1], choice="in_favour", by=members[1])
    assert "Alleen" in refusal(lambda: by_phone("against"))[1]
    assert (procedure.votes.get().choice, procedure.votes.get().channel) == ("in_favour", "self")


def test_who_takes_no_part_counts_nowhere(procedure, members, saskia):
    cast_vote(procedure, members[1], choice="against", by=members[1])
    assert tally(procedure).judgement.quorum.value == 7
    elector = recuse(procedure, members[1], reason="Ik werk daar.", by=saskia.person)
    assert (elector.recused_by, elector.recusal_reason) == (saskia.person, "Ik werk daar.")
    assert not Vote.objects.exists()
    assert AuditEvent.objects.filter(event="vote.recused_after_voting").count() == 1
    assert "stemt niet" in refusal(lambda: cast_vote(procedure, members[1], choice="against", by=members[1]))[1]
    recuse(procedure, members[2], reason="Ik ook.", by=members[2])
    counted = tally(procedure)
    assert (counted.ballot.recused, counted.judgement.quorum.value) == (2, 6)  # more than half of ten
    assert refusal(lambda: recuse(procedure, members[3], reason=" ", by=members[3]))[0] == "reason"
    over(procedure)
    assert "gesloten" in refusal(lambda: recuse(procedure, members[3], reason="Ik werk daar.", by=members[3]))[1]


# --- the meter ---


def words(procedure) -> str:
    counted = tally(procedure)
    return meter(counted.ballot, counted.judgement)


def test_the_meter_says_what_the_rules_make_of_the_votes(procedure, members):
    assert words(procedure) == "Nog niemand heeft gestemd. Voor het quorum zijn 7 stemmen nodig (art. 5): nog 7."
    vote_all(procedure, members[:5], "in_favour")
    vote_all(procedure, members[5:6], "against")
    assert words(procedure) == (
        "5 voor, 1 tegen. Voor het quorum zijn 7 stemmen nodig (art. 5): nog 1. "
        "Blijft het zo? Dan is het advies vastgesteld als nog 1 lid stemt."
    )
    vote_all(procedure, members[6:7], "abstained")
    assert words(procedure) == (
        "5 voor, 1 tegen, 1 onthoudt zich. Het quorum van 7 is bereikt (art. 5). "
        "Blijft het zo? Dan is het advies vastgesteld."
    )


def test_the_meter_knows_consensus_and_a_tie(procedure, council, members):
    change_rules(council, decides_by="consensus")
    vote_all(procedure, members[:8], "in_favour")
    vote_all(procedure, members[8:9], "against")
    assert words(procedure).endswith("Blijft het zo? Dan is het advies niet vastgesteld.")
    change_rules(council, tie="not_adopted")  # then a majority is enough
    assert words(procedure).endswith("Blijft het zo? Dan is het advies vastgesteld.")
    change_rules(council, tie="chair_decides", quorum=None)
    recuse(procedure, members[0], reason="Belang", by=members[0])
    vote_all(procedure, members[1:5], "against")
    assert tally(procedure).ballot.in_favour == 3
    assert "Een quorum is niet geregeld." in words(procedure)


def test_a_tie_so_far_is_said_and_so_is_how_many_more_must_vote(procedure, council, members):
    change_rules(council, tie="chair_decides")
    vote_all(procedure, members[1:4], "in_favour")
    assert words(procedure).endswith("Blijft het zo? Dan is het advies vastgesteld als nog 4 leden stemmen.")
    cast_vote(procedure, members[1], choice="abstained", by=members[1])
    vote_all(procedure, members[4:6], "against")
    assert words(procedure).endswith(
        "Er zijn nu evenveel stemmen voor als tegen. Blijft het zo? Dan beslist de voorzitter."
    )


def test_no_sentence_of_the_meter_is_longer_than_twenty_words(procedure, council, members):
    """Control: the sentence that was there before, with what stands before it, has more."""

    def longest(text: str) -> int:
        return max(len(one.split()) for one in re.split(r"(?<=[.?!])\s+(?=[A-Z0-9])", text.replace("art. ", "art.")))

    assert longest("Dit is een zin die " + "te lang " * 9) > 20
    said = [words(procedure)]
    for number, choice in enumerate(["in_favour", "against", "abstained", *["in_favour"] * 6]):
        vote_all(procedure, members[number + 1 : number + 2], choice)
        said.append(words(procedure))
    assert len(set(said)) == 10 and max(longest(one) for one in said) <= 20


# --- changed on behalf of a member ---


def test_a_vote_that_the_secretary_entered_herself_is_put_right_and_the_member_hears_it(procedure, members, saskia):
    enter = lambda choice: cast_vote(procedure, members[1], choice=choice, by=saskia.person, channel="phone")  # noqa: E731
    enter("against")
    assert not Message.objects.filter(kind="advice.vote_changed").exists()
    enter("in_favour")
    assert Message.objects.filter(kind="advice.vote_changed", person=members[1]).count() == 1
    assert AuditEvent.objects.filter(event="vote.changed_for_member").count() == 1


def test_the_mail_about_a_changed_vote_says_who_and_until_when_and_not_what(procedure, members, saskia, advice):
    cast_vote(procedure, members[1], choice="against", by=saskia.person, channel="phone")
    cast_vote(procedure, members[1], choice="in_favour", by=saskia.person, channel="phone", explanation="Zij belde.")
    message = Message.objects.get(kind="advice.vote_changed")
    mail.outbox.clear()
    deliver(message.pk)
    sent = mail.outbox[0]
    assert sent.subject == "Uw stem is veranderd"
    assert f"{saskia.person.name} heeft uw stem namens u veranderd." in sent.body
    assert "Klopt het niet? U kunt uw stem veranderen tot" in sent.body and "/stemming/" in sent.body
    assert "Zij belde" not in sent.body and "Voor" not in sent.body.replace("Vervoer", "")


def test_no_mail_about_a_changed_vote_when_the_member_voted_again(procedure, members, saskia):
    cast_vote(procedure, members[1], choice="against", by=saskia.person, channel="phone")
    cast_vote(procedure, members[1], choice="in_favour", by=saskia.person, channel="phone", explanation="Zij belde.")
    cast_vote(procedure, members[1], choice="against", by=members[1])
    assert deliver(Message.objects.get(kind="advice.vote_changed").pk) == MessageState.DROPPED
