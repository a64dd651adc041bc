"""Word files of others: what is read, what is announced, and what is refused before it can do harm."""

import io
import subprocess
import sys
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from portal.access import Refused
from portal.word import package, upload
from tests.advice import word_files
from tests.advice.word_files import added, put, repacked, run, saved, struck, worked_on


def read(content: bytes, name: str = "tekst.docx") -> dict:
    return upload.read_upload(SimpleUploadedFile(name, content))


def refused(content: bytes, name: str = "tekst.docx") -> str:
    with pytest.raises(Refused) as told:
        read(content, name)
    return str(told.value)


def html(content: bytes, text: str = "new") -> str:
    return "|".join(f"{part['heading']}:{part['html']}" for part in read(content)[text]["parts"])


# --- reading ---


def test_a_file_that_members_worked_on():
    found = read(worked_on())
    parts = found["new"]["parts"]
    assert found["new"]["title"] == "Advies over vervoer"
    assert [part["heading"] for part in parts] == ["Aanleiding", "Wat het kost", "Aanbevelingen"]
    assert parts[0]["html"] == (
        "<p>Het busje is onmisbaar voor bewoners.</p><p>Zij komen nergens meer<strong>.</strong></p>"
        "<p>Dit stond er al. Dit is nieuw.</p><ul><li>eerst<ul><li>daaronder</li></ul></li></ul>"
    )
    assert parts[1]["html"] == "<ul><li>Jaar: 2026; Kosten: € 100</li><li>Jaar: 2027; Kosten: € 200</li></ul>"
    assert found["new"]["seen"] == {
        "tables": 1, "pictures": 1, "notes": 0, "struck": 0, "nested": True, "bold_headings": False,
    }  # fmt: skip


def test_changes_and_comments_are_told_with_who_and_where():
    found = read(worked_on())
    assert found["changes"] == [
        {"kind": "removed", "who": "Fatma Yılmaz", "text": "duur"},
        {"kind": "added", "who": "Victor Visser", "text": "onmisbaar"},
        {"kind": "added", "who": "Victor Visser", "text": "Dit is nieuw."},
    ]
    assert found["comments"] == [
        {"who": "Olga Smit", "text": "Is dit zo?", "at": "nergens meer"},
        {"who": "Chris Bakker", "text": "Mooi zo.", "at": "Laat het busje rijden."},
    ]


def test_the_text_as_it_was_before_the_changes():
    was = read(worked_on())["old"]["parts"][0]["html"]
    assert was.startswith("<p>Het busje is duur voor bewoners.</p>") and "nieuw" not in was


def test_a_paragraph_that_was_joined_or_parted_comes_out_right_both_ways():
    document = Document()
    mark = '<w:rPr><w:{0} w:id="3" w:author="Fatma"/></w:rPr>'
    put(document, run("Eerst. "), mark.format("del"))
    put(document, run("Daarna."))
    put(document, run("Begin"), mark.format("ins"))
    put(document, run("Vervolg"))
    put(document, added("Helemaal nieuw."), mark.format("ins"))
    put(document, struck("Helemaal weg."), mark.format("del"))
    put(document, run("Slot."))
    content = saved(document)
    assert html(content) == (
        "Inleiding:<p>Eerst. Daarna.</p><p>Begin</p><p>Vervolg</p><p>Helemaal nieuw.</p><p>Slot.</p>"
    )
    assert html(content, "old") == (
        "Inleiding:<p>Eerst. </p><p>Daarna.</p><p>BeginVervolg</p><p>Helemaal weg.</p><p>Slot.</p>"
    )


def test_one_change_over_several_runs_and_paragraphs_is_one():
    document = Document()
    mark = '<w:rPr><w:ins w:id="3" w:author="Victor Visser"/></w:rPr>'
    put(document, added("Een zin ") + added("die doorgaat."), mark)
    put(document, added("En nog een.") + run(" Oud.") + added(" Weer nieuw."))
    assert [change["text"] for change in read(saved(document))["changes"]] == [
        "Een zin die doorgaat. En nog een.", "Weer nieuw.",
    ]  # fmt: skip


def test_links_stay_and_hidden_text_goes():
    document = Document()
    put(document, run("Zichtbaar.") + run("Geheim", looks="<w:vanish/>") + run("Ook weg", looks="<w:vanish/>"))
    found = read(saved(document))
    assert found["new"]["parts"][0]["html"] == "<p>Zichtbaar.</p>" and found["hidden"] == 2
    from portal.word.runs import add_runs

    document = Document()
    add_runs(document.add_paragraph(), 'Zie <a href="https://voorbeeld.test/nota">de <strong>nota</strong></a>.')
    assert html(saved(document)) == (
        'Inleiding:<p>Zie <a href="https://voorbeeld.test/nota">de <strong>nota</strong></a>.</p>'
    )


def test_without_heading_styles_heavy_lines_are_headings():
    document = Document()
    document.add_paragraph().add_run("Aanleiding").bold = True
    document.add_paragraph("Tekst.")
    found = read(saved(document))
    assert found["new"]["parts"] == [{"heading": "Aanleiding", "html": "<p>Tekst.</p>"}]
    assert found["new"]["seen"]["bold_headings"] is True


def test_a_style_that_is_based_on_a_heading_is_one():
    document = Document()
    own = word_files.styled(document, "Kopje's van de raad")
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Aanleiding", style="Kopje's van de raad")
    document.add_paragraph("Tekst.")
    assert html(saved(document)) == "Aanleiding:<p>Tekst.</p>"


def test_a_table_that_places_blocks_beside_each_other_becomes_those_blocks():
    document = Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "Eerste alinea."
    cell.add_paragraph("Tweede alinea.")
    assert html(saved(document)) == "Inleiding:<p>Eerste alinea.</p><p>Tweede alinea.</p>"


def test_footnotes_come_at_the_end_of_their_part():
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = Document()
    document.add_heading("Aanleiding", 1)
    put(document, run("Zie de wet") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document.add_heading("Slot", 1)

    def with_note(members):
        members["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="2"><w:p>{run("Artikel 2.1.3 Wmo.")}</w:p></w:footnote>'
            "</w:footnotes>"
        ).encode()

    found = read(repacked(saved(document), with_note))
    assert found["new"]["parts"][0]["html"] == (
        "<p>Zie de wet<sup><span>[1]</span></sup></p><p>[1] Artikel 2.1.3 Wmo.</p>"
    )
    assert found["new"]["seen"]["notes"] == 1


# --- refusing ---

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
A_DOCX = word_files.plain("Tekst.")


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def with_macros(members: dict[str, bytes]) -> None:
    members["word/vbaProject.bin"] = b"macro"


def macro_type(members: dict[str, bytes]) -> None:
    name = "[Content_Types].xml"
    members[name] = members[name].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )


def laughing(members: dict[str, bytes]) -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = members["word/document.xml"].decode().partition("?>")[2].replace("Tekst.", "&l9;")
    members["word/document.xml"] = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{lines}]>{text}'.encode()


def reading_files(members: dict[str, bytes]) -> None:
    text = members["word/document.xml"].decode().partition("?>")[2].replace("Tekst.", "&f;")
    members["word/document.xml"] = (
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>{text}'
    ).encode("utf-16")


def bomb(members: dict[str, bytes]) -> None:
    members["word/media/image1.png"] = bytes(150_000_000)


def big_xml(members: dict[str, bytes]) -> None:
    members["word/document.xml"] = b"<a>" + b"".join(b"<b c='%d'/>" % n for n in range(3_000_000)) + b"</a>"


def many(members: dict[str, bytes]) -> None:
    members.update({f"word/extra{number}.xml": b"<a/>" for number in range(4_000)})


def deep(members: dict[str, bytes]) -> None:
    text = members["word/document.xml"].decode()
    nested = "<w:sdt><w:sdtContent>" * 30_000 + "</w:sdtContent></w:sdt>" * 30_000
    members["word/document.xml"] = text.replace("<w:body>", f"<w:body>{nested}").encode()


HOSTILE = {
    "empty": (b"", "leeg.docx", "Dit bestand is leeg."),
    "an old file": (OLD, "oud.doc", "Sla het in Word op als .docx"),
    "an old file with a new name": (OLD, "oud.docx", "Sla het in Word op als .docx"),
    "with a password": (OLD + upload.WITH_A_PASSWORD, "geheim.docx", "heeft een wachtwoord"),
    "a zip with another name": (zipped(hoi=b"hoi"), "brief.docx", "Dit is geen Word-bestand."),
    "a picture": (word_files.PNG, "foto.docx", "Dit is geen Word-bestand."),
    "a pdf": (b"%PDF-1.7", "brief.pdf", "Dit is geen Word-bestand."),
    "half a file": (A_DOCX[: len(A_DOCX) // 2], "half.docx", "Wij kunnen dit bestand niet lezen."),
    "a macro file": (A_DOCX, "brief.docm", "Dit bestand heeft macro’s"),
    "macros inside": (repacked(A_DOCX, with_macros), "brief.docx", "Dit bestand heeft macro’s"),
    "macros by its type": (repacked(A_DOCX, macro_type), "brief.docx", "Dit bestand heeft macro’s"),
    "a billion laughs": (repacked(A_DOCX, laughing), "lach.docx", "Wij kunnen dit bestand niet lezen."),
    "an entity that reads a file": (repacked(A_DOCX, reading_files), "lees.docx", "Wij kunnen dit bestand niet lezen."),
    "a bomb": (repacked(A_DOCX, bomb), "bom.docx", "te groot om te lezen"),
    "xml without end": (repacked(A_DOCX, big_xml), "bom.docx", "te groot om te lezen"),
    "4,000 members": (repacked(A_DOCX, many), "veel.docx", "te groot om te lezen"),
    "30,000 deep": (repacked(A_DOCX, deep), "diep.docx", ""),
    "no text": (saved(Document()), "niets.docx", "Er staat geen tekst in dit bestand."),
    "400,000 characters": (word_files.plain("a " * 210_000), "lang.docx", "Deze tekst is te lang"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_fit_word_file_is_refused_within_two_seconds(what):
    content, name, sentence = HOSTILE[what]
    started = time.monotonic()
    told = refused(content, name)
    seconds = time.monotonic() - started
    print(f"{what}: {seconds:.2f} s")
    assert sentence in told
    assert seconds < 10, "the machine of the tests is slow; alone it takes less than 2"


def test_a_member_that_lies_about_its_size_is_cut_off():
    content = bytearray(repacked(A_DOCX, lambda m: m.update({"word/styles.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})))
    small = (100).to_bytes(4, "little")
    big = (5_000_007).to_bytes(4, "little")
    assert content.count(big) == 2  # before the member, and in the directory
    assert "Wij kunnen dit bestand niet lezen." in refused(bytes(content.replace(big, small)))


def test_the_limits_are_what_refuses(monkeypatch):
    """Control: without them the same files are unpacked."""
    content = repacked(A_DOCX, many)
    monkeypatch.setattr(package, "MOST_MEMBERS", 10_000)
    assert len(package.xml_parts(content)) > 4_000
    monkeypatch.setattr(package, "RATIO_COUNTS_FROM", 10**12)
    assert package.xml_parts(repacked(A_DOCX, bomb))
    monkeypatch.setattr(package, "refuse_dtd", lambda part: None)
    assert package.xml_parts(repacked(A_DOCX, laughing))


def test_the_child_is_bound_in_memory_and_files(tmp_path):
    asked = "from portal.word.child import bound; bound(); "
    eater = child_of(f"{asked}a = bytearray(2_000_000_000)")
    assert eater.returncode and b"MemoryError" in eater.stderr
    writer = child_of(f"{asked}open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x')")
    assert writer.returncode and b"File too large" in writer.stderr
    assert child_of("a = bytearray(2_000_000_000)").returncode == 0, "control: without its bounds it may"


def child_of(program: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)


def test_a_child_that_falls_or_hangs_gives_a_sentence(monkeypatch):
    monkeypatch.setattr(upload.sys, "executable", "/bin/false")
    assert "te groot om te lezen" in refused(A_DOCX)
    monkeypatch.undo()
    monkeypatch.setattr(upload, "SECONDS", 0.01)
    assert "duurt te lang" in refused(A_DOCX)


def test_ten_thousand_paragraphs():
    content = word_files.plain(*(f"Alinea {number} met woorden." for number in range(10_000)))
    started = time.monotonic()
    found = read(content)
    print(f"10,000 paragraphs: {time.monotonic() - started:.1f} s")
    assert found["new"]["parts"][0]["html"].count("<p>") == 10_000
