"""Hard words are explained once, where they first stand; a letter that has gone keeps its explanations."""

from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from advice.actions.issuing import issue
from advice.explaining import Explainer, terms_used
from advice.letter_print import frozen_json, print_letter
from advice.letter_shape import LetterData
from advice.letter_text import letter_data
from advice.models import GlossaryTerm, Publication
from advice.states import AdviceState
from tests import factories
from tests.access.world import decide
from tests.verapdf import broken_rules

TERMS = [
    {"term": "pgb", "explanation": "Geld voor hulp."},
    {"term": "eigen bijdrage", "explanation": "Wat u zelf betaalt."},
    {"term": "mantelzorger", "explanation": "Wie voor een ander zorgt."},
]
EDITED = {"pgb": "Iets anders.", "Wmo": "Een wet."}


def marked(html: str) -> str:
    return Explainer(TERMS).on_page(html)


def test_the_first_use_leads_to_its_explanation_and_the_second_does_not():
    assert marked("<p>Een pgb en een PGB.</p>") == (
        '<p>Een <a class="portal-term" href="#woord-1">pgb</a> en een PGB.</p>'
        '<details class="portal-more portal-term-more" id="woord-1"><summary>Wat betekent “pgb”?</summary>'
        '<p class="utrecht-paragraph">Geld voor hulp.</p></details>'
    )


def test_once_for_a_page_whatever_its_parts():
    explainer = Explainer(TERMS)
    assert explainer.on_page("<p>Een pgb.</p>").count("<details") == 1
    assert explainer.on_page("<p>Weer een pgb.</p>") == "<p>Weer een pgb.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Het pgb</h3>",
        '<p><a href="https://voorbeeld.test/pgb">het pgb</a></p>',
        "<details><summary>Het pgb</summary></details>",
        "<p>Een pgb-houder en opgbouw.</p>",
        "<p>De bijdrage is eigen.</p>",
    ],
)
def test_no_heading_link_summary_or_part_of_a_word_is_touched(html):
    assert marked(html) == html


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<p>Twee pgb's.</p>", "pgb's"),
        ("<p>Mantelzorgers wachten.</p>", "Mantelzorgers"),
        ("<p>De eigen\nbijdragen.</p>", "eigen\nbijdragen"),
        ("<h3>pgb</h3><p>Het pgb.</p>", "pgb"),
    ],
)
def test_an_ending_and_a_capital_make_no_difference(html, word):
    assert f">{word}</a>" in marked(html)


def test_what_is_explained_is_escaped():
    page = Explainer([{"term": "pgb", "explanation": "<script>alert(1)</script>"}]).on_page("<p>pgb</p>")
    assert "<script>" not in page


# --- a letter ---


@pytest.fixture
def letter(council, authority, saskia):
    for one in TERMS:
        GlossaryTerm.objects.create(council=council, **one)
    advice = factories.AdviceFactory(council=council, authorities=[authority], state=AdviceState.ADOPTED)
    decide(advice, saskia.person, {
        "subject": "Het pgb", "plain_summary": "Mantelzorgers wachten lang.",
        "sections": [{"heading": "Het pgb", "html": "<p>Een pgb helpt. Het pgb is er.</p>"}],
        "recommendations": [{"number": 1, "text": "Geef een pgb.", "reason": "Een pgb en een mantelzorger."}],
    })  # fmt: skip
    return issue(advice, by=saskia.person)


@pytest.mark.django_db
def test_a_letter_keeps_the_terms_of_the_moment_in_page_print_and_data(letter, client, saskia):
    frozen = [TERMS[2], TERMS[0]]  # in the order of the text, and only what is used
    assert letter.text["glossary"] == frozen
    GlossaryTerm.objects.filter(term="pgb").update(explanation="Iets heel anders.")
    letter.refresh_from_db()
    copy = letter.copies.get()
    assert letter_data(copy)["glossary"] == frozen
    assert b"Geld voor hulp." in frozen_json(letter_data(copy))
    Publication.objects.create(letter=letter, council=letter.council, published_on=letter.dated_on)
    page = unescape(client.get(reverse("advice:public", args=[letter.council.slug, letter.slug])).content.decode())
    assert page.count("Geld voor hulp.") == 1
    assert page.count('id="woord-1"') == page.count('href="#woord-1"') == 1
    assert "Iets heel anders." not in page


@pytest.mark.django_db
def test_the_authority_and_the_council_get_the_same_explanation(letter, victor, fatma, sign_in):
    copy = letter.copies.get()
    for user, name, args in [
        (victor, "desk_letter", [copy.authority.slug, copy.public_id]),
        (fatma, "letter", [letter.council.slug, letter.public_id]),
    ]:
        page = unescape(sign_in(user).get(reverse(f"advice:{name}", args=args)).content.decode())
        assert [page.count(one["explanation"]) for one in TERMS] == [1, 0, 1], name


@pytest.mark.django_db
def test_the_dossier_explains_with_the_words_of_today(council, authority, fatma, sign_in):
    GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld voor hulp.")
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    factories.SectionFactory(advice=advice, text="<p>Een pgb helpt.</p>")
    page = unescape(sign_in(fatma).get(advice.get_absolute_url()).content.decode())
    assert page.count("Geld voor hulp.") == 1


@pytest.mark.django_db
def test_a_council_without_words_explains_nothing(council):
    assert terms_used({"plain_summary": "Een pgb."}, council) == []


@pytest.mark.django_db
def test_in_print_the_explanation_is_a_footnote(letter):
    file = BytesIO(print_letter(letter_data(letter.copies.get())))
    words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert words.count("pgb: Geld voor hulp.") == 1
    assert words.count("mantelzorger: Wie voor een ander zorgt.") == 1


@pytest.mark.verapdf
def test_footnotes_in_every_kind_of_text_stay_accessible_and_archival(tmp_path):
    words = ["pgb", "eigen bijdrage", "mantelzorger", "inkoop", "Wmo", "bezwaar", "indicatie"]
    letter: LetterData = {
        "councils": [{"name": "Adviesraad Testdorp"}], "document": "advice", "subject": "Hulp", "date": "2026-11-02",
        "reference": "2026-09", "signatories": [{"name": "C. Bakker", "role": "voorzitter"}],
        "authority": {"name": "Gemeente Testdorp", "addressee": ["College", "Gemeente Testdorp"]},
        "plain_summary": "Het pgb is er.\n\n- de eigen bijdrage",
        "sections": [
            {"heading": "Aanleiding", "html": "<p>Een mantelzorger.</p><ul><li>de inkoop</li><li>iets</li></ul>"},
            {"heading": "Lang", "html": "<p>Wij zien veel mensen die lang wachten op hulp van de gemeente.</p>" * 40},
        ],
        "recommendations": [{"text": "Doe dit.", "reason": "De Wmo zegt het."}],
        "minority_views": [{"by": "Een lid", "text": "Geen bezwaar."}],
        "attachments": [{"title": "Verslag", "text": "Over de indicatie."}],
        "glossary": [{"term": word, "explanation": f"Dit is de uitleg van {word}."} for word in words],
    }  # fmt: skip
    path = tmp_path / "letter.pdf"
    path.write_bytes(print_letter(letter))
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert [text.count(f"Dit is de uitleg van {word}.") for word in words] == [1] * len(words)
    assert broken_rules(path) == {}
