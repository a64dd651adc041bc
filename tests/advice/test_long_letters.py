"""A letter of forty recommendations and some thirty pages breaks well: measured in the pages as they are laid out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from advice.letter_print import letter_context, print_letter
from portal import pdf
from portal.pdf import engine
from tests.letter_matrix import IMAGES, crowded, stress
from tests.printing import pages

PIXEL = 25.4 / 96  # millimetres
LEFT, RIGHT, FOOT = 24.9, 185.1, 297 - 13.9  # the edges of the text, in millimetres
HEADINGS = {"h1", "h2", "h3", "h4"}
SHIFTS = (0, 3, 7)  # so many lines more at the beginning: other breaks


def laid_out(letter: dict[str, Any]) -> list[Any]:
    about = {"title": "x", "author": "x", "subject": "x", "created": date(2026, 1, 1)}
    context = {**letter_context(letter), "document": about, "large": letter.get("large", False)}
    document = pdf.layout("advice/pdf/letter.html", context, images=IMAGES, qr=context["url"])
    return [page._page_box.children[0] for page in document.pages]


def lines(body: Any) -> list[Any]:
    return sorted((box for box in body.descendants() if isinstance(box, LineBox)), key=lambda box: box.position_y)


def words(box: Any) -> str:
    return "".join(one.text for one in box.descendants() if isinstance(one, TextBox)).strip("\N{NO-BREAK SPACE} ")


def headings_at_the_foot(bodies: list[Any]) -> list[str]:
    return [words(found[-1]) for found in map(lines, bodies[:-1]) if found and found[-1].element.tag in HEADINGS]


def numbers_alone(bodies: list[Any]) -> list[str]:
    """A number of a recommendation or question that has no word of it on its own line."""
    return [words(line) for body in bodies for line in outer(lines(body)) if words(line).isdigit()]


def outer(found: list[Any]) -> list[Any]:
    """The lines that do not stand in another line, as the hanging number does."""
    inner = {id(box) for line in found for box in line.descendants() if isinstance(box, LineBox) and box is not line}
    return [line for line in found if id(line) not in inner]


def outside(bodies: list[Any]) -> Iterator[str]:
    for body in bodies:
        for box in body.descendants():
            if isinstance(box, TextBox) and box.text.strip():
                left, right = box.position_x * PIXEL, (box.position_x + box.width) * PIXEL
                if left < LEFT or right > RIGHT or (box.position_y + box.height) * PIXEL > FOOT:
                    yield f"{box.text[:30]} {left:.0f}–{right:.0f}"


@pytest.fixture(scope="module", params=[(shift, large) for shift in SHIFTS for large in (False, True)], ids=str)
def bodies(request):
    shift, large = request.param
    return laid_out({**stress(shift), "large": large})


def test_a_long_letter_breaks_well(bodies):
    assert len(bodies) >= 30
    assert headings_at_the_foot(bodies) == []
    assert numbers_alone(bodies) == []
    assert list(outside(bodies)) == []


def test_a_very_long_title_three_councils_and_six_lines_of_address_stay_on_the_sheet():
    councils = [{"name": f"Adviesraad Sociaal Domein {name}"} for name in ("Waterveen", "Kadedorp", "Polderland")]

    found = laid_out(crowded(councils))

    assert list(outside(found)) == []
    assert headings_at_the_foot(found) == []
    letter = crowded(councils)
    first = pages(print_letter(letter, images=IMAGES))[0]
    assert [line for line in letter["authority"]["addressee"] if " ".join(line.split()) not in first] == []


# --- the judges can say no ---------------------------------------------------


@pytest.fixture
def spoilt(monkeypatch):
    """The style sheets with something else in them."""
    sheet = engine.sheet

    def spoil(old: str, new: str) -> None:
        assert old in sheet("portal/pdf/sheet.css") + sheet("advice/pdf/letter.css")
        monkeypatch.setattr(engine, "sheet", lambda name: sheet(name).replace(old, new))

    return spoil


def test_control_a_heading_at_the_foot_is_seen(spoilt):
    spoilt("break-after: avoid", "break-after: auto")

    assert [shift for shift in range(12) if headings_at_the_foot(laid_out(stress(shift)))]


def test_control_a_number_without_its_text_is_seen(spoilt):
    spoilt(".nr { display: inline-block; width: 6mm;", ".nr { display: block; width: 6mm;")

    assert numbers_alone(laid_out(stress()))


def test_control_a_word_that_runs_out_is_seen(spoilt):
    spoilt("overflow-wrap: anywhere", "overflow-wrap: normal")

    assert any("Meervoudige" in one for one in outside(laid_out(stress())))
