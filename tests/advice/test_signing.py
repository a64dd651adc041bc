"""Who signs a letter, and how: pictures of signatures, or the day on which the text was adopted."""

from datetime import date

import pytest
from django.urls import reverse

from advice.actions.issuing import issue
from advice.letter_text import letter_data, preview_data
from advice.printing import print_copy
from advice.signing import signed
from councils.actions.pictures import remove_signature, set_logo, set_signature
from tests import printing
from tests.advice.letters import adopted_advice
from tests.pictures import drawn, upload

DAY = date(2026, 9, 2)
CHAIR = {"name": "Chris Bakker", "role": "voorzitter"}
SECRETARY = {"name": "Saskia de Wit", "role": "secretaris"}


@pytest.fixture
def advice(council, authority, saskia, chair):
    return adopted_advice(council, authority, saskia.person)


@pytest.fixture
def drawn_by_chair(chair):
    return set_signature(chair.person.memberships.get(), upload(), by=chair.person)


def test_without_pictures_the_letter_says_when_its_text_was_adopted(advice, saskia):
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert letter.text["signatories"] == [CHAIR, SECRETARY]
    assert letter.text["adopted_on"] == "2026-09-01"
    printed = printing.text(print_copy(letter.copies.get()))
    assert "Chris Bakker, voorzitter Saskia de Wit, secretaris Digitaal vastgesteld op 1 september 2026." in printed


def test_a_picture_is_frozen_by_its_hash_and_printed_with_its_name(advice, saskia, drawn_by_chair):
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert letter.text["signatories"] == [CHAIR | {"signature": drawn_by_chair.sha256}, SECRETARY]
    assert letter.text["adopted_on"] == "2026-09-01"  # the secretary has no picture
    content = print_copy(letter.copies.get())
    assert "Handtekening van Chris Bakker" in printing.alternatives(content)
    assert "Digitaal vastgesteld op 1 september 2026." in printing.text(content)


def test_with_everybody_drawn_nothing_is_stated(advice, saskia, chair, drawn_by_chair):
    own = set_signature(saskia.person.memberships.get(), upload(drawn((200, 90))), by=saskia.person)
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert [one["signature"] for one in letter.text["signatories"]] == [drawn_by_chair.sha256, own.sha256]
    assert "adopted_on" not in letter.text
    assert "Digitaal vastgesteld" not in printing.text(print_copy(letter.copies.get()))


def test_the_secretary_may_choose_no_pictures(advice, saskia, drawn_by_chair):
    letter = issue(advice, by=saskia.person, dated_on=DAY, signing="adopted")
    assert letter.text["signatories"] == [CHAIR, SECRETARY]
    assert letter.text["adopted_on"] == "2026-09-01"


def test_a_letter_that_was_sent_keeps_its_signatures_and_its_logo(advice, saskia, chair, council, drawn_by_chair):
    logo = set_logo(council, upload(drawn((120, 120))), by=saskia.person)
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    remove_signature(chair.person.memberships.get(), by=saskia.person)
    set_logo(council, upload(drawn((80, 80))), by=saskia.person)
    assert letter.text["senders"][0]["logo"] == f"{logo.sha256}.png"
    copy = letter.copies.get()
    first, again = print_copy(copy), print_copy(copy)
    assert first == again
    assert printing.alternatives(first)[0] == "Logo Adviesraad Testdorp"
    assert "Handtekening van Chris Bakker" in printing.alternatives(first)


def test_a_letter_of_before_prints_as_before():
    printed = printing.text(printing.letter("short"))
    assert "Digitaal vastgesteld" not in printed


def test_another_council_does_not_lend_its_signature(advice, saskia, drawn_by_chair):
    named = [CHAIR, {**CHAIR, "council": "Cliëntenraad Werk"}]
    found = signed(named, advice.council, on=DAY, adopted_on=DAY)
    assert ["signature" in one for one in found["signatories"]] == [True, False]


def test_the_question_is_only_asked_where_there_is_a_choice(advice, saskia, chair, sign_in):
    url = reverse("advice:issue", args=[advice.council.slug, advice.public_id])
    assert 'name="signing"' not in sign_in(saskia).get(url).content.decode()
    set_signature(chair.person.memberships.get(), upload(), by=chair.person)
    page = sign_in(saskia).get(url).content.decode()
    assert page.count('name="signing"') == 2
    answers = {"dated_on_day": "5", "dated_on_month": "9", "dated_on_year": "2026", "place": "", "signing": "adopted"}
    assert sign_in(saskia).post(url, answers).status_code == 302
    assert [*map(len, (one for one in advice.__class__.objects.get(pk=advice.pk).letter.text["signatories"]))] == [2, 2]


def test_the_preview_shows_the_signatures_of_an_adopted_text_only(advice, saskia, drawn_by_chair):
    assert preview_data(advice)["signatories"][0]["signature"] == drawn_by_chair.sha256
    advice.state = "draft"
    assert "signature" not in preview_data(advice)["signatories"][0]
    assert "adopted_on" not in preview_data(advice)


def test_the_copies_hold_how_it_was_signed(advice, saskia):
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert letter_data(letter.copies.get())["adopted_on"] == "2026-09-01"
