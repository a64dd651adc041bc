"""The numbers of the paragraphs of a draft."""

import re

import pypdfium2 as pdfium
import pytest
from django.urls import reverse

from advice.actions.versions import make_version
from advice.letter_print import print_letter
from advice.letter_text import letter_data, preview_data
from advice.numbering import numbered
from tests import factories
from tests.advice.letters import adopted_advice

PARTS = [
    "<p>Het contract <strong>stopt</strong>.</p><h3>Waarom</h3><p>Het busje is duur.</p>",
    "<ul><li>Eén rit</li><li>Twee ritten</li></ul><blockquote><p>Ik wacht lang.</p></blockquote>",
    "<p>Houd het busje.</p>",
]


def test_numbers_run_on_through_the_parts_and_headings_have_none():
    assert [[one.number for one in part] for part in numbered(PARTS)] == [[1, None, 2], [3, 4], [5]]


@pytest.fixture
def draft(council, authority):
    draft = factories.AdviceFactory(council=council, authorities=[authority])
    for position, html in enumerate(["", *PARTS], 1):  # the first part has not been written yet
        factories.SectionFactory(advice=draft, position=position, heading=f"Deel {position}", text=html)
    return draft


def on_page(content: str) -> list[tuple[int, str]]:
    """Each number with the first word after it."""
    rows = re.findall(r'id="alinea-(\d+)">.*?portal-numbered__text">(.*?)</div>', content, re.DOTALL)
    return [(int(number), re.sub(r"<[^>]+>", " ", html).split()[0]) for number, html in rows]


def in_pdf(file: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(file))


def in_margin(file: bytes) -> list[tuple[int, str]]:
    """Each number left of the text, with the first word on its line."""
    found = []
    for page in pdfium.PdfDocument(file):
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            if right < TEXT_STARTS:
                line = text.get_text_bounded(TEXT_STARTS - 1, bottom - 2, page.get_width(), top + 2).split()
                found.append((int(text.get_text_bounded(left, bottom, right, top)), line[line[0] == "•"]))
    return found


TEXT_STARTS = 70  # points from the left edge of the paper
NUMBERED = [(1, "Het"), (2, "Het"), (3, "Eén"), (4, "Ik"), (5, "Houd")]


def test_the_dossier_a_version_and_the_draft_in_pdf_say_the_same_numbers(draft, saskia, sign_in):
    version = make_version(draft, name="Eerste versie", by=saskia.person)
    client = sign_in(saskia)

    assert on_page(client.get(draft.get_absolute_url()).content.decode()) == NUMBERED
    page = client.get(reverse("advice:version", args=[draft.council.slug, draft.public_id, version.number]))
    assert on_page(page.content.decode()) == NUMBERED
    assert in_margin(print_letter(preview_data(draft))) == NUMBERED


def test_the_letter_that_is_sent_has_no_numbers(council, authority, saskia):
    from advice.actions.issuing import issue

    advice = adopted_advice(council, authority, saskia.person)
    letter = issue(advice, by=saskia.person)

    printed = in_pdf(print_letter(letter_data(letter.copies.get())))
    assert "Het contract stopt." in printed
    assert in_margin(print_letter(letter_data(letter.copies.get()))) == []
    assert in_margin(print_letter(preview_data(advice))) == [(1, "Het")]  # control: the draft has them
