"""Fatma on her phone, and a resident who only reads: with a mouse, by the keyboard alone, and without JavaScript."""

from datetime import date

import pytest
from django.utils import timezone

from advice.models import Answer, Publication, Response
from advice.states import ResponseState, Verdict
from meetings.actions.inviting import send_invitations
from portal.documents import keep
from tests import factories
from tests.access.world import issue
from tests.browser.conftest import code_for, links_in, may_sign_in

WAYS = {
    "phone": {"width": 360},
    "keyboard": {"width": 1280, "keyboard": True},
    "without-javascript": {"width": 360, "javascript": False},
}


@pytest.fixture
def room(council, authority, saskia, fatma, chair):
    """A meeting with invitations out, a draft, and a letter with its answer, on the public page."""
    secretary = saskia.person
    meeting = factories.MeetingFactory(council=council, title="Vergadering van mei")
    factories.AgendaItemFactory(meeting=meeting, title="Vervoer")
    send_invitations(meeting, by=secretary)
    draft = factories.AdviceFactory(council=council, subject="Advies over de huishouding", authorities=[authority])
    factories.SectionFactory(advice=draft)
    factories.RecommendationFactory(advice=draft, number=1)
    pdf = keep(b"%PDF-1.7 brief", "brief.pdf", "application/pdf", by=secretary, council_id=council.pk)
    letter, copy = issue(council, authority, secretary, pdf, "2026-01", "Wachttijd bij het loket")
    Publication.objects.create(letter=letter, council=council, published_on=date(2026, 11, 1), published_by=secretary)
    response = Response.objects.create(
        copy=copy, council=council, authority=authority, state=ResponseState.FINAL, dated_on=date(2026, 10, 1),
        given_at=timezone.now(),
    )  # fmt: skip
    Answer.objects.create(response=response, number=1, verdict=Verdict.PARTLY, motivation="Vanaf april lukt dat.")
    return draft


@pytest.mark.parametrize("way", WAYS)
def test_a_member_takes_part(visit, room, fatma, way):
    may_sign_in(fatma)
    guest = visit(**WAYS[way])
    answer_link = next(link for link in links_in(fatma.email) if "/antwoord/" in link)
    guest.open(answer_link)
    guest.sees("Vergadering van mei", "Fatma Yılmaz")
    guest.choose("Ja, ik kom", within="Komt u?")
    guest.press("Antwoord versturen")
    guest.sees("ja, ik kom")

    visitor = visit(**WAYS[way])
    visitor.open("/mijn/")
    visitor.fill("E-mailadres", fatma.email)
    visitor.press("Stuur mij een code")
    visitor.fill("Code uit de e-mail", code_for(fatma.email))
    visitor.press("Inloggen")
    visitor.sees("Vergadering van mei", "Wachttijd bij het loket")
    visitor.open("/raad/adviesraad-testdorp/adviezen/")
    visitor.follow("Advies over de huishouding")
    visitor.sees("Wij horen veel over de wachttijd.")
    visitor.fill("Wat vindt u?", "Dit herken ik.")
    visitor.press("Reactie plaatsen")
    visitor.sees("Dit herken ik.", "Fatma Yılmaz")
    visitor.open("/raad/adviesraad-testdorp/adviezen/")
    visitor.follow("Wachttijd bij het loket")
    visitor.follow("Naar de brief en het antwoord")
    visitor.sees("Voor een deel", "Vanaf april lukt dat.")
    visitor.misses("Nummer geven en versturen", "Openbaar maken")


@pytest.mark.parametrize("way", WAYS)
def test_a_resident_reads(visit, room, way):
    visitor = visit(**WAYS[way])
    visitor.open("/")
    visitor.follow("Adviesraad Testdorp")
    visitor.open("/openbaar/adviesraad-testdorp/vergaderingen/")
    visitor.open("/openbaar/adviesraad-testdorp/adviezen/")
    visitor.fill("Waar zoekt u naar?", "loket")
    visitor.press("Zoek")
    visitor.follow("Wachttijd bij het loket")
    visitor.sees("Maak de wachttijd korter.", "Voor een deel", "Vanaf april lukt dat.")
    address = visitor.page.locator("main a[href$='.pdf']").first.get_attribute("href")
    assert visitor.fetch(address or "").startswith(b"%PDF")
    visitor.misses("Advies over de huishouding")
