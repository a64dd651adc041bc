"""An advice about which nine members are asked what they think."""

import pytest

from advice import letter_print
from advice.actions import opinions
from tests import factories
from tests.advice.opinions import in_days


@pytest.fixture
def advice(council, authority):
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    factories.RecommendationFactory(advice=advice, number=1)
    return advice


@pytest.fixture
def members(council, chair, fatma):
    """Nine members: the chair, Fatma and seven more."""
    more = [factories.PersonFactory(name=f"Lid {n}", email=f"lid{n}@testdorp.test") for n in range(7)]
    for person in more:
        factories.MembershipFactory(person=person, council=council)
    return [chair.person, fatma.person, *more]


@pytest.fixture
def round(advice, members, saskia):
    return opinions.open_round(advice, closes_on=in_days(7), by=saskia.person)


@pytest.fixture
def quick_print(monkeypatch):
    monkeypatch.setattr(
        letter_print, "print_letter", lambda one, **_more: b"%PDF-1.7 " + one["authority"]["name"].encode()
    )
