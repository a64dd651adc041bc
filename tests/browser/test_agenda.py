"""Victor announces, Saskia thinks along without JavaScript, Victor asks in one step, Fatma reads on her phone."""

from datetime import date

from consultations.models import AdviceRequest, PolicyTopic
from tests.browser.conftest import last_mail_to, links_in
from tests.factories import InstrumentFactory

SAID = "Laat de bus rijden tot de taxi er is."


def test_from_announcement_to_request(visit, council, authority, saskia, chair, fatma, victor):
    council.instruments.all().delete()
    InstrumentFactory(
        council=council,
        rules={
            "advice_term": {"weeks": 6, "starts": "receipt"}, "request_lead_weeks": 8,
            "articles": {"advice_term": "art. 7 lid 1", "request_lead_weeks": "art. 6 lid 2"},
        },
    )  # fmt: skip
    officer = visit(user=victor)
    officer.open("/bestuur/testdorp/")
    officer.follow("Langetermijnagenda")
    officer.sees("Er is nog niets aangekondigd")
    officer.follow("Onderwerp aankondigen")
    officer.fill("Onderwerp", "Vervoer naar dagbesteding")
    officer.fill("Wat komt eraan?", "De bus stopt. Er komt een taxi of een deelauto.")
    officer.fill_date("Wanneer verwacht u advies te vragen?", date(2027, 3, 1))
    officer.fill_date("Wanneer wordt het besluit verwacht?", date(2027, 4, 5))
    officer.press("Aankondigen")
    officer.sees("Er is weinig tijd voor advies", "8 weken", "art. 6 lid 2", "art. 7 lid 1")

    assert "langetermijnagenda" in last_mail_to(saskia.email).subject
    secretary = visit(user=saskia, javascript=False, width=360)
    secretary.open(next(link for link in links_in(saskia.email) if "langetermijnagenda" in link))
    secretary.sees("De bus stopt.", "Aangekondigd")
    secretary.follow("Gesprek opschrijven")
    secretary.press("Gesprek opslaan", status=422)
    secretary.sees("Schrijf op wat de adviesraad zei.")
    secretary.fill("Wat zei de adviesraad?", SAID)
    secretary.fill("Wie waren erbij?", "De werkgroep vervoer en de beleidsmedewerker")
    secretary.press("Gesprek opslaan")
    secretary.sees("Meegedacht", SAID, "De gemeente heeft nog niet verteld wat zij ermee doet.")

    officer.open(next(link for link in links_in(victor.email) if "/agenda/" in link))
    officer.sees(SAID)
    officer.follow("Invullen wat ermee gebeurt")
    officer.fill("Wat doet de gemeente ermee?", "De bus blijft tot juli.")
    officer.press("Opslaan")
    officer.sees("De bus blijft tot juli.")
    officer.press("Vraag hierover advies")
    officer.holds("Onderwerp", "Vervoer naar dagbesteding")
    assert AdviceRequest.objects.get().topic == PolicyTopic.objects.get()

    member = visit(user=fatma, width=360, keyboard=True)
    member.open("/raad/adviesraad-testdorp/langetermijnagenda/")
    member.sees("U hoeft nu nog niets te doen.", "1 maart 2027", "5 april 2027")
    member.follow("Vervoer naar dagbesteding")
    member.sees(SAID, "De bus blijft tot juli.")
    member.misses("Gesprek opschrijven", "Zelf een advies beginnen")
