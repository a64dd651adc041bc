"""Pages, PDF, Word file and data carry the same text: each paragraph of the frozen letter, in a paragraph of each form.

The letterhead, the place of the parts and the words around them differ by form; the text of the letter does not.
"""

import io
import json
import re
from collections.abc import Callable
from itertools import chain

import lxml.html
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
from tests import factories
from tests.advice.answers import send
from tests.advice.test_export import everything_that_a_letter_has
from tests.printing import embedded

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
Said = list[str]
FORMS = [
    "public page", "page in the room", "page at the desk", "PDF", "Word file", "public Word file",
    "Word file at the desk", "data", "data inside the PDF",
]  # fmt: skip
READ = "by heading name role title text html reason refers_to"
BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "summary", "blockquote"]
# Words with accents and of more than a line, which a form could break or lose.
LONG = (
    "De coördinatie van café Reünie kost veel. " * 12
    + "Het gemeentelijkeondersteuningsregelingenoverzicht is naïef, te Šiauliai-Übersee.",
    "Daarna één keer, à € 12,50 per week; dat is 30 % méér dan vóór 2026.",
)


def words(text: str) -> str:
    """Only the words, so that a stop or a mark does not matter; spaces at both ends: whole words are compared."""
    return " " + " ".join(re.findall(r"\w+", text.replace("\N{SOFT HYPHEN}", "").lower())) + " "


def run_together(text: str) -> str:
    """Of a PDF, where the reader sees a gap wherever the font changes, as at an Š."""
    return words(text).replace(" ", "")


def normal(form: str) -> Callable[[str], str]:
    return run_together if form == "PDF" else words


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip()]


def parts_of(letter: Letter) -> dict[str, list[str]]:
    """Every paragraph of the frozen text, by the part of the letter in which it has to stand in this order."""
    text = letter.text
    request = text.get("request") or {}
    recommended = [[one["text"], *paragraphs(one["reason"]), one["refers_to"]] for one in text["recommendations"]]
    grounds = [[*labels(one), *(source["title"] for source in one["sources"])] for one in text["recommendations"]]
    lines_of = {
        one["heading"]: [line for block in blocks_of(one["html"]) for line in block.plain] for one in text["sections"]
    }
    found = {
        "subject": [text["subject"]],
        "summary": paragraphs(text["plain_summary"]),
        "salutation": [text["salutation"]],
        "what was asked": request.get("questions") or [],
        "sections": [*chain(*([heading, *lines] for heading, lines in lines_of.items()))],
        "recommendations": [*chain(*recommended)],
        **{f"grounds {at}": [one] for at, one in enumerate(chain(*grounds))},
        "minority": [line for one in text["minority_views"] for line in [one["by"], *paragraphs(one["text"])]],
        "questions": text["questions"],
        "consulted": text["consulted"],
        "signatories": [part for one in text["signatories"] for part in (one["name"], one["role"])],
        "copies": text["copy_to"],
        **{f"attachment {at}": [one["title"]] for at, one in enumerate(text["attachments"])},
        "attachments": [line for one in text["attachments"] for line in paragraphs(one.get("text", ""))],
    }
    return {name: [line for line in lines if line.strip()] for name, lines in found.items() if lines}


def missing(letter: Letter, said: Said, form: str) -> list[str]:
    """The paragraphs that no paragraph of the form holds whole, or only before one that they come after."""
    plain = normal(form)
    blocks = [plain(block) for block in said]
    found = []
    for lines in parts_of(letter).values():
        at = 0
        for line in lines:
            place = next((n for n in range(at, len(blocks)) if plain(line) in blocks[n]), None)
            if place is None:
                found.append(line)
            else:
                at = place
    return found


def of_page(html: str) -> Said:
    """The smallest blocks of the page itself, without head, menu and scripts."""
    main = lxml.html.fromstring(html).find(".//main")
    inner = [one for one in main.iter(*BLOCKS) if next(one.iterdescendants(*BLOCKS), None) is None]
    return [" ".join(one.itertext()) for one in inner]


def of_word(content: bytes) -> Said:
    return [one.text for one in WordDocument(io.BytesIO(content)).paragraphs]


def of_data(part) -> Said:
    if isinstance(part, str):
        return re.split(r"\n+|</(?:p|li|h3|h4)>", re.sub(r"<(?!/(?:p|li|h3|h4)>)[^>]+>", "", part))
    if isinstance(part, dict):  # its keys stand in the order of the alphabet
        return [line for key in sorted(part, key=READ.find) for line in of_data(part[key])]
    values = part if isinstance(part, list) else []
    return [line for value in values for line in of_data(value)]


def of_pdf(letter: Letter, pdf: bytes) -> Said:
    """Without the little number of a footnote, which stands in the midst of its sentence."""
    said = [block.text for block in pdf_blocks(pdf)]
    for number, one in enumerate(letter.text["glossary"], 1):
        said = [re.sub(rf"({re.escape(one['term'])})\s*{number}\b", r"\1", line) for line in said]
    return said


@pytest.fixture(params=["everything", "long"])
def letter(request, council, authority, saskia) -> Letter:
    if request.param == "everything":
        letter = everything_that_a_letter_has(council, authority, saskia.person)
        publish(letter, by=saskia.person, looked_at=True)
        return letter
    advice = factories.AdviceFactory(
        council=council, authorities=[authority], subject="Zó kán het níet", plain_summary="Kort.\n\nEn één keer."
    )
    text = "".join(f"<p>{line}</p>" for line in LONG)
    for position in (1, 2, 3):
        factories.SectionFactory(advice=advice, position=position, heading=f"Deel {position}: reünie", text=text)
    for number in range(1, 13):
        reason = f"Reden {number} vooraf.\n\n{LONG[0]}"
        factories.RecommendationFactory(advice=advice, number=number, text=f"Doe dit als {number}e.", reason=reason)
    return send(advice, saskia, published=True)


@pytest.fixture
def forms(letter, client, saskia, victor, sign_in) -> dict[str, Said]:
    """What each form of the letter says, paragraph by paragraph, as its reader gets it."""
    copy = letter.copies.select_related("letter__council", "authority").get(authority__slug="testdorp")
    pdf = print_letter(letter_data(copy), images=pictures_for(names_in(letter.text)))
    data = next(content for name, content in embedded(pdf).items() if name.endswith(".json"))
    council, secretary, desk = letter.council.slug, sign_in(saskia), sign_in(victor)
    at_desk, in_public = [copy.authority.slug, copy.public_id], [council, letter.slug]

    def get(reader, name: str, *args):
        answer = reader.get(reverse(f"advice:{name}", args=args))
        assert answer.status_code == 200, name
        return answer

    found = [
        of_page(get(client, "public", *in_public).text),
        of_page(get(secretary, "letter", council, letter.public_id).text),
        of_page(get(desk, "desk_letter", *at_desk).text),
        of_pdf(letter, pdf),
        of_word(get(secretary, "letter_word", council, letter.public_id).content),
        of_word(get(client, "public_word", *in_public).content),
        of_word(get(desk, "desk_word", *at_desk).content),
        of_data(interchange(letter)),
        of_data(json.loads(data)),
    ]
    return dict(zip(FORMS, found, strict=True))


def test_every_form_says_every_paragraph_in_its_order(letter, forms):
    assert sum(map(len, parts_of(letter).values())) >= 35

    assert {name: missing(letter, said, name) for name, said in forms.items()} == {name: [] for name in FORMS}


def holding(line: str, said: Said, form: str) -> list[int]:
    plain = normal(form)
    return [at for at, block in enumerate(said) if plain(line) in plain(block)]


def test_control_a_paragraph_that_is_left_out_of_a_form_is_named(letter, forms):
    """Each paragraph that stands only once is taken out of every form in turn."""
    tried = 0
    for name, said in forms.items():
        for line in chain(*parts_of(letter).values()):
            places = holding(line, said, name)
            if len(places) == 1:
                assert line in missing(letter, said[: places[0]] + said[places[0] + 1 :], name), (name, line)
                tried += 1
    assert tried >= 15 * len(FORMS)


def test_control_two_paragraphs_that_changed_places_are_named(letter, forms):
    first, *_between, last = (one["text"] for one in letter.text["recommendations"])
    for name, said in forms.items():
        before, after = holding(first, said, name)[-1], holding(last, said, name)[-1]
        turned = [*said]
        turned[before], turned[after] = said[after], said[before]
        assert before < after and missing(letter, turned, name), name


@pytest.mark.parametrize("letter", ["everything"], indirect=True)
def test_the_judgement_and_the_hard_words_are_in_what_people_read(letter, forms):
    for name in [name for name in FORMS if not name.startswith("data")]:
        assert holding("Ons oordeel: positief, met opmerkingen", forms[name], name), name
        assert holding("Geld waarmee u zelf hulp inkoopt", forms[name], name), name


def test_the_word_file_is_dutch_with_real_headings(letter):
    word = WordDocument(io.BytesIO(letter_docx(letter)))
    about = word.core_properties

    assert (about.title, about.language, about.subject) == (letter.subject, "nl-NL", f"Brief {letter.reference}")
    headings = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["In het kort", letter.text["sections"][0]["heading"]] and "Aanbevelingen" in headings
    facts = [one.text for one in word.paragraphs[: [one.text for one in word.paragraphs].index("In het kort")]]
    assert f"Ons kenmerk: {letter.reference}" in facts


def test_a_desk_gets_its_own_copy(letter, forms):
    given = "Aan: Gemeente Testdorp"

    assert given in forms["Word file at the desk"]
    assert (given in forms["public Word file"]) == (letter.copies.count() == 1)


def test_a_letter_from_before_the_portal_comes_out_too(letter):
    old = Letter(
        council=letter.council, subject="Oud", reference="Oud 1", dated_on=letter.dated_on, text={"subject": "Oud"}
    )

    assert "Oud 1" in " ".join(of_word(letter_docx(old)))
