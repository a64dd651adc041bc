"""Saskia withdraws a letter that is public; a visitor reads that. The second council of a joint letter adopts it."""

import pytest

from advice.actions.issuing import issue
from advice.models import JointAdoption, Letter
from tests import factories
from tests.advice.answers import sent
from tests.advice.letters import adopt
from tests.conftest import user_for


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_a_public_letter_is_withdrawn(visit, council, authority, saskia, chair, width, javascript, tmp_path):
    first = sent(council, authority, saskia, published=True).letter
    secretary = visit(width=width, user=saskia, javascript=javascript)
    secretary.open(f"/raad/{council.slug}/adviezen/brieven/{first.public_id}/")
    secretary.follow("Deze brief intrekken")
    secretary.page.screenshot(path=tmp_path / f"ways-{width}.png", full_page=True)
    secretary.press("Deze brief intrekken")
    secretary.sees("Intrekking van brief", "Waarom wij deze brief intrekken")
    draft = first.drafts_about.get()
    draft.sections.update(text="<p>Het contract is verlengd.</p>")
    adopt(draft, saskia.person)
    later = issue(draft, by=saskia.person, looked_at=True)
    secretary.open(f"/raad/{council.slug}/adviezen/brieven/{later.public_id}/")
    secretary.sees(f"Met deze brief is brief {first.reference}", "Maak deze brief ook openbaar")
    visitor = visit(width=width, javascript=javascript)
    visitor.open(f"/openbaar/{council.slug}/adviezen/")
    visitor.follow("Vervoer naar dagbesteding")
    visitor.sees("Deze brief is ingetrokken op", "Houd het busje.")
    visitor.page.screenshot(path=tmp_path / f"public-{width}.png", full_page=True)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_the_second_council_adopts_a_joint_letter(visit, council, authority, saskia, chair, width, tmp_path):
    other = factories.CouncilFactory(name="Cliëntenpanel Testdorp", slug="panel")
    jo = user_for("Jo de Jong", "jo@testdorp.test")
    factories.MembershipFactory(person=jo.person, council=other, chair=True)
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Samen over vervoer")
    advice.joint_with.add(other)
    factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.")
    adopt(advice, saskia.person)
    leading = visit(width=width, user=saskia)
    leading.open(advice.get_absolute_url())
    leading.sees("Cliëntenpanel Testdorp: nog niet")

    chair_of_other = visit(width=width, user=jo)
    chair_of_other.open("/raad/panel/")
    chair_of_other.follow("Lees de brief en besluit")
    chair_of_other.sees("Houd het busje.", "Samen met Adviesraad Testdorp")
    chair_of_other.page.screenshot(path=tmp_path / f"joint-{width}.png", full_page=True)
    chair_of_other.follow("Onze raad stelt deze tekst vast")
    for part, value in (("day", "2"), ("month", "9"), ("year", "2026")):
        chair_of_other.page.locator(f"[name=decided_on_{part}]").fill(value)
    chair_of_other.press("Onze raad stelt deze tekst vast")
    chair_of_other.sees("Uw raad heeft deze brief vastgesteld op 2 september 2026")
    assert JointAdoption.objects.get().signatories == [{"name": "Jo de Jong", "role": "voorzitter"}]
