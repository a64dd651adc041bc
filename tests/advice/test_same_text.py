"""Page, PDF, Word file and data carry the same text: paragraph by paragraph what is in the frozen letter."""

import html as html_module
import io
import json
import re

import pytest
from django.urls import reverse
from docx import Document as WordDocument

from advice.actions.publishing import publish
from advice.interchange import interchange
from advice.letter_print import print_letter
from advice.letter_text import labels, letter_data
from advice.models import Letter
from advice.typed import blocks_of
from advice.word_export import letter_docx
from councils.pictures import names_in, pictures_for
from portal.pdf.reading import blocks_of as pdf_blocks
from tests.advice.test_export import everything_that_a_letter_has
from tests.printing import embedded

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


def plain(text: str) -> str:
    """Without marks, with single spaces: a footnote's number stands against its word in print."""
    return " ".join(html_module.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def squeezed(text: str) -> str:
    """Letters and digits only: where a line or a mark falls differs between the forms, the words do not."""
    return re.sub(r"[\W_]+", "", text).lower()


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip()]


def wanted(letter: Letter) -> list[str]:
    """Every paragraph of the frozen text that a reader of the letter gets."""
    text = letter.text
    found = [text["subject"], *paragraphs(text["plain_summary"])]
    for section in text["sections"]:
        found += [section["heading"], *(line for block in blocks_of(section["html"]) for line in block.plain)]
    for one in text["recommendations"]:
        found += [one["text"], *paragraphs(one["reason"]), one["refers_to"], *labels(one)]
        found += [source["title"] for source in one["sources"]]
    for view in text["minority_views"]:
        found += [view["by"], *paragraphs(view["text"])]
    found += [*text["questions"], *text["consulted"]]
    return [one for one in map(plain, found) if one]


def missing(paragraphs: list[str], said: str) -> list[str]:
    """Those that are not there, each looked for after the one before only in words: the order differs by form."""
    whole = squeezed(said)
    return [one for one in paragraphs if squeezed(one) not in whole]


@pytest.fixture
def letter(council, authority, saskia) -> Letter:
    letter = everything_that_a_letter_has(council, authority, saskia.person)
    publish(letter, by=saskia.person, looked_at=True)
    return letter


@pytest.fixture
def forms(letter, client, saskia, sign_in) -> dict[str, str]:
    """The text of each form of the letter."""
    copy = letter.copies.select_related("letter__council", "authority").order_by("pk").first()
    pdf = print_letter(letter_data(copy), images=pictures_for(names_in(letter.text)))
    word = WordDocument(io.BytesIO(letter_docx(letter)))
    data = next(content for name, content in embedded(pdf).items() if name.endswith(".json"))
    room = reverse("advice:letter", args=[letter.council.slug, letter.public_id])
    public = reverse("advice:public", args=[letter.council.slug, letter.slug])
    return {
        "public page": plain(client.get(public).text),
        "page in the room": plain(sign_in(saskia).get(room).text),
        "PDF": without_calls(letter, " ".join(block.text for block in pdf_blocks(pdf))),
        "Word file": " ".join(one.text for one in word.paragraphs),
        "data": " ".join(strings(interchange(letter))),
        "data inside the PDF": " ".join(map(plain, strings(json.loads(data)))),
    }


def without_calls(letter: Letter, said: str) -> str:
    """The little number of a footnote stands in the midst of its sentence."""
    for number, one in enumerate(letter.text["glossary"], 1):
        said = re.sub(rf"({re.escape(one['term'])})\s*{number}\b", r"\1", said)
    return said


def strings(part) -> list[str]:
    if isinstance(part, str):
        return [part]
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [one for value in values for one in strings(value)]


def test_every_form_says_every_paragraph(letter, forms):
    assert len(wanted(letter)) >= 20

    assert {name: missing(wanted(letter), said) for name, said in forms.items()} == {name: [] for name in forms}


def test_a_hard_word_is_explained_wherever_it_is_read(forms):
    explained = [name for name, said in forms.items() if "Geld waarmee u zelf hulp inkoopt" in said]

    assert explained == ["public page", "page in the room", "PDF", "Word file", "data inside the PDF"]


def test_control_a_paragraph_that_is_left_out_is_named(letter, forms):
    for name, said in forms.items():
        without = re.sub(re.escape("Bel terug"), "", said, flags=re.I)
        assert missing(wanted(letter), without) == ["Bel terug."], name


def test_the_word_file_is_dutch_with_real_headings(letter):
    word = WordDocument(io.BytesIO(letter_docx(letter)))

    assert word.core_properties.title == letter.subject
    headings = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["In het kort", "Aanleiding"] and "Aanbevelingen" in headings


def test_a_letter_from_before_the_portal_comes_out_too(letter):
    old = Letter(
        council=letter.council, subject="Oud", reference="Oud 1", dated_on=letter.dated_on, text={"subject": "Oud"}
    )

    assert "Oud 1" in " ".join(one.text for one in WordDocument(io.BytesIO(letter_docx(old))).paragraphs)
