"""Colleagues write one answer, the alderman agrees, and the executive sends one letter. Nothing typed is lost."""

import json
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from advice.actions.answer_drafts import StaleAnswer, save_response_draft
from advice.actions.answering import AnswerGiven, give_response, register_response
from advice.actions.approving import ReadAgain, ask_approval, judge_answer
from advice.actions.publishing import publish
from advice.actions.steps import record_step
from advice.approvals import agreement_on
from advice.frozen import digest
from advice.models import Approval, LetterStep, Response, ResponseLetter, ResponsePdf, ResponseSave
from advice.response_print import print_response
from advice.states import LetterStepKind, ResponseState, Verdict
from councils.states import AuthorityRole
from portal.access import Refused
from portal.models import AuditEvent, Message
from portal.states import MessageState
from tests import factories
from tests.advice.answers import answered, sent
from tests.advice.test_answering_pages import DAY, card, page
from tests.conftest import user_for
from tests.printing import text as words_of

TODAY = timezone.localdate()
COMPLETE = {"verdict_1": "adopted", "verdict_2": "rejected", "motivation_2": "Te duur."}
BOTH = [AnswerGiven(1, Verdict.ADOPTED), AnswerGiven(2, Verdict.REJECTED, "Dit is te duur.")]


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia)


@pytest.fixture
def monique(authority):
    """The alderman."""
    user = user_for("Monique Meijer", "monique@testdorp.test")
    factories.AppointmentFactory(person=user.person, authority=authority, role=AuthorityRole.ALDERMAN)
    return user


@pytest.fixture
def wim(authority):
    """A colleague of Victor."""
    user = user_for("Wim Kok", "wim@testdorp.test")
    factories.AppointmentFactory(person=user.person, authority=authority, role=AuthorityRole.POLICY_OFFICER)
    return user


def save(copy, by, version, **typed):
    return save_response_draft(copy, {**COMPLETE, **typed}, version=version, by=by.person)


def give(copy, by, **facts):
    days = {"dated_on": TODAY, "decided_on": TODAY, "offered_on": TODAY}
    return give_response(copy, answers=BOTH, by=by.person, **{**days, **facts})


class TestWritingTogether:
    def test_each_save_counts_up_and_is_kept(self, copy, victor, wim):
        save(copy, victor, 0)
        response = save(copy, wim, 1, motivation_2="Er is geen geld.")

        assert (response.version, response.entered_by) == (2, wim.person)
        kept = ResponseSave.objects.order_by("pk").values_list("author__name", "based_on", "typed__motivation_2")
        assert list(kept) == [("Victor Visser", 0, "Te duur."), ("Wim Kok", 1, "Er is geen geld.")]

    def test_the_same_form_sent_twice_is_one_version(self, copy, victor):
        save(copy, victor, 0)
        assert save(copy, victor, 0).version == 1
        assert ResponseSave.objects.count() == 1

    def test_who_saves_second_overwrites_nothing_and_loses_nothing(self, copy, victor, wim):
        save(copy, victor, 0, motivation_2="Van Victor")

        with pytest.raises(StaleAnswer):
            save(copy, wim, 0, motivation_2="Van Wim")

        assert Response.objects.get().draft["motivation_2"] == "Van Victor"
        assert ResponseSave.objects.order_by("pk").last().typed["motivation_2"] == "Van Wim"
        assert AuditEvent.objects.filter(event="response.kept").count() == 1

    def test_what_is_typed_after_the_answer_was_given_is_kept(self, copy, victor, wim):
        give(copy, victor)
        with pytest.raises(Refused):
            save(copy, wim, 0, motivation_2="Te laat")
        assert ResponseSave.objects.get().typed["motivation_2"] == "Te laat"

    def test_giving_over_a_version_that_was_not_read_is_stale(self, copy, victor, wim):
        save(copy, wim, 0)
        with pytest.raises(StaleAnswer):
            give(copy, victor, version=0)
        assert Response.objects.get().state == ResponseState.DRAFT

    def test_the_page_shows_both_texts_per_field_and_takes_what_was_chosen(self, copy, sign_in, victor, wim):
        first, second = sign_in(victor), sign_in(wim)
        first.post(card(copy), {**COMPLETE, "draft": "1", "version": "0", "text": "Dag", "motivation_2": "Van Victor"})

        refused = second.post(
            card(copy),
            {**COMPLETE, "draft": "1", "version": "0", "reference": "W-1", "motivation_2": "Van <b>Wim</b>"},
        )

        html = page(refused)
        assert refused.status_code == 409
        assert "Victor Visser bewaarde dit antwoord op" in html
        assert "Van Victor" in html and "Van &lt;b&gt;Wim&lt;/b&gt;" in html
        assert 'value="theirs" checked' in html and 'name="keep_motivation_2"' in html
        assert 'name="keep_verdict_1"' not in html
        assert '<input type="hidden" name="version" value="1">' in html
        chosen = {"keep_text": "theirs", "keep_reference": "mine", "keep_motivation_2": "mine", "merge": "1"}
        mine = {**COMPLETE, "version": "1", "reference": "W-1", "motivation_2": "Van Wim", **chosen}
        second.post(card(copy), mine)
        response = Response.objects.get()
        found = {name: response.draft[name] for name in ("text", "reference", "motivation_2", "verdict_1")}
        assert found == {"text": "Dag", "reference": "W-1", "motivation_2": "Van Wim", "verdict_1": "adopted"}
        assert response.version == 2

    def test_pressing_give_on_a_stale_card_shows_both_texts_too(self, copy, sign_in, victor, wim):
        save(copy, victor, 0, motivation_2="Van Victor")
        refused = sign_in(wim).post(card(copy), {**COMPLETE, **DAY, "version": "0", "motivation_2": "Van Wim"})
        assert refused.status_code == 409
        assert Response.objects.get().state == ResponseState.DRAFT

    def test_a_refused_answer_is_kept_as_a_draft_and_the_card_says_who_saved(self, copy, sign_in, victor):
        client = sign_in(victor)
        refused = client.post(card(copy), {"verdict_1": "rejected", "version": "0"})
        assert refused.status_code == 422
        assert '<input type="hidden" name="version" value="1">' in page(refused)
        assert "Bewaard door Victor Visser op" in page(client.get(card(copy)))


class TestAlderman:
    def test_the_alderman_is_asked_once_by_mail_and_at_home(
        self, copy, sign_in, authority, victor, monique, committing
    ):
        client = sign_in(victor)
        with committing():
            client.post(card(copy), {**COMPLETE, "ask": "1", "version": "0"})
        with committing():
            client.post(card(copy), {**COMPLETE, "ask": "1", "version": "1"})

        asked = [message for message in mail.outbox if "monique@testdorp.test" in message.to[0]]
        assert [message.subject for message in asked] == ["Een antwoord wacht op uw akkoord"]
        assert "Te duur" not in asked[0].body and "/antwoord/lezen/" in asked[0].body
        home = page(sign_in(monique).get(reverse("councils:desk", args=[authority.slug])))
        assert "Bent u akkoord met het antwoord op “Vervoer naar dagbesteding”?" in home
        assert "Bent u akkoord" not in page(client.get(reverse("councils:desk", args=[authority.slug])))
        assert AuditEvent.objects.filter(event="response.approval_asked").count() == 1

    def test_an_incomplete_answer_is_not_put_before_the_alderman(self, copy, sign_in, victor, monique):
        refused = sign_in(victor).post(card(copy), {"verdict_1": "partly", "ask": "1", "version": "0"})
        html = page(refused)
        assert refused.status_code == 422
        assert "Schrijf op waarom aanbeveling 1 maar voor een deel wordt overgenomen." in html
        assert "Vul in wanneer" not in html
        assert Response.objects.get().approval_asked_at is None

    def test_the_alderman_reads_the_letter_and_agrees(self, copy, sign_in, victor, monique, committing):
        save(copy, victor, 0, text="Dank voor uw advies.")
        ask_approval(copy, by=victor.person)
        client = sign_in(monique)
        where = [copy.authority.slug, copy.public_id]
        html = page(client.get(reverse("advice:answer_preview", args=where)))
        assert "Dank voor uw advies." in html and "Aanbeveling 2: niet overgenomen" in html and "Te duur." in html
        pdf = client.get(reverse("advice:answer_preview_pdf", args=where)).content
        assert "Concept. Dit antwoord is nog niet verstuurd." in words_of(pdf)

        with committing():
            client.post(reverse("advice:judge_answer", args=where), {"agree": "1", "version": "1"})

        approval = Approval.objects.get()
        assert (approval.agreed, approval.version, approval.person) == (True, 1, monique.person)
        assert "Monique Meijer is akkoord sinds" in page(sign_in(victor).get(card(copy)))
        told = [message.subject for message in mail.outbox if "victor@testdorp.test" in message.to[0]]
        assert told == ["De wethouder heeft uw antwoord gelezen"]

    def test_sending_it_back_needs_a_note(self, copy, sign_in, victor, monique):
        save(copy, victor, 0)
        ask_approval(copy, by=victor.person)
        client, url = sign_in(monique), reverse("advice:judge_answer", args=[copy.authority.slug, copy.public_id])
        refused = client.post(url, {"back": "1", "version": "1"})
        assert refused.status_code == 422 and "Schrijf op wat er anders moet." in page(refused)
        client.post(url, {"back": "1", "version": "1", "note": "Noem ook de kosten."})
        html = page(sign_in(victor).get(card(copy)))
        assert "gaf het antwoord terug met deze opmerking:" in html and "Noem ook de kosten." in html

    def test_a_later_change_makes_the_agreement_stale_and_dates_do_not(self, copy, sign_in, victor, monique):
        save(copy, victor, 0)
        judge_answer(copy, version=1, agreed=True, by=monique.person)
        response = save(copy, victor, 1, decided_on=["1", "9", "2026"])
        assert agreement_on(response).state == "agreed"
        response = save(copy, victor, 2, motivation_2="Toch anders.")
        assert agreement_on(response).state == "stale"
        html = page(sign_in(victor).get(card(copy)))
        assert "Daarna is het antwoord gewijzigd. Vraag opnieuw akkoord." in html

    def test_who_agrees_with_a_text_that_changed_meanwhile_reads_again(self, copy, sign_in, victor, monique):
        save(copy, victor, 0)
        save(copy, victor, 1, motivation_2="Toch anders.")
        with pytest.raises(ReadAgain):
            judge_answer(copy, version=1, agreed=True, by=monique.person)
        url = reverse("advice:judge_answer", args=[copy.authority.slug, copy.public_id])
        again = sign_in(monique).post(url, {"agree": "1", "version": "1"})
        assert again.status_code == 409 and "Toch anders." in page(again)
        assert not Approval.objects.exists()

    def test_agreeing_is_only_for_the_alderman(self, copy, sign_in, victor, monique, saskia):
        save(copy, victor, 0)
        url = reverse("advice:judge_answer", args=[copy.authority.slug, copy.public_id])
        assert [sign_in(user).post(url, {"agree": "1"}).status_code for user in (victor, saskia)] == [403, 403]
        assert sign_in(monique).get(card(copy)).status_code == 403

    def test_without_agreement_the_card_asks_how_it_is(self, copy, sign_in, victor):
        typed = {**COMPLETE, **DAY, "version": "0"}
        del typed["approval"]
        client = sign_in(victor)
        refused = client.post(card(copy), typed)
        assert refused.status_code == 422
        assert "De wethouder is niet akkoord in het portaal. Kies hoe het zit." in page(refused)
        client.post(card(copy), {**typed, "version": "1", "approval": "without"})
        assert Response.objects.get().state == ResponseState.FINAL
        assert AuditEvent.objects.filter(event="response.given_without_approval").count() == 1

    def test_outside_the_portal_is_put_on_file(self, copy, victor):
        assert give(copy, victor, approval_outside=True).approval_outside is True
        assert not AuditEvent.objects.filter(event="response.given_without_approval").exists()

    def test_without_an_alderman_nobody_can_be_asked(self, copy, victor):
        save(copy, victor, 0)
        with pytest.raises(Refused):
            ask_approval(copy, by=victor.person)


class TestOfferedToTheExecutive:
    def test_it_is_refused_at_its_field_when_both_are_empty(self, copy, sign_in, victor):
        with pytest.raises(Refused) as refused:
            give(copy, victor, offered_on=None)
        assert refused.value.field == "offered_on"
        typed = {**COMPLETE, **DAY, "version": "0"}
        del typed["offered_on"]
        html = page(sign_in(victor).post(card(copy), typed))
        sentence = "Vul in op welke dag het college het advies kreeg. Of schrijf hieronder waarom niet."
        assert f'<a href="#id_offered_on_day">{sentence}</a>' in html
        assert not ResponseLetter.objects.exists()

    def test_the_day_becomes_a_step_of_the_letter(self, copy, victor):
        give(copy, victor)
        step = LetterStep.objects.get(kind=LetterStepKind.OFFERED)
        assert (step.happened_on, step.by_council, step.recorded_by) == (TODAY, False, victor.person)

    def test_a_day_that_is_on_file_stands_in_the_card_and_is_not_written_twice(self, copy, sign_in, victor):
        record_step(copy, LetterStepKind.OFFERED, happened_on=TODAY, by=victor.person)
        prefilled = page(sign_in(victor).get(card(copy))).split('name="offered_on_year"')[1].split(">")[0]
        assert f'value="{TODAY.year}"' in prefilled
        give(copy, victor, offered_on=None)
        assert LetterStep.objects.filter(kind=LetterStepKind.OFFERED).count() == 1

    def test_a_reason_will_do(self, copy, victor):
        response = give(copy, victor, offered_on=None, not_offered_reason="De wethouder heeft mandaat.")
        assert response.not_offered_reason == "De wethouder heeft mandaat."
        assert not LetterStep.objects.filter(kind=LetterStepKind.OFFERED).exists()

    def test_the_reason_stands_on_the_public_page(self, copy, council, client, victor, saskia):
        publish(copy.letter, by=saskia.person)
        give(copy, victor, offered_on=None, not_offered_reason="De wethouder heeft mandaat.")
        html = page(client.get(reverse("advice:public", args=[council.slug, copy.letter.slug])))
        assert "Dit advies is niet aangeboden aan het college: De wethouder heeft mandaat." in html

    def test_a_reason_against_what_is_on_file_is_refused(self, copy, victor):
        record_step(copy, LetterStepKind.OFFERED, happened_on=TODAY, by=victor.person)
        with pytest.raises(Refused) as refused:
            give(copy, victor, offered_on=None, not_offered_reason="Niet nodig.")
        assert refused.value.field == "not_offered_reason"


class TestLetterOfTheExecutive:
    def test_it_is_frozen_in_the_form_that_the_authority_likes(self, copy, authority, victor):
        authority.signatories = [{"name": "K. de Boer", "role": "burgemeester"}, {"name": "", "role": "secretaris"}]
        authority.answer_form = "table"
        authority.save()
        promise = AnswerGiven(1, Verdict.ADOPTED, commitment="Een busje.", owner="Team Wmo", due_on=TODAY)
        copy.authority.refresh_from_db()
        give_response(
            copy, answers=[promise, BOTH[1]], dated_on=TODAY, decided_on=TODAY, offered_on=TODAY, reference="U-1",
            text="Wij zijn blij.", by=victor.person,
        )  # fmt: skip

        letter = ResponseLetter.objects.get()
        assert (letter.form, letter.sha256) == ("table", digest(letter.text))
        assert letter.text["signatories"] == [
            {"name": "K. de Boer", "role": "burgemeester"}, {"name": "secretaris", "role": ""}
        ]  # fmt: skip
        pdf = print_response(letter)
        text = words_of(pdf)
        for part in (
            f"Reactie op uw advies {copy.letter.reference}", "Adviesraad Testdorp t.a.v. Saskia de Wit, secretaris",
            "Geachte leden van de Adviesraad Testdorp,", "Dit is het besluit van het college van", "Wij zijn blij.",
            "Houd het busje.", "Overgenomen", "Toezegging: Een busje. Wie: Team Wmo. Klaar: uiterlijk",
            "Niet overgenomen", "Dit is te duur.", "K. de Boer", ", burgemeester", "U-1",
        ):  # fmt: skip
            assert part in text, part
        with pikepdf.open(BytesIO(pdf)) as opened:
            (attached,) = [one.get_file().read_bytes() for one in opened.attachments.values()]
        assert json.loads(attached) == letter.text
        assert f"{letter.sha256[:4]} {letter.sha256[4:8]}" in text

    def test_it_goes_to_secretary_chair_and_mailbox_with_the_pdf(
        self, copy, council, victor, saskia, chair, committing
    ):
        with committing():
            give(copy, victor)
        got = [message for message in mail.outbox if message.subject == "Er is een antwoord op een advies"]
        assert sorted(message.to[0] for message in got) == [
            f"Adviesraad Testdorp <{council.email}>", "Chris Bakker <chris@testdorp.test>",
            "Saskia de Wit <saskia@testdorp.test>",
        ]  # fmt: skip
        assert all("Houd het busje." in words_of(message.attachments[0][1]) for message in got)
        assert ResponsePdf.objects.count() == 1

    def test_a_council_without_mail_gets_it_on_paper_and_the_desk_says_so(
        self, copy, council, sign_in, saskia, victor, committing
    ):
        saskia.person.memberships.update(ends_on=TODAY.replace(year=TODAY.year - 1), starts_on="2020-01-01")
        council.email = ""
        council.save()
        with committing():
            give(copy, victor)
        message = Message.objects.get(kind="advice.response_letter")
        assert (message.state, message.person.name) == (MessageState.PAPER, "Adviesraad Testdorp")
        html = page(sign_in(victor).get(reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])))
        assert "Adviesraad Testdorp heeft geen e-mailadres. Print het antwoord en doe het op de post." in html

    def test_desk_room_and_public_page_give_the_letter(
        self, copy, council, sign_in, client, victor, saskia, committing
    ):
        publish(copy.letter, by=saskia.person)
        public = reverse("advice:public_answer", args=[council.slug, copy.letter.slug, copy.authority.slug])
        room = reverse("advice:response_letter", args=[council.slug, copy.public_id])
        save(copy, victor, 0, text="KANARIE")
        assert [client.get(public).status_code, sign_in(saskia).get(room).status_code] == [404, 404]
        with committing():
            give(copy, victor)
        assert b"".join(client.get(public)).startswith(b"%PDF-")
        assert [b"".join(sign_in(user).get(room))[:5] for user in (saskia, victor)] == [b"%PDF-", b"%PDF-"]
        pages = [
            client.get(reverse("advice:public", args=[council.slug, copy.letter.slug])),
            sign_in(saskia).get(reverse("advice:letter", args=[council.slug, copy.letter.public_id])),
            sign_in(victor).get(reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])),
        ]
        assert public in page(pages[0]) and room in page(pages[1]) and room in page(pages[2])

    def test_a_registered_letter_gets_none(self, copy, saskia):
        register_response(copy, answers=BOTH, dated_on=TODAY, text="Per brief.", by=saskia.person)
        assert not ResponseLetter.objects.exists()

    def test_the_council_never_sees_a_draft(self, copy, council, sign_in, victor, saskia, monique):
        save(copy, victor, 0, text="KANARIE", motivation_2="KANARIE")
        judge_answer(copy, version=1, agreed=False, note="KANARIE", by=monique.person)
        client = sign_in(saskia)
        where = [copy.authority.slug, copy.public_id]
        for name in ("answer", "answer_preview", "answer_preview_pdf"):
            assert client.get(reverse(f"advice:{name}", args=where)).status_code == 403
        seen = page(client.get(reverse("advice:letter", args=[council.slug, copy.letter.public_id])))
        assert "KANARIE" not in seen

    def test_the_desk_sets_the_form_and_who_sign(self, sign_in, authority, victor):
        url = reverse("councils:answer_letter", args=[authority.slug])
        sign_in(victor).post(url, {"form": "table", "name_1": "K. de Boer", "role_1": "burgemeester"})
        authority.refresh_from_db()
        assert authority.answer_form == "table"
        assert authority.signatories == [{"name": "K. de Boer", "role": "burgemeester"}]

    def test_a_letter_with_only_questions_is_answered_in_text(self, council, authority, saskia, victor):
        from advice.actions.issuing import issue
        from tests.advice.letters import adopt

        advice = factories.AdviceFactory(council=council, authorities=[authority], document="questions")
        factories.SectionFactory(advice=advice, position=1)
        adopt(advice, saskia.person)
        copy = issue(advice, by=saskia.person).copies.get()
        days = {"dated_on": TODAY, "decided_on": TODAY, "offered_on": TODAY}
        give_response(copy, answers=[], text="Het kost niets.", by=victor.person, **days)
        text = words_of(print_response(ResponseLetter.objects.get()))
        assert "Reactie op uw brief" in text and "Het kost niets." in text and "Onze reactie per" not in text


def test_the_helper_gives_a_letter_too(copy, victor):
    assert answered(copy, victor).letter.form == "letter"
