"""Every kind of letter, in ordinary and in large print, passes both standards; its parts are read in their order."""

from pathlib import Path

import pytest

from advice.letter_print import print_letter
from portal.pdf.reading import blocks_of
from tests.letter_matrix import FILES, IMAGES, matrix
from tests.verapdf import broken_rules

pytestmark = pytest.mark.verapdf
MATRIX = matrix()


def test_every_letter_passes_both_standards(tmp_path: Path):
    files = []
    for name, letter in MATRIX.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(print_letter(letter, images=IMAGES, files=FILES))
    assert broken_rules(*files) == {}


def test_the_parts_are_read_in_their_order():
    blocks = [block.text for block in blocks_of(print_letter(MATRIX["long"], images=IMAGES))]
    wanted = [
        "College van burgemeester en wethouders", "Ons kenmerk", MATRIX["long"]["subject"], "In gewone taal",
        MATRIX["long"]["authority"]["salutation"], MATRIX["long"]["sections"][0]["heading"],
        MATRIX["long"]["recommendations"][0]["text"], "Uw reactie op ons advies", "Met vriendelijke groet",
        MATRIX["long"]["signatories"][0]["name"], "In afschrift aan",
    ]  # fmt: skip
    places = [next((n for n, text in enumerate(blocks) if part in text), None) for part in wanted]
    assert None not in places, list(zip(wanted, places, strict=True))
    assert places == sorted(places), list(zip(wanted, places, strict=True))
