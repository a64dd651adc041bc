"""Fatma compares two versions by the keyboard on her phone; Saskia leaves out an attachment and is asked."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions.attachments import add_attachment
from advice.actions.drafting import move_recommendation
from advice.actions.editorial import make_editorial
from advice.actions.saving import add_recommendation, save_section
from advice.actions.sources import add_source
from advice.actions.versions import make_version
from advice.frozen import final_text
from tests import factories
from tests.advice.letters import adopted_advice


@pytest.fixture
def draft(council, authority, saskia, fatma, chair):
    draft = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer naar dagbesteding")
    text = "<p>Het contract met de vervoerder stopt in mei.</p><p>Zestig mensen gebruiken het busje.</p>"
    section = factories.SectionFactory(advice=draft, position=1, heading="Aanleiding", text=text)
    factories.SectionFactory(advice=draft, position=2, heading="Ons oordeel", text="<p>Wij zijn tegen.</p>")
    add_recommendation(draft, text="Houd het busje.", reason="Anders blijven mensen thuis.", by=fatma.person)
    second = add_recommendation(draft, text="Maak de wachttijd bij het loket korter.", by=fatma.person)
    add_source(second, kind="other", title="Jaarverslag van het loket", place="blz. 12", by=fatma.person)
    add_attachment(draft, title="Rittenlijst", text="Maandag: 12 ritten.", by=fatma.person)
    add_attachment(draft, title="Brief van de vervoerder", text="Wij stoppen in mei.", by=fatma.person)
    make_version(draft, name="Voor het gesprek", reason="Zo gaat hij naar de leden.", by=saskia.person)
    changed = text.replace("in mei", "op 1 juli")
    save_section(draft, section, heading="Aanleiding", text=changed, version=1, by=fatma.person)
    move_recommendation(second, -1, by=fatma.person)
    add_recommendation(draft, text="Vraag de reizigers zelf wat zij nodig hebben.", by=fatma.person)
    make_version(draft, name="Na het gesprek", by=saskia.person)
    return draft


def test_fatma_compares_two_versions_by_the_keyboard_on_her_phone(visit, draft, fatma):
    visitor = visit(width=360, user=fatma, keyboard=True)
    visitor.open(draft.get_absolute_url())
    visitor.follow("Versies: bewaren en vergelijken")
    visitor.select("De oudere tekst", visitor.page.locator("select[name=van] option").nth(0).inner_text())
    visitor.select("De nieuwere tekst", visitor.page.locator("select[name=met] option").nth(1).inner_text())
    visitor.press("Vergelijken")
    visitor.sees("1 deel veranderd", "1 aanbeveling nieuw", "1 aanbeveling verplaatst", "De woorden zijn hetzelfde.")
    ins = visitor.page.locator("ins", has_text="juli")
    assert ins.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    assert visitor.page.locator("del", has_text="mei").evaluate(
        "one => getComputedStyle(one).textDecorationLine"
    ) == "line-through"  # fmt: skip
    assert "toegevoegd:" in ins.inner_text() and "einde toevoeging" in ins.inner_text()
    visitor.page.emulate_media(media="print")  # on paper: without colour behind it, still underlined
    assert ins.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert ins.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    folder = os.environ.get("PORTAL_SHOTS")
    if folder:
        visitor.page.pdf(path=str(Path(folder) / "comparison.pdf"), format="A4")


def test_saskia_leaves_out_an_attachment_and_is_asked(visit, draft, saskia):
    visitor = visit(width=1280, user=saskia)
    visitor.open(draft.get_absolute_url())
    visitor.follow("Bijlagen toevoegen of wijzigen")
    visitor.press("Weghalen", about="Brief van de vervoerder")
    visitor.sees("Bij het besluit vragen wij of dit bewust is weggelaten:", "Brief van de vervoerder")
    visitor.open(reverse("advice:decide", args=[draft.council.slug, draft.public_id]))
    visitor.fill_date("Op welke dag?", timezone.localdate())
    visitor.fill("Hoeveel leden met stemrecht waren er?", 2)
    visitor.fill("Hoeveel leden waren voor?", 2)
    visitor.choose("Het advies is vastgesteld")
    visitor.press("Besluit vastleggen", status=422)
    visitor.sees("Is die bewust weggelaten?")
    visitor.choose("Brief van de vervoerder")
    visitor.press("Besluit vastleggen")
    draft.refresh_from_db()
    assert draft.state == "adopted"
    assert [one["title"] for one in draft.adopted_texts.get().text["attachments"]] == ["Rittenlijst"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_around_a_text_can_be_used(visit, draft, council, authority, saskia, width):
    advice = adopted_advice(council, authority, saskia.person, subject="Wachttijd")
    adopted, _edited = final_text(advice)
    recommendations = [{"text": "Houd het busje.", "reason": "Mensen wachten nu acht weken."}]
    make_editorial(
        advice, sections=[{"heading": "Aanleiding", "html": "<p>Het contract loopt af.</p>"}], seen=adopted.sha256,
        recommendations=recommendations, plain_summary="Kort.", reason="Beter woord.", by=saskia.person,
    )  # fmt: skip
    visitor = visit(width=width, user=saskia)
    here = [council.slug, draft.public_id]
    first = draft.recommendations.first()
    pages = [
        reverse("advice:detail", args=here), reverse("advice:versions", args=here),
        reverse("advice:version", args=[*here, 1]),
        reverse("advice:compare_versions", args=here) + "?van=1&met=2", reverse("advice:attachments", args=here),
        reverse("advice:sources", args=[*here, first.public_id]), reverse("advice:templates", args=[council.slug]),
        reverse("advice:edit_template", args=[council.slug, "signal_letter"]),
        reverse("advice:editorial", args=[council.slug, advice.public_id]),
        reverse("advice:edit_editorial", args=[council.slug, advice.public_id]),
    ]  # fmt: skip
    for page in pages:
        visitor.open(page)
