"""Victor says by keyboard that a promise is done, Saskia does not agree on her phone, and everyone sees both."""

import pytest
from django.core import mail
from django.utils.timezone import localdate

from advice.models import Commitment, Response
from tests.advice.promises import promised


@pytest.fixture
def promise(council, authority, saskia, victor):
    return promised(council, authority, saskia, victor, due=10, published=True)


def test_a_promise_is_called_done_disputed_and_seen(visit, promise, victor, saskia, council):
    letter = promise.answer.response.copy.letter
    officer = visit(user=victor, keyboard=True)
    officer.open("/mijn/")
    officer.follow("Toezegging bekijken", "Kom uw toezegging na")
    officer.sees("Houd het busje.", "Team Wmo", "Bezig")
    officer.follow("Het is klaar")
    officer.press("Melden dat het klaar is", status=422)
    officer.sees("Schrijf op waaraan te zien is dat het klaar is.")
    officer.fill("Link", "www.testdorp.test/busje")
    officer.press("Melden dat het klaar is")
    officer.sees("Gemeente: klaar", "Adviesraad: kijkt er nog naar", "U hoeft nu niets te doen.")

    secretary = visit(user=saskia, width=360)
    link = next(message for message in mail.outbox if message.subject == "Wilt u kijken of een toezegging klaar is?")
    assert saskia.email in link.to[0]
    secretary.open("/mijn/")
    secretary.follow("Kijken of wij het ermee eens zijn", "Kijk of u het ermee eens bent")
    secretary.sees("https://www.testdorp.test/busje")
    secretary.choose("Nee, niet akkoord")
    secretary.press("Ons oordeel opslaan", status=422)
    secretary.fill("Waarom niet?", "Het busje rijdt alleen op maandag.")
    secretary.press("Ons oordeel opslaan")
    secretary.sees("Adviesraad: niet akkoord", "Het busje rijdt alleen op maandag.")
    secretary.follow("Toezeggingen", within="main")
    secretary.sees("Adviesraad niet akkoord (1)", "Nagekomen (0)")

    for width in (360, 1280):
        visitor = visit(width=width, javascript=False)
        visitor.open(f"/openbaar/{council.slug}/")
        visitor.follow("Wat kwam er van onze adviezen?")
        visitor.sees("1 advies, 2 aanbevelingen", "Gemeente: klaar", "Adviesraad: niet akkoord")
        visitor.unfold("Alle cijfers in een tabel")
        visitor.follow(letter.subject)
        visitor.sees("Het busje rijdt alleen op maandag.", "Over 1 is de adviesraad het niet eens.")
    assert Commitment.objects.get().is_disputed and Response.objects.get().dated_on == localdate()


def test_the_secretary_looks_back_without_javascript(visit, promise, saskia, council):
    secretary = visit(user=saskia, width=360, javascript=False)
    secretary.open(f"/raad/{council.slug}/adviezen/brieven/{promise.answer.response.copy.letter.public_id}/")
    secretary.follow("Nu terugkijken, of een andere dag kiezen")
    secretary.press("Terugblik opslaan", status=422)
    secretary.sees("Schrijf op wat er is veranderd, of wat niet is veranderd.")
    secretary.fill("Wat is er veranderd voor mensen?", "De bus komt nu op tijd.")
    secretary.press("Terugblik opslaan")
    secretary.sees("Uw terugblik is vastgelegd.")
    visitor = visit(javascript=False)
    visitor.open(f"/openbaar/{council.slug}/wat-kwam-ervan/")
    visitor.sees("De bus komt nu op tijd.")
