"""No row in the audit trail, no change: when the trail fails, every verb leaves the database as it was."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace as World

import pytest
from django.db import connection, transaction
from django.utils import timezone

import tests.verbs
from advice.actions import (
    answer_drafts,
    answering,
    approving,
    attachments,
    deciding,
    drafting,
    drafts,
    editorial,
    escalating,
    extending,
    from_agenda,
    joint,
    linking,
    looking_back,
    mandate,
    marking,
    minority_views,
    opinions,
    procedures,
    promising,
    proposals,
    publishing,
    saving,
    sources,
    steps,
    templates,
    versions,
    votes,
    word,
    words,
)
from advice.word_import import FoundPart
from consultations.actions import agenda, consenting, handling, heard, questions, registering, requests, topics
from consultations.states import Form
from councils.actions import appointments, councils, elections, members, pictures
from councils.states import AuthorityRole, CouncilRole
from meetings.actions import agenda as meeting_agenda
from meetings.actions import inviting, scheduling
from meetings.states import Answer
from portal.actions import invitations, outbox, people
from portal.documents import keep
from portal.models import AuditEvent
from tests.access.world import COUNCIL_CANARY, build
from tests.pictures import drawn, upload


class TrailIsFull(Exception):
    pass


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def in_a_week():
    return timezone.now() + timedelta(days=7)


@transaction.atomic
def change_for_member(w: World) -> object:
    w.procedure.votes.filter(person=w.member).update(channel="paper", entered_by=w.secretary)
    votes.cast_vote(w.procedure, w.member, choice="against", by=w.secretary, channel="phone")
    return w.procedure


@transaction.atomic
def read_in_word(w: World) -> object:
    key = word.keep_waiting(w.draft, {"comments": []}, name="reactie.docx")
    parts = [(FoundPart("Uit Word", "<p>Tekst.</p>"), word.Into())]
    return word.read_in(w.draft, key=key, parts=parts, recommendations=[], comments=[], by=w.member)


def open_ballot(w: World) -> object:
    return elections.open_election(
        w.council, role=CouncilRole.TREASURER, candidates=[w.member], closes_at=in_a_week(), by=w.secretary
    )


VERBS: dict[str, Callable[[World], object]] = {
    # portal
    "add a person": lambda w: people.add_person("Nieuw Mens", by=w.secretary),
    "change a person": lambda w: people.change_person(w.member, by=w.member, name="Anders", phone="", post_address=""),
    "make an account": lambda w: people.make_account(w.newcomer, by=w.secretary),
    "invite someone": lambda w: invitations.invite(w.newcomer, by=w.secretary, council_id=w.council.pk),
    "put a message on paper": lambda w: outbox.put_on_paper(w.refused_mail, by=w.secretary),
    # councils
    "add a member": lambda w: members.add_member(
        w.council, by=w.secretary, name="Nieuw Lid", starts_on=timezone.localdate(), role=CouncilRole.MEMBER
    ),
    "end a membership": lambda w: members.end_membership(w.member_membership, tomorrow(), by=w.secretary),
    "change a council": lambda w: councils.change_council(w.council, by=w.secretary, phone="0123 45 67 89"),
    "set a logo": lambda w: pictures.set_logo(w.council, upload(), by=w.secretary),
    "remove a logo": lambda w: pictures.remove_logo(w.council, by=w.secretary),
    "set a signature": lambda w: pictures.set_signature(w.member_membership, upload(), by=w.secretary),
    "remove a signature": lambda w: pictures.remove_signature(w.chair_membership, by=w.secretary),
    "add a client group": lambda w: councils.add_client_group(w.council, "mensen met dementie", by=w.secretary),
    "open a ballot": lambda w: open_ballot(w),
    "vote in a ballot": lambda w: elections.cast_vote(w.election, voter=w.member, candidate=None, by=w.member),
    "remind of a ballot": lambda w: elections.remind(w.election, by=w.secretary),
    "close a ballot": lambda w: elections.close_election(w.voted_election, by=w.secretary),
    "appoint someone": lambda w: appointments.add_appointment(
        w.authority, by=w.officer, name="Nieuwe Ambtenaar", email="nieuw@gemeente.test",
        role=AuthorityRole.POLICY_OFFICER, starts_on=timezone.localdate(),
    ),
    # meetings
    "schedule a meeting": lambda w: scheduling.schedule_meeting(
        w.council, title="Overleg", starts_at=in_a_week(), ends_at=in_a_week() + timedelta(hours=2), by=w.secretary
    ),
    "move a meeting": lambda w: scheduling.change_meeting(w.meeting, by=w.secretary, title="Ander overleg"),
    "cancel a meeting": lambda w: scheduling.cancel_meeting(w.meeting, by=w.secretary),
    "add an agenda item": lambda w: meeting_agenda.add_item(
        w.meeting, title="Punt", aim="decide", minutes=5, by=w.secretary
    ),
    "send invitations": lambda w: inviting.send_invitations(w.meeting, by=w.secretary),
    "answer an invitation": lambda w: inviting.answer_invitation(w.invitee, Answer.DECLINED, by=w.member),
    "remove an agenda item": lambda w: meeting_agenda.remove_item(w.empty_item, by=w.secretary),
    # consultations
    "start a request": lambda w: requests.start_request(w.authority, by=w.officer, subject="Vraag"),
    "register a request": lambda w: registering.register_request(
        w.council, authority=w.authority, subject="Vraag per post", received_on=timezone.localdate(), channel="phone",
        by=w.secretary, summary="Wat vindt u?",
    ),
    "accept a request": lambda w: handling.accept(w.new_request, by=w.secretary),
    "decline a request": lambda w: handling.decline(w.new_request, reason="Geen tijd.", by=w.secretary),
    "answer an urgent request": lambda w: consenting.answer_urgency(w.urgent_request, consent="agreed", by=w.chair),
    "ask a question back": lambda w: handling.ask_question(w.council_request, question="Wat kost het?", by=w.secretary),
    "answer a question": lambda w: questions.answer_question(w.request_question, answer="Tien euro.", by=w.officer),
    "add a topic": lambda w: topics.add_topic(w.authority, name="Nieuw onderwerp", by=w.officer),
    "announce a topic": lambda w: agenda.announce(
        w.authority, name="Vervoer", request_expected_on=tomorrow(), by=w.officer
    ),
    "change an announcement": lambda w: agenda.change_announcement(
        w.topic, by=w.officer, request_expected_on=date(2027, 4, 1)
    ),
    "take a topic off the agenda": lambda w: agenda.drop_topic(w.topic, reason="Gaat niet door.", by=w.officer),
    "ask from the agenda": lambda w: agenda.ask_from_topic(w.topic, by=w.officer),
    "write down a talk": lambda w: agenda.record_talk(
        w.topic, council=w.council, held_on=timezone.localdate(), said="Houd de bus.", by=w.secretary,
        at_authority=False,
    ),
    "correct a talk": lambda w: agenda.correct_talk(
        w.talk, held_on=timezone.localdate(), said="Houd de bus.", by=w.secretary, at_authority=False
    ),
    "say what is done with a talk": lambda w: agenda.answer_talk(w.talk, taken_along="De bus blijft.", by=w.officer),
    "note what was heard": lambda w: heard.add_activity(
        w.council, by=w.member, title="Gesprek", form=Form.CONVERSATION, held_on=timezone.localdate(), heard="Te lang."
    ),
    "delete what was heard": lambda w: heard.delete_activity(w.activity, by=w.secretary),
    # advice
    "start an advice": lambda w: drafting.start_unsolicited(
        w.council, subject="Advies", authorities=[w.authority], by=w.secretary
    ),
    "start an advice on a topic": lambda w: from_agenda.start_from_topic(w.council, w.topic, by=w.secretary),
    "add a section": lambda w: saving.add_section(w.draft, heading="Deel", text="<p>Tekst.</p>", by=w.member),
    "save a section": lambda w: saving.save_section(
        w.draft, w.section, heading="Kop", text="<p>Nieuw.</p>", version=w.section.version, by=w.member
    ),
    "keep a draft of a section": lambda w: drafts.keep_section_draft(
        w.draft, w.section, heading="Kop", text="<p>Half</p>", version=w.section.version, by=w.member
    ),
    "keep a draft of a recommendation": lambda w: drafts.keep_recommendation_draft(
        w.draft, w.recommendation, text="Half", why="", refers_to="", version=1, by=w.member
    ),
    "save a recommendation": lambda w: saving.save_recommendation(
        w.draft, w.recommendation, text="Doe het.", version=w.recommendation.version, by=w.member
    ),
    "add a recommendation": lambda w: saving.add_recommendation(w.draft, text="Doe het.", by=w.member),
    "remove a recommendation": lambda w: drafting.remove_recommendation(w.recommendation, by=w.member),
    "make a version": lambda w: versions.make_version(w.draft, name="Tweede versie", by=w.member),
    "add an attachment": lambda w: attachments.add_attachment(w.draft, title="Lijst", text="Ritten.", by=w.member),
    "change an attachment": lambda w: attachments.change_attachment(
        w.attachment, title="Lijst", text="Ritten.", by=w.member
    ),
    "move an attachment": lambda w: attachments.move_attachment(w.attachment, 1, by=w.member),
    "remove an attachment": lambda w: attachments.remove_attachment(w.attachment, by=w.member),
    "leave out an attachment": lambda w: attachments.confirm_left_out(w.adopted, ["rittenlijst"], by=w.secretary),
    "read in a Word file": lambda w: read_in_word(w),
    "make an editorial version": lambda w: editorial.make_editorial(
        w.adopted, sections=[], recommendations=[], plain_summary="Kort.", reason="Korter.", seen="e" * 64,
        by=w.secretary,
    ),
    "add a source": lambda w: sources.add_source(w.recommendation, kind="other", title="Rapport", by=w.member),
    "remove a source": lambda w: sources.remove_source(w.source, by=w.member),
    "save a template": lambda w: templates.save_template(
        w.council, "questions", [{"heading": "Vragen", "hint": ""}], by=w.secretary
    ),
    "restore a template": lambda w: templates.restore_template(w.council, "advice", by=w.secretary),
    "use a template": lambda w: templates.use_template(w.put_to_work, by=w.member),
    "comment": lambda w: drafting.comment(w.draft, text="Goed zo.", by=w.member),
    "comment on a paragraph": lambda w: drafting.comment(
        w.draft, text="Goed zo.", section=w.section, paragraph=COUNCIL_CANARY, by=w.member
    ),
    "ask the members": lambda w: opinions.open_round(w.second_draft, closes_on=tomorrow(), by=w.secretary),
    "change the last day": lambda w: opinions.change_last_day(w.opinion_round, closes_on=tomorrow(), by=w.secretary),
    "close the question": lambda w: opinions.close_round(w.opinion_round, by=w.secretary),
    "give an opinion": lambda w: opinions.give_opinion(w.opinion_round, choice="agree", by=w.member),
    "enter an opinion": lambda w: opinions.enter_opinion(
        w.opinion_round, person=w.newcomer, choice="agree", channel="phone", by=w.secretary
    ),
    "settle the opinions": lambda w: opinions.settle_opinions(w.draft, by=w.secretary),
    "propose a text": lambda w: proposals.propose(
        w.draft, part=w.section, original=w.proposal.original, action="remove", why="Te lang.", by=w.member
    ),
    "take over a proposal": lambda w: proposals.take_over(w.proposal, by=w.secretary, text="Anders."),
    "reject a proposal": lambda w: proposals.reject(w.proposal, reason="Te lang.", by=w.secretary),
    "withdraw a proposal": lambda w: proposals.withdraw(w.proposal, by=w.member),
    "write another view": lambda w: minority_views.write_view(w.draft, text="Nee.", with_name=True, by=w.newcomer),
    "enter another view": lambda w: minority_views.enter_view(
        w.draft, author=w.newcomer, text="Nee.", with_name=False, channel="paper", by=w.secretary
    ),
    "change another view": lambda w: minority_views.change_view(w.own_view, text="Nee.", with_name=True, by=w.member),
    "take back another view": lambda w: minority_views.withdraw_view(w.own_view, by=w.member),
    "drop an advice": lambda w: deciding.drop(w.draft, reason="Niet nodig.", by=w.secretary),
    "reopen an advice": lambda w: deciding.reopen(w.adopted, reason="Een fout.", by=w.secretary),
    "open a vote": lambda w: procedures.open_procedure(w.draft, closes_at=in_a_week(), by=w.secretary),
    "vote": lambda w: votes.cast_vote(w.procedure, w.member, choice="in_favour", by=w.member),
    "change a vote for a member": lambda w: change_for_member(w),
    "take no part in a vote": lambda w: votes.recuse(w.procedure, w.member, reason="Ik werk daar.", by=w.member),
    "give more time to vote": lambda w: procedures.extend(
        w.procedure, closes_at=in_a_week() + timedelta(days=2), by=w.secretary
    ),
    "stop a vote": lambda w: procedures.stop_procedure(w.procedure, reason="Een fout.", by=w.secretary),
    "close a vote": lambda w: procedures.close_procedure(
        w.procedure, without_quorum_reason="Art. 5 lid 3.", by=w.secretary
    ),
    "decide by mandate": lambda w: mandate.decide_by_mandate(
        w.draft, reason="Spoed.", agreed=mandate.board_of(w.council), by=w.secretary
    ),
    "ratify a decision": lambda w: mandate.ratify(
        w.mandate, ratified=True, decided_on=timezone.localdate(), by=w.secretary
    ),
    "put a decision on the agenda": lambda w: mandate.put_on_agenda(w.mandate, by=w.secretary),
    "publish a letter": lambda w: publishing.publish(
        w.unpublished, by=w.secretary, plain_summary="Kort.", looked_at=True
    ),
    "adopt a joint letter": lambda w: joint.adopt_jointly(
        w.joint.invited, w.council, decided_on=timezone.localdate(),
        signatories=[{"name": "Chris", "role": "voorzitter"}], seen=w.joint.invited.adopted_texts.get().sha256,
        by=w.secretary,
    ),
    "say no to a joint letter": lambda w: joint.decline_jointly(
        w.joint.invited, w.council, reason="Te duur.", seen=w.joint.invited.adopted_texts.get().sha256, by=w.secretary
    ),
    "register that a council adopted": lambda w: joint.register_jointly(
        w.joint.led, w.joint.other, decided_on=timezone.localdate(), proof="Mail.",
        signatories=[{"name": "Jo", "role": "voorzitter"}], by=w.secretary,
    ),
    "start a letter about a letter": lambda w: linking.start_linked(w.unpublished, "withdrawal", by=w.secretary),
    "change the short answers": lambda w: publishing.change_short_answers(
        w.letter, for_whom="Reizigers", what_we_ask="Korter wachten.", what_they_said="Ja.", by=w.secretary
    ),
    "write when no answer came": lambda w: escalating.send_ladder_letter(
        w.open_copy, "alderman", subject="Geen antwoord", paragraphs=["Wij wachten."], by=w.secretary
    ),
    "take more time for an answer": lambda w: extending.extend_response(
        w.open_copy, until=timezone.localdate() + timedelta(days=40), reason="Er is overleg nodig.", by=w.officer,
        anyway=True,
    ),
    "give an answer": lambda w: answering.give_response(
        w.open_copy, answers=[answering.AnswerGiven(number=1, verdict="adopted")], dated_on=timezone.localdate(),
        decided_on=timezone.localdate(), offered_on=timezone.localdate(), by=w.officer, text="Wij nemen het over.",
    ),
    "save a draft of an answer": lambda w: answer_drafts.save_response_draft(
        w.open_copy, {"text": "Bijna"}, version=1, by=w.officer
    ),
    "ask an alderman": lambda w: approving.ask_approval(w.open_copy, by=w.officer),
    "agree with an answer": lambda w: approving.judge_answer(w.open_copy, version=1, agreed=True, by=w.alderman),
    "change the letter of answers": lambda w: councils.change_answer_letter(
        w.authority, form="table", signatories=[{"name": "K. de Boer", "role": "burgemeester"}], by=w.officer
    ),
    "record a step of a letter": lambda w: steps.record_step(
        w.open_copy, "received", happened_on=timezone.localdate(), by=w.officer
    ),
    "take back a step of a letter": lambda w: steps.take_back_step(
        w.copy, "received", reason="Vergissing.", by=w.officer
    ),
    "say how far a promise is": lambda w: promising.report_progress(
        w.commitment, happened_on=timezone.localdate(), text="Bijna.", by=w.officer
    ),
    "move a promise": lambda w: promising.move_commitment(
        w.commitment, due_on=date(2027, 6, 1), owner="Team Wmo", reason="De inkoop duurt langer.", by=w.officer
    ),
    "call a promise done": lambda w: promising.report_done(
        w.commitment, done_on=timezone.localdate(), proof="Zie de website.", by=w.officer
    ),
    "mark a promise as kept": lambda w: promising.finish_commitment(
        w.commitment, done_on=timezone.localdate(), proof="Gezien.", by=w.secretary
    ),
    "agree on a promise": lambda w: promising.check_commitment(w.reported, agreed=True, by=w.secretary),
    "disagree on a promise": lambda w: promising.check_commitment(
        w.reported, agreed=False, why="Er is niets te zien.", by=w.secretary
    ),
    "choose the day to look back": lambda w: looking_back.choose_day(
        w.letter, due_on=date(2027, 12, 1), by=w.secretary
    ),
    "look back": lambda w: looking_back.look_back(w.letter, changed="Korter.", not_changed="", by=w.secretary),
    "write down a later decision": lambda w: looking_back.record_decision(
        w.later_answer, verdict="adopted", decided_on=timezone.localdate(), text="Brief.", by=w.secretary
    ),
    "mark an answer": lambda w: marking.mark_answers(w.copy, [marking.MarkGiven(1, "not_answered")], by=w.secretary),
    # words
    "explain a word": lambda w: words.explain(w.council, word="inkoop", explanation="Kiezen.", by=w.secretary),
    "stop explaining a word": lambda w: words.stop_explaining(w.term, by=w.secretary),
    "replace a hard word": lambda w: words.write_rather(w.council, hard="inzake", plain="over", by=w.secretary),
    "keep writing a word": lambda w: words.keep_writing(w.suggestion, by=w.secretary),
    "start the word list": lambda w: words.start_word_list(w.council, by=w.secretary),
}  # fmt: skip
for module in pkgutil.iter_modules(tests.verbs.__path__, "tests.verbs."):
    VERBS |= importlib.import_module(module.name).VERBS


@pytest.fixture
def world(council, authority, saskia, fatma, victor, chair) -> World:
    found = build(council, authority, saskia, fatma, victor)
    found.chair = chair.person
    found.chair_membership = chair.person.memberships.get()
    found.chair_membership.signature = keep(drawn(), "handtekening.png", "image/png", by=None)
    found.chair_membership.save()
    return found


def everything() -> dict[str, str | None]:
    """A digest of the rows of every table."""
    with connection.cursor() as cursor:
        return {table: digest_of(cursor, table) for table in connection.introspection.table_names(cursor)}


def digest_of(cursor, table: str) -> str | None:
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {name} AS row")
    return cursor.fetchone()[0]


@pytest.mark.parametrize("verb", VERBS)
def test_without_its_audit_row_a_verb_changes_nothing(verb, world, monkeypatch):
    before = everything()

    def fail(**facts):
        raise TrailIsFull

    monkeypatch.setattr(AuditEvent.objects, "create", fail)
    with pytest.raises(TrailIsFull):
        VERBS[verb](world)
    after = everything()
    assert {table for table in before if before[table] != after[table]} == set()


@pytest.mark.parametrize("verb", VERBS)
def test_with_it_a_verb_leaves_at_least_one_row_in_the_trail(verb, world):
    before = everything()
    count = AuditEvent.objects.count()
    VERBS[verb](world)
    after = everything()
    assert AuditEvent.objects.count() > count
    assert {table for table in before if before[table] != after[table]} - {"portal_auditevent"}
