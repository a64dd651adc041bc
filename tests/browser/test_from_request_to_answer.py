"""Victor asks, Saskia handles, Fatma writes along, everybody reads, Victor answers: four browsers, one dossier."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate

from tests.browser.conftest import text_of
from tests.browser.walk import Visitor

SUBJECT = "Vervoer naar de dagbesteding"
RULES = {
    "advice_term": {"weeks": 6, "starts": "receipt"},
    "response_term": {"weeks": 8},
    "decides_by": "majority",
    "articles": {"advice_term": "art. 7 lid 1", "response_term": "art. 9", "decides_by": "art. 12"},
}


@pytest.fixture
def rules(council) -> None:
    instrument = council.instruments.get()
    instrument.rules = RULES
    instrument.save()


def asks_in_steps(victor: Visitor) -> None:
    victor.open("/mijn/")
    victor.follow("Adviesaanvragen", within=".portal-nav")
    victor.follow("Advies vragen")
    victor.press("Verder naar: samenvatting en vragen", status=422)
    victor.fill("Onderwerp", SUBJECT)
    victor.press("Verder naar: samenvatting en vragen")
    victor.fill("Waar gaat het over?", "Wij willen het vervoer naar de dagbesteding anders regelen.")
    victor.fill("Welke vragen stelt u?", "Wat vinden reizigers van de tijden?")
    victor.press("Verder naar: wat nog kan veranderen")
    victor.fill("Wat kan nog veranderen?", "De tijden en het tarief.")
    victor.press("Verder naar: voor wie het belangrijk is")
    victor.choose("Wmo 2015 (ondersteuning)")
    victor.press("Verder naar: planning")
    victor.fill_date("Wat is de laatste dag waarop u het advies wilt hebben?", localdate() + timedelta(days=10))
    victor.press("Verder naar: stukken")
    victor.sees("Dit is te kort voor Adviesraad Testdorp", "art. 7 lid 1")
    victor.press("Verder naar: stukken")
    victor.follow("Verder naar: controleren en versturen")
    victor.sees("Dit is te kort voor Adviesraad Testdorp", "De tijden en het tarief.")
    victor.press("Aanvraag versturen")
    victor.sees("Uw aanvraag is verstuurd", "Gevraagde termijn: 10 dagen.")


def accepts_and_asks_back(saskia: Visitor) -> str:
    saskia.open("/mijn/")
    saskia.sees("Gemeente Testdorp vraagt advies")
    saskia.follow("Lees de aanvraag", SUBJECT)
    dossier = saskia.path
    saskia.press("Aannemen")
    saskia.follow("Een vraag stellen")
    saskia.fill("Uw vraag", "Wat kost een rit nu?")
    saskia.press("Vraag versturen")
    saskia.sees("Wat kost een rit nu?", "Laat gevraagd")
    return dossier


def answers_the_question(victor: Visitor) -> None:
    victor.open("/mijn/")
    victor.follow("Vraag beantwoorden", SUBJECT)
    victor.fill("Uw antwoord", "Een rit kost nu drie euro.")
    victor.press("Antwoord versturen")
    victor.sees("Een rit kost nu drie euro.")


def write_the_same_part(saskia: Visitor, fatma: Visitor) -> None:
    """Two people save the same part: the second sees both texts, and nothing is lost."""
    saskia.follow("Wijzigen", "Aanleiding")
    fatma.open(saskia.path)
    fatma.fill("Tekst van dit deel", "Wij horen dat de bus te laat komt.")
    fatma.press("Opslaan en sluiten")
    saskia.fill("Tekst van dit deel", "De bus is vaak vol.")
    saskia.press("Opslaan en sluiten", status=409)
    saskia.sees("Er zijn nu 2 teksten", "Wij horen dat de bus te laat komt.")
    saskia.holds("Tekst van dit deel", "De bus is vaak vol.")
    saskia.fill("Tekst van dit deel", "De bus is vaak vol en komt te laat.")
    saskia.press("Opslaan als tekst van het advies")
    saskia.sees("De bus is vaak vol en komt te laat.")


def writes_and_decides(saskia: Visitor, fatma: Visitor, dossier: str) -> None:
    saskia.open(dossier)
    saskia.sees("Een rit kost nu drie euro.")
    saskia.follow("Beginnen met het advies")
    saskia.press("Beginnen met schrijven")
    advice = saskia.path
    write_the_same_part(saskia, fatma)
    for text in ("Laat de bus om negen uur rijden.", "Houd het tarief gelijk."):
        saskia.follow("Aanbeveling toevoegen")
        saskia.fill("Wat beveelt u aan?", text)
        saskia.press("Aanbeveling opslaan")
    saskia.follow("Gegevens wijzigen")
    saskia.fill("Samenvatting in gewone taal", "De bus moet op tijd rijden.")
    saskia.press("Gegevens opslaan")
    fatma.open(advice)
    fatma.fill("Wat vindt u?", "Noem ook de rolstoelplaatsen.")
    fatma.press("Reactie plaatsen")
    saskia.open(advice)
    saskia.sees("Noem ook de rolstoelplaatsen.")
    saskia.follow("Besluit vastleggen")
    saskia.fill_date("Op welke dag?", localdate())
    saskia.fill("Hoeveel leden met stemrecht waren er?", 2)
    saskia.fill("Hoeveel leden waren voor?", 2)
    saskia.choose("Het advies is vastgesteld")
    saskia.press("Besluit vastleggen")


def issues(saskia: Visitor) -> str:
    saskia.follow("Nummer geven en versturen")
    saskia.press("Nummer geven en versturen")
    saskia.sees(f"{localdate().year}-01")
    letter = next(message for message in mail.outbox if "bestuur@testdorp.test" in message.to[0])
    assert [name for name, _content, _kind in letter.attachments] == [f"{localdate().year}-01.pdf"]
    text = text_of(letter.attachments[0][1])
    assert "Laat de bus om negen uur rijden." in text and "rolstoelplaatsen" not in text
    return saskia.path


def answers_the_letter(victor: Visitor) -> None:
    """A refused attempt keeps what was typed and points at the recommendation."""
    victor.open("/mijn/")
    victor.follow("Advies bekijken")
    victor.follow("Schrijf het antwoord")
    victor.choose("Ja", within="Wordt aanbeveling 1 overgenomen?")
    victor.fill("Waarom?", "De bus rijdt vanaf maart om negen uur.", within="Laat de bus om negen uur rijden.")
    victor.choose("Nee", within="Wordt aanbeveling 2 overgenomen?")
    victor.fill_date("Op welke dag heeft het bestuur besloten?", localdate())
    victor.fill_date("Op welke dag is dit advies aangeboden aan het college?", localdate())
    victor.choose("Ja, buiten het portaal")
    victor.press("Geef het antwoord", status=422)
    victor.sees("Controleer uw antwoorden", "aanbeveling 2")
    victor.holds("Waarom?", "De bus rijdt vanaf maart om negen uur.", within="Laat de bus om negen uur rijden.")
    victor.fill("Waarom?", "Daar is geen geld voor.", within="Houd het tarief gelijk.")
    sent = len(mail.outbox)
    victor.press("Geef het antwoord")
    victor.sees("Daar is geen geld voor.")
    assert len([message for message in mail.outbox[sent:] if "saskia" in message.to[0]]) == 1


def test_from_request_to_published_answer(visit, rules, saskia, fatma, chair, victor):
    officer, secretary = visit(user=victor), visit(user=saskia)
    member, resident = visit(width=360, user=fatma), visit(width=360)
    asks_in_steps(officer)
    dossier = accepts_and_asks_back(secretary)
    answers_the_question(officer)
    writes_and_decides(secretary, member, dossier)
    letter = issues(secretary)
    resident.open("/openbaar/adviesraad-testdorp/adviezen/")
    resident.misses(SUBJECT)
    answers_the_letter(officer)
    secretary.open(letter)
    secretary.fill("Voor wie is dit?", "Reizigers naar de dagbesteding")
    secretary.press("Openbaar maken")
    resident.open("/openbaar/adviesraad-testdorp/adviezen/")
    resident.follow(SUBJECT)
    resident.sees("Houd het tarief gelijk.", "Daar is geen geld voor.", "De bus rijdt vanaf maart om negen uur.")
    resident.misses("rolstoelplaatsen", "Fatma")
    for visitor in (secretary, officer, member, resident):
        print(f"{len(visitor.passed)} pages, {visitor.clicks} clicks")


def test_the_same_pages_on_a_phone(visit, rules, saskia, fatma, chair, victor):
    """The officer and the secretary on a small screen, as far as the question back."""
    officer, secretary = visit(width=360, user=victor), visit(width=360, user=saskia)
    officer.open("/bestuur/testdorp/aanvragen/nieuw/")
    officer.fill("Onderwerp", SUBJECT)
    officer.press("Verder naar: samenvatting en vragen")
    for page in ("", "aanvragen/", "adviezen/", "onderwerpen/", "mensen/", "gegevens/"):
        officer.open(f"/bestuur/testdorp/{page}")
    for page in (
        "", "verzoeken/", "verzoeken/registreren/", "adviezen/", "adviezen/nieuw/", "adviezen/brieven/oude-brief/",
        "adviezen/brieven/printen/", "gehoord/", "gehoord/nieuw/", "vergaderingen/", "vergaderingen/nieuw/", "acties/",
        "mensen/", "mensen/toevoegen/", "mensen/lijst/", "post/", "beheer/", "beheer/gegevens/", "beheer/regels/",
        "beheer/doelgroepen/", "spelregels/", "onderwerpen/", "adviezen/toezeggingen/",
    ):  # fmt: skip
        secretary.open(f"/raad/adviesraad-testdorp/{page}")
