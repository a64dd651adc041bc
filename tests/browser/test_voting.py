"""A vote in writing: Fatma by the keyboard at 360 px, a member without JavaScript, one on paper; the chair closes."""

import pytest

from advice.models import Decision
from advice.states import Manner
from tests import factories
from tests.advice.votes import change_rules, draft_for
from tests.browser.conftest import links_in


@pytest.fixture
def advice(council, authority, chair, saskia, fatma):
    change_rules(council, tie="chair_decides")
    return draft_for(council, authority, subject="Vervoer naar de dagbesteding")


@pytest.fixture
def other(council):
    user = factories.UserFactory(person__name="Henk Mol", person__email="henk@testdorp.test")
    factories.MembershipFactory(council=council, person=user.person)
    return user


@pytest.fixture
def on_paper(council):
    person = factories.PersonFactory(name="Riet Postma", without_email=True)
    return factories.MembershipFactory(council=council, person=person).person


def test_a_vote_from_opening_to_decision(visit, advice, council, saskia, chair, fatma, other, on_paper):
    secretary = visit(user=saskia)
    secretary.open(advice.get_absolute_url())
    secretary.follow("Stem schriftelijk")
    secretary.sees("Fatma Yılmaz", "Riet Postma", "De tekst verandert niet zolang de stemming open is.")
    secretary.fill("Waarom niet in een vergadering?", "De volgende vergadering komt te laat.")
    secretary.press("Open de stemming")
    secretary.sees("Nog niemand heeft gestemd.", "Voor het quorum zijn 3 stemmen nodig")

    member = visit(width=360, keyboard=True, user=fatma)
    member.open(f"/raad/{council.slug}/")
    member.sees("Stem over “Vervoer naar de dagbesteding”")
    member.follow("Lees en stem", "Stem over")
    member.sees("U beslist mee of de adviesraad deze tekst vaststelt.")
    member.choose("Tegen", within="Wat stemt u?")
    member.fill("Wilt u zeggen waarom?", "Te duur voor ons.")
    member.press("Mijn stem nakijken")
    member.sees("U stemt: Tegen", "Te duur voor ons.")
    member.press("Ja, dit is mijn stem")
    member.sees("Uw stem is bewaard. U kunt hem veranderen tot", "0 voor, 1 tegen", "Wat gebeurt er nu?")
    member.follow("Mijn stem veranderen")
    member.sees("Wat stemt u?")
    member.follow("Terug zonder opslaan")
    member.sees("Uw stem: Tegen.")
    member.misses("Mijn stem nakijken")

    plain = visit(width=360, javascript=False, user=other)
    plain.open(next(link for link in links_in("henk@testdorp.test") if "/stemming/" in link))
    plain.sees("1 van de 4 leden hebben gestemd.", "Na uw stem ziet u de tussenstand.")
    plain.misses("1 tegen")
    plain.press("Mijn stem nakijken", status=422)
    plain.sees("Kies wat u stemt.")
    plain.choose("Voor", within="Wat stemt u?")
    plain.press("Mijn stem nakijken")
    plain.press("Nee, veranderen")
    plain.press("Mijn stem nakijken")
    plain.press("Ja, dit is mijn stem")
    plain.sees("Uw stem is bewaard.")
    plain.misses("Te duur voor ons.")

    secretary.open(f"{advice.get_absolute_url()}stemming/")
    secretary.follow("Stem invoeren", "Riet Postma")
    secretary.choose("Voor", within="Wat stemt dit lid?")
    secretary.choose("Op papier", within="Hoe heeft u het gehoord?")
    secretary.press("Leg deze stem vast")
    secretary.sees("De stem van Riet Postma is bewaard.")

    leader = visit(width=360, user=chair)
    leader.open(f"{advice.get_absolute_url()}stemming/")
    leader.choose("Voor", within="Wat stemt u?")
    leader.press("Mijn stem nakijken")
    leader.press("Ja, dit is mijn stem")
    leader.follow("Wie heeft gestemd?")
    leader.follow("Sluit de stemming")
    leader.sees("3 leden stemden voor, 1 tegen.", "Met deze stemmen is het advies wel vastgesteld.")
    leader.press("Sluit de stemming")
    leader.sees("Te duur voor ons.", "Riet Postma", "op papier")
    decision = Decision.objects.get(advice=advice)
    assert (decision.manner, decision.in_favour, decision.against) == (Manner.WRITTEN, 3, 1)


def test_the_board_decides_and_the_council_ratifies(visit, advice, council, saskia, chair, meeting_held):
    secretary = visit(width=360, user=saskia)
    secretary.open(advice.get_absolute_url())
    secretary.follow("Besluit met mandaat")
    secretary.fill("Waarom kon het niet wachten op een vergadering?", "De wethouder besluit morgen.")
    secretary.choose("Chris Bakker", within="Wie van het dagelijks bestuur is akkoord?")
    secretary.choose("Saskia de Wit", within="Wie van het dagelijks bestuur is akkoord?")
    secretary.press("Besluit met mandaat")
    secretary.sees("Besloten door het dagelijks bestuur, met mandaat.", "De wethouder besluit morgen.")
    secretary.open(f"/raad/{council.slug}/")
    secretary.follow("Leg vast wat de adviesraad zei", "Bekrachtig in de volgende vergadering")
    secretary.choose("De adviesraad is het ermee eens", within="Wat zei de adviesraad?")
    secretary.press("Leg dit vast")
    secretary.sees("Bekrachtigd door de adviesraad")


@pytest.fixture
def meeting_held(council):
    from django.utils import timezone

    return factories.MeetingFactory(council=council, title="Overleg", starts_at=timezone.now())
