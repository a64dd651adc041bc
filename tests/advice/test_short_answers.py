"""What changes for me: three short answers on the public page, asked for when a letter is published."""

import pytest
from django.urls import reverse

from advice.actions.publishing import change_short_answers, publish
from advice.models import Publication
from advice.short_answers import proposed
from portal.access import Refused
from tests.advice.answers import answered, sent

FOR, ASK = "Mensen met een busje", "Houd het busje."


@pytest.fixture
def letter(council, authority, saskia):
    return sent(council, authority, saskia, plain_summary="Kort.").letter


def public(client, letter) -> str:
    return client.get(reverse("advice:public", args=[letter.council.slug, letter.slug])).text


def test_publishing_asks_for_two_of_them_and_proposes_what_it_can(letter, saskia, sign_in):
    page = sign_in(saskia).get(reverse("advice:letter", args=[letter.council.slug, letter.public_id])).text
    assert f'value="{ASK}"' in page

    url = reverse("advice:publish", args=[letter.council.slug, letter.public_id])
    wrong = sign_in(saskia).post(url, {"for_whom": "", "what_we_ask": ASK})
    assert wrong.status_code == 422 and "Vul in voor wie dit is." in wrong.text
    assert not Publication.objects.exists()

    assert sign_in(saskia).post(url, {"for_whom": FOR, "what_we_ask": ASK}).status_code == 302
    assert (Publication.objects.get().for_whom, Publication.objects.get().what_we_ask) == (FOR, ASK)


def test_the_public_page_says_them_and_search_engines_too(letter, saskia, client):
    publish(letter, by=saskia.person, for_whom=FOR, what_we_ask=ASK)

    page = public(client, letter)

    assert FOR in page and "Wat verandert er voor mij?" in page
    assert f'<meta name="description" content="{FOR}. {ASK} De gemeente moet nog antwoorden.' in page
    assert '<meta property="og:description"' in page


def test_the_third_follows_the_answer_until_somebody_writes_it(letter, saskia, victor, client):
    publish(letter, by=saskia.person, for_whom=FOR, what_we_ask=ASK)
    answered(letter.copies.get(), victor)
    assert "De gemeente heeft geantwoord" in public(client, letter)

    change_short_answers(letter, for_whom=FOR, what_we_ask=ASK, what_they_said="Het busje blijft.", by=saskia.person)

    assert "Het busje blijft." in public(client, letter)


def test_too_long_or_empty_is_refused_at_its_field(letter, saskia):
    with pytest.raises(Refused) as refused:
        publish(letter, by=saskia.person, for_whom="x" * 201, what_we_ask=ASK)
    assert refused.value.field == "for_whom"
    publish(letter, by=saskia.person, for_whom=FOR, what_we_ask=ASK)
    with pytest.raises(Refused) as refused:
        change_short_answers(letter, for_whom=FOR, what_we_ask=" ", what_they_said="", by=saskia.person)
    assert refused.value.field == "what_we_ask"


def test_an_older_publication_has_what_the_letter_says(letter, saskia, client):
    Publication.objects.create(letter=letter, council=letter.council, published_on=letter.dated_on)

    assert ASK in public(client, letter)
    assert proposed(letter)["what_we_ask"] == ASK
