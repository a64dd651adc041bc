"""The chair leads a meeting of three items on a tablet without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import MeetingDecision
from meetings.states import Answer, MeetingState
from portal.models import Message
from tests.factories import AgendaItemFactory, MeetingFactory, MembershipFactory, PersonFactory


@pytest.fixture
def meeting(council, saskia, chair, fatma):
    starts = timezone.now() - timedelta(minutes=3)
    meeting = MeetingFactory(
        council=council, title="Vergadering van november", starts_at=starts, state=MeetingState.INVITED
    )
    for position, title in enumerate(["Opening", "Vervoer naar de dagbesteding", "Rondvraag"], 1):
        AgendaItemFactory(meeting=meeting, position=position, title=title, minutes=15, aim="decide")
    for user, answer in ((chair, Answer.ACCEPTED), (fatma, Answer.ACCEPTED), (saskia, Answer.ACCEPTED)):
        meeting.invitees.create(council=council, person=user.person, answer=answer)
    late = MembershipFactory(council=council, person=PersonFactory(name="Rob Laat")).person
    meeting.invitees.create(council=council, person=late, answer=Answer.DECLINED)
    return meeting


@pytest.mark.parametrize(("width", "keyboard"), [(800, False), (360, False), (800, True)])
def test_the_chair_leads_the_meeting(visit, meeting, chair, fatma, width, keyboard):
    tablet = visit(width=width, user=chair, javascript=False, keyboard=keyboard)
    tablet.page.set_viewport_size({"width": width, "height": 1100})
    tablet.open(meeting.get_absolute_url())
    tablet.follow("Vergadering leiden")
    tablet.sees("Wie is er?", "Fatma Yılmaz", "Ingevuld met de antwoorden")
    tablet.press("Vergadering openen")
    tablet.sees("Punt 1 van 3", "Er zijn 2 leden met stem. Nodig: 2 (art. 5). U mag beslissen.", "nog 15 minuten")
    tablet.press("Volgend punt", "Vervoer naar de dagbesteding")
    tablet.sees("Punt 2 van 3")
    tablet.press("Komt binnen", "Rob Laat")
    tablet.sees("Rob Laat is er vanaf punt 2.", "Er zijn 3 leden met stem.")
    tablet.follow("Iemand doet niet mee")
    tablet.select("Wie doet niet mee?", "Fatma Yılmaz")
    tablet.fill("Waarom?", "Mijn zoon werkt daar.")
    tablet.press("Noteren dat deze persoon niet meedoet")
    tablet.sees("Mijn zoon werkt daar.", "Er zijn 2 leden met stem.")
    tablet.follow("Vertrekt", "Rob Laat")
    tablet.choose("Nee, deze persoon is nu weg")
    tablet.press("Noteren dat deze persoon vertrekt")
    tablet.sees("Er is 1 lid met stem. Nodig: 2 (art. 5). Dat is te weinig om te beslissen.")
    tablet.follow("Besluit vastleggen")
    tablet.sees("Er zijn te weinig leden")
    tablet.fill("Het besluit in een of twee zinnen", "Wij sturen het college een brief.")
    tablet.press("Besluit vastleggen", status=409)
    tablet.sees("Geldt het besluit toch? Schrijf dan op waarom.")
    tablet.holds("Het besluit in een of twee zinnen", "Wij sturen het college een brief.")
    tablet.fill("Waarom geldt het besluit met te weinig leden?", "De anderen zeiden vooraf ja.")
    tablet.press("Besluit vastleggen")
    tablet.sees("Wij sturen het college een brief.", "-001")
    tablet.press("Volgend punt", "Rondvraag")
    tablet.follow("Vergadering sluiten")
    tablet.sees("Bij deze punten staat nog niets", "1. Opening", "3. Rondvraag")
    tablet.misses("2. Vervoer")
    tablet.press("Toch sluiten")
    tablet.sees("De vergadering is gesloten", "Naar het verslag")
    tablet.follow("Naar het verslag")
    tablet.follow("Vraag de leden om correcties")
    tablet.press("Stuur het aan de leden")
    tablet.sees("De leden krijgen bericht", "De leden kunnen correcties sturen tot en met")
    meeting.refresh_from_db()
    assert Message.objects.filter(kind="meetings.minutes_to_read", person=fatma.person).count() == 1
    assert meeting.state == MeetingState.HELD
    decision = MeetingDecision.objects.get()
    assert decision.quorum["without_quorum_reason"] == "De anderen zeiden vooraf ja."
    assert decision.quorum["recused"] == 1
