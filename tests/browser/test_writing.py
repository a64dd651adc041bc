"""Writing without losing a word: drafts that come back, an expired session, no network, and the editor."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from advice.models import SectionSave
from tests import factories
from tests.browser.conftest import code_for, may_sign_in

pytestmark = pytest.mark.django_db(transaction=True)
WORD = (Path(__file__).parent / "word.html").read_text()
LABEL = "Tekst van dit deel"
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")


@pytest.fixture
def section(advice):
    return factories.SectionFactory(advice=advice, position=1, heading="Aanleiding", text="<p>Eerste tekst.</p>")


@pytest.fixture
def address(advice, section):
    return reverse("advice:edit_section", args=[advice.council.slug, advice.public_id, section.public_id])


def editor(visitor):
    visitor.page.wait_for_selector(".ProseMirror")
    return visitor.page.get_by_role("textbox", name=re.compile(LABEL))


def test_a_draft_is_kept_while_she_types_and_offered_when_she_comes_back(visit, fatma, section, address, settings):
    settings.DRAFT_SECONDS = 0.3
    first = visit(user=fatma)
    first.open(address)
    editor(first).press_sequentially("Wij horen meer. ")
    status = first.page.locator("[data-status]")
    status.filter(has_text=re.compile(r"^Concept bewaard om \d{1,2}\.\d\d uur\.$")).wait_for()
    first.page.close(run_before_unload=False)
    assert SectionSave.objects.latest("pk").automatic is True
    section.refresh_from_db()
    assert section.text == "<p>Eerste tekst.</p>"

    again = visit(width=360, user=fatma)
    again.open(address)
    again.sees("U heeft nog een tekst die niet is opgeslagen")
    again.follow("Zet deze tekst in het veld")
    assert "Wij horen meer." in editor(again).inner_text()
    again.press("Opslaan en sluiten")
    section.refresh_from_db()
    assert "Wij horen meer." in section.text
    assert again.faults == [] and first.faults == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_expired_session_costs_nothing(visit, fatma, section, address, javascript):
    may_sign_in(fatma)
    visitor = visit(user=fatma, javascript=javascript)
    visitor.open(address)
    if javascript:
        editor(visitor).fill("Dit typte ik een uur lang.")
    else:
        visitor.fill(LABEL, "Dit typte ik een uur lang.")
    Session.objects.all().delete()
    visitor.press("Opslaan en sluiten")
    visitor.fill("E-mailadres", fatma.email)
    visitor.press("Stuur mij een code")
    visitor.fill("Code uit de e-mail", code_for(fatma.email))
    visitor.press("Inloggen")
    visitor.sees("U was uitgelogd. Uw tekst is bewaard.")
    visitor.sees("Dit typte ik een uur lang.")
    visitor.press("Sla mijn tekst op")
    section.refresh_from_db()
    assert section.text == "<p>Dit typte ik een uur lang.</p>"


def test_without_a_network_nothing_is_sent_into_nothing(visit, fatma, section, address, settings):
    settings.DRAFT_SECONDS = 0.3
    visitor = visit(user=fatma)
    visitor.open(address)
    area = editor(visitor)
    visitor.page.context.set_offline(True)
    area.fill("In de trein geschreven.")
    told = visitor.page.locator("[data-status]").filter(has_text="Geen verbinding. Uw tekst staat nog op dit scherm.")
    told.wait_for()
    visitor.page.get_by_role("button", name="Opslaan en sluiten").click()
    assert visitor.page.url.endswith(address) and area.inner_text() == "In de trein geschreven."
    assert not SectionSave.objects.exists()
    visitor.page.context.set_offline(False)
    visitor.page.locator("[data-status]").filter(has_text="Concept bewaard").wait_for()
    visitor.faults = [fault for fault in visitor.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    visitor.press("Opslaan en sluiten")
    section.refresh_from_db()
    assert section.text == "<p>In de trein geschreven.</p>"


def test_the_toolbar_works_by_keyboard_alone(visit, fatma, section, address):
    visitor = visit(user=fatma)
    visitor.open(address)
    keyboard = visitor.page.keyboard
    editor(visitor).focus()
    keyboard.press("Control+A")
    keyboard.type("Wat wij horen")
    keyboard.press("Alt+F10")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Kop"
    keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    keyboard.press("Escape")
    keyboard.press("End")
    keyboard.press("Enter")
    keyboard.press("Alt+F10")
    for _step in range(4):
        keyboard.press("ArrowRight")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Lijst met punten"
    keyboard.press("Space")
    keyboard.press("Escape")
    keyboard.type("wachttijd")
    keyboard.press("Enter")
    keyboard.press("Control+b")
    keyboard.type("kosten")
    visitor.press("Opslaan en sluiten")
    section.refresh_from_db()
    assert section.text == "<h3>Wat wij horen</h3><ul><li>wachttijd</li><li><strong>kosten</strong></li></ul>"


def test_tab_leaves_the_editor_and_every_button_is_large_enough(visit, fatma, address):
    visitor = visit(width=360, user=fatma)
    visitor.open(address)
    editor(visitor).focus()
    visitor.page.keyboard.press("Tab")
    assert not visitor.page.evaluate("document.activeElement.classList.contains('ProseMirror')")
    boxes = [button.bounding_box() for button in visitor.page.locator(".portal-toolbar button").all()]
    assert len(boxes) == 10 and min(min(box["width"], box["height"]) for box in boxes) >= 44
    visitor.page.screenshot(path="/tmp/saving-360.png", full_page=True)


def test_a_link_is_made_with_the_keyboard(visit, fatma, section, address):
    visitor = visit(user=fatma)
    visitor.open(address)
    editor(visitor).focus()
    keyboard = visitor.page.keyboard
    keyboard.press("Control+A")
    keyboard.press("Control+k")
    keyboard.type("javascript:alert(1)")
    keyboard.press("Enter")
    visitor.sees("Een adres begint met https://, bijvoorbeeld https://www.voorbeeld.nl.")
    keyboard.press("Control+A")
    keyboard.type("www.voorbeeld.nl")
    keyboard.press("Enter")
    visitor.page.screenshot(path="/tmp/saving-1280.png", full_page=True)
    visitor.press("Opslaan en sluiten")
    section.refresh_from_db()
    assert 'href="https://www.voorbeeld.nl"' in section.text and ">Eerste tekst.</a>" in section.text


def test_a_text_from_word_comes_in_clean(visit, fatma, section, address):
    visitor = visit(user=fatma)
    visitor.open(address)
    editor(visitor).focus()
    visitor.page.keyboard.press("Control+A")
    visitor.page.evaluate(PASTE, WORD)
    visitor.press("Opslaan en sluiten")
    section.refresh_from_db()
    assert re.sub(r' rel="[^"]*"', "", section.text) == (
        "<h3>Wat wij horen</h3>"
        '<p><strong>Vervoer</strong> is te duur. Zie <a href="https://www.voorbeeld.nl/plan">het plan</a>.</p>'
        "<ul><li>Wachttijd</li><li>Kosten</li></ul><ol><li>Eerst bellen</li></ol>"
        "<p><strong>Let op</strong>: <em>echt</em> waar.</p>"
    )
    assert visitor.faults == []
