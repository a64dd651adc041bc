"""Is this file a letter that was sent? Its bytes say so; a flipped one never passes."""

import io
import random
import zlib
from datetime import date

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advice.actions.publishing import publish
from advice.checking import DIFFERS, SAME, UNKNOWN, check_code, check_file
from advice.letter_print import control_code
from advice.letter_text import letter_data
from advice.models import LadderPdf, LargePrint, Letter, LetterCopy, LetterPdf, Publication, ResponsePdf
from advice.states import AdviceState, Relation
from advice.tasks import render_copy, render_large
from portal.documents import keep, read
from portal.pdf.inside import Inside, look_inside
from tests import factories
from tests.advice.answers import sent
from tests.advice.test_linked import follow
from tests.advice.test_verifying import kept, on_disk  # noqa: F401

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
UNCHANGED = "Er is niets aan veranderd."


@pytest.fixture
def copy(council, authority, saskia):
    copy = sent(council, authority, saskia, plain_summary="Kort.")
    render_copy(copy.pk)
    return copy


@pytest.fixture
def pdf(copy) -> bytes:
    return read(LetterPdf.objects.select_related("document").get(copy=copy).document)


def ask(client, content: bytes, name: str = "brief.pdf"):
    return client.post(reverse("advice:check"), {"file": SimpleUploadedFile(name, content)})


def letter_of(council, like: Letter, **facts) -> Letter:
    """Another letter, of a council that has its own."""
    same = {
        name: getattr(like, name) for name in ("year", "serial", "reference", "slug", "dated_on", "subject", "text")
    }
    advice = factories.AdviceFactory(council=council, state=AdviceState.ISSUED)
    return Letter.objects.create(
        **{**same, "advice": advice, "council": council, "sha256": "b" * 64, "issued_by": like.issued_by, **facts}
    )


def test_the_stored_file_is_the_letter_and_nothing_was_changed(client, copy, pdf, council, saskia):
    page = ask(client, pdf).text

    assert f"Dit is brief 2026-01 van {council.name} van" in page and UNCHANGED in page
    assert "openbaar/" not in page.partition("<main")[2].partition("</main")[0]  # it is not public yet
    publish(copy.letter, by=saskia.person)
    assert reverse("advice:public", args=[council.slug, copy.letter.slug]) in ask(client, pdf).text


def test_large_print_is_known_too(copy):
    render_large(copy.pk)
    copy.refresh_from_db()

    found = check_file(read(copy.large_print.document))

    assert (found.state, found.what) == (SAME, "large")


def test_one_changed_byte_is_never_the_letter(copy, pdf, saskia, monkeypatch):
    publish(copy.letter, by=saskia.person)
    monkeypatch.setattr("advice.checking.look_inside", lambda content: None)  # the bytes alone decide
    chance = random.Random(4)
    states = set()
    for _try in range(200):
        at = chance.randrange(len(pdf))
        states.add(check_file(pdf[:at] + bytes([pdf[at] ^ (1 << chance.randrange(8))]) + pdf[at + 1 :]).state)
    assert states == {UNKNOWN}
    assert check_file(pdf).state == SAME  # the control


def test_a_changed_file_of_a_public_letter_is_named_and_of_another_is_not(client, copy, pdf, saskia):
    changed = pdf + b"\n% erbij"
    assert check_file(changed).state == UNKNOWN
    assert "Wij kennen dit bestand niet." in ask(client, changed).text

    publish(copy.letter, by=saskia.person)

    found = check_file(changed)
    assert (found.state, found.letter, found.same_text) == (DIFFERS, copy.letter, True)
    page = ask(client, changed).text
    assert "Dit bestand is niet gelijk aan brief 2026-01" in page and UNCHANGED not in page


def changed_on_the_page(pdf: bytes) -> bytes:
    """Some words of the first page are gone; the data inside is as it was."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page, found = document.pages[0], io.BytesIO()
        steps = list(pikepdf.parse_content_stream(page))
        drawn = [at for at, (_operands, name) in enumerate(steps) if str(name) in ("TJ", "Tj")]
        left_out = set(drawn[10:20])
        rest = [step for at, step in enumerate(steps) if at not in left_out]
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(rest))
        document.save(found)
    return found.getvalue()


def test_other_words_above_the_same_data_are_another_text(client, copy, pdf, saskia):
    publish(copy.letter, by=saskia.person)
    forged = changed_on_the_page(pdf)
    assert look_inside(forged).data == look_inside(pdf).data

    found = check_file(forged)

    assert (found.state, found.same_text) == (DIFFERS, False)
    assert "Wij lezen er een andere tekst in." in ask(client, forged).text
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(again)
    assert again.getvalue() != pdf and check_file(again.getvalue()).same_text  # the control: only saved again


def test_every_file_that_the_portal_keeps_of_a_letter_is_known_for_what_it_is(kept):  # noqa: F811
    models = {"letter": LetterPdf, "large": LargePrint, "answer": ResponsePdf, "ladder": LadderPdf}
    found = {what: check_file(read(model.objects.get().document)) for what, model in models.items()}

    assert {what: (one.state, one.what, one.letter) for what, one in found.items()} == {
        what: (SAME, what, kept.letter) for what in models
    }


def test_the_original_of_an_older_letter_is_known(council, authority, saskia):
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    original = keep(b"%PDF-1.4 oud", "oud.pdf", "application/pdf", by=saskia.person, council_id=council.pk)
    old = Letter.objects.create(
        advice=advice, council=council, year=2019, reference="2019-3", slug="2019-3", dated_on=date(2019, 5, 1),
        subject="Oud", text={"subject": "Oud"}, sha256="0" * 64, imported=True, original=original,
    )  # fmt: skip

    found = check_file(b"%PDF-1.4 oud")

    assert (found.state, found.what, found.letter) == (SAME, "original", old)


@pytest.mark.parametrize("public", [True, False])
def test_a_letter_that_was_withdrawn_is_the_letter_and_that_is_said(client, copy, pdf, saskia, chair, public):
    publish(copy.letter, by=saskia.person)
    later = follow(copy.letter, "withdrawal", saskia)
    if public:
        publish(later, by=saskia.person, plain_summary="Ingetrokken.", looked_at=True)

    page = ask(client, pdf).text

    address = reverse("advice:public", args=[later.council.slug, later.slug])
    assert UNCHANGED in page and "ingetrokken" in page
    assert (address in page, later.reference in page) == (public, public)


def test_a_file_that_is_too_large_is_said_at_the_field(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1_000_000

    page = ask(client, b"%PDF-" + bytes(1_000_001))

    assert page.status_code == 422 and "is te groot" in page.text


def bomb() -> bytes:
    """Small on disk, two gigabytes when its data is taken out."""
    with pikepdf.new() as document:
        document.add_blank_page()
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(bytes(1 << 24)) for _step in range(128)) + packer.flush()
        file = pikepdf.AttachedFileSpec(document, b"{}", filename="advies.json")
        file.obj["/AFRelationship"] = pikepdf.Name.Source
        file.obj.EF.F.write(packed, filter=pikepdf.Name.FlateDecode)
        document.attachments["advies.json"] = file
        made = io.BytesIO()
        document.save(made)
    return made.getvalue()


def test_a_hostile_pdf_is_only_a_file_that_we_do_not_know(client, copy, saskia):
    publish(copy.letter, by=saskia.person)
    large = bomb()
    assert len(large) < 5_000_000 and look_inside(large) is None

    for content in (large, b"%PDF-1.7\n" + b"[" * 500_000, b"%PDF-" + random.Random(4).randbytes(50_000)):
        page = ask(client, content)
        assert page.status_code == 200 and "Wij kennen dit bestand niet." in page.text


def test_what_is_no_pdf_is_said_at_the_field(client, db):
    page = ask(client, b"PK zip", "brief.docx")

    assert page.status_code == 422 and "Dit is geen PDF." in page.text
    nothing = client.post(reverse("advice:check"), {"iets": "1"})
    assert nothing.status_code == 422 and "Kies de brief als PDF." in nothing.text


def test_the_code_on_paper_is_checked_for_public_letters(client, copy, saskia):
    code = control_code(letter_data(copy))
    assert check_code("2026-01", code).state == UNKNOWN  # not public

    publish(copy.letter, by=saskia.person)

    assert check_code("2026-01", code.replace(" ", "").upper()).state == SAME
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    assert check_code("2026-01", wrong).state == UNKNOWN
    page = client.post(reverse("advice:check"), {"reference": "2026-01", "code": code})
    assert "De code klopt." in page.text
    assert client.post(reverse("advice:check"), {"reference": "2026-01", "code": "zz"}).status_code == 422


def test_nothing_is_kept(client, copy, pdf):
    from portal.models import AuditEvent, Document

    before = (Document.objects.count(), AuditEvent.objects.count())
    ask(client, pdf + b"x")

    assert (Document.objects.count(), AuditEvent.objects.count()) == before


STRANGE = {
    "a NUL in the reference": '{"reference": "a\\u0000b", "councils": [{"name": "NAME"}]}',
    "half a character in the reference": '{"reference": "\\ud800", "councils": [{"name": "NAME"}]}',
    "a NUL in a name": '{"reference": "2026-01", "councils": [{"name": "a\\u0000"}, {"name": "NAME"}]}',
    "half a character in a name": '{"reference": "2026-01", "councils": [{"name": "\\ud800"}, {"name": "NAME"}]}',
    "half a character elsewhere": '{"reference": "2026-01", "councils": [{"name": "NAME"}], "place": "\\ud800"}',
    "councils that are none": '{"reference": "2026-01", "councils": [1, null, {"name": 3}]}',
    "far too deep": '{"reference": "2026-01", "councils": [{"name": "NAME"}], "x": ' + "[" * 900 + "]" * 900 + "}",
    "no object": "[1, 2]",
}


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_data_inside_a_file_gets_an_answer(client, copy, saskia, council, monkeypatch, strange):
    publish(copy.letter, by=saskia.person)
    data = STRANGE[strange].replace("NAME", council.name).encode()
    monkeypatch.setattr("advice.checking.look_inside", lambda content: Inside(data))

    page = ask(client, b"%PDF-1.7")

    assert page.status_code == 200 and UNCHANGED not in page.text


def test_a_real_child_reads_flipped_files_of_a_public_letter(copy, pdf, saskia):
    publish(copy.letter, by=saskia.person)
    chance = random.Random(7)
    states = set()
    for _try in range(20):
        at = chance.randrange(len(pdf))
        states.add(check_file(pdf[:at] + bytes([pdf[at] ^ (1 << chance.randrange(8))]) + pdf[at + 1 :]).state)

    assert states <= {DIFFERS, UNKNOWN} and DIFFERS in states


def test_a_file_over_the_limit_is_refused_at_the_field(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    page = ask(client, b"%PDF-1.7" + b" " * 1024 * 1024)

    assert page.status_code == 422 and "Het mag ten hoogste 1 MB zijn." in page.text
    assert ask(client, b"%PDF-1.7" + b" " * 1000).status_code == 200  # the control


@pytest.mark.parametrize(
    ("name", "what", "says"),
    [
        ("groot", "large", "Dit is brief 2026-01 van"),
        ("antwoord", "answer", "Dit is het antwoord op brief 2026-01 van"),
        ("herinnering", "ladder", "Dit is een brief van"),
    ],
)
def test_what_goes_with_a_letter_is_known_by_its_bytes(client, kept, name, what, says):  # noqa: F811
    content = f"%PDF-1.7 {name}".encode()

    assert (check_file(content).letter, check_file(content).what) == (kept.letter, what)
    page = ask(client, content).text
    assert says in page and UNCHANGED in page
    assert UNCHANGED not in ask(client, content + b".").text


def test_the_original_of_a_letter_from_before_is_known(copy, council):
    original = keep(b"%PDF-1.4 oud", "oud.pdf", "application/pdf", by=None)
    old = letter_of(
        council, copy.letter, reference="Oud 1", slug="oud-1", serial=90, code="cdfghj90", original=original
    )

    assert check_file(b"%PDF-1.4 oud").letter == old and check_file(b"%PDF-1.4 oud").what == "original"


@pytest.mark.parametrize("relation", [Relation.WITHDRAWAL, Relation.CORRECTION])
def test_a_letter_that_was_overtaken_leads_to_the_later_one_once_that_is_public(
    client, copy, pdf, saskia, chair, relation
):
    publish(copy.letter, by=saskia.person)
    later = follow(copy.letter, relation, saskia)
    assert later.slug not in ask(client, pdf).text  # what is not public yet has no number

    publish(later, by=saskia.person, plain_summary="Kort.", looked_at=True)

    page = ask(client, pdf).text
    assert UNCHANGED in page and f"Lees brief {later.reference}" in page and later.slug in page


def test_every_council_has_a_letter_of_that_number(copy, saskia):
    """The reference alone says little: thirty councils each sent their 2026-01."""
    publish(copy.letter, by=saskia.person)
    for number in range(30):
        last = letter_of(
            factories.CouncilFactory(), copy.letter, code=f"cdfghj{number:02}", text={"subject": f"Anders {number}"}
        )
        LetterCopy.objects.create(letter=last, council=last.council, authority=copy.authority)
        Publication.objects.create(
            letter=last, council=last.council, published_on=last.dated_on, published_by=saskia.person
        )

    assert check_code("2026-01", control_code(letter_data(copy))).letter == copy.letter
    assert check_code("2026-01", control_code(letter_data(last.copies.get()))).letter == last


def test_a_council_that_got_another_name_is_still_found(copy, pdf, saskia, council):
    publish(copy.letter, by=saskia.person)
    type(council).objects.filter(pk=council.pk).update(name="Raad met een nieuwe naam")

    assert check_file(pdf + b"\n% erbij").state == DIFFERS
