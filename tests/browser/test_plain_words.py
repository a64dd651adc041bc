"""Fatma checks her text without JavaScript; a visitor opens a hard word with the keyboard."""

import pytest

from advice.actions.issuing import issue
from advice.models import GlossaryTerm, Publication, SectionSave
from advice.states import AdviceState
from tests import factories
from tests.access.world import decide
from tests.browser.conftest import code_for, may_sign_in


@pytest.fixture
def draft(council, authority):
    advice = factories.AdviceFactory(council=council, subject="Advies over hulp", authorities=[authority])
    return factories.SectionFactory(advice=advice, heading="Aanleiding", text="<p>Wij horen veel.</p>")


def test_fatma_checks_her_text_without_javascript(visit, draft, fatma):
    may_sign_in(fatma)
    visitor = visit(width=360, javascript=False)
    visitor.open("/mijn/")
    visitor.fill("E-mailadres", fatma.email)
    visitor.press("Stuur mij een code")
    visitor.fill("Code uit de e-mail", code_for(fatma.email))
    visitor.press("Inloggen")
    visitor.open(f"/raad/adviesraad-testdorp/adviezen/{draft.advice.public_id}/deel/{draft.public_id}/")
    visitor.fill("Tekst van dit deel", "De aanvraag wordt conform de regels behandeld.")
    visitor.press("Controleer de tekst")
    visitor.sees("De tekst is bekeken en nog niet opgeslagen", "Schrijf liever: volgens.")
    visitor.page.screenshot(path="/tmp/words-check-360.png", full_page=True)
    assert visitor.page.get_by_label("Tekst van dit deel").input_value().startswith("De aanvraag wordt conform")
    assert SectionSave.objects.count() == 0
    visitor.open(f"/raad/adviesraad-testdorp/adviezen/{draft.advice.public_id}/leescheck/")
    visitor.sees("Is dit makkelijk te lezen?", "Dit is een hulpmiddel.")


def test_a_visitor_opens_a_hard_word_with_the_keyboard(visit, council, authority, saskia):
    GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld voor hulp.")
    advice = factories.AdviceFactory(council=council, authorities=[authority], state=AdviceState.ADOPTED)
    text = {"subject": "Hulp thuis", "plain_summary": "Een pgb helpt.", "sections": [], "recommendations": []}
    decide(advice, saskia.person, text)
    letter = issue(advice, by=saskia.person)
    Publication.objects.create(letter=letter, council=council, published_on=letter.dated_on)
    visitor = visit(width=1280)
    visitor.open(f"/openbaar/adviesraad-testdorp/adviezen/{letter.slug}/")
    explanation = visitor.page.get_by_text("Geld voor hulp.")
    assert not explanation.is_visible()
    visitor.page.locator("a.portal-term").focus()
    visitor.page.keyboard.press("Enter")
    explanation.wait_for(state="visible")
    visitor.page.screenshot(path="/tmp/words-term-1280.png", full_page=True)
