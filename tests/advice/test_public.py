"""What everyone reads: only published letters, only answers that were given, never what was said in the room."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from advice.actions.answer_drafts import save_response_draft
from advice.actions.answering import AnswerGiven, register_response
from advice.actions.promising import finish_commitment
from advice.actions.publishing import unpublish
from advice.models import Commitment, MinorityView
from advice.states import Verdict
from advice.views import public
from councils.states import AuthorityKind
from portal.models import User
from portal.text import paragraphs
from tests import factories
from tests.advice.answers import answered, many_letters, send, sent

TODAY = timezone.localdate()


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia, published=True)


def read(client, name, *args, query="") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def letter_page(client, copy) -> str:
    return read(client, "advice:public", copy.council.slug, copy.letter.slug)


def test_a_letter_that_names_no_signers_is_of_the_council_that_sent_it(client, copy, monkeypatch):
    find = public.find

    def without_signers(council, slug):
        letter = find(council, slug)
        letter.text.pop("councils", None)
        return letter

    monkeypatch.setattr(public, "find", without_signers)
    assert f"van {copy.council.name}</p>" in letter_page(client, copy)


class TestLetter:
    def test_a_letter_that_is_not_published_does_not_exist(self, client, council, authority, saskia):
        copy = sent(council, authority, saskia)

        for name, more in (("public", []), ("public_pdf", [authority.slug]), ("public_original", [])):
            url = reverse(f"advice:{name}", args=[council.slug, copy.letter.slug, *more])
            assert client.get(url).status_code == 404
        assert "Vervoer naar dagbesteding" not in read(client, "advice:public_list", council.slug)

    def test_unpublishing_takes_it_away(self, client, copy, saskia):
        assert "Houd het busje." in letter_page(client, copy)

        unpublish(copy.letter, by=saskia.person)

        assert client.get(reverse("advice:public", args=[copy.council.slug, copy.letter.slug])).status_code == 404

    def test_it_says_until_when_the_answer_may_come(self, client, copy):
        html = letter_page(client, copy)

        assert "De gemeente moet nog antwoorden. Dat gebeurt uiterlijk" in html
        assert '<li class="portal-track__step portal-track__step--now" aria-current="step">' in html

    def test_it_says_that_the_answer_is_late(self, client, copy):
        with time_machine.travel(copy.response_due_on + timedelta(days=3)):
            html = letter_page(client, copy)

        assert "De laatste dag was" in html and "Dat is 3 dagen geleden." in html
        assert "portal-track__step--late" in html

    def test_of_another_body_it_gives_the_name(self, client, copy, authority):
        authority.kind = AuthorityKind.JOINT_AUTHORITY
        authority.save()

        assert "Gemeente Testdorp moet nog antwoorden." in letter_page(client, copy)

    def test_the_answer_stands_under_every_recommendation(self, client, copy, victor):
        promise = AnswerGiven(1, Verdict.ADOPTED, commitment="Een busje", owner="Team Wmo", due_on=TODAY)
        answered(copy, victor, promise, AnswerGiven(2, Verdict.REJECTED, "Dit is te duur."))

        html = letter_page(client, copy)

        first, second = html.index("Houd het busje."), html.index("Betaal vrijwilligers.")
        assert first < html.index("Overgenomen</span>", first) < second < html.index("Niet overgenomen</span>", second)
        assert "Dit is te duur." in html[second:]
        assert "Een busje, Team Wmo" in html[first:second]
        assert "De gemeente heeft geantwoord op" in html and "Gevolgd: 1 van de 2 aanbevelingen." in html
        assert "Nagekomen: 0 van de 1 toezegging." in html

    def test_the_text_of_the_letter_is_read_as_text(self, client, copy):
        """No tag of the letter is shown as signs."""
        html = letter_page(client, copy)
        parts = [part["html"] for part in copy.letter.text["sections"]]

        assert parts and all(part.startswith("<p>") for part in parts)
        assert "lt;" not in html
        assert paragraphs(parts[0])[0] in html

    def test_a_kept_promise_ends_the_chain(self, client, copy, victor, saskia):
        promise = AnswerGiven(1, Verdict.ADOPTED, commitment="Een busje", owner="Team Wmo", due_on=TODAY)
        answered(copy, victor, promise, AnswerGiven(2, Verdict.ADOPTED))
        finish_commitment(Commitment.objects.get(), done_on=TODAY, proof="Gezien.", by=saskia.person)

        html = letter_page(client, copy)

        assert "Nagekomen: 1 van de 1 toezegging." in html
        assert html.count("portal-track__step--done") == 5  # with the day on which it was offered to the executive

    def test_a_missing_reason_is_said(self, client, copy, saskia):
        answers = [AnswerGiven(1, Verdict.PARTLY), AnswerGiven(2, Verdict.LATER)]
        register_response(copy, answers=answers, dated_on=TODAY, text="Per brief.", by=saskia.person)

        html = letter_page(client, copy)

        assert "Geen reden gegeven." in html and "Er is geen laatste dag genoemd." in html

    def test_a_draft_of_the_authority_and_what_was_heard_stay_inside(self, client, copy, victor):
        save_response_draft(copy, {"motivation_1": "Kladtekst"}, version=0, by=victor.person)

        html = letter_page(client, copy)

        assert "Kladtekst" not in html and "Mevrouw Jansen" not in html
        assert "gesprek met 11" in html
        assert "moet nog antwoorden" in html

    def test_two_authorities_each_have_their_answer(self, client, council, authority, saskia, victor):
        other = factories.AuthorityFactory(name="Gemeente Verderop", slug="verderop")
        factories.ServedBodyFactory(council=council, authority=other)
        advice = factories.AdviceFactory(council=council, authorities=[authority, other])
        factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.")
        letter = send(advice, saskia, published=True)
        answered(letter.copies.get(authority=authority), victor, AnswerGiven(1, Verdict.ADOPTED))

        html = read(client, "advice:public", council.slug, letter.slug)

        assert "De gemeente heeft geantwoord" in html and "De gemeente moet nog antwoorden." in html
        assert "(Gemeente Testdorp)" in html

    def test_another_opinion_is_shown(self, client, council, authority, saskia):
        advice = factories.AdviceFactory(council=council, authorities=[authority])
        MinorityView.objects.create(advice=advice, council=council, by="2 leden", text="Wij vinden dit te duur.")
        letter = send(advice, saskia, published=True)

        html = read(client, "advice:public", council.slug, letter.slug)

        assert "Andere mening (minderheid)" in html and "Wij vinden dit te duur." in html


class TestList:
    def test_words_are_found_in_any_form(self, client, council, authority, saskia, copy):
        sent(council, authority, saskia, published=True, subject="Hulp bij schulden", plain_summary="Jongeren.")

        for words in ("jongere", "schulden", "2026-02", "schul"):
            html = read(client, "advice:public_list", council.slug, query=f"?zoek={words}")
            assert ("Hulp bij schulden" in html, "Vervoer naar" in html) == (True, False), words
        nothing = read(client, "advice:public_list", council.slug, query="?zoek=olifant%00%27")
        assert "Er is niets gevonden." in nothing

    def test_the_answer_and_the_year_narrow_it(self, client, council, authority, saskia, victor, copy):
        answered(sent(council, authority, saskia, published=True, subject="Hulp bij schulden"), victor)

        given = read(client, "advice:public_list", council.slug, query="?antwoord=gegeven")
        waiting = read(client, "advice:public_list", council.slug, query="?antwoord=open")
        late = read(client, "advice:public_list", council.slug, query="?antwoord=te-laat")
        year = read(client, "advice:public_list", council.slug, query=f"?jaar={TODAY.year}")

        assert "Hulp bij schulden" in given and "Vervoer naar" not in given
        assert "Hulp bij schulden" not in waiting and "Vervoer naar" in waiting
        assert "Er is niets gevonden." in late
        assert "2 adviezen" in year

    def test_a_joint_advice_stands_with_both_councils(self, client, council, authority, saskia):
        other = factories.CouncilFactory(name="Jongerenraad")
        advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Samen geschreven")
        send(advice, saskia, published=True)
        advice.joint_with.add(other)

        assert "Samen geschreven" in read(client, "advice:public_list", other.slug)
        assert "Samen geschreven" in read(client, "advice:public_list", council.slug)

    @pytest.mark.parametrize(("query", "most"), [("", 6), ("?zoek=jongere", 7)])
    def test_ten_or_a_thousand_cost_the_same(self, client, council, authority, django_assert_num_queries, query, most):
        url = reverse("advice:public_list", args=[council.slug]) + query
        for number in (10, 1000):
            many_letters(council, authority, number)
            with django_assert_num_queries(most):
                response = client.get(url)
            assert response.status_code == 200

    def test_visitors_may_keep_it_for_a_minute_and_members_not(self, client, council, sign_in, fatma):
        url = reverse("advice:public_list", args=[council.slug])

        assert client.get(url)["Cache-Control"] == "private, max-age=60"
        assert sign_in(fatma).get(url)["Cache-Control"] == "private, no-store"


class TestCouncil:
    def test_only_who_agreed_is_named(self, client, council, fatma, saskia, chair, former_member):
        fatma.person.memberships.update(named_in_public=True)
        former_member.person.memberships.update(named_in_public=True)

        html = read(client, "councils:public", council.slug)

        assert "Fatma Yılmaz" in html
        assert "Saskia de Wit" not in html and "Chris Bakker" not in html and "Frits de Boer" not in html
        assert "De andere leden staan hier niet met naam." in html

    def test_it_leads_to_the_rules_the_meetings_and_the_advices(self, client, council, copy):
        html = read(client, "councils:public", council.slug)

        for name in ("councils:public_rulebook", "meetings:public_list", "advice:public_list"):
            assert f'href="{reverse(name, args=[council.slug])}"' in html
        assert "Vervoer naar dagbesteding" in html and council.email in html


class TestFront:
    def test_an_empty_portal_says_where_to_begin(self, client, db):
        html = read(client, "councils:front")

        assert f'href="{reverse("councils:first_start")}"' in html

    def test_it_says_when_no_advice_is_public_yet(self, client, council, fatma):
        assert "Er zijn nog geen openbare adviezen." in read(client, "councils:front")

    def test_it_shows_councils_and_new_advices_and_no_beginning(self, client, copy, council):
        html = read(client, "councils:front")

        assert User.objects.exists()
        assert council.name in html and "Vervoer naar dagbesteding" in html
        assert reverse("councils:first_start") not in html

    def test_who_is_signed_in_goes_to_the_desk(self, sign_in, fatma):
        html = read(sign_in(fatma), "councils:front")

        assert f'href="{reverse("portal:home")}"' in html
