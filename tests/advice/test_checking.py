"""Is this file a letter that was sent? Its bytes say so; a flipped one never passes."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advice.actions.publishing import publish
from advice.checking import DIFFERS, SAME, UNKNOWN, check_code, check_file
from advice.letter_print import control_code
from advice.letter_text import letter_data
from advice.models import LetterPdf
from advice.tasks import render_copy, render_large
from portal.documents import read
from tests.advice.answers import sent

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
UNCHANGED = "Er is niets aan veranderd."


@pytest.fixture
def copy(council, authority, saskia):
    copy = sent(council, authority, saskia, plain_summary="Kort.")
    render_copy(copy.pk)
    return copy


@pytest.fixture
def pdf(copy) -> bytes:
    return read(LetterPdf.objects.select_related("document").get(copy=copy).document)


def ask(client, content: bytes, name: str = "brief.pdf"):
    return client.post(reverse("advice:check"), {"file": SimpleUploadedFile(name, content)})


def test_the_stored_file_is_the_letter_and_nothing_was_changed(client, copy, pdf, council, saskia):
    page = ask(client, pdf).text

    assert f"Dit is brief 2026-01 van {council.name} van" in page and UNCHANGED in page
    assert "openbaar/" not in page.partition("<main")[2].partition("</main")[0]  # it is not public yet
    publish(copy.letter, by=saskia.person)
    assert reverse("advice:public", args=[council.slug, copy.letter.slug]) in ask(client, pdf).text


def test_large_print_is_known_too(copy):
    render_large(copy.pk)
    copy.refresh_from_db()

    found = check_file(read(copy.large_print.document))

    assert (found.state, found.what) == (SAME, "large")


def test_one_changed_byte_is_never_the_letter(copy, pdf, saskia, monkeypatch):
    publish(copy.letter, by=saskia.person)
    monkeypatch.setattr("advice.checking.look_inside", lambda content: None)  # the bytes alone decide
    chance = random.Random(4)
    states = set()
    for _try in range(200):
        at = chance.randrange(len(pdf))
        states.add(check_file(pdf[:at] + bytes([pdf[at] ^ (1 << chance.randrange(8))]) + pdf[at + 1 :]).state)
    assert states == {UNKNOWN}
    assert check_file(pdf).state == SAME  # the control


def test_a_changed_file_of_a_public_letter_is_named_and_of_another_is_not(client, copy, pdf, saskia):
    changed = pdf + b"\n% erbij"
    assert check_file(changed).state == UNKNOWN
    assert "Wij kennen dit bestand niet." in ask(client, changed).text

    publish(copy.letter, by=saskia.person)

    found = check_file(changed)
    assert (found.state, found.letter, found.same_text) == (DIFFERS, copy.letter, True)
    page = ask(client, changed).text
    assert "Dit bestand is niet gelijk aan brief 2026-01" in page and UNCHANGED not in page


def test_what_is_no_pdf_is_said_at_the_field(client, db):
    page = ask(client, b"PK zip", "brief.docx")

    assert page.status_code == 422 and "Dit is geen PDF." in page.text
    nothing = client.post(reverse("advice:check"), {"iets": "1"})
    assert nothing.status_code == 422 and "Kies de brief als PDF." in nothing.text


def test_the_code_on_paper_is_checked_for_public_letters(client, copy, saskia):
    code = control_code(letter_data(copy))
    assert check_code("2026-01", code).state == UNKNOWN  # not public

    publish(copy.letter, by=saskia.person)

    assert check_code("2026-01", code.replace(" ", "").upper()).state == SAME
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    assert check_code("2026-01", wrong).state == UNKNOWN
    page = client.post(reverse("advice:check"), {"reference": "2026-01", "code": code})
    assert "De code klopt." in page.text
    assert client.post(reverse("advice:check"), {"reference": "2026-01", "code": "zz"}).status_code == 422


def test_nothing_is_kept(client, copy, pdf):
    from portal.models import AuditEvent, Document

    before = (Document.objects.count(), AuditEvent.objects.count())
    ask(client, pdf + b"x")

    assert (Document.objects.count(), AuditEvent.objects.count()) == before
