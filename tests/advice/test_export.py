"""`export_council` and `import_advices DIR`: what a council takes along comes back as it was."""

import errno
import hashlib
import io
import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from advice import demo, exporting, letter_print
from advice.actions.answering import AnswerGiven, give_response, register_response
from advice.actions.history import import_advice
from advice.actions.issuing import issue
from advice.actions.joint import register_jointly
from advice.actions.publishing import publish
from advice.frozen import digest
from advice.interchange import check
from advice.models import (
    Attachment,
    GlossaryTerm,
    LargePrint,
    Letter,
    LetterCopy,
    LetterPdf,
    MinorityView,
    Question,
    Response,
    Signatory,
    Source,
)
from advice.states import ResponseState
from advice.tasks import render_copy
from councils.models import Authority, Council
from portal.documents import keep_upload, read
from portal.models import Message
from tests import factories
from tests.access.world import AUTHORITY_CANARY, COUNCIL_CANARY, build
from tests.advice.letters import adopt, adopted_advice
from tests.advice.test_history import CASES, content_of, upload

Files = dict[str, bytes]


def export(council: str, folder: Path) -> str:
    out = io.StringIO()
    call_command("export_council", council, "--output", str(folder), stdout=out)
    return out.getvalue()


def bring_in(*paths: Path) -> str:
    out = io.StringIO()
    call_command("import_advices", *map(str, paths), "--create-missing", stdout=out, stderr=out)
    return out.getvalue()


def files_in(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def same_files(first: Files, second: Files) -> None:
    assert list(first) == list(second)
    differing = [name for name in first if first[name] != second[name]]
    for name in differing:
        if name.endswith(".json"):
            assert json.loads(second[name]) == json.loads(first[name])
    assert differing == []


@pytest.fixture
def quick_print(monkeypatch):
    monkeypatch.setattr(
        letter_print, "print_letter", lambda one, **_more: b"%PDF-1.7 " + one["authority"]["name"].encode()
    )


@pytest.fixture
def letter(council, authority, saskia):
    return issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))


# --- there and back ---------------------------------------------------------


def everything_that_a_letter_has(council, authority, by) -> Letter:
    """Two authorities, two councils, and every part of a letter."""
    other = factories.AuthorityFactory(name="Gemeente Anderdorp", slug="anderdorp")
    factories.ServedBodyFactory(council=council, authority=other)
    second = factories.CouncilFactory(name="Cliëntenraad Testdorp", slug="clientenraad")
    council_request = factories.CouncilRequestFactory(
        council=council, accepted=True,
        request__authority=authority, request__submitted=True, request__subject="Vervoer", request__reference="Z-1",
        request__original=keep_upload(upload("vraag.pdf", b"%PDF-1.4 de vraag"), by=by, council_id=council.pk),
        request__questions=["Wat vindt u?"],
    )  # fmt: skip
    advice = factories.AdviceFactory(
        council=council, authorities=[authority, other], subject="Vervoer naar één dagbesteding", kind="solicited",
        tenor="positive_with_remarks", plain_summary="Houd het busje.\n\nOok in 2027.", salutation="Geacht college,",
        attention_of="de wethouder Zorg", laws=["wmo"], consulted=["Wijktafel, mei 2026"], copy_to=["Cliëntenbelang"],
        request=council_request,
    )  # fmt: skip
    advice.joint_with.add(second)
    own = {"advice": advice, "council": council}
    GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld waarmee u zelf hulp inkoopt.")
    factories.SectionFactory(
        advice=advice, position=1, heading="Aanleiding",
        text="<p>Het <strong>pgb</strong> stopt.</p><h3>Wie het raakt</h3><ul><li>ouderen</li><li>buren</li></ul>"
        "<ol><li>eerst</li><li>dan</li></ol><blockquote><p>Ik mis het busje.</p></blockquote>",
    )  # fmt: skip
    factories.SectionFactory(advice=advice, position=2, heading="Twee lijsten", text="<p>- een</p><p>- twee</p>")
    first = factories.RecommendationFactory(
        advice=advice, number=1, text="Houd het busje.", reason="Het werkt.\n\nEcht."
    )
    Source.objects.create(
        recommendation=first, council=council, kind="link", title="Monitor", place="p. 4", url="https://cbs.example/1"
    )
    first.rests_on.add(factories.ActivityFactory(council=council, group="mantelzorgers", count=11))
    factories.RecommendationFactory(advice=advice, number=2, text="Bel terug.", refers_to="Verordening, artikel 3")
    Question.objects.create(number=1, text="Wat kost het?", **own)
    MinorityView.objects.create(by="J. de Boer", text="Wij twijfelen.\n\nHet is duur.", **own)
    Signatory.objects.create(position=1, name="C. Bakker", role="voorzitter", **own)
    Attachment.objects.create(position=1, title="Wat wij hoorden", text="Tien gesprekken.", **own)
    report = keep_upload(upload("rapport.pdf", b"%PDF-1.4 rapport"), by=by, council_id=council.pk)
    Attachment.objects.create(position=2, title="Rapport", document=report, **own)
    adopt(advice, by)
    register_jointly(
        advice, second, decided_on=date(2026, 9, 1), signatories=[{"name": "D. Vos", "role": "voorzitter"}],
        proof="Hun mail", by=by,
    )  # fmt: skip
    return issue(advice, by=by, dated_on=date(2026, 9, 2), looked_at=True)


def answered(letter: Letter, saskia, victor) -> None:
    """One authority by the portal with a letter of its own, the other on paper."""
    paper, given = letter.copies.order_by("pk")
    register_response(
        paper, answers=[AnswerGiven(1, "partly", "Om het geld."), AnswerGiven(2, "rejected", "")],
        dated_on=date(2026, 10, 1), original=upload("antwoord.pdf", b"%PDF-1.4 antwoord"), reference="U-1",
        by=saskia.person,
    )  # fmt: skip
    answers = [
        AnswerGiven(1, "adopted", "", commitment="Een nieuw contract", owner="Wethouder Zorg", due_on=date(2027, 3, 1)),
        AnswerGiven(2, "later", "", decide_by=date(2027, 1, 15)),
    ]
    give_response(
        given, answers=answers, dated_on=date(2026, 10, 5), decided_on=date(2026, 10, 4), text="Dank u.\n\nTot ziens.",
        offered_on=date(2026, 10, 4), by=victor.person,
    )  # fmt: skip


def test_a_council_comes_back_as_it_was(db, request, tmp_path):
    with transaction.atomic():  # a portal of its own, gone at the end
        council, authority, saskia, victor = map(request.getfixturevalue, ["council", "authority", "saskia", "victor"])
        letter = everything_that_a_letter_has(council, authority, saskia.person)
        other = Authority.objects.get(slug="anderdorp")
        factories.AppointmentFactory(person=victor.person, authority=other)
        answered(letter, saskia, victor)
        publish(letter, by=saskia.person, looked_at=True)
        issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 3))
        original = tmp_path / "oud.pdf"
        original.write_bytes(b"%PDF-1.4 oud")
        old = {
            **content_of("counter-response"), "councils": [council.name], "authorities": [authority.name, other.name],
            "original": "oud.pdf",
        }  # fmt: skip
        import_advice(old, folder=tmp_path)
        import_advice({**old, "reference": "ASD-2026-14", "original": "oud.pdf"}, folder=tmp_path)
        without = {key: value for key, value in old.items() if key != "original"}
        import_advice({**without, "reference": "ASD 2026-12", "authorities": [authority.name]})
        said = export(council.slug, tmp_path / "eerst")
        text, concerned = dict(letter.text), letter.copies.order_by("pk").last().addressee
        transaction.set_rollback(True)
    first = files_in(tmp_path / "eerst")
    assert list(first) == [
        "2026-01--testdorp.pdf", "2026-01.antwoord--anderdorp.pdf", "2026-01.antwoord--testdorp.pdf",
        "2026-01.bijlage-2.pdf", "2026-01.json", "2026-01.pdf", "2026-01.verzoek.pdf", "2026-02.json", "2026-02.pdf",
        "SHA256SUMS", "asd-2026-12.json", "asd-2026-12.pdf", "asd-2026-14--anderdorp.pdf",
        "asd-2026-14-2--anderdorp.pdf", "asd-2026-14-2.json", "asd-2026-14-2.pdf", "asd-2026-14.json",
        "asd-2026-14.pdf",
    ]  # fmt: skip
    assert "2026-01.antwoord--anderdorp.pdf\n" in said and said.endswith("5 brieven, 17 bestanden.\n")
    sums_are_right(first)
    main = json.loads(first["2026-01.json"])
    check(main)
    assert main["original"] == "2026-01.pdf" and main["request"]["original"] == "2026-01.verzoek.pdf"
    assert [one["original"] for one in main["responses"]] == [
        "2026-01.antwoord--anderdorp.pdf", "2026-01.antwoord--testdorp.pdf",
    ]  # fmt: skip

    assert not Letter.objects.exists() and not Authority.objects.exists() and not Council.objects.exists()
    said = bring_in(tmp_path / "eerst")
    assert said.count(": ingelezen: ") == 5, said
    back = Letter.objects.get(slug="2026-01")
    assert back.text["sections"] == text["sections"] and back.text["glossary"] == text["glossary"] != []
    assert back.text["signatories"] == text["signatories"]
    assert back.copies.order_by("pk").last().addressee == concerned
    assert not LargePrint.objects.exists() and not Message.objects.exists()
    call_command("render_letters", "--apply", stdout=io.StringIO())
    export(back.council.name, tmp_path / "weer")
    same_files(first, files_in(tmp_path / "weer"))
    assert bring_in(tmp_path / "eerst").count("ongewijzigd") == 5
    export(back.council.name, tmp_path / "weer")
    same_files(first, files_in(tmp_path / "weer"))
    for name in ("Gemeente Anderdorp", "testdorp"):
        call_command(
            "letter", "2026-01", "--council", back.council.name, "--authority", name, "--output", tmp_path / "x"
        )
        named = "2026-01.pdf" if name != "testdorp" else "2026-01--testdorp.pdf"
        assert (tmp_path / "x").read_bytes() == first[named]


def sums_are_right(files: Files) -> None:
    sums = files["SHA256SUMS"].decode().splitlines()
    assert sums == [
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files) if name != "SHA256SUMS"
    ]


def test_the_example_council_comes_back_as_it_was(db, tmp_path):
    with transaction.atomic():
        demo.build()
        for council in Council.objects.order_by("slug"):
            export(council.slug, tmp_path / "eerst" / council.slug)
        transaction.set_rollback(True)
    assert not Council.objects.exists()
    folders = sorted((tmp_path / "eerst").iterdir())
    assert sum(len(list(folder.glob("*.json"))) for folder in folders) >= 8
    said = bring_in(*folders)
    assert "faalt" not in said
    for folder in folders:
        if list(folder.glob("*.json")):
            name = json.loads(next(iter(sorted(folder.glob("*.json")))).read_bytes())["councils"][0]
            export(name, tmp_path / "weer" / folder.name)
            same_files(files_in(folder), files_in(tmp_path / "weer" / folder.name))


def test_the_cases_go_out_as_they_came_in(db, quick_print, tmp_path):
    bring_in(*sorted(CASES.glob("*.json")))
    for council in Council.objects.all():
        export(council.name, tmp_path / council.slug)
    out = {path.stem: json.loads(path.read_bytes()) for path in tmp_path.glob("*/*.json")}
    for content in map(content_of, ["article-by-article-with-minority", "counter-response", "short-with-questions"]):
        found = out.pop(content["reference"].lower().replace(" ", "-"))
        assert {"tenor": "none", "language": "nl", **content} == {"language": "nl", **found}
    assert out == {}  # the draft stays at home


def test_a_letter_takes_back_the_same_one_again(council, authority, saskia, db, request, tmp_path):
    """What the schema cannot hold: which letter a withdrawal takes back. It stands inside our own PDF."""
    with transaction.atomic():
        wrong = issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=date(2026, 9, 2))
        withdrawn_by(wrong)
        export(council.slug, tmp_path / "map")
        transaction.set_rollback(True)
    bring_in(tmp_path / "map")
    wrong = Letter.objects.get(reference="2026-01")
    later = Letter.objects.get(reference="2026-00")
    assert (later.concerns, later.relation) == (wrong, "withdrawal")
    assert later.text["concerns"]["reference"] == "2026-01"


def withdrawn_by(wrong: Letter) -> Letter:
    """A later letter whose number sorts before that of the letter that it takes back."""
    advice = factories.AdviceFactory(council=wrong.council, authorities=[], state="issued", subject="Ingetrokken")
    concerns = {"relation": "withdrawal", "reference": wrong.reference, "date": "2026-09-02"}
    text = {**wrong.text, "subject": "Ingetrokken", "reference": "2026-00", "concerns": concerns}
    letter = Letter.objects.create(
        advice=advice, council=wrong.council, year=2026, serial=99, reference="2026-00", slug="2026-00", text=text,
        dated_on=wrong.dated_on, subject="Ingetrokken", sha256=digest(text), concerns=wrong, relation="withdrawal",
    )  # fmt: skip
    copy = wrong.copies.get()
    LetterCopy.objects.create(letter=letter, council=wrong.council, authority=copy.authority, addressee=copy.addressee)
    return letter


# --- the folder -------------------------------------------------------------


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


# --- the way back -----------------------------------------------------------


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
