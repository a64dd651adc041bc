"""Asked late: the neutral stamp follows the advice from the dossier to the letter and the public page."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from advice.actions.issuing import issue
from advice.actions.publishing import publish
from advice.letter_print import print_letter
from advice.letter_text import letter_data
from advice.models import Letter
from consultations.actions import accept, answer_urgency, save_request, submit_request
from consultations.models import CouncilRequest
from tests import printing
from tests.advice.letters import adopted_advice
from tests.consultations.conftest import draft, monday  # noqa: F401  (fixtures)
from tests.verapdf import broken_rules

STAMP = "Gevraagde termijn: 7 dagen. Verordening: 6 weken (art. 7 lid 1)."
AGREED = f"{STAMP} De voorzitter ging op 13 april 2026 akkoord met een kortere termijn."


@pytest.fixture
def asked(monday, draft, victor) -> CouncilRequest:  # noqa: F811
    save_request(
        draft, by=victor.person, wanted_on=date(2026, 4, 20), urgent=True, urgency_reason="De wet gaat 1 mei in."
    )
    (part,) = submit_request(draft, by=victor.person)
    return part


def letter_on(part: CouncilRequest, saskia) -> Letter:
    accepted = accept(part, by=saskia.person)
    advice = adopted_advice(
        part.council, part.request.authority, saskia.person, request=accepted, plain_summary="Houd het busje."
    )
    with time_machine.travel("2026-09-03 10:00:00+02:00", tick=False):
        letter = issue(advice, by=saskia.person, dated_on=date(2026, 9, 2), place="Testdorp")
        publish(letter, by=saskia.person)
    return letter


def everywhere(letter: Letter, client, saskia, victor, sign_in) -> dict[str, str]:
    copy = letter.copies.get()
    room, desk = sign_in(saskia), sign_in(victor)
    pages = {
        "the request in the room": room.get(letter.advice.request.get_absolute_url()),
        "the advice in the room": room.get(
            reverse("advice:detail", args=[letter.council.slug, letter.advice.public_id])
        ),
        "the letter in the room": room.get(reverse("advice:letter", args=[letter.council.slug, letter.public_id])),
        "the request at the desk": desk.get(letter.advice.request.request.get_absolute_url()),
        "the letter at the desk": desk.get(reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])),
        "the public page": client.get(letter.get_absolute_url()),
    }
    return {where: page.content.decode() for where, page in pages.items()}


def test_the_stamp_follows_the_advice_everywhere(asked, client, saskia, chair, victor, sign_in):
    letter = letter_on(asked, saskia)
    missing = [
        where for where, html in everywhere(letter, client, saskia, victor, sign_in).items() if STAMP not in html
    ]
    assert missing == []
    assert STAMP in printing.text(print_letter(letter_data(letter.copies.get())))


def test_agreed_urgency_changes_the_words_and_does_not_take_the_stamp_away(
    asked, client, saskia, chair, victor, sign_in
):
    answer_urgency(asked, consent="agreed", by=chair.person)
    letter = letter_on(asked, saskia)
    missing = [
        where for where, html in everywhere(letter, client, saskia, victor, sign_in).items() if AGREED not in html
    ]
    assert missing == []
    assert AGREED in printing.text(print_letter(letter_data(letter.copies.get())))


def test_what_was_asked_in_time_has_no_stamp(monday, draft, client, saskia, chair, victor, sign_in):  # noqa: F811
    (part,) = submit_request(draft, by=victor.person)
    letter = letter_on(part, saskia)
    pages = everywhere(letter, client, saskia, victor, sign_in)
    assert [where for where, html in pages.items() if "Gevraagde termijn" in html] == []
    assert "Gevraagde termijn" not in printing.text(print_letter(letter_data(letter.copies.get())))


@pytest.mark.verapdf
def test_a_letter_with_the_stamp_is_archival_and_accessible(asked, saskia, chair, tmp_path):
    answer_urgency(asked, consent="agreed", by=chair.person)
    file = tmp_path / "letter.pdf"
    file.write_bytes(print_letter(letter_data(letter_on(asked, saskia).copies.get())))
    assert broken_rules(file) == {}
