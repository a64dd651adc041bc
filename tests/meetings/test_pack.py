"""The pack: one file of agenda and papers, its editions, and files that mean harm."""

import io
from datetime import datetime, timedelta

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meetings.actions.agenda import add_item
from meetings.actions.packs import ask_pack, mark_pack_sent, try_pack_again
from meetings.actions.papers import add_paper, remove_paper
from meetings.models import MeetingPack
from meetings.packing import WORD, printable
from meetings.states import PackState
from meetings.tasks import alone, make_pack
from portal.access import Refused
from portal.documents import keep, read
from portal.pdf.foreign import measure
from tests.advice.word_files import plain, worked_on
from tests.factories import MeetingFactory
from tests.verapdf import broken_rules

MARK = "MERKWAARDIG"


@pytest.fixture
def meeting(council, saskia):
    starts = timezone.make_aware(datetime(2027, 5, 12, 19, 30))
    found = MeetingFactory(council=council, starts_at=starts, ends_at=starts + timedelta(hours=2))
    for title in ("Opening", "Vervoer naar de dagbesteding"):
        add_item(found, title=title, aim="decide", minutes=10, by=saskia.person)
    return found


def foreign(pages: int = 3, *, encrypted: bool = False) -> bytes:
    """Pages that say MERKWAARDIG, with a script that starts by itself and a file inside."""
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )  # fmt: skip
        for _page in range(pages):
            page = document.add_blank_page(page_size=(842, 595))
            page.Contents = document.make_stream(f"BT /F1 24 Tf 100 400 Td ({MARK}) Tj ET".encode())
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.attachments["kwaad.exe"] = b"MZ"
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b") if encrypted else None)
    return out.getvalue()


def put(meeting, saskia, content: bytes, name: str, kind: str, **facts):
    document = keep(content, name, kind, by=saskia.person, council_id=meeting.council_id)
    return add_paper(meeting.agenda_items.last(), document, by=saskia.person, **facts)


def made(meeting, saskia, **facts) -> MeetingPack:
    pack = ask_pack(meeting, by=saskia.person, **facts)
    assert make_pack(pack.pk) == "made"
    pack.refresh_from_db()
    return pack


def pages_of(pack: MeetingPack) -> list[str]:
    document = pdfium.PdfDocument(read(pack.document))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_pack_has_page_numbers_item_names_and_bookmarks_on_every_page(meeting, saskia):
    put(meeting, saskia, foreign(3), "Begroting.pdf", "application/pdf")
    put(meeting, saskia, b"De bus rijdt niet.", "Toelichting.txt", "text/plain", visibility="confidential")
    put(meeting, saskia, b"\xff\xd8\xff", "Foto.jpg", "image/jpeg")
    pack = made(meeting, saskia)
    pages = pages_of(pack)
    assert len(pages) == 7 and pack.is_confidential
    assert all(f"Bladzijde {number} van 7" in page for number, page in enumerate(pages, 1))
    assert [MARK in page for page in pages] == [False, False, False, True, True, True, False]
    assert all("Punt 2: Begroting" in page for page in pages[2:6])
    assert "Begroting (bladzijde 3)" in pages[1] and "Toelichting (bladzijde 7) Vertrouwelijk" in pages[1]
    assert "Foto (apart bestand: ander soort bestand)" in pages[1] and "alleen voor leden" in pages[0]
    assert "De bus rijdt niet." in pages[6]
    toc = [
        (mark.get_title(), mark.get_dest().get_index()) for mark in pdfium.PdfDocument(read(pack.document)).get_toc()
    ]
    assert toc == [("Vergaderstukken", 0), ("Agenda", 1), ("Begroting", 2), ("Toelichting", 6)]
    assert (pack.state, pack.done, pack.parts) == (PackState.READY, 4, 4)


def test_of_a_file_of_others_only_what_its_pages_draw_is_taken_over(meeting, saskia):
    hostile = foreign(1)
    with pikepdf.open(io.BytesIO(hostile)) as before:  # the control: it does hold both
        assert "/OpenAction" in before.Root and list(before.attachments) == ["kwaad.exe"]
    put(meeting, saskia, hostile, "Begroting.pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(read(made(meeting, saskia).document))) as document:
        assert "/OpenAction" not in document.Root and list(document.attachments) == []
        with document.open_metadata() as about:
            assert "pdfuaid:part" not in about and "pdfaid:part" not in about


def test_a_word_file_is_typeset_in_the_pack(meeting, saskia):
    put(meeting, saskia, plain("De bus rijdt niet.", "De taxi wel."), "Toelichting.docx", WORD)
    pages = pages_of(made(meeting, saskia))
    assert len(pages) == 3 and "Toelichting (bladzijde 3)" in pages[1]
    assert "Punt 2: Toelichting" in pages[2] and "De bus rijdt niet. De taxi wel." in pages[2]


def test_a_word_file_that_cannot_be_read_stays_a_file_of_its_own(meeting, saskia):
    put(meeting, saskia, b"geen zip", "Toelichting.docx", WORD)
    pages = pages_of(made(meeting, saskia))
    assert len(pages) == 2 and "Toelichting (apart bestand: niet te lezen)" in pages[1]
    assert "welke bestanden u apart opent" in pages[0]


@pytest.mark.verapdf
def test_a_pack_of_our_own_texts_passes_both_standards_in_both_sizes(meeting, saskia, tmp_path):
    put(meeting, saskia, b"De bus rijdt niet.\n\nEn de taxi ook niet.", "Toelichting.txt", "text/plain")
    put(meeting, saskia, worked_on(), "Concept.docx", WORD)
    files = []
    for large in (False, True):
        files.append(tmp_path / f"{large}.pdf")
        files[-1].write_bytes(read(made(meeting, saskia, large=large).document))
    assert broken_rules(*files) == {}


@pytest.mark.parametrize(("content", "why"), [
    (b"%PDF-1.7 kapot", "niet te lezen"), (foreign(1, encrypted=True), "met een wachtwoord"),
    (foreign(301), "te veel bladzijden"),
], ids=["broken", "locked", "long"])  # fmt: skip
def test_a_pdf_that_cannot_be_added_is_named_with_the_reason(meeting, saskia, content, why):
    paper = put(meeting, saskia, content, "Begroting.pdf", "application/pdf")
    assert printable(paper, 2, paper.item, 600) == why


def test_the_pages_of_all_papers_together_have_a_limit(meeting, saskia):
    paper = put(meeting, saskia, foreign(3), "Begroting.pdf", "application/pdf")
    assert measure(foreign(300)) == 300
    assert printable(paper, 2, paper.item, 2) == "te veel bladzijden"
    assert printable(paper, 2, paper.item, 3)["pages"] == 3


# --- editions -------------------------------------------------------------------------------------------------------


def test_what_changes_after_sending_becomes_a_supplement_and_what_was_sent_stays(meeting, saskia):
    old = put(meeting, saskia, b"Oud stuk.", "Oud.txt", "text/plain")
    first = made(meeting, saskia)
    mark_pack_sent(first, by=saskia.person)
    with pytest.raises(Refused, match="niets veranderd"):
        ask_pack(meeting, by=saskia.person)
    put(meeting, saskia, b"Nieuw stuk.", "Nieuw.txt", "text/plain")
    remove_paper(old, by=saskia.person)
    second = made(meeting, saskia)
    pages = " ".join(pages_of(second))
    assert (second.name, second.is_supplement, second.edition) == ("Nagekomen stukken 1", True, 2)
    assert "Nieuw bij punt 2: Nieuw" in pages and "Vervallen: Oud" in pages
    assert "Nieuw stuk." in pages and "Oud stuk." not in pages
    assert "Oud stuk." in " ".join(pages_of(first))
    mark_pack_sent(second, by=saskia.person)
    add_item(meeting, title="Extra", aim="inform", minutes=5, by=saskia.person)
    third = made(meeting, saskia)
    assert third.name == "Nagekomen stukken 2" and "De agenda is veranderd." in pages_of(third)[0]


def test_before_sending_a_change_makes_a_whole_pack_again(meeting, saskia):
    made(meeting, saskia)
    put(meeting, saskia, b"Nieuw stuk.", "Nieuw.txt", "text/plain")
    again = made(meeting, saskia)
    assert (again.name, again.is_supplement, again.edition) == ("Vergaderstukken", False, 2)


def test_pressing_twice_asks_one_pack_and_a_pack_that_is_not_ready_was_not_sent(meeting, saskia):
    pack = ask_pack(meeting, by=saskia.person)
    assert ask_pack(meeting, by=saskia.person) == pack
    with pytest.raises(Refused, match="nog niet klaar"):
        mark_pack_sent(pack, by=saskia.person)


def test_the_page_says_sent_only_with_the_moment_of_sending(meeting, saskia, sign_in):
    pack = made(meeting, saskia)
    url = reverse("meetings:packs", args=[meeting.council.slug, meeting.public_id])
    client = sign_in(saskia)
    type(meeting).objects.filter(pk=meeting.pk).update(invited_at=timezone.now(), state="invited")
    invited = client.get(url).content.decode()
    assert "Ligt vast" in invited and "gemaakt <time" in invited and "Verstuurd" not in invited
    type(meeting).objects.filter(pk=meeting.pk).update(invited_at=None, state="planned")
    mark_pack_sent(pack, by=saskia.person)
    sent = client.get(url).content.decode()
    assert "Verstuurd" in sent and "gemaakt <time" not in sent


# --- the work -------------------------------------------------------------------------------------------------------


def test_a_failure_is_said_and_can_be_tried_again(meeting, saskia, sign_in, monkeypatch):
    pack = ask_pack(meeting, by=saskia.person)

    def fall(*args, **facts):
        raise ValueError("words of a paper")

    monkeypatch.setattr("meetings.tasks.print_pack", fall)
    assert make_pack(pack.pk) == "failed"
    pack.refresh_from_db()
    assert (pack.state, pack.problem) == (PackState.FAILED, "ValueError")
    url = reverse("meetings:packs", args=[meeting.council.slug, meeting.public_id])
    assert "De fout ligt bij ons." in sign_in(saskia).get(url).content.decode()
    monkeypatch.undo()
    try_pack_again(pack, by=saskia.person)
    assert make_pack(pack.pk) == "made"
    assert make_pack(pack.pk) == "ready"


def test_the_sweep_makes_what_a_killed_worker_left(meeting, saskia, monkeypatch, capsys):
    pack = ask_pack(meeting, by=saskia.person)
    handed: list[int] = []
    monkeypatch.setattr("meetings.management.commands.make_packs.ask_to_make", handed.append)
    MeetingPack.objects.filter(pk=pack.pk).update(state=PackState.WORKING)
    call_command("make_packs", "--apply")
    assert handed == []  # it was asked just now: its own task has it
    MeetingPack.objects.filter(pk=pack.pk).update(asked_at=timezone.now() - timedelta(minutes=2))
    call_command("make_packs")
    assert handed == []
    call_command("make_packs", "--apply")
    assert handed == [pack.pk] and make_pack(pack.pk) == "made"
    assert "1 packs to make, nothing done" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_make_one_pack(transactional_db, council, saskia):
    from threading import Thread

    from django.db import connection

    seen = []

    def other() -> None:
        with alone(77) as ours:
            seen.append(ours)
        connection.close()

    with alone(77) as ours:
        assert ours
        worker = Thread(target=other)
        worker.start()
        worker.join()
    assert seen == [False]


def test_a_member_sees_what_is_ready_and_somebody_else_nothing(meeting, saskia, fatma, sign_in):
    pack = ask_pack(meeting, by=saskia.person)
    url = reverse("meetings:packs", args=[meeting.council.slug, meeting.public_id])
    file = reverse("meetings:pack_file", args=[meeting.council.slug, meeting.public_id, pack.public_id])
    assert "0 van 1 onderdelen klaar" in sign_in(saskia).get(url).content.decode()
    assert "onderdelen" not in sign_in(fatma).get(url).content.decode()
    assert sign_in(fatma).get(file).status_code == 404
    make_pack(pack.pk)
    assert sign_in(fatma).get(file)["Content-Type"] == "application/pdf"
