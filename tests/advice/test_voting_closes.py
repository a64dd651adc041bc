"""A vote in writing closes: by hand or by the calendar, judged by the rules; who hears of it, and who is reminded."""

import pytest
from django.core import mail
from django.core.management import call_command

from advice.actions.deciding import reopen
from advice.actions.procedures import close_procedure, extend, stop_procedure
from advice.actions.votes import cast_vote, recuse
from advice.models import AdoptedText, Comment, Decision, Elector, Vote, WrittenProcedure
from advice.states import AdviceState, Manner, Outcome
from advice.tally import tally
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


# --- closing ---


def test_adopted_is_the_very_text_that_was_voted_on(advice, procedure, members, saskia, council):
    vote_all(procedure, members[:7], "in_favour")
    council.name = "Een andere naam"  # what the letter would now say differs from what was voted on
    council.save()
    decision = close_procedure(over(procedure), by=saskia.person)
    adopted = AdoptedText.objects.get(decision=decision)
    assert (adopted.text, adopted.sha256) == (procedure.text, procedure.sha256)
    assert (decision.manner, decision.procedure, decision.outcome) == (Manner.WRITTEN, procedure, Outcome.ADOPTED)
    assert (decision.present, decision.in_favour, decision.against, decision.abstained) == (7, 7, 0, 0)
    assert decision.sentence == (
        "7 leden stemden voor, 0 tegen. Nodig was een meerderheid. Het quorum van 7 is gehaald (art. 5)."
    )
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED
    reopen(advice, reason="Een fout", by=saskia.person)
    advice.refresh_from_db()
    assert advice.state == AdviceState.DRAFT
    assert opened(advice, saskia.person).pk != procedure.pk  # and it can be put to the vote again


def test_not_adopted_is_a_draft_again(advice, procedure, members, saskia):
    vote_all(procedure, members[:3], "in_favour")
    vote_all(procedure, members[3:8], "against")
    decision = close_procedure(over(procedure), by=saskia.person)
    advice.refresh_from_db()
    assert (decision.outcome, advice.state) == (Outcome.REJECTED, AdviceState.DRAFT)
    assert not AdoptedText.objects.exists()


def test_early_only_when_everybody_voted_or_takes_no_part(procedure, members, saskia):
    vote_all(procedure, members[:11], "in_favour")
    assert "Nog niet iedereen heeft gestemd." in refusal(lambda: close_procedure(procedure, by=saskia.person))[1]
    recuse(procedure, members[11], reason="Ik werk daar.", by=members[11])
    assert "Nog niet iedereen" in refusal(lambda: close_procedure(procedure, by=None))[1]  # the calendar waits
    assert close_procedure(procedure, by=saskia.person).outcome == Outcome.ADOPTED


def test_without_a_quorum_there_is_no_decision_unless_a_leader_says_why(advice, procedure, members, saskia):
    vote_all(procedure, members[:6], "in_favour")
    over(procedure)
    assert refusal(lambda: close_procedure(procedure, by=saskia.person))[0] == "without_quorum_reason"
    assert "beslissen dit niet vanzelf" in refusal(lambda: close_procedure(procedure, by=None))[1]
    decision = close_procedure(procedure, by=saskia.person, without_quorum_reason="Tweede ronde, art. 5 lid 3.")
    assert decision.without_quorum_reason == "Tweede ronde, art. 5 lid 3."


def test_nobody_voted_is_no_decision(procedure, council, saskia):
    change_rules(council, quorum=None)
    assert "Niemand heeft gestemd." in refusal(lambda: close_procedure(over(procedure), by=saskia.person))[1]


@pytest.mark.parametrize(("chair_votes", "outcome"), [("in_favour", "adopted"), ("against", "rejected")])
def test_the_vote_of_the_chair_settles_a_tie(procedure, council, members, saskia, chair_votes, outcome):
    change_rules(council, tie="chair_decides")
    other = "against" if chair_votes == "in_favour" else "in_favour"
    vote_all(procedure, members[:4], chair_votes)
    vote_all(procedure, members[4:8], other)
    # What is filled in at the closing never takes the place of the vote that the chair gave.
    decision = close_procedure(over(procedure), by=saskia.person, chair_in_favour=chair_votes != "in_favour")
    assert decision.outcome == outcome


def test_a_tie_without_the_chair_waits_for_the_chair(procedure, council, members, saskia):
    change_rules(council, tie="chair_decides")
    vote_all(procedure, members[1:5], "in_favour")
    vote_all(procedure, members[5:9], "against")
    over(procedure)
    assert "beslissen dit niet vanzelf" in refusal(lambda: close_procedure(procedure, by=None))[1]
    assert refusal(lambda: close_procedure(procedure, by=saskia.person))[0] == "chair_in_favour"
    decision = close_procedure(procedure, by=saskia.person, chair_in_favour=False)
    assert decision.outcome == Outcome.REJECTED
    assert "De voorzitter stemde tegen." in decision.sentence


def test_a_chair_who_takes_no_part_settles_nothing(procedure, council, members, saskia):
    change_rules(council, tie="chair_decides")
    recuse(procedure, members[0], reason="Belang", by=members[0])
    vote_all(procedure, members[1:5], "in_favour")
    vote_all(procedure, members[5:9], "against")
    decision = close_procedure(over(procedure), by=saskia.person, chair_in_favour=True)
    assert decision.outcome == Outcome.REJECTED
    assert "De voorzitter deed niet mee" in decision.sentence


def test_a_chair_with_a_vote_on_a_tie_only_counts_nowhere_else(advice, council, members, saskia):
    change_rules(council, chair={"vote": "tie_only"})
    procedure = opened(advice, saskia.person)
    vote_all(procedure, members, "in_favour")
    ballot = tally(procedure).ballot
    assert (ballot.present, ballot.in_favour, ballot.chair_in_favour) == (11, 11, True)
    assert tally(procedure).judgement.quorum.value == 6  # more than half of eleven


def test_stopping_needs_a_reason_and_keeps_the_votes(advice, procedure, members, saskia):
    vote_all(procedure, members[:3], "in_favour")
    assert refusal(lambda: stop_procedure(procedure, reason=" ", by=saskia.person))[0] == "reason"
    stop_procedure(procedure, reason="Er staat een fout in.", by=saskia.person)
    advice.refresh_from_db()
    assert advice.state == AdviceState.DRAFT
    assert (Vote.objects.count(), Decision.objects.count()) == (3, 0)
    assert Comment.objects.get().text == "Stemming gestopt: Er staat een fout in."
    assert "al gesloten" in refusal(lambda: close_procedure(procedure, by=saskia.person))[1]


def test_more_time_only_later_and_only_who_is_silent_hears_it(procedure, members, saskia):
    vote_all(procedure, members[:3], "in_favour")
    assert refusal(lambda: extend(procedure, closes_at=in_days(6), by=saskia.person))[0] == "closes_at"
    extend(over(procedure), closes_at=in_days(3), by=saskia.person)
    assert Message.objects.filter(kind="advice.vote_reminder").count() == 9
    assert cast_vote(procedure, members[5], choice="against", by=members[5]).choice == "against"


def test_everyone_in_the_room_hears_the_outcome_once(council, procedure, members, saskia, committing):
    vote_all(procedure, members[:8], "in_favour")
    with committing():
        close_procedure(over(procedure), by=saskia.person)
    told = Message.objects.filter(kind="advice.vote_outcome")
    assert told.count() == 13  # twelve members and the secretary
    assert set(told.values_list("state", flat=True)) == {MessageState.SENT}
    one = mail.outbox[-1]
    assert one.subject == "De stemming is gesloten"
    assert "8 leden stemden voor, 0 tegen." in one.body


# --- the calendar ---


def test_the_calendar_closes_what_the_rules_settle(advice, procedure, members, capsys):
    vote_all(procedure, members[:8], "in_favour")
    over(procedure)
    call_command("close_votes")
    assert capsys.readouterr().out == "1 due, nothing done\n"
    assert not Decision.objects.exists()
    call_command("close_votes", "--apply")
    assert capsys.readouterr().out == "1 due, 1 closed, 0 for the chair\n"
    procedure.refresh_from_db()
    assert (procedure.closed_by, Decision.objects.get().outcome) == (None, Outcome.ADOPTED)
    assert AuditEvent.objects.get(event="vote.closed").actor_id is None
    call_command("close_votes", "--apply")
    assert capsys.readouterr().out == "0 due, 0 closed, 0 for the chair\n"


def test_what_the_rules_do_not_settle_waits_and_the_leaders_hear_it_once(procedure, members, capsys, saskia):
    vote_all(procedure, members[:6], "in_favour")
    over(procedure)
    for _minute in range(2):
        call_command("close_votes", "--apply")
    assert capsys.readouterr().out == "1 due, 0 closed, 1 for the chair\n" * 2
    assert not Decision.objects.exists()
    told = Message.objects.filter(kind="advice.vote_waits")
    assert {message.person for message in told} == {members[0], saskia.person}


def test_before_the_closing_time_the_calendar_does_nothing(procedure, members, capsys):
    vote_all(procedure, members, "in_favour")
    call_command("close_votes", "--apply")
    assert capsys.readouterr().out == "0 due, 0 closed, 0 for the chair\n"


@pytest.mark.parametrize(("left", "since", "reminded"), [(3, 4, 0), (1.9, 5, 9), (1.9, 0.5, 0)])
def test_reminders_go_some_days_before_closing(procedure, members, capsys, left, since, reminded):
    vote_all(procedure, members[:3], "in_favour")
    WrittenProcedure.objects.filter(pk=procedure.pk).update(closes_at=in_days(left), opened_at=in_days(-since))
    for _quarter in range(2):
        call_command("remind_voters", "--apply")
    assert Message.objects.filter(kind="advice.vote_reminder").count() == reminded


def test_a_vote_one_second_earlier_stops_the_reminder(procedure, members):
    WrittenProcedure.objects.filter(pk=procedure.pk).update(closes_at=in_days(1), opened_at=in_days(-5))
    call_command("remind_voters", "--apply")
    first, second = (Message.objects.get(kind="advice.vote_reminder", person=person) for person in members[1:3])
    cast_vote(procedure, members[1], choice="in_favour", by=members[1])
    mail.outbox.clear()
    assert deliver(first.pk) == MessageState.DROPPED
    assert deliver(second.pk) == MessageState.SENT  # the control: who has not voted does get it
    assert [message.to for message in mail.outbox] == [[f"{members[2].name} <{members[2].email}>"]]


def test_no_message_to_vote_after_a_recusal_or_the_end(procedure, members):
    asked = Message.objects.get(kind="advice.vote_asked", person=members[1])
    recuse(procedure, members[1], reason="Belang", by=members[1])
    assert deliver(asked.pk) == MessageState.DROPPED
    over(procedure)
    assert deliver(Message.objects.get(kind="advice.vote_asked", person=members[2]).pk) == MessageState.DROPPED


def test_who_has_no_email_gets_the_question_on_paper(council, authority, saskia):
    person = factories.PersonFactory(without_email=True)
    factories.MembershipFactory(council=council, person=person)
    opened(draft_for(council, authority), saskia.person)
    assert Message.objects.get(person=person, kind="advice.vote_asked").state == MessageState.PAPER


def test_the_mail_tells_what_is_asked_and_until_when(procedure, members):
    message = Message.objects.get(kind="advice.vote_asked", person=members[1])
    mail.outbox.clear()
    deliver(message.pk)
    sent = mail.outbox[0]
    assert sent.subject.startswith("Geef uw stem, uiterlijk ")
    assert "Vervoer" not in sent.subject
    assert "/stemming/" in sent.body and "U kunt stemmen tot " in sent.body


def test_the_electors_are_of_this_council_only(procedure, council):
    assert set(Elector.objects.values_list("council", flat=True)) == {council.pk}
