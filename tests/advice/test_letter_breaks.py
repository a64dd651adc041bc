"""Long letters break well: measured in the laid out pages, with each rule broken once to see that the measure tells."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from django.template.loader import get_template
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from advice.letter_print import letter_context, print_letter
from portal.pdf.engine import pictures, sheets_of
from portal.pdf.typesetting import lay_out
from tests import printing
from tests.letter_matrix import ACCENTS, FILES, IMAGES, LOGOS, LONG_LINK, LONG_WORD, council, crowded, name, stress

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
MM = 25.4 / 96
A_LINE = 35  # characters of one word that fill a line, also in large print
LEFT, RIGHT = 25, 185  # millimetres: between these stands the text
HEADINGS = {"h1", "h2", "h3", "h4"}
LEADS_IN = {"by", "salutation", "what", "kicker", "for"}  # never the last line of a page


@cache
def laid_out(large: bool = False, lines: int = 0, broken: str = "") -> list[Page]:
    """The pages of the long letter; `broken` is CSS that takes a rule away."""
    letter = stress(lines)
    context = {
        **letter_context({**letter, "large": large}), "large": large,
        "document": {"title": "x", "author": "x", "subject": "x", "created": date(2026, 1, 1), "language": "nl"},
    }  # fmt: skip
    html = get_template("advice/pdf/letter.html").render(context)
    return lay_out(html, sheets_of("advice/pdf/letter.html"), broken, pictures(IMAGES, context["url"])).pages


def lines_of(page: Page) -> list[LineBox]:
    body = page._page_box.children[0]
    lines = [box for box in body.descendants() if isinstance(box, LineBox) and words(box).strip()]
    return [line for line in lines if line.element.get("class") != "nr"]  # a number is a little box with its own line


def words(line: LineBox) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, TextBox))


def alone_at_a_foot(pages: list[Page]) -> list[str]:
    """What should lead in and stands last on a page."""
    found = []
    for page in pages[:-1]:
        last = max(lines_of(page), key=lambda line: line.position_y + line.height)
        kind = (last.element.get("class") or "").split()
        leads_in = last.element.tag in HEADINGS or LEADS_IN & set(kind)
        if leads_in and not ("what" in kind and is_all_of_it(last)):
            found.append(f"{last.element.tag}: {words(last)}")
    return found


def is_all_of_it(line: LineBox) -> bool:
    """A question or a recommendation without a reason may stand last."""
    return len(line.element.getparent()) == 1 if hasattr(line.element, "getparent") else True


def apart_from_their_text(pages: list[Page]) -> list[str]:
    """Numbers and bullets without words of their item beside them. Before a word that is longer than a line they may
    stand directly above it, on the same page."""
    found = []
    for page in pages:
        lines = lines_of(page)
        for at, line in enumerate(lines):
            numbers = [box for box in line.descendants() if isinstance(box, TextBox) and box.element_tag == "span"
                       and box.element.get("class") == "nr"]  # fmt: skip
            if numbers and words(line).strip() == numbers[0].text.strip():
                below = lines[at + 1 : at + 2]
                if not (below and below[0].element is line.element and longest_word(below[0]) > A_LINE):
                    found.append(numbers[0].text)
    return found


def longest_word(line: LineBox) -> int:
    return max(map(len, words(line).split()))


def outside_the_margins(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        box = page._page_box
        foot = box.position_y + box.margin_height() - box.margin_bottom
        for text in box.children[0].descendants():
            if isinstance(text, TextBox) and text.text.strip():
                left, right = text.position_x * MM, (text.position_x + text.width) * MM
                if left < LEFT - 0.1 or right > RIGHT + 0.1 or text.position_y + text.height > foot + 1:
                    yield f"{text.text[:60]} from {left:.1f} to {right:.1f}"


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("lines", range(0, 10, 2))
def test_a_long_letter_breaks_well(large, lines):
    """It grows by two lines at a time, so that other parts get their turn at the edge."""
    pages = laid_out(large, lines)
    assert len(pages) >= 30
    assert alone_at_a_foot(pages) == []
    assert apart_from_their_text(pages) == []
    assert list(outside_the_margins(pages)) == []


def test_the_measures_tell_when_a_rule_is_broken():
    loose = "h1, h2, h3, h4, p { break-after: auto !important; break-before: auto !important; orphans: 1; widows: 1 }"
    loose += " ul, ol, li { break-before: auto !important }"
    assert any(alone_at_a_foot(laid_out(lines=lines, broken=loose)) for lines in range(0, 10, 2))
    torn = ".numbered .nr { width: 120mm !important; margin-left: 0 !important }"
    assert "1\xa0" in apart_from_their_text(laid_out(broken=torn))
    stiff = "body, p, li, h1, h2, h3, h4 { overflow-wrap: normal !important }"
    assert list(outside_the_margins(laid_out(broken=stiff)))


def squeezed(text: str) -> str:
    """Without what a line end adds or takes away."""
    return re.sub(r"[\s\ufffe-]+", "", text)


def test_everything_of_a_long_letter_is_printed_in_order():
    letter = stress()
    whole = squeezed(printing.text(print_letter(letter, images=IMAGES, files=FILES)))
    at = 0
    for number, one in enumerate(letter["recommendations"], 1):
        found = whole.find(squeezed(f"{number}{one['text']}"), at)
        assert found >= at, one["text"]
        at = found
    assert squeezed(ACCENTS) in whole
    assert squeezed(LONG_WORD) in whole and squeezed(LONG_LINK) in whole


# --- letterhead and window --------------------------------------------------


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_a_long_title_three_councils_and_six_lines_of_address_stand_where_they_belong(large):
    three = [council(i, logo=name(LOGOS[i % 2])) for i in range(3)]
    three[0] = {**printing.letter_data("joint")["councils"][0], **three[0]}
    places = printing.places(print_letter({**crowded(three), "large": large}, images=IMAGES))
    names = [place for place in places if "Omstreken" in place[0] and place[2] < 41]
    assert len(names) == 3
    assert max(place[4] for place in names) <= 41
    names = [place for place in names if place[1] < 100]
    inside = sorted((place for place in places if place[1] < 100 and 55 < place[2] < 90), key=lambda one: one[2])
    assert [place[0].split()[0] for place in inside] == ["Gemeente", "College", "Afdeling", "t.a.v.", "Postbus", "2345"]
    assert max(place[4] for place in inside) <= 80.5
    title = [place for place in places if "Gezamenlijk advies" in place[0]]
    assert min(place[2] for place in title) > 95
    assert max(place[3] for place in places) <= 186


def test_three_councils_have_their_logos():
    three = [council(i, logo=name(LOGOS[i % 2])) for i in range(3)]
    found = printing.alternatives(print_letter(printing.letter_data("joint", councils=three), images=IMAGES))
    assert found == [f"Logo {one['name']}" for one in three]


def test_an_address_of_the_council_is_not_cut_in_large_print():
    lines = [place[0] for place in printing.places(printing.letter("long", large=True))]
    assert "adviesraad@waterveen.example" in lines
