"""Versions of a whole advice."""

import pytest

from advice.actions.saving import add_section
from advice.actions.versions import make_version
from advice.models import Version
from portal.access import Refused
from tests.factories import AdviceFactory


@pytest.fixture
def advice(council):
    return AdviceFactory(council=council, subject="Vervoer")


def test_versions_are_numbered_and_hold_the_text_of_that_moment(advice, fatma, saskia):
    first = make_version(advice, name="Eerste versie", by=fatma.person)
    add_section(advice, heading="Aanleiding", text="<p>Het busje komt te laat.</p>", by=fatma.person)
    second = make_version(advice, name="Na het gesprek", reason="Het busje erbij.", by=saskia.person)

    assert [(one.number, one.name, one.made_by) for one in (first, second)] == [
        (1, "Eerste versie", fatma.person), (2, "Na het gesprek", saskia.person),
    ]  # fmt: skip
    assert [part["heading"] for part in second.text["sections"]] == ["Aanleiding"]
    assert first.text["sections"] == []


def test_without_a_change_there_is_no_new_version(advice, fatma):
    first = make_version(advice, name="Eerste versie", by=fatma.person)

    assert make_version(advice, name="Nog een keer", by=fatma.person) == first
    assert Version.objects.count() == 1


def test_a_version_has_a_name(advice, fatma):
    with pytest.raises(Refused):
        make_version(advice, name=" ", by=fatma.person)
