"""The response card, the desk of the authority, registering, promises: what people see and what is kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from advice.actions.answering import AnswerGiven
from advice.models import Commitment, Response
from advice.states import ResponseState, Verdict
from councils.models import Instrument
from portal.models import Message
from tests.advice.answers import answered, many_letters, sent

TODAY = timezone.localdate()
DAY = {
    "dated_on": TODAY.isoformat(), "decided_on": TODAY.isoformat(), "offered_on": TODAY.isoformat(),
    "approval": "outside",
}  # fmt: skip


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia)


@pytest.fixture
def at_desk(sign_in, victor):
    return sign_in(victor)


@pytest.fixture
def in_room(sign_in, saskia):
    return sign_in(saskia)


def card(copy):
    return reverse("advice:answer", args=[copy.authority.slug, copy.public_id])


def page(response) -> str:
    return response.content.decode()


class TestCard:
    def test_a_draft_comes_back_as_it_was_typed_also_half_a_date(self, copy, at_desk):
        typed = {"draft": "1", "verdict_1": "later", "decide_by_1_day": "31", "decide_by_1_month": "x",
                 "motivation_2": "Bijna <klaar>", "text": "Geachte leden"}  # fmt: skip

        response = at_desk.post(card(copy), typed, follow=True)

        assert response.redirect_chain[-1][0] == card(copy)
        html = page(response)
        assert 'name="decide_by_1_day" type="text" inputmode="numeric" autocomplete="off" value="31"' in html
        assert 'name="decide_by_1_month" type="text" inputmode="numeric" autocomplete="off" value="x"' in html
        assert "Bijna &lt;klaar&gt;</textarea>" in html and "Geachte leden</textarea>" in html
        assert 'value="later" checked' in html
        assert not Message.objects.filter(kind__startswith="advice.response").exists()

    def test_refused_input_is_kept_and_the_summary_leads_to_the_recommendation(self, copy, at_desk):
        typed = {"verdict_1": "later", "decide_by_1_day": "31", "verdict_2": "rejected", "commitment_2": "Busje", **DAY}

        response = at_desk.post(card(copy), typed)

        html = page(response)
        assert response.status_code == 422
        assert '<a href="#id_decide_by_1_month">Aanbeveling 1: Vul ook de maand in, als getal.</a>' in html
        assert '<a href="#id_motivation_2">Schrijf op waarom aanbeveling 2 niet wordt overgenomen.</a>' in html
        assert '<a href="#id_owner_2">Schrijf op wie de toezegging bij aanbeveling 2 doet.</a>' in html
        assert 'value="31"' in html and 'value="Busje"' in html and 'value="rejected" checked' in html
        assert html.count("portal-response--invalid") == 2
        assert "<title>Fout: " in html
        assert not Response.objects.filter(state=ResponseState.FINAL).exists()

    def test_half_a_date_behind_another_answer_does_not_count(self, copy, at_desk):
        typed = {"verdict_1": "adopted", "decide_by_1_day": "31", "verdict_2": "adopted", **DAY}

        at_desk.post(card(copy), typed)

        assert Response.objects.get().answers.get(number=1).decide_by is None

    def test_the_answer_is_given_and_a_second_submit_is_harmless(self, copy, council, at_desk, in_room):
        typed = {"verdict_1": "adopted", "verdict_2": "rejected", "motivation_2": "Te duur.", **DAY}

        first = at_desk.post(card(copy), typed, follow=True)
        again = at_desk.post(card(copy), {**typed, "verdict_1": "rejected", "motivation_1": "Toch niet."}, follow=True)

        assert "Het antwoord is gegeven. Adviesraad Testdorp krijgt een bericht." in page(first)
        assert "Dit antwoord was al gegeven. Er is niets veranderd." in page(again)
        response = Response.objects.get()
        found = list(response.answers.values_list("verdict", "motivation"))
        assert found == [("adopted", ""), ("rejected", "Te duur.")]
        told = Message.objects.filter(kind__startswith="advice.response", person__is_office=False)
        assert told.count() == 1

    def test_the_rules_ask_a_reason_always_and_the_page_says_where_it_is_missing(self, copy, council, at_desk):
        Instrument.objects.filter(council=council).update(
            rules={"motivation": "always", "motivation_per_part": True, "articles": {"motivation": "art. 8 lid 2"}}
        )
        typed = {"verdict_1": "adopted", "verdict_2": "rejected", "motivation_2": "Te duur.", **DAY}

        assert "De regels vragen een reden bij elk antwoord (art. 8 lid 2)." in page(at_desk.get(card(copy)))
        response = at_desk.post(card(copy), typed, follow=True)

        assert "De regels vragen ook hier een reden (art. 8 lid 2). Die ontbreekt bij aanbeveling 1." in page(response)
        assert Response.objects.get().state == ResponseState.FINAL

    def test_the_council_does_not_see_the_draft(self, copy, council, at_desk, in_room):
        at_desk.post(card(copy), {"draft": "1", "verdict_1": "rejected", "motivation_1": "Nog bespreken"})

        letter = in_room.get(reverse("advice:letter", args=[council.slug, copy.letter.public_id]))
        register = in_room.get(reverse("advice:register_response", args=[council.slug, copy.public_id]))

        assert "Nog bespreken" not in page(letter) + page(register)


class TestRegistering:
    def url(self, copy):
        return reverse("advice:register_response", args=[copy.council.slug, copy.public_id])

    def test_the_secretary_puts_a_letter_on_file(self, copy, in_room, at_desk):
        pdf = SimpleUploadedFile("antwoord.pdf", b"%PDF-1.7 antwoord")
        typed = {"original": pdf, "dated_on": TODAY.isoformat(), "verdict_1": "partly", "verdict_2": "later"}

        response = in_room.post(self.url(copy), typed, follow=True)

        html = page(response)
        assert "Bij aanbeveling 1 is geen reden gegeven. Dat is nu vastgelegd." in html
        assert "Er staat geen laatste dag bij het besluit over aanbeveling 2. Vraag daarnaar." in html
        original = reverse("advice:response_original", args=[copy.council.slug, copy.public_id])
        assert b"".join(in_room.get(original)) == b"%PDF-1.7 antwoord"
        assert b"".join(at_desk.get(original)) == b"%PDF-1.7 antwoord"

    def test_without_a_file_or_a_text_it_is_refused_and_the_rest_stays(self, copy, in_room):
        typed = {"dated_on": TODAY.isoformat(), "verdict_1": "adopted", "verdict_2": "adopted", "reference": "Z-9"}

        response = in_room.post(self.url(copy), typed)

        assert response.status_code == 422
        html = page(response)
        assert '<a href="#id_original">Kies de brief als bestand, of typ over wat er staat.</a>' in html
        assert 'value="Z-9"' in html

    def test_there_is_no_original_of_an_answer_that_was_given_here(self, copy, victor, in_room):
        answered(copy, victor)

        original = reverse("advice:response_original", args=[copy.council.slug, copy.public_id])
        assert in_room.get(original).status_code == 404


class TestDesk:
    def test_the_list_says_what_waits_and_until_when(self, copy, council, authority, saskia, victor, at_desk):
        answered(sent(council, authority, saskia, subject="Hulp bij schulden"), victor)
        url = reverse("advice:desk_list", args=[authority.slug])

        waiting, done = page(at_desk.get(url)), page(at_desk.get(url + "?lijst=klaar"))

        assert "Vervoer naar dagbesteding" in waiting and "Hulp bij schulden" not in waiting
        assert "Antwoord uiterlijk" in waiting and "nog " in waiting
        assert "Hulp bij schulden" in done and "Antwoord gekregen" in done

    def test_ten_or_a_thousand_letters_cost_the_same(self, council, authority, at_desk, django_assert_num_queries):
        url = reverse("advice:desk_list", args=[authority.slug])
        counts = []
        for number in (10, 1000):
            many_letters(council, authority, number)
            with django_assert_num_queries(7) as queries:
                assert at_desk.get(url).status_code == 200
            counts.append(len(queries))

        assert counts == [7, 7]

    def test_the_letter_says_why_this_date(self, copy, authority, at_desk):
        html = page(at_desk.get(reverse("advice:desk_letter", args=[authority.slug, copy.public_id])))

        assert "Houd het busje." in html and "Schrijf het antwoord" in html
        assert "Waarom deze datum?" in html and "art. 8 lid 1" in html
        assert "Mevrouw Jansen" not in html


class TestPromises:
    @pytest.fixture
    def promise(self, copy, victor):
        due = TODAY + timedelta(days=30)
        promised = AnswerGiven(1, Verdict.ADOPTED, commitment="Een nieuw busje", owner="Team Wmo", due_on=due)
        answered(copy, victor, promised, AnswerGiven(2, Verdict.ADOPTED))
        return Commitment.objects.get()

    def test_both_sides_read_it_and_the_secretary_marks_it_as_kept(self, promise, council, authority, in_room, at_desk):
        room = reverse("advice:commitments", args=[council.slug])
        desk = reverse("advice:desk_commitments", args=[authority.slug])
        assert "Een nieuw busje" in page(in_room.get(room)) and "Een nieuw busje" in page(at_desk.get(desk))
        assert "Markeer als nagekomen" not in page(at_desk.get(desk))

        done = reverse("advice:commitment_done", args=[council.slug, promise.pk])
        response = in_room.post(done, {"done_on": TODAY.isoformat(), "proof": "Gezien op straat."}, follow=True)

        assert "Gezien op straat." in page(response)
        promise.refresh_from_db()
        assert promise.done_on == TODAY

    def test_without_a_proof_it_is_not_kept(self, promise, council, in_room):
        done = reverse("advice:commitment_done", args=[council.slug, promise.pk])

        response = in_room.post(done, {"done_on": TODAY.isoformat()})

        assert response.status_code == 422
        assert "Schrijf op waaraan te zien is dat het klaar is. Of geef een link of een bestand." in page(response)
