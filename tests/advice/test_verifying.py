"""One changed byte, in a frozen text or a kept file of whatever kind, is found by the next run of verify_letters."""

import io
import json
import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from advice.actions.issuing import issue
from advice.frozen import digest
from advice.models import (
    AdoptedText,
    EditorialText,
    LadderLetter,
    LadderPdf,
    LargePrint,
    Letter,
    LetterPdf,
    Response,
    ResponseLetter,
    ResponsePdf,
    Version,
)
from councils.states import AnswerForm
from portal.documents import keep
from tests.advice.letters import adopted_advice
from tests.database import owner_connection

TEXTS = [Letter, ResponseLetter, LadderLetter, AdoptedText, EditorialText, Version]
FILES = [LetterPdf, LargePrint, ResponsePdf, LadderPdf]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on_disk(settings, tmp_path):
    documents = {"BACKEND": "portal.storage.DocumentStorage", "OPTIONS": {"location": str(tmp_path / "documents")}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    return tmp_path / "documents"


@pytest.fixture
def kept(on_disk, council, authority, saskia, monkeypatch) -> SimpleNamespace:
    """One of everything, each with the right hash and a file of its own."""
    monkeypatch.setattr("advice.actions.issuing.ask_to_render", lambda copy_id: None)
    letter = issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))
    copy, adopted, both = letter.copies.get(), AdoptedText.objects.get(), {"council": council, "authority": authority}

    def file(name: str):
        return keep(f"%PDF-1.7 {name}".encode(), f"{name}.pdf", "application/pdf", by=None)

    answer_text, ladder_text, edited = (
        {"subject": "Ons antwoord"},
        {"subject": "Herinnering"},
        {"subject": "Eindversie"},
    )
    response = Response.objects.create(copy=copy, original=file("ontvangen"), **both)
    answer = ResponseLetter.objects.create(
        response=response, form=AnswerForm.LETTER, text=answer_text, sha256=digest(answer_text), **both
    )
    ladder = LadderLetter.objects.create(
        copy=copy, kind="reminder", dated_on=date(2026, 12, 1), text=ladder_text, sha256=digest(ladder_text),
        sent_by=saskia.person, **both,
    )  # fmt: skip
    EditorialText.objects.create(
        advice=letter.advice, council=council, adopted_text=adopted, text=edited, sha256=digest(edited),
        reason="Spelling", made_by=saskia.person,
    )  # fmt: skip
    if not Version.objects.exists():
        Version.objects.create(
            advice=letter.advice, council=council, number=1, text=edited, sha256=digest(edited), made_by=saskia.person
        )
    made = {"renderer": "test", "council": council}
    LetterPdf.objects.create(copy=copy, document=file("brief"), **made)
    LargePrint.objects.create(copy=copy, document=file("groot"), **made)
    ResponsePdf.objects.create(letter=answer, document=file("antwoord"), authority=authority, **made)
    LadderPdf.objects.create(letter=ladder, document=file("herinnering"), **made)
    return SimpleNamespace(letter=letter, response=response, folder=on_disk)


def verified() -> str:
    out = io.StringIO()
    try:
        call_command("verify_letters", stdout=out, stderr=out)
    except CommandError as problem:
        return f"{out.getvalue()}{problem}"
    return out.getvalue()


def test_what_was_kept_is_what_was_recorded(kept):
    assert verified() == "6 teksten en 5 bestanden vergeleken.\n"


def rewrite(table: str, pk: int, text: object) -> None:
    """What a database administrator could do, around the trigger."""
    with owner_connection() as owner, owner.transaction():
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(f"UPDATE {table} SET text = %s WHERE id = %s", [json.dumps(text), pk])
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for (name,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        ).fetchall():
            owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def test_one_changed_letter_of_a_text_is_found(kept):
    found = []
    for model in TEXTS:
        row = model.objects.get()
        changed = {**row.text, "subject": row.text["subject"][:-1] + "#"}
        rewrite(model._meta.db_table, row.pk, changed)
        told = verified()
        rewrite(model._meta.db_table, row.pk, row.text)
        found.append((model.__name__, told.count(": niet"), told.splitlines()[-1]))
    expected = "1 is niet meer wat er was vastgelegd."
    assert found == [(model.__name__, 1, expected) for model in TEXTS]
    assert verified() == "6 teksten en 5 bestanden vergeleken.\n", "and put back it is right again"


def flip(path: Path) -> bytes:
    before = path.read_bytes()
    os.chmod(path, 0o640)
    path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    return before


def test_one_flipped_bit_of_a_file_on_disk_is_found(kept):
    documents = {model.__name__: model.objects.get().document for model in FILES}
    documents["the answer as it came"] = kept.response.original
    for name, document in documents.items():
        path = kept.folder / document.path
        before = flip(path)
        told = verified()
        assert told.splitlines()[-1] == "1 is niet meer wat er was vastgelegd.", name
        assert kept.letter.reference in told and document.name in told, name
        path.write_bytes(before)
    assert verified() == "6 teksten en 5 bestanden vergeleken.\n"


def test_a_file_that_is_gone_is_found(kept):
    document = LargePrint.objects.get().document
    (kept.folder / document.path).unlink()
    assert document.path in verified()
