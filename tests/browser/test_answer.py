"""Victor writes the answer by keyboard, Monique agrees on her phone, and the executive's letter reaches the council."""

import os
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from councils.states import AuthorityRole
from tests import factories
from tests.advice.answers import sent
from tests.browser.conftest import last_mail_to, text_of
from tests.conftest import user_for

PICTURES = os.environ.get("ANSWER_PICTURES", "")


@pytest.fixture
def monique(authority):
    user = user_for("Monique Meijer", "monique@testdorp.test")
    factories.AppointmentFactory(person=user.person, authority=authority, role=AuthorityRole.ALDERMAN)
    return user


def look(visitor, name: str) -> None:
    if PICTURES:
        visitor.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def writes(victor, colleague) -> None:
    """Both have the card open; who saves second chooses per field."""
    victor.open("/mijn/")
    victor.follow("Advies bekijken")
    victor.follow("Schrijf het antwoord")
    colleague.open(victor.path)
    colleague.choose("Ja", within="Wordt aanbeveling 1 overgenomen?")
    colleague.fill("Waarom?", "De bus blijft rijden.", within="Houd het busje.")
    colleague.press("Opslaan als concept")
    victor.choose("Ja", within="Wordt aanbeveling 1 overgenomen?")
    victor.fill("Waarom?", "Wij houden de bus.", within="Houd het busje.")
    victor.choose("Nee", within="Wordt aanbeveling 2 overgenomen?")
    victor.press("Ter akkoord aan de wethouder", status=409)
    victor.sees("Er zijn nu 2 teksten", "Wij houden de bus.", "De bus blijft rijden.")
    look(victor, "conflict-1280")
    victor.press("Bewaar mijn keuze")
    victor.holds("Waarom?", "Wij houden de bus.", within="Houd het busje.")
    victor.press("Ter akkoord aan de wethouder", status=422)
    victor.sees("Schrijf op waarom aanbeveling 2 niet wordt overgenomen.")
    victor.fill("Waarom?", "Daar is geen geld voor.", within="Betaal vrijwilligers.")
    victor.press("Ter akkoord aan de wethouder")
    victor.sees("De wethouder krijgt een bericht.")
    look(victor, "card-1280")


def agrees(monique) -> None:
    monique.open("/mijn/")
    monique.follow("Lees het antwoord", "Bent u akkoord")
    monique.sees("Wij houden de bus.", "Daar is geen geld voor.", "Aanbeveling 2: niet overgenomen")
    look(monique, "preview-360")
    monique.press("Terug, met een opmerking", status=422)
    monique.sees("Schrijf op wat er anders moet.")
    monique.press("Akkoord")
    monique.sees("U bent akkoord.")


def test_an_answer_is_written_together_agreed_and_sent(visit, council, authority, saskia, chair, victor, monique):
    sent(council, authority, saskia)
    desk = visit(width=360, user=victor)
    desk.open(f"/bestuur/{authority.slug}/antwoordbrief/")
    desk.fill("Naam van ondertekenaar 1", "K. de Boer")
    desk.fill("Functie van ondertekenaar 1", "burgemeester")
    desk.press("Opslaan")
    look(desk, "settings-360")
    wim = user_for("Wim Kok", "wim@testdorp.test")
    factories.AppointmentFactory(person=wim.person, authority=authority, role=AuthorityRole.POLICY_OFFICER)
    officer, colleague = visit(user=victor, keyboard=True), visit(user=wim, javascript=False)
    writes(officer, colleague)
    agrees(visit(width=360, user=monique))
    officer.open(officer.path)
    officer.sees("Monique Meijer is akkoord sinds")
    officer.fill_date("Op welke dag heeft het bestuur besloten?", localdate())
    officer.press("Geef het antwoord", status=422)
    officer.sees("Vul in op welke dag het college het advies kreeg.")
    officer.fill_date("Op welke dag is dit advies aangeboden aan het college?", localdate())
    look(officer, "give-1280")
    officer.press("Geef het antwoord")
    officer.sees("Het antwoord is gegeven.", "Daar is geen geld voor.", "Het antwoord als brief")
    look(officer, "given-1280")
    letter = last_mail_to("saskia@testdorp.test").attachments[0][1]
    assert "K. de Boer" in text_of(letter)
    assert "Wij houden de bus." in text_of(letter) and "Daar is geen geld voor." in text_of(letter)
    if PICTURES:
        (Path(PICTURES) / "answer.pdf").write_bytes(letter)
        phone = visit(width=360, user=victor)
        phone.open(officer.path)
        look(phone, "given-360")
