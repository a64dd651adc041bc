"""Invitations by post: a letter and a slip for each member without e-mail."""

import copy

import pytest

from meetings.print import NEEDS, print_invitations
from tests import printing
from tests.verapdf import broken_rules

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
INVITATION = {
    "council": printing.letter_data("long")["councils"][0],
    "subject": "Uitnodiging voor de vergadering van 6 oktober",
    "date": "2026-09-15",
    "meeting": "Vergadering van dinsdag 6 oktober 2026, 10.00 uur",
    "answer_by": "2026-09-29",
    "phone": "023 456 78 90",
    "intro": "Wij vergaderen weer. Komt u ook?",
    "facts": [
        {"label": "Wanneer", "value": "dinsdag 6 oktober 2026, van 10.00 tot 12.00 uur"},
        {"label": "Waar", "value": "Wijkcentrum De Kade, zaal 2. Er is een lift."},
    ],
    "agenda": [
        {"number": 1, "title": "Opening"},
        {"number": 2, "title": "Advies over de Wmo-taxi", "aim": "Wij stellen het advies vast."},
    ],
    "signatories": [{"name": "S. Łukasik", "role": "secretaris"}],
}


def invitation(name: str, **member) -> dict:
    address = ["Molenpad 3", "2345 CD  WATERVEEN"]
    return copy.deepcopy(INVITATION) | {"member": {"name": name, "address": address, **member}}


def test_every_member_gets_a_letter_and_a_slip():
    names = ["mevrouw G. Şimşek", "de heer W. Bakker"]
    pages = printing.pages(print_invitations([invitation(name) for name in names], images=printing.IMAGES))
    assert len(pages) == 4
    for name, letter, slip in zip(names, pages[::2], pages[1::2], strict=True):
        assert f"{name} Molenpad 3 2345 CD WATERVEEN" in letter
        assert "Wanneer dinsdag 6 oktober 2026, van 10.00 tot 12.00 uur" in letter
        assert "2 Advies over de Wmo-taxi Wij stellen het advies vast." in letter
        assert "Antwoord graag uiterlijk 29 september 2026" in letter
        assert letter.endswith("Bladzijde 1")
        assert "Stuur deze bladzijde terug, uiterlijk 29 september 2026. Bellen mag ook: 023 456 78 90." in slip
        assert f"Uw naam: {name}" in slip
        assert slip.endswith("Bladzijde 2")


def test_nobody_sees_the_name_of_another():
    pages = printing.pages(
        print_invitations([invitation("mevrouw A"), invitation("mevrouw B")], images=printing.IMAGES)
    )
    assert [("mevrouw A" in page, "mevrouw B" in page) for page in pages] == [(True, False)] * 2 + [(False, True)] * 2


def test_the_address_of_every_letter_stands_in_the_window():
    content = print_invitations([invitation("mevrouw A"), invitation("mevrouw B")], images=printing.IMAGES)
    for page, name in ((0, "mevrouw A"), (2, "mevrouw B")):
        places = printing.places(content, page)
        seen = [place for place in places if place[1] < 130 and place[2] < 96 and place[4] > 41]
        address = [place for place in seen if not place[0].startswith("Afzender: ")]
        assert [" ".join(place[0].split()) for place in address] == [name, "Molenpad 3", "2345 CD WATERVEEN"]
        assert all(
            left >= 25 and right <= 105 and top >= 55.5 and bottom <= 79 for _w, left, top, right, bottom in address
        )


def test_two_sided_printing_starts_letter_and_slip_on_the_front():
    content = print_invitations(
        [invitation("mevrouw A"), invitation("mevrouw B")], images=printing.IMAGES, two_sided=True
    )
    fronts = printing.pages(content)[::2]
    assert [("Wanneer" in page, "Uw antwoord" in page) for page in fronts] == [(True, False), (False, True)] * 2


def test_who_reads_large_print_gets_large_print():
    content = print_invitations([invitation("mevrouw A", large=True), invitation("mevrouw B")], images=printing.IMAGES)
    heights = {}
    for page, text in enumerate(printing.pages(content)):
        for words, _left, top, _right, bottom in printing.places(content, page):
            if words.startswith("Uitnodiging voor"):
                heights["A" if "mevrouw A" in text else "B"] = bottom - top
    assert heights["A"] > 1.2 * heights["B"]


def test_an_empty_list_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        print_invitations([])


@pytest.mark.verapdf
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_invitations_are_archival_and_accessible(tmp_path, large):
    path = tmp_path / "invitations.pdf"
    people = [invitation("mevrouw G. Şimşek", large=large), invitation("de heer W. Łukasik", large=large)]
    said = {"needs": [*NEEDS, "stukken op papier"], "ticked": [NEEDS[0], "stukken op papier"], "other": "Een kussen"}
    people[0] |= {**said, "intro": "Neem koek mee.\n\nEn thee."}
    path.write_bytes(print_invitations(people, images=printing.IMAGES))
    assert broken_rules(path) == {}
