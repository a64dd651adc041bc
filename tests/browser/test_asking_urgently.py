"""Victor asks urgently, together with the next municipality; the chair agrees on a phone, with the keyboard alone."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from consultations.models import AdviceRequest, CouncilRequest
from tests.browser.conftest import last_mail_to
from tests.conftest import user_for
from tests.factories import (
    AdviceRequestFactory,
    AppointmentFactory,
    AuthorityFactory,
    CouncilFactory,
    InstrumentFactory,
    ServedBodyFactory,
)

PICTURES = "/tmp/asking-{}.png"


@pytest.fixture
def betty(council):
    """Buurdorp shares the council of Testdorp and has one of its own."""
    buurdorp = AuthorityFactory(name="Gemeente Buurdorp", slug="buurdorp")
    neighbours = CouncilFactory(name="Adviesraad Buurdorp", slug="adviesraad-buurdorp")
    for one in (council, neighbours):
        ServedBodyFactory(council=one, authority=buurdorp)
    InstrumentFactory(council=neighbours)
    instrument = council.instruments.get()
    articles = instrument.rules["articles"] | {"urgent": "art. 7 lid 4"}
    urgent = {"allowed": True, "reason_required": True, "agreed_with": ["chair"], "weeks": 3}
    instrument.rules = instrument.rules | {"urgent": urgent, "articles": articles}
    instrument.save()
    user = user_for("Betty Blok", "betty@buurdorp.test")
    AppointmentFactory(person=user.person, authority=buurdorp)
    return user


@pytest.fixture
def draft(authority, victor) -> AdviceRequest:
    return AdviceRequestFactory(
        authority=authority, created_by=victor.person, contact=victor.person, subject="Vervoer naar dagbesteding",
        questions=["Wat merken mensen ervan?"], letter_date=None,
    )  # fmt: skip


def asks_urgently(victor, draft: AdviceRequest, wanted: date) -> None:
    victor.open(f"/bestuur/testdorp/aanvragen/{draft.public_id}/stap/planning/")
    victor.choose("Gemeente Buurdorp")
    victor.choose("Adviesraad Testdorp")
    victor.press("Verder naar: stukken")
    victor.sees("Vraagt mee: Gemeente Buurdorp.")
    victor.choose("Adviesraad Buurdorp")
    victor.choose("Deze vraag heeft spoed")
    victor.press("Verder naar: stukken", status=422)
    victor.sees("Zeg waarom het niet kan wachten.")
    victor.fill("Waarom kan het niet wachten?", "De wet gaat volgende maand in.")
    victor.fill_date("Wat is de laatste dag waarop u het advies wilt hebben?", wanted)
    victor.page.screenshot(path=PICTURES.format("planning"), full_page=True)
    victor.press("Verder naar: stukken")
    victor.sees("Dit is te kort voor Adviesraad Testdorp")
    victor.press("Verder naar: stukken")
    victor.follow("Verder naar: controleren en versturen")
    victor.sees("De wet gaat volgende maand in.", "Gemeente Buurdorp")
    victor.press("Aanvraag versturen")
    victor.sees("Spoed: de voorzitter heeft nog niet geantwoord", "Gevraagde termijn: 7 dagen.")


def test_asked_urgently_together_and_agreed_on_a_phone(visit, council, betty, draft, victor, saskia, chair):
    wanted = localdate() + timedelta(days=7)
    officer, on_the_phone = visit(user=victor), visit(width=360, user=chair, keyboard=True)
    neighbour = visit(width=360, user=betty)
    asks_urgently(officer, draft, wanted)

    on_the_phone.open("/raad/adviesraad-testdorp/")
    on_the_phone.page.screenshot(path=PICTURES.format("home"), full_page=True)
    on_the_phone.follow("Antwoord op de vraag om spoed")
    on_the_phone.sees("De wet gaat volgende maand in.")
    on_the_phone.choose("Ja, akkoord")
    on_the_phone.fill("Wat wilt u erover zeggen?", "Wij komen extra bijeen.")
    on_the_phone.page.screenshot(path=PICTURES.format("consent"), full_page=True)
    on_the_phone.press("Antwoord opslaan")
    on_the_phone.sees("Spoed: de adviesraad ging akkoord met minder tijd", "De voorzitter ging op")
    on_the_phone.page.screenshot(path=PICTURES.format("dossier"), full_page=True)

    part = CouncilRequest.objects.get(council=council)
    assert (part.due_article, part.consent_by) == ("art. 7 lid 4", chair.person)
    assert last_mail_to("victor@testdorp.test").subject == "De adviesraad heeft geantwoord op uw spoedverzoek"
    officer.open(f"/bestuur/testdorp/aanvragen/{draft.public_id}/")
    officer.sees("Wij komen extra bijeen.", "Gemeente Testdorp en Gemeente Buurdorp vragen dit samen.")
    officer.page.screenshot(path=PICTURES.format("desk"), full_page=True)
    neighbour.open(f"/bestuur/buurdorp/aanvragen/{draft.public_id}/")
    neighbour.follow("Wie antwoordde wat")
    neighbour.sees("Adviesraad Testdorp, aan Gemeente Buurdorp", "Spoed, akkoord")
    neighbour.page.screenshot(path=PICTURES.format("who"), full_page=True)
    neighbour.open(f"/openbaar/adviesraad-testdorp/jaarcijfers/{localdate().year}/")
    neighbour.sees("laat gevraagd, als spoed akkoord")
    neighbour.page.screenshot(path=PICTURES.format("figures"), full_page=True)
