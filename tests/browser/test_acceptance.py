"""A new secretary, alone, on an empty portal, on her first evening. Tried at a person's pace: at most 45 minutes."""

from datetime import date, timedelta
from pathlib import Path

from django.core import mail
from django.utils.timezone import localdate

from tests.browser.conftest import blank_pdf, text_of
from tests.browser.walk import Visitor

MEMBERS = [
    "Anna Berg; anna@nieuwdorp.test", "Bob Kamp; bob@nieuwdorp.test", "Cor Dijk; cor@nieuwdorp.test",
    "Dora Veen; dora@nieuwdorp.test", "Eva Linde; eva@nieuwdorp.test", "Fred Poort; fred@nieuwdorp.test",
    "Greet Hoek; greet@nieuwdorp.test", "Hans Broek; hans@nieuwdorp.test", "Ine Vos; ine@nieuwdorp.test",
    "Jan Plas; jan@nieuwdorp.test", "Kees Ruiter", "Lies Molen",
]  # fmt: skip
OLD_LETTERS = [
    ("2024-03", date(2024, 5, 14), "Advies over het vervoer naar de dagbesteding"),
    ("2025-01", date(2025, 2, 4), "Advies over de eigen bijdrage"),
    ("2025-07", date(2025, 11, 20), "Advies over de mantelzorgwaardering"),
]
SUBJECT = "Wachttijd bij het Wmo-loket"
REASON = "U vroeg ons wat wij vinden van de wachttijd bij het loket. Wij spraken met mantelzorgers."


def sets_up_the_portal(nora: Visitor) -> None:
    nora.open("/begin/")
    nora.fill("Hoe heet u?", "Nora Hofman")
    nora.fill("Wat is uw e-mailadres?", "nora@nieuwdorp.test")
    nora.press("Verder: het bestuursorgaan")
    nora.fill("Naam", "Gemeente Nieuwdorp")
    nora.fill("Postadres", "Postbus 12\n1234 AB Nieuwdorp")
    nora.press("Verder: uw adviesraad")
    nora.fill("Naam", "Adviesraad Nieuwdorp")
    nora.choose("Vrijwilliger")
    nora.fill("Plaats boven brieven", "Nieuwdorp")
    nora.fill("Postadres", "Kerkstraat 1\n1234 AB Nieuwdorp")
    nora.fill("E-mailadres van de adviesraad", "post@nieuwdorp.test")
    nora.fill("Telefoonnummer", "0123 45 67 89")
    nora.press("Verder: de spelregels")


def fills_in_the_rules(nora: Visitor) -> None:
    nora.fill("Hoe heten de regels?", "Verordening adviesraad Nieuwdorp 2026")
    nora.fill("Hoeveel weken heeft de adviesraad voor een advies?", 6)
    nora.select("Wanneer beginnen deze weken?", "Als de vraag is ontvangen")
    nora.fill("In welk artikel staat dit? (tijd voor een advies)", "art. 7 lid 1")
    nora.fill("Hoeveel weken heeft het bestuur voor een antwoord?", 8)
    nora.fill("In welk artikel staat dit? (tijd voor het antwoord)", "art. 9")
    nora.select("Hoeveel leden moeten er zijn om te besluiten?", "Meer dan de helft")
    nora.select("Een deel van wie?", "Van de leden met stemrecht")
    nora.fill("In welk artikel staat dit? (hoeveel leden aanwezig)", "art. 12")
    nora.select("Hoe besluit de adviesraad?", "Meerderheid")
    nora.press("Deze regels proberen")
    nora.sees("Klopt dit met een echt geval?", "art. 7 lid 1")
    nora.press("Spelregels opslaan")
    nora.sees("Verordening adviesraad Nieuwdorp 2026")


def enters_twelve_members(nora: Visitor) -> None:
    nora.follow("Lijst met mensen toevoegen")
    nora.fill("Namen en e-mailadressen", "\n".join(MEMBERS))
    nora.press("Deze mensen toevoegen")
    nora.sees("12 personen zijn toegevoegd")
    nora.follow("Wijzigen", "Anna Berg")
    nora.select("Functie", "Voorzitter")
    nora.press("Opslaan")
    for name in ("Kees Ruiter", "Lies Molen"):
        nora.follow("Wijzigen", name)
        nora.fill("Postadres", "Dorpsstraat 1\n1234 AB Nieuwdorp")
        nora.press("Opslaan")


def files_three_old_letters(nora: Visitor, scan: Path) -> None:
    nora.follow("Adviezen", within=".portal-nav")
    nora.follow("Oude brief toevoegen")
    for number, (reference, day, subject) in enumerate(OLD_LETTERS, 1):
        nora.upload("De brief zoals die is verstuurd", scan)
        nora.fill("Kenmerk", reference)
        nora.fill_date("Datum van de brief", day)
        nora.fill("Onderwerp", subject)
        nora.choose("Nee, ongevraagd advies")
        nora.press("Opslaan" if number == len(OLD_LETTERS) else "Opslaan en nog een toevoegen")
        nora.sees(reference)


def invites_to_a_meeting(nora: Visitor) -> None:
    nora.follow("Vergaderingen", within=".portal-nav")
    nora.follow("Vergadering plannen")
    nora.fill("Titel", "Vergadering van deze maand")
    nora.fill_date("Datum", localdate())
    nora.fill("Begint om", "0.05")
    nora.fill("Eindigt om", "23.55")
    nora.fill("Plek", "Dorpshuis, zaal 1")
    nora.press("Vergadering opslaan")
    nora.follow("Agenda maken")
    nora.fill("Waar gaat het over?", "Advies over de wachttijd")
    nora.select("Doel", "Besluiten")
    nora.press("Op de agenda zetten", within="section:has(#nieuw-punt)")
    nora.follow("Vergadering van deze maand")
    nora.follow("Uitnodigen")
    nora.press("Verder: controleren")
    nora.sees("13 mensen krijgen een uitnodiging")
    nora.press("Uitnodigingen versturen")
    nora.sees("13 mensen zijn uitgenodigd")
    letters = text_of(nora.download("Uitnodigingsbrieven printen (pdf)"))
    assert "Kees Ruiter" in letters and "Lies Molen" in letters and "Jan Plas" not in letters


def registers_a_mailed_request(nora: Visitor, scan: Path) -> None:
    nora.follow("Aanvragen", within=".portal-nav")
    nora.follow("Brief of e-mail registreren")
    nora.choose("Per e-mail")
    nora.upload("Origineel", scan)
    nora.fill_date("Op welke dag kwam het binnen?", localdate() - timedelta(days=3))
    nora.fill_date("Welke datum staat op de brief?", localdate() - timedelta(days=5))
    nora.fill("Onderwerp", SUBJECT)
    nora.fill(
        "Wat wordt er gevraagd, in het kort?", "Het college vraagt wat wij vinden van de wachttijd bij het loket."
    )
    nora.press("Registreren")
    nora.sees("De aanvraag is geregistreerd", "Advies uiterlijk")
    nora.press("Aannemen")
    nora.sees("In behandeling")


def notes_one_thing_heard(nora: Visitor) -> None:
    nora.follow("Gehoord", within=".portal-nav")
    nora.follow("Opschrijven wat u heeft gehoord")
    nora.choose("Gesprek")
    nora.fill("In 1 regel", "Gesprek met mantelzorgers in het dorpshuis")
    nora.fill(
        "Wat heeft u gehoord?", "Mensen wachten acht weken op een eerste gesprek. Zij weten niet wie zij kunnen bellen."
    )
    nora.fill("Hoeveel mensen?", 11)
    nora.fill_date("Wanneer?", localdate() - timedelta(days=10))
    nora.press("Opslaan")
    nora.sees("Gesprek met mantelzorgers")


def writes_a_short_advice(nora: Visitor) -> None:
    nora.follow("Aanvragen", within=".portal-nav")
    nora.follow(SUBJECT)
    nora.follow("Beginnen met het advies")
    nora.press("Beginnen met schrijven")
    nora.follow("Wijzigen", "Aanleiding")
    nora.fill("Tekst van dit deel", REASON)
    nora.press("Opslaan en sluiten")
    nora.follow("Aanbeveling toevoegen")
    nora.fill("Wat beveelt u aan?", "Laat niemand langer dan twee weken wachten op een eerste gesprek.")
    nora.fill("Waarom?", "Mensen wachten nu acht weken. In die tijd wordt hun vraag groter.")
    nora.page.get_by_label("Gesprek met mantelzorgers").check()
    nora.press("Aanbeveling opslaan")
    nora.follow("Gegevens wijzigen")
    nora.fill("Samenvatting in gewone taal", "Mensen wachten te lang bij het loket. Wij vragen om hooguit twee weken.")
    nora.press("Gegevens opslaan")
    nora.sees(REASON, "Gesprek met mantelzorgers in het dorpshuis")


def records_the_decision(nora: Visitor) -> None:
    nora.follow("Besluit vastleggen")
    nora.fill("Hoeveel leden met stemrecht waren er?", 6)
    nora.fill("Hoeveel leden waren voor?", 6)
    nora.choose("Het advies is vastgesteld")
    nora.press("Besluit vastleggen", status=422)
    nora.sees("Het quorum van 7 is niet gehaald (art. 12)")
    nora.fill("Hoeveel leden met stemrecht waren er?", 9)
    nora.fill("Hoeveel leden waren voor?", 8)
    nora.fill("Hoeveel leden waren tegen?", 1)
    nora.press("Besluit vastleggen")
    nora.sees("Het advies is vastgesteld", "Het quorum van 7 is gehaald")


def issues_and_prints_the_letter(nora: Visitor) -> None:
    nora.follow("Nummer geven en versturen")
    number = f"{localdate().year}-01"
    nora.sees("wordt nummer", number, "op papier: er is geen e-mailadres bekend")
    nora.press("Nummer geven en versturen")
    nora.sees(f"De brief heeft nummer {number}")
    letter = nora.download(number)
    assert SUBJECT in text_of(letter) and number in text_of(letter)
    nora.follow("Brieven om te printen")
    assert number in text_of(nora.download("Alle brieven openen als 1 pdf"))
    nora.press("Deze brieven zijn op de post")
    nora.sees("1 brief is op de post")


def registers_the_answer(nora: Visitor, scan: Path) -> None:
    nora.follow("Adviezen", within=".portal-nav")
    nora.follow(SUBJECT)
    nora.follow("Naar de brief en het antwoord")
    nora.follow("Leg het antwoord vast", "Gemeente Nieuwdorp")
    nora.upload("De brief of e-mail die u heeft gekregen", scan)
    nora.fill_date("Datum van het antwoord", localdate())
    nora.choose("Voor een deel", within="Wordt aanbeveling 1 overgenomen?")
    nora.fill("Waarom?", "Vanaf april is er een tweede medewerker bij het loket.")
    nora.press("Leg het antwoord vast")
    nora.sees("Voor een deel", "Vanaf april is er een tweede medewerker bij het loket.")


def test_a_new_secretary_does_the_whole_job_alone(visit, transactional_db, tmp_path):
    scan = blank_pdf(tmp_path / "brief.pdf")
    nora = visit()
    sets_up_the_portal(nora)
    fills_in_the_rules(nora)
    enters_twelve_members(nora)
    files_three_old_letters(nora, scan)
    invites_to_a_meeting(nora)
    assert len(mail.outbox) == 10 + 11  # accounts for who has an address; the meeting for them and for herself
    registers_a_mailed_request(nora, scan)
    notes_one_thing_heard(nora)
    writes_a_short_advice(nora)
    records_the_decision(nora)
    issues_and_prints_the_letter(nora)
    registers_the_answer(nora, scan)
    print(f"{len(nora.passed)} pages, {nora.clicks} clicks, {nora.keys} keystrokes: {nora.minutes:.1f} minutes")
    assert nora.minutes <= 45
