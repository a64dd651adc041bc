"""Saskia opens a ballot; Fatma votes on her phone by the keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from councils.models import SecretVote
from tests import factories


@pytest.mark.parametrize("way", [{"width": 360, "keyboard": True}, {"width": 360, "javascript": False}])
def test_a_ballot_from_open_to_voted(visit, council, saskia, fatma, chair, way):
    factories.MembershipFactory(council=council, person__name="Piet de Groot", person__email="")
    visitor = visit(user=saskia, **way)
    visitor.open("/raad/adviesraad-testdorp/mensen/")
    visitor.follow("Geheime stemmingen over personen")
    visitor.follow("Stemming openen")
    visitor.choose("Chris Bakker", within="Wie zijn de kandidaten?")
    visitor.fill_date("Tot wanneer kunnen de leden stemmen?", timezone.localdate() + timedelta(days=5), "20.00")
    visitor.press("Open de stemming")
    visitor.sees("Gestemd: 0 van de 3 leden.", "Tot dan ziet niemand de stand.", "Piet de Groot: nog niet")

    member = visit(user=fatma, **way)
    member.open("/raad/adviesraad-testdorp/")
    member.sees("Kies een voorzitter", "Uw stem is geheim.")
    member.follow("Stemmen", "Kies een voorzitter")
    member.press("Verder: uw stem controleren", status=422)
    member.sees("Kies een kandidaat of stem blanco.")
    member.choose("Chris Bakker", within="Wie krijgt uw stem?")
    member.press("Verder: uw stem controleren")
    member.sees("U stemt op: Chris Bakker", "Hierna kunt u uw stem niet meer veranderen.")
    assert SecretVote.objects.count() == 0
    member.press("Ja, dit is mijn stem")
    member.sees("U heeft gestemd.", "Fatma Yılmaz: stemde", "Gestemd: 1 van de 3 leden.")
    assert SecretVote.objects.get().candidate.person == chair.person
