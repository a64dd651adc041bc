"""Hostile text in every text of a letter comes out as text: nothing is run, loaded or believed."""

import re
from typing import Any

import pytest
from django.utils.safestring import mark_safe

from advice import letter_print
from advice.letter_print import print_letter
from tests import printing
from tests.letter_matrix import IMAGES, LOGOS, name, variants

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
HOSTILE = "<img src=file:///etc/passwd>&amp;{{geheim}}{%now%}<script>x</script>"
# Not typed by people, or of a fixed form: the portal makes them.
FIXED = {"date", "document", "tenor", "language", "logo", "signature", "sha256", "relation", "your_letter_of",
         "adopted_on", "short_url", "created", "theme", "control_code", "number", "salt"}  # fmt: skip


def everything() -> dict[str, Any]:
    """A letter with every text that there is."""
    found = variants()
    letter = {**found["long"], "councils": found["joint"]["councils"]}
    letter["attachments"] = found["attachments"]["attachments"]
    letter["sections"] = [{"heading": "Kop", "text": "Tekst"}]  # of typed text; HTML has tests of its own
    letter["recommendations"] = [
        {"text": "Doe", "reason": "Want", "refers_to": "art. 1", "rests_on": ["gesprek"],
         "sources": [{"title": "Stuk", "place": "blz. 1", "url": "https://waterveen.example"}]},
    ]  # fmt: skip
    letter.update(
        questions=["Vraag"], consulted=["Wie"], minority_views=[{"by": "Bos", "text": "Anders"}], copy_to=["Griffie"],
        mandate="Mandaat", concerns={**found["relation-correction"]["concerns"]},
        signatories=[{"name": "Naam", "role": "rol"}, {"name": "Ander", "role": "rol", "council": "Raad"}],
        adopted_on="2026-05-12", your_reference="W1",
    )  # fmt: skip
    letter["request"] = {**letter["request"], "short_notice": "Kort"}
    return letter


def texts_of(value: Any, path: str = "") -> list[str]:
    """The path of every text: councils.0.name, recommendations.0.text, …"""
    if isinstance(value, dict):
        return [one for key, inner in value.items() if key not in FIXED for one in texts_of(inner, f"{path}.{key}")]
    if isinstance(value, list):
        return [one for at, inner in enumerate(value) for one in texts_of(inner, f"{path}.{at}")]
    return [path.lstrip(".")] if isinstance(value, str) else []


def marked(value: Any, path: str, number: int) -> Any:
    """The same letter with the hostile text, and a number to find it by, in one place."""
    key, _, rest = path.partition(".")
    at: Any = int(key) if isinstance(value, list) else key
    changed = list(value) if isinstance(value, list) else dict(value)
    changed[at] = marked(value[at], rest, number) if rest else f"Q{number}Q{HOSTILE}"
    return changed


# Of a joint letter the first council alone is reached; the name of an authority stands in its address; of the request
# its date and reference: here the reference of the letter itself goes before it.
NOT_ON_PAPER = {
    "councils.0.tagline", "councils.1.contact.0", "councils.1.return_address.0", "councils.1.return_address.1",
    "councils.1.place", "councils.1.person.0", "authority.name", "request.reference", "request.subject",
}  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffe-]+", "", text)


def not_printed(letter: dict[str, Any]) -> set[str]:
    paths = texts_of(letter)
    for number, path in enumerate(paths):
        letter = marked(letter, path, number)
    whole = squeezed(printing.text(print_letter(letter, images=IMAGES)))
    assert "root:" not in whole
    return {path for number, path in enumerate(paths) if squeezed(f"Q{number}Q{HOSTILE}") not in whole}


def test_every_text_of_a_letter_is_printed_as_it_was_typed():
    assert len(texts_of(everything())) == 64
    assert not_printed(everything()) == NOT_ON_PAPER


def test_the_measure_tells_when_a_text_is_let_through(monkeypatch):
    real = letter_print.letter_context
    monkeypatch.setattr(letter_print, "letter_context", lambda letter: trusting(real(letter)))
    assert not_printed(everything()) == NOT_ON_PAPER | {"subject"}


def trusting(context: dict[str, Any]) -> dict[str, Any]:
    return {**context, "subject": mark_safe(context["subject"])}


def test_hostile_names_stay_words_in_what_a_screen_reader_hears():
    letter = variants()["signed"]
    letter["councils"] = [{**letter["councils"][0], "name": f'"{HOSTILE}', "logo": name(LOGOS[0])}]
    letter["signatories"] = [{**letter["signatories"][0], "name": f'"{HOSTILE}'}]
    heard = printing.alternatives(print_letter(letter, images=IMAGES))
    assert heard[:2] == [f'Logo "{HOSTILE}', f'Handtekening van "{HOSTILE}']


def test_a_hostile_section_keeps_its_words_and_loses_the_rest():
    letter = variants()["minority"]
    letter["sections"] = [
        {"heading": "Kop", "html": "<p onclick=x>Woorden<script>kwaad()</script><img src=file:///etc/passwd></p>"}
    ]
    whole = printing.text(print_letter(letter, images=IMAGES))
    assert "Woorden" in whole and "kwaad" not in whole
    assert "/Figure" not in printing.kinds(print_letter({**letter, "short_url": ""}, images=IMAGES))
