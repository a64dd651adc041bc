"""`script/manage letter` and `verify_letters`."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from advice import letter_print
from advice.actions.history import import_advice
from advice.actions.issuing import issue
from advice.models import LetterPdf
from advice.tasks import render_copy
from portal.documents import read
from tests import factories
from tests.advice.letters import adopted_advice
from tests.verapdf import broken_rules

CASES = Path(__file__).parents[1] / "data" / "advices"


@pytest.fixture
def letter(council, authority, saskia):
    advice = adopted_advice(council, authority, saskia.person)
    return issue(advice, by=saskia.person, dated_on=date(2026, 9, 2))


@pytest.fixture
def quick_print(monkeypatch):
    monkeypatch.setattr(
        letter_print, "print_letter", lambda one, **_more: b"%PDF-1.7 " + one["authority"]["name"].encode()
    )


def written(tmp_path: Path, *arguments: str) -> bytes:
    call_command("letter", *arguments, "--output", str(tmp_path / "brief.pdf"))
    return (tmp_path / "brief.pdf").read_bytes()


def test_the_letter_is_made_at_once_and_kept(letter, tmp_path, quick_print):
    assert not LetterPdf.objects.exists()
    assert written(tmp_path, "2026-01") == b"%PDF-1.7 Gemeente Testdorp"
    assert read(letter.copies.get().pdf.document) == b"%PDF-1.7 Gemeente Testdorp"
    assert written(tmp_path, "2026-01", "--council", "adviesraad-testdorp") == b"%PDF-1.7 Gemeente Testdorp"
    assert LetterPdf.objects.count() == 1


def test_the_original_is_the_letter(tmp_path, db):
    (tmp_path / "brief-2019.pdf").write_bytes(b"%PDF-1.4 het origineel")
    content = json.loads((CASES / "counter-response.json").read_text(encoding="utf-8"))
    import_advice({**content, "original": "brief-2019.pdf"}, folder=tmp_path, create_missing=True)
    assert written(tmp_path, "ASD 2026-14") == b"%PDF-1.4 het origineel"
    assert not LetterPdf.objects.exists()


def test_an_unknown_reference_is_one_clear_sentence(letter, tmp_path):
    for arguments in (["2026-99"], ["2026-01", "--council", "Adviesraad Elders"], ["2026-01", "--authority", "Elders"]):
        with pytest.raises(CommandError, match=arguments[0]):
            written(tmp_path, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_the_same_reference_in_two_councils_asks_which(letter, authority, saskia, tmp_path, quick_print):
    other = factories.CouncilFactory(name="Cliëntenraad Testdorp", slug="clientenraad")
    issue(adopted_advice(other, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))
    with pytest.raises(CommandError, match="Adviesraad Testdorp, Cliëntenraad Testdorp"):
        written(tmp_path, "2026-01")
    assert written(tmp_path, "2026-01", "--council", "Cliëntenraad Testdorp").startswith(b"%PDF")


def test_a_letter_to_two_authorities_asks_which(council, authority, saskia, tmp_path, quick_print):
    advice = adopted_advice(council, authority, saskia.person)
    advice.authorities.add(factories.AuthorityFactory(name="Gemeente Anderdorp", slug="anderdorp"))
    issue(advice, by=saskia.person, dated_on=date(2026, 9, 2))
    with pytest.raises(CommandError, match="Gemeente Anderdorp, Gemeente Testdorp"):
        written(tmp_path, "2026-01")
    assert written(tmp_path, "2026-01", "--authority", "anderdorp") == b"%PDF-1.7 Gemeente Anderdorp"


@pytest.mark.verapdf
def test_every_case_gives_a_letter_that_lasts(tmp_path, db):
    for path in sorted(CASES.glob("*.json")):
        call_command("import_advices", str(path), "--create-missing", stdout=io.StringIO())
    letters = []
    for reference in ("ASD 2026-11", "ASD 2026-14", "CRA 2026-08"):
        letters.append(tmp_path / f"{reference}.pdf")
        call_command("letter", reference, "--output", str(letters[-1]))
    assert broken_rules(*letters) == {}


# --- verify_letters ---------------------------------------------------------


def verified() -> str:
    out = io.StringIO()
    call_command("verify_letters", stdout=out, stderr=out)
    return out.getvalue()


def test_letters_are_what_was_recorded(letter, quick_print):
    render_copy(letter.copies.get().pk)
    assert verified() == "2 teksten en 1 bestanden vergeleken.\n"


def test_a_file_that_was_changed_is_found(letter, quick_print):
    render_copy(letter.copies.get().pk)
    document = letter.copies.get().pdf.document
    storage = storages["documents"]
    storage.delete(document.path)
    storage.save(document.path, ContentFile(b"%PDF-1.7 vervalst"))
    with pytest.raises(CommandError):
        verified()
    storage.delete(document.path)
    with pytest.raises(CommandError):
        verified()
