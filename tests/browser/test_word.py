"""Saskia gets a reaction in Word, full of changes and remarks, and reads it into the draft by the keyboard."""

import io
from pathlib import Path

import pytest
from docx import Document

from tests import factories
from tests.advice.word_files import worked_on


@pytest.fixture
def draft(council, authority):
    advice = factories.AdviceFactory(council=council, subject="Vervoer naar dagbesteding", authorities=[authority])
    factories.SectionFactory(advice=advice, position=1, heading="Aanleiding")
    factories.RecommendationFactory(advice=advice, number=1, text="Laat het busje rijden!")
    return advice


@pytest.mark.parametrize("way", [{"width": 360, "keyboard": True}, {"width": 1280, "javascript": False}])
def test_word_in_and_out(visit, draft, saskia, tmp_path: Path, way):
    file = tmp_path / "reactie van de werkgroep.docx"
    file.write_bytes(worked_on())
    visitor = visit(user=saskia, **way)
    visitor.open(draft.get_absolute_url())
    visitor.follow("Tekst uit Word")
    visitor.press("Bestand inlezen", status=422)
    visitor.sees("Kies een Word-bestand.")
    visitor.upload("Welk Word-bestand?", file)
    visitor.press("Bestand inlezen")
    visitor.sees("3 wijzigingen en 2 opmerkingen", "Fatma Yılmaz streepte door: duur", "1 tabel wordt een lijst.")
    visitor.select("Wat het kost", "Niet overnemen")
    visitor.choose("Olga Smit, bij “nergens meer”: Is dit zo?")
    visitor.press("In het concept zetten")
    visitor.sees(
        "De tekst uit Word staat in het concept.", "Het busje is onmisbaar voor bewoners.", "Vraag de chauffeurs."
    )
    visitor.misses("€ 100")
    word = Document(io.BytesIO(visitor.download("Het concept als Word-bestand")))
    assert "Het busje is onmisbaar voor bewoners." in [paragraph.text for paragraph in word.paragraphs]
