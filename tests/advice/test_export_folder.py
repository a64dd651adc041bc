"""The folder of an export, and what is wrong with one that comes back."""

import errno
import io
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from advice import exporting
from advice.actions.issuing import issue
from advice.models import (
    Letter,
    LetterPdf,
    Response,
)
from advice.states import ResponseState
from advice.tasks import render_copy
from portal.documents import read
from tests.access.world import AUTHORITY_CANARY, COUNCIL_CANARY, build
from tests.advice.exported import bring_in, export, files_in
from tests.advice.letters import adopted_advice


@pytest.fixture
def letter(council, authority, saskia):
    return issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))


def test_the_folder_can_be_checked_with_the_usual_tool(letter, quick_print, tmp_path):
    folder = tmp_path / "map"
    export(letter.council.slug, folder)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "2026-01.pdf").write_bytes(b"anders")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1


def test_missing_pdfs_are_made_first(letter, quick_print, tmp_path):
    assert not LetterPdf.objects.exists()
    export(letter.council.name, tmp_path / "map")
    assert (tmp_path / "map" / "2026-01.pdf").read_bytes() == b"%PDF-1.7 Gemeente Testdorp"
    assert read(LetterPdf.objects.get().document) == b"%PDF-1.7 Gemeente Testdorp"


def test_nothing_private_goes_out(council, authority, saskia, fatma, victor, quick_print, tmp_path):
    build(council, authority, saskia, fatma, victor)
    export(council.slug, tmp_path / "map")
    files = files_in(tmp_path / "map")
    assert len(files) > 5
    for name, content in files.items():
        assert COUNCIL_CANARY.encode() not in content and AUTHORITY_CANARY.encode() not in content, name
        assert COUNCIL_CANARY not in name
    issued = Letter.objects.filter(council=council)
    assert {name for name in files if name.endswith(".json")} == {f"{letter.slug}.json" for letter in issued}


def test_the_canary_would_be_seen(council, authority, saskia, quick_print, tmp_path):
    advice = adopted_advice(council, authority, saskia.person, subject=COUNCIL_CANARY)
    issue(advice, by=saskia.person, dated_on=date(2026, 9, 2))
    export(council.slug, tmp_path / "map")
    assert any(COUNCIL_CANARY.encode() in content for content in files_in(tmp_path / "map").values())


def test_an_answer_that_is_not_given_does_not_go_out(letter, quick_print, tmp_path):
    copy = letter.copies.get()
    Response.objects.create(
        copy=copy, council=letter.council, authority=copy.authority, text="Nog niet", draft={"text": "Nog niet"}
    )
    export(letter.council.slug, tmp_path / "map")
    assert b"Nog niet" not in b"".join(files_in(tmp_path / "map").values())
    Response.objects.update(state=ResponseState.FINAL, dated_on=date(2026, 9, 9), given_at=timezone.now())
    export(letter.council.slug, tmp_path / "map")
    assert b"Nog niet" in files_in(tmp_path / "map")["2026-01.json"]


def test_an_unknown_council_is_one_sentence(letter, tmp_path):
    with pytest.raises(CommandError, match="Deze adviesraad is er niet: Elders"):
        export("Elders", tmp_path / "map")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_stays(letter, quick_print, tmp_path):
    (tmp_path / "eigen.txt").write_text("van mij")
    with pytest.raises(CommandError, match="niet leeg"):
        export(letter.council.slug, tmp_path)
    assert files_in(tmp_path) == {"eigen.txt": b"van mij"}
    folder = tmp_path / "map"
    folder.mkdir()
    export(letter.council.slug, folder)  # an empty one is fine
    (folder / "eigen.txt").write_text("van mij")  # an export that somebody put something in
    with pytest.raises(CommandError, match="niet leeg"):
        export(letter.council.slug, folder)
    assert (folder / "eigen.txt").read_text() == "van mij"


def test_a_full_disk_leaves_nothing_and_the_earlier_export_stays(letter, quick_print, tmp_path, monkeypatch):
    folder = tmp_path / "map"
    export(letter.council.slug, folder)
    before = files_in(folder)
    write, seen = exporting.write, []

    def full(path, content):
        seen.append(path.name)
        if len(seen) == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(exporting, "write", full)
    for target in (folder, tmp_path / "nieuw"):
        seen.clear()
        with pytest.raises(CommandError, match="No space left on device"):
            export(letter.council.slug, target)
    assert files_in(folder) == before and [path.name for path in tmp_path.iterdir()] == ["map"]


def test_a_file_that_is_not_in_the_archive_is_named(letter, quick_print, tmp_path):
    render_copy(letter.copies.get().pk)
    document = LetterPdf.objects.get().document
    storage = storages["documents"]
    storage.delete(document.path)
    with pytest.raises(CommandError, match=r"Brief 2026-01: het bestand ‘2026-01\.pdf’ is er niet"):
        export(letter.council.slug, tmp_path / "map")
    storage.save(document.path, ContentFile(b"%PDF-1.7 vervalst"))
    with pytest.raises(CommandError, match="is niet wat is vastgelegd"):
        export(letter.council.slug, tmp_path / "map")
    storage.delete(document.path)  # other tests have the same bytes
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def folder(db, request, quick_print, tmp_path):
    """An export of two letters of a portal that is no more."""
    with transaction.atomic():
        council, authority, saskia = map(request.getfixturevalue, ["council", "authority", "saskia"])
        for day in (2, 3):
            issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, day))
        export(council.slug, tmp_path / "map")
        transaction.set_rollback(True)
    return tmp_path / "map"


def faults(folder: Path) -> str:
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_advices", str(folder), "--create-missing", stdout=io.StringIO(), stderr=err)
    return err.getvalue()


def test_a_changed_file_is_a_fault_of_that_letter_only(folder):
    (folder / "2026-02.pdf").write_bytes(b"%PDF-1.7 anders")
    assert faults(folder) == f"{folder}/2026-02.json: 2026-02.pdf: Dit bestand is niet wat SHA256SUMS zegt.\n"
    assert [letter.reference for letter in Letter.objects.all()] == ["2026-01"]


def test_a_file_that_is_gone_or_new_is_a_fault(folder):
    (folder / "2026-01.pdf").unlink()
    (folder / "2026-02--elders.pdf").write_bytes(b"%PDF-1.7 erbij")
    said = faults(folder)
    assert "2026-01.json: 2026-01.pdf: Dit bestand is er niet." in said
    assert "2026-02.json: 2026-02--elders.pdf: SHA256SUMS kent dit bestand niet." in said
    assert not Letter.objects.exists()


def test_a_letter_that_is_gone_with_all_its_files_is_a_fault(folder):
    (folder / "2026-01.json").unlink()
    (folder / "2026-01.pdf").unlink()
    assert "2026-01.json: Dit bestand is er niet." in faults(folder)
    assert [letter.reference for letter in Letter.objects.all()] == ["2026-02"]


def test_without_sums_the_folder_is_taken_as_it_is(folder):
    (folder / "SHA256SUMS").unlink()
    (folder / "2026-02.pdf").write_bytes(b"%PDF-1.7 anders")
    bring_in(folder)
    assert read(Letter.objects.get(reference="2026-02").original) == b"%PDF-1.7 anders"


def test_a_folder_without_letters_says_so(db, tmp_path):
    assert "hier zijn geen brieven" in faults(tmp_path)


def test_the_portal_that_it_came_from_changes_nothing(letter, quick_print, tmp_path):
    export(letter.council.slug, tmp_path / "map")
    assert "ongewijzigd: 2026-01" in bring_in(tmp_path / "map")
    assert Letter.objects.count() == 1 and not Letter.objects.get().imported


def test_what_is_brought_along_is_shown_as_the_letter(folder, client, sign_in):
    bring_in(folder)
    letter = Letter.objects.get(reference="2026-01")
    assert letter.imported and read(letter.original) == (folder / "2026-01.pdf").read_bytes()
    assert not LetterPdf.objects.exists()
