"""The advice letter on paper: complete, in order, in the window, on as few pages as it needs."""

import hashlib
import io
import json
import re
from datetime import date
from itertools import pairwise

import pikepdf
import pytest
from weasyprint.formatting_structure.boxes import LineBox

from advice.letter_print import control_code, frozen_json, letter_context, print_copies, print_letter
from portal import pdf
from tests import printing
from tests.printing import IMAGES, letter_data
from tests.verapdf import broken_rules

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
NAMES = ["short", "long", "joint", "draft"]


def printed(name: str, **changes) -> bytes:
    return print_letter(letter_data(name, **changes), images=IMAGES)


def forty() -> list[dict]:
    sentence = "Wie minder krijgt dan vorig jaar, hoort dat op tijd en in gewone taal. "
    return [
        {"text": f"Aanbeveling nummer {i}.", "reason": (sentence * (i % 6)).strip(), "refers_to": "artikel 3" * (i % 2)}
        for i in range(1, 41)
    ]


def in_order(text: str, parts: list[str]) -> bool:
    """Do all parts stand in the text, each after the one before?"""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("name", NAMES)
def test_everything_is_printed_in_order(name, large):
    letter = letter_data(name, large=large)
    whole = printing.text(print_letter(letter, images=IMAGES))
    recommendations = [f"{i} {r['text']}" for i, r in enumerate(letter.get("recommendations", []), 1)]
    headings = [section["heading"] for section in letter["sections"]]
    assert in_order(
        whole, [letter["subject"], *headings, *recommendations, *[s["name"] for s in letter["signatories"]]]
    )
    assert in_order(whole, [f"{i} {question}" for i, question in enumerate(letter.get("questions", []), 1)])
    assert all(line.replace("  ", " ") in whole for line in letter["authority"]["addressee"])


def test_forty_recommendations_are_all_there_in_order():
    recommendations = forty()
    content = printed("long", recommendations=recommendations)
    assert in_order(printing.text(content), [f"{i} {r['text']}" for i, r in enumerate(recommendations, 1)])
    assert "Onze 40 aanbevelingen" in printing.text(content)


@pytest.mark.parametrize(("name", "count"), [("short", 1), ("joint", 1), ("draft", 1), ("long", 3)])
def test_a_letter_takes_no_more_pages_than_it_needs(name, count):
    assert len(printing.pages(printed(name))) == count


def test_a_letter_that_runs_over_by_a_few_lines_is_set_tighter():
    letter = letter_data("short")
    letter["sections"][0]["text"] += " De stukken kwamen op tijd." * 6
    content = print_letter(letter)
    context = {
        **letter_context(letter),
        "document": {"title": "x", "author": "x", "subject": "x", "created": date(2026, 1, 1)},
    }
    assert len(pdf.layout("advice/pdf/letter.html", context, qr=context["url"]).pages) == 2
    assert len(printing.pages(content)) == 1


def test_every_page_says_which_of_how_many():
    pages = printing.pages(printed("long"))
    assert [f"Bladzijde {i} van 3" in page for i, page in enumerate(pages, 1)] == [True, True, True]
    assert ["ASD/26/009, 19 mei 2026" in page for page in pages[1:]] == [True, True]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("name", NAMES)
def test_the_address_stands_in_the_window_and_nothing_else_does(name, large):
    """Windows of C5/6 and EA5/6 envelopes always show x 20–100, y 56–79 mm, and sometimes up to x 130, y 41–96."""
    letter = letter_data(name, large=large)
    places = printing.places(print_letter(letter, images=IMAGES))
    address = [line.replace("  ", " ") for line in letter["authority"]["addressee"]]
    seen = [place for place in places if place[1] < 130 and place[2] < 96 and place[4] > 41]
    inside = [words for words, *_ in seen if not words.startswith("Afzender: ")]
    assert [" ".join(words.split()) for words in inside] == address
    for words, left, top, right, bottom in seen:
        if not words.startswith("Afzender: "):
            assert left >= 25 and right <= 105 and top >= 55.5 and bottom <= 79, words


def test_a_sixth_address_line_stays_in_the_window():
    letter = letter_data("short")
    letter["authority"]["addressee"].insert(1, "Gemeenschappelijke Regeling Werk en Inkomen Waterland")
    bottom = max(place[4] for place in printing.places(print_letter(letter)) if place[1] < 105 and 55 < place[2] < 90)
    assert bottom <= 80.5


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_line_of_the_sender_fits_above_the_address(large):
    letter = letter_data("short", large=large)
    letter["councils"][0]["return_address"].insert(0, letter["councils"][0]["name"])
    (line,) = [place for place in printing.places(print_letter(letter)) if place[0].startswith("Afzender")]
    assert line[0] == "Afzender: Kade 8, 2345 BC WATERVEEN"
    assert line[3] < 130


def test_the_term_is_the_last_day_with_its_article():
    assert (
        "Wij verwachten uw schriftelijke reactie uiterlijk 14 juli 2026. "
        "Dat staat in artikel 8 lid 1 van de Verordening adviesraad sociaal domein Waterveen."
    ) in printing.text(printed("long"))


def test_without_a_term_nothing_is_asked():
    assert "Uw reactie op ons advies" not in printing.text(printed("long", response_due=None))


def test_each_council_has_its_own_last_day():
    whole = printing.text(printed("joint"))
    assert in_order(
        whole, ["Wij verwachten uw schriftelijke reactie:", "uiterlijk 29 september 2026 aan de Cliëntenraad"]
    )
    assert "uiterlijk 27 oktober 2026 aan de Adviesraad Sociaal Domein Waterveen" in whole
    assert "namens de Adviesraad Sociaal Domein Waterveen en de Cliëntenraad Participatiewet Waterveen," in whole


def test_what_was_heard_stands_under_its_recommendation():
    whole = printing.text(printed("long"))
    assert in_order(
        whole,
        [
            "1 Beschrijf het resultaat",
            "Bij: Nadere regels, artikel 3",
            "Wij baseren dit op: keukentafel Noord, 14 april; keukentafel Kade, 16 april",
            "2 Tel de tijd",
            "Andere mening (minderheid) R. Bos, namens de ouderenbond:",
            "In afschrift aan: gemeenteraad, via de griffie; Seniorenraad Waterveen",
            "Bijlage 1: Wat wij hoorden aan de keukentafels",
        ],
    )


def test_nothing_is_said_twice():
    context = letter_context(letter_data("long"))
    assert context["consulted"] == []  # the section "Met wie wij hebben gesproken" tells it
    assert context["attached"] == "Wat wij hoorden aan de keukentafels"
    assert printing.text(printed("short")).count("positief") == 1
    assert letter_context(letter_data("joint"))["consulted"] == [
        "Dertien signalen van deelnemers, juni tot en met augustus"
    ]


def test_the_time_we_got_is_mentioned_only_when_the_council_wants_it():
    letter = letter_data("long")
    assert "Korte termijn: u gaf ons 5 weken." in printing.text(print_letter(letter, images=IMAGES))
    del letter["request"]["late_note"]
    assert "Korte termijn" not in printing.text(print_letter(letter, images=IMAGES))


def test_the_neutral_stamp_stands_under_the_subject_without_a_label_of_its_own():
    stamp = "Gevraagde termijn: 7 dagen. Verordening: 6 weken (art. 7 lid 1)."
    letter = letter_data("short")
    assert stamp not in printing.text(print_letter(letter, images=IMAGES))
    letter["request"] = {**(letter.get("request") or {"date": "2026-04-13"}), "short_notice": stamp}
    text = printing.text(print_letter(letter, images=IMAGES))
    assert stamp in text
    assert f": {stamp}" not in text


def test_a_draft_says_so_and_proves_nothing():
    content = printed("draft")
    assert "Concept. Deze brief is nog niet verstuurd." in printing.text(content)
    assert "Controlecode" not in printing.text(content)
    long_draft = printing.pages(printed("long", reference=None))
    assert ["Concept" in page for page in long_draft] == [True, True, True]


def test_an_imported_letter_is_marked_as_a_rendering():
    whole = printing.text(printed("long", rendering=True))
    assert "Weergave, niet het origineel." in whole
    assert "Controlecode" not in whole
    assert "Weergave" not in printing.text(printed("long"))


def test_the_code_on_paper_is_the_hash_of_the_data_inside():
    content = printed("long")
    (inside,) = printing.embedded(content).values()
    digest = hashlib.sha256(inside).hexdigest()
    code = re.search(r"Controlecode ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})", printing.text(content)).group(1)
    assert code.replace(" ", "") == digest[:16]
    assert json.loads(inside)["recommendations"] == letter_data("long")["recommendations"]


def test_how_it_is_printed_does_not_change_the_code():
    letter = letter_data("long")
    assert control_code(letter | {"large": True, "theme": "#000000", "short_url": ""}) == control_code(letter)
    assert control_code(letter | {"subject": "Anders"}) != control_code(letter)
    assert frozen_json(letter) == frozen_json(dict(reversed(letter.items())))


def test_a_code_that_was_given_is_printed():
    assert "Controlecode 0000 1111 2222 3333." in printing.text(printed("short", control_code="0000 1111 2222 3333"))


def test_text_is_text():
    letter = letter_data("short", subject="<b>Vet</b> & {{ geheim }}")
    letter["recommendations"][0]["text"] = '<img src="file:///etc/passwd">'
    whole = printing.text(print_letter(letter))
    assert "<b>Vet</b> & {{ geheim }}" in whole
    assert '1 <img src="file:///etc/passwd">' in whole


def test_a_logo_without_its_picture_is_refused():
    with pytest.raises(ValueError, match=r"no picture given for adviesraad\.svg"):
        print_letter(letter_data("long"))


@pytest.mark.parametrize("lines", range(0, 24, 2))
def test_no_heading_stands_alone_at_the_foot_of_a_page(lines):
    """The letter grows by two lines at a time, so that every heading gets its turn at the edge."""
    letter = letter_data("long", recommendations=forty()[:8])
    letter["sections"][0]["html"] += "<p>Regel.</p>" * lines
    context = {
        **letter_context(letter),
        "document": {"title": "x", "author": "x", "subject": "x", "created": date(2026, 1, 1)},
    }
    document = pdf.layout("advice/pdf/letter.html", context, images=IMAGES, qr=context["url"])
    for page in document.pages[:-1]:
        body = page._page_box.children[0]
        lines_of_page = [box for box in body.descendants() if isinstance(box, LineBox)]
        last = max(lines_of_page, key=lambda line: line.position_y)
        assert last.element.tag not in {"h1", "h2", "h3", "h4"}
        assert last.element.get("class") not in {"by", "salutation"}


def test_a_long_word_stays_on_the_paper():
    letter = letter_data(
        "short", subject="Meervoudigegezinsproblematiekondersteuningsvoorzieningenaanvraagformulierenbehandeling"
    )
    letter["sections"][0]["text"] = "x" * 200
    assert max(place[3] for place in printing.places(print_letter(letter))) <= 186


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_five_councils_do_not_print_over_the_address(large):
    letter = letter_data("joint", large=large)
    letter["councils"] = [letter["councils"][0] | {"name": f"Adviesraad Sociaal Domein Gemeente {i}"} for i in range(5)]
    places = printing.places(print_letter(letter, images=IMAGES))
    lowest_name = max(
        bottom for words, _l, _t, _r, bottom in places if words.startswith("Adviesraad Sociaal Domein Gem")
    )
    sender = next(top for words, _l, top, *_ in places if words.startswith("Afzender"))
    assert lowest_name <= sender


def test_the_tag_tree_reads_as_the_letter_does():
    with pikepdf.open(io.BytesIO(printed("long"))) as document:
        kinds = [str(element.S) for element in elements(document.Root.StructTreeRoot.K)]
    headings = [kind for kind in kinds if re.fullmatch("/H[1-6]", kind)]
    assert headings.count("/H1") == 1
    assert all(int(b[2]) - int(a[2]) <= 1 for a, b in pairwise(headings))
    assert kinds.count("/LI") == kinds.count("/Lbl") == kinds.count("/LBody") == 3 + 3 + 2 + 5 + 2
    assert kinds.count("/Figure") == 2  # logo and QR code


def elements(node):
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def test_the_print_run_holds_every_copy():
    run = print_copies([printed("short"), printed("long")])
    assert len(printing.pages(run)) == 4


@pytest.mark.verapdf
def test_every_letter_is_archival_and_accessible(tmp_path):
    letters = {f"{name}-{large}": letter_data(name, large=large) for name in NAMES for large in (False, True)}
    letters["forty"] = letter_data("long", recommendations=forty(), theme="#e8b000")
    letters["rendering"] = letter_data("long", rendering=True)
    paths = []
    for name, letter in letters.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(print_letter(letter, images=IMAGES))
    assert len(paths) == 10
    assert broken_rules(*paths) == {}
