"""The executive answers once; the council gets one message; what is missing is said, not filled in."""
# ruff: noqa: E501 - a case of a table is one line

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from advice.actions.answer_drafts import save_response_draft
from advice.actions.answering import (
    AnswerGiven,
    give_response,
    register_response,
)
from advice.actions.issuing import issue
from advice.actions.promising import finish_commitment
from advice.models import Answer, Commitment, Response
from advice.states import ResponseState, Verdict
from portal.access import Refused
from portal.models import AuditEvent, Message
from tests import factories
from tests.advice.answers import sent
from tests.advice.letters import adopt

TODAY = timezone.localdate()


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia)


YES = AnswerGiven(1, Verdict.ADOPTED)
NO = AnswerGiven(2, Verdict.REJECTED, "Dit is te duur.")


def give(copy, by, *answers, **facts):
    facts = {"dated_on": TODAY, "decided_on": TODAY, "offered_on": TODAY, **facts}
    return give_response(copy, answers=answers or [YES, NO], by=by.person, **facts)


def told(council):
    """The people of the council; its mailbox gets the letter too."""
    found = Message.objects.filter(kind__startswith="advice.response", council_id=council.pk, person__is_office=False)
    return list(found)


class TestGiving:
    def test_the_answer_is_final_and_signed_by_the_executive(self, copy, victor):
        response = give(copy, victor, reference="Z-1", text="Dank u wel.")

        assert response.state == ResponseState.FINAL
        assert response.signed_by == "College van burgemeester en wethouders"
        assert (response.dated_on, response.decided_on, response.reference) == (TODAY, TODAY, "Z-1")
        assert response.registered is False
        found = list(response.answers.values_list("number", "verdict", "motivation", "no_reason_given"))
        assert found == [(1, "adopted", "", False), (2, "rejected", "Dit is te duur.", False)]
        event = AuditEvent.objects.get(event="response.given")
        assert (event.actor_id, event.object_id, event.council_id) == (victor.person.pk, response.pk, copy.council_id)

    def test_the_council_gets_one_message_and_again_adds_none(self, copy, council, victor, saskia, fatma, committing):
        with committing():
            give(copy, victor)
        with committing():
            give(copy, victor, AnswerGiven(1, Verdict.REJECTED, "Toch niet."), NO)

        assert [message.person for message in told(council)] == [saskia.person]
        assert Answer.objects.get(number=1).verdict == Verdict.ADOPTED
        assert AuditEvent.objects.filter(event="response.given").count() == 1
        sent = [message for message in mail.outbox if message.subject == "Er is een antwoord op een advies"]
        mailbox = "Adviesraad Testdorp <adviesraad-testdorp@voorbeeld.test>"
        assert [message.to for message in sent] == [["Saskia de Wit <saskia@testdorp.test>"], [mailbox]]
        assert all(message.attachments[0][1].startswith(b"%PDF-") for message in sent)
        text = sent[0].body
        assert f"/raad/{council.slug}/adviezen/brieven/{copy.letter.public_id}/" in text
        assert "te duur" not in text and "Vervoer" not in text

    def test_without_a_secretary_the_chair_gets_it(self, copy, council, victor, saskia, chair):
        saskia.person.memberships.update(ends_on=TODAY - timedelta(days=1))

        give(copy, victor)

        assert [message.person for message in told(council)] == [chair.person]

    def test_a_failing_audit_row_changes_nothing(self, copy, victor, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("advice.actions.answering.record", fail)

        with pytest.raises(RuntimeError):
            give(copy, victor)

        assert not Response.objects.filter(state=ResponseState.FINAL).exists()
        assert not Message.objects.filter(kind__startswith="advice.response").exists()

    @pytest.mark.parametrize(
        ("answers", "field", "sentence"),
        [
            ([YES], "verdict_2", "Kies een antwoord op aanbeveling 2."),
            ([YES, AnswerGiven(2, Verdict.REJECTED, " ")], "motivation_2", "Schrijf op waarom aanbeveling 2 niet wordt overgenomen."),
            ([YES, AnswerGiven(2, Verdict.PARTLY)], "motivation_2", "Schrijf op waarom aanbeveling 2 maar voor een deel wordt overgenomen."),
            ([YES, AnswerGiven(2, Verdict.LATER)], "decide_by_2", "Vul de laatste dag in van het besluit over aanbeveling 2."),
            ([YES, AnswerGiven(2, Verdict.LATER, decide_by=TODAY - timedelta(days=1))], "decide_by_2", "De laatste dag bij aanbeveling 2 ligt eerder dan de datum van het antwoord."),
            ([AnswerGiven(1, Verdict.ADOPTED, commitment="Een busje."), NO], "owner_1", "Schrijf op wie de toezegging bij aanbeveling 1 doet."),
            ([AnswerGiven(1, Verdict.ADOPTED, owner="Team Wmo", due_on=TODAY), NO], "commitment_1", "Schrijf op wat bij aanbeveling 1 wordt toegezegd."),
            ([YES, NO, AnswerGiven(3, Verdict.ADOPTED)], None, "Een antwoord hoort bij een aanbeveling uit de brief. Elke aanbeveling krijgt er 1."),
        ],
    )  # fmt: skip
    def test_what_is_missing_is_refused_at_its_recommendation(self, copy, victor, answers, field, sentence):
        with pytest.raises(Refused) as refused:
            give(copy, victor, *answers)

        assert (refused.value.field, str(refused.value)) == (field, sentence)
        assert not Response.objects.filter(state=ResponseState.FINAL).exists()

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
            ({"decided_on": TODAY - timedelta(days=1)}, "decided_on"),
            ({"decided_on": None}, "decided_on"),
        ],
    )
    def test_dates_that_cannot_be_are_refused(self, copy, victor, facts, field):
        with pytest.raises(Refused) as refused:
            give(copy, victor, **facts)

        assert refused.value.field == field

    def test_a_letter_with_only_questions_needs_a_text(self, council, authority, saskia, victor):
        advice = factories.AdviceFactory(council=council, authorities=[authority])
        factories.SectionFactory(advice=advice, position=1)
        adopt(advice, saskia.person)
        copy = issue(advice, by=saskia.person).copies.get()

        with pytest.raises(Refused) as refused:
            give_response(copy, answers=[], dated_on=TODAY, decided_on=TODAY, offered_on=TODAY, by=victor.person)
        given = give_response(
            copy,
            answers=[],
            dated_on=TODAY,
            decided_on=TODAY,
            offered_on=TODAY,
            by=victor.person,
            text="Het kost niets.",
        )

        assert refused.value.field == "text"
        assert (given.state, given.text) == (ResponseState.FINAL, "Het kost niets.")

    def test_a_commitment_belongs_to_its_answer(self, copy, victor):
        promise = AnswerGiven(1, Verdict.ADOPTED, commitment="Een nieuw busje", owner="Team Wmo", due_on=TODAY)

        give(copy, victor, promise, NO)

        found = Commitment.objects.get()
        assert (found.text, found.owner, found.due_on, found.answer.number) == ("Een nieuw busje", "Team Wmo", TODAY, 1)


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_the_same_moment_give_one_answer(council, authority, saskia, victor):
    copy = sent(council, authority, saskia)
    start = Barrier(2)

    def submit(reason):
        start.wait()
        try:
            return give(copy, victor, YES, AnswerGiven(2, Verdict.REJECTED, reason)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(submit, ["Te duur.", "Te laat."]))

    assert given[0] == given[1]
    assert Answer.objects.count() == 2
    assert len(told(council)) == 1
    assert AuditEvent.objects.filter(event="response.given").count() == 1


class TestDraft:
    def test_it_keeps_what_was_typed_also_half_a_date(self, copy, victor, saskia, council):
        typed = {"verdict_1": "later", "decide_by_1": ["1", "", ""], "motivation_1": "Nog niet"}

        response = save_response_draft(copy, typed, version=0, by=victor.person)

        assert Response.objects.get().draft == typed
        assert response.state == ResponseState.DRAFT
        assert Response.objects.visible_to(saskia).count() == 0
        assert Response.objects.visible_to(victor).count() == 1
        assert told(council) == []

    def test_a_given_answer_has_no_draft(self, copy, victor):
        save_response_draft(copy, {"verdict_1": "later"}, version=0, by=victor.person)
        give(copy, victor)

        assert Response.objects.get().draft == {}
        with pytest.raises(Refused):
            save_response_draft(copy, {"verdict_1": "adopted"}, version=1, by=victor.person)


class TestRegistering:
    def register(self, copy, by, *answers, **facts):
        pdf = SimpleUploadedFile("antwoord.pdf", b"%PDF-1.7 antwoord")
        facts = {"dated_on": TODAY, "original": pdf, **facts}
        return register_response(copy, answers=answers or [YES, NO], by=by.person, **facts)

    def test_the_letter_is_kept_and_nobody_of_the_authority_gets_a_mail(self, copy, council, saskia, victor, chair):
        Message.objects.all().delete()

        response = self.register(copy, saskia, reference="Z-2")

        assert response.registered is True
        assert response.original.name == "antwoord.pdf"
        assert response.signed_by == "College van burgemeester en wethouders"
        assert AuditEvent.objects.get(event="response.registered").actor_id == saskia.person.pk
        assert [message.person for message in Message.objects.all()] == [chair.person]

    def test_a_missing_reason_is_recorded_and_a_missing_date_accepted(self, copy, saskia):
        response = self.register(copy, saskia, AnswerGiven(1, Verdict.PARTLY), AnswerGiven(2, Verdict.LATER))

        assert list(response.answers.values_list("no_reason_given", "decide_by")) == [(True, None), (False, None)]

    def test_a_typed_text_will_do_instead_of_the_file(self, copy, saskia):
        with pytest.raises(Refused) as refused:
            self.register(copy, saskia, original=None)

        assert refused.value.field == "original"
        assert self.register(copy, saskia, original=None, text="Per telefoon.").text == "Per telefoon."

    def test_a_file_that_is_not_what_it_says_is_refused(self, copy, saskia):
        with pytest.raises(Refused) as refused:
            self.register(copy, saskia, original=SimpleUploadedFile("brief.pdf", b"MZ program"))

        assert refused.value.field == "original"
        assert not Response.objects.exists()

    def test_the_draft_of_the_authority_stays_unseen(self, copy, saskia, victor):
        save_response_draft(copy, {"motivation_1": "Ons geheim"}, version=0, by=victor.person)

        response = self.register(copy, saskia)

        assert response.text == ""
        assert Response.objects.get().draft == {"motivation_1": "Ons geheim"}


class TestCommitments:
    def test_it_is_done_once_with_how_we_know(self, copy, victor, saskia):
        give(copy, victor, AnswerGiven(1, Verdict.ADOPTED, commitment="Busje", owner="Team", due_on=TODAY), NO)
        commitment = Commitment.objects.get()

        finish_commitment(commitment, done_on=TODAY, proof="Gezien op straat.", by=saskia.person)
        finish_commitment(commitment, done_on=TODAY, proof="Nog eens.", by=saskia.person)

        commitment.refresh_from_db()
        assert (commitment.done_on, commitment.proof) == (TODAY, "Gezien op straat.")
        assert AuditEvent.objects.filter(event="commitment.done").count() == 1

    @pytest.mark.parametrize(
        ("day", "proof", "field"), [(TODAY + timedelta(days=1), "Gezien.", "done_on"), (TODAY, " ", "proof")]
    )
    def test_it_needs_a_day_that_has_been_and_a_proof(self, copy, victor, saskia, day, proof, field):
        give(copy, victor, AnswerGiven(1, Verdict.ADOPTED, commitment="Busje", owner="Team", due_on=TODAY), NO)

        with pytest.raises(Refused) as refused:
            finish_commitment(Commitment.objects.get(), done_on=day, proof=proof, by=saskia.person)

        assert refused.value.field == field
