"""The short address on a letter: it leads who may read to the letter, and tells nobody else anything."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from advice.actions.history import import_advice
from advice.actions.issuing import issue
from advice.actions.publishing import publish
from advice.letter_text import letter_data
from advice.short_address import ALPHABET, as_typed
from tests.advice.letters import adopted_advice

CASES = Path(__file__).parents[1] / "data" / "advices"
DAY = date(2026, 9, 2)


@pytest.fixture
def letter(council, authority, saskia, chair):
    return issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=DAY)


def test_a_letter_gets_eight_signs_without_look_alikes(letter):
    assert re.fullmatch(f"[{ALPHABET}]{{8}}", letter.code)
    assert not set(ALPHABET) & set("0o1li2z5s8bu")


def test_the_printed_address_comes_from_the_settings(letter, settings):
    settings.BASE_URL = "https://raad.testdorp.nl/"
    assert letter_data(letter.copies.get())["short_url"] == f"https://raad.testdorp.nl/b/{letter.code}/"


def test_an_imported_letter_has_no_short_address(council, authority, saskia):
    content = json.loads((CASES / "short-with-questions.json").read_text(encoding="utf-8"))
    letter = import_advice(content, create_missing=True, by=saskia.person).advice.letter
    assert letter.code is None
    assert letter_data(letter.copies.first())["short_url"] == ""


def test_a_public_letter_is_one_click_away(letter, saskia):
    publish(letter, by=saskia.person, plain_summary="Kort.", looked_at=True)
    response = Client().get(reverse("advice:short", args=[letter.code]))
    assert (response.status_code, response.url) == (302, letter.get_absolute_url())


def test_the_council_and_the_authority_come_to_their_own_page(letter, fatma, victor, sign_in, authority):
    url = reverse("advice:short", args=[letter.code])
    assert sign_in(fatma).get(url).url == reverse("advice:letter", args=[letter.council.slug, letter.public_id])
    copy = letter.copies.get()
    assert sign_in(victor).get(url).url == reverse("advice:desk_letter", args=[authority.slug, copy.public_id])


@pytest.mark.parametrize("who", ["anonymous", "stijn", "bart"])
def test_nobody_else_learns_anything(who, letter, request, sign_in):
    client = Client() if who == "anonymous" else sign_in(request.getfixturevalue(who))
    response = client.get(reverse("advice:short", args=[letter.code]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Deze brief is niet openbaar" in page
    for fact in (letter.subject, letter.reference, letter.council.name, "Testdorp", str(letter.public_id)):
        assert fact not in page
    assert response["X-Robots-Tag"] == "noindex" and response["Cache-Control"] == "no-store"


def test_who_signs_in_comes_back_to_the_letter(letter):
    page = Client().get(reverse("advice:short", args=[letter.code])).content.decode()
    assert f"/account/login/?next=/b/{letter.code}/" in page


def test_typed_from_paper_it_works_too(letter, saskia, sign_in):
    typed = f"{letter.code[:4]}-{letter.code[4:]}".upper()
    assert as_typed(typed) == letter.code
    assert sign_in(saskia).get(reverse("advice:short", args=[typed])).status_code == 302


def test_an_unknown_code_does_not_exist(db):
    assert Client().get("/b/ccccdddd/").status_code == 404
