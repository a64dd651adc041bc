"""Fatma says what she thinks on her phone: by the keyboard alone, and without JavaScript. Saskia settles proposals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advice.actions import opinions, proposals
from advice.models import Opinion, Proposal
from tests import factories

WAYS = {"keyboard": {"keyboard": True}, "without-javascript": {"javascript": False}}


@pytest.fixture
def draft(council, authority, saskia, fatma, chair):
    draft = factories.AdviceFactory(council=council, subject="Vervoer naar de dagbesteding", authorities=[authority])
    factories.SectionFactory(advice=draft)
    factories.RecommendationFactory(advice=draft, number=1, text="Laat het busje rijden.")
    opinions.open_round(draft, closes_on=timezone.localdate() + timedelta(days=7), by=saskia.person)
    return draft


@pytest.mark.parametrize("way", WAYS)
def test_a_member_says_what_she_thinks(visit, draft, fatma, way):
    visitor = visit(width=360, user=fatma, **WAYS[way])
    visitor.open("/raad/adviesraad-testdorp/")
    visitor.follow("Geef uw mening", about="Zeg wat u vindt")
    visitor.sees("Vervoer naar de dagbesteding", "Laat het busje rijden.")
    visitor.choose("Ja, maar …", within="Bent u het eens met dit advies?")
    visitor.press("Verder")
    visitor.fill("Waarom?", "Wel ook in het weekend.")
    visitor.press("Verder")
    visitor.sees("Ja, maar …", "Wel ook in het weekend.")
    visitor.press("Mijn mening versturen")
    visitor.sees("U kunt uw mening veranderen tot en met")
    assert Opinion.objects.get().text == "Wel ook in het weekend."
    visitor.open("/raad/adviesraad-testdorp/")
    visitor.misses("Zeg wat u vindt van")


def test_the_secretary_enters_one_and_settles_two_proposals(visit, draft, fatma, saskia):
    section = draft.sections.get()
    for text in ("Wij horen veel over het busje.", "Wij horen niets."):
        proposals.propose(
            draft, part=section, original="Wij horen veel over de wachttijd.", action="replace", text=text,
            by=fatma.person,
        )  # fmt: skip
    visitor = visit(user=saskia)
    visitor.open(f"/raad/adviesraad-testdorp/adviezen/{draft.public_id}/meningen/")
    visitor.follow("Mening van een lid invoeren")
    visitor.select("Van welk lid is het?", "Fatma Yılmaz")
    visitor.choose("Per telefoon", within="Hoe heeft u het gehoord?")
    visitor.choose("Nee", within="Is dit lid het eens met het advies?")
    visitor.press("Mening invoeren")
    visitor.sees("ingevoerd door Saskia de Wit (per telefoon)")
    visitor.open(f"/raad/adviesraad-testdorp/adviezen/{draft.public_id}/voorstellen/")
    visitor.page.get_by_role("button", name="Overnemen").first.click()
    visitor.sees("Het voorstel staat in de tekst.", "De tekst is veranderd na dit voorstel.")
    visitor.follow("Niet overnemen …", about="Fatma")
    visitor.fill("Waarom niet?", "Wij horen wel iets.")
    visitor.press("Niet overnemen")
    visitor.sees("Wij horen wel iets.")
    section.refresh_from_db()
    assert section.text == "<p>Wij horen veel over het busje.</p>"
    assert set(Proposal.objects.values_list("state", flat=True)) == {"accepted", "rejected"}
