"""Attachments of a draft, the question before adopting without one, and their way with the letter."""

from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from advice import enclosures
from advice.actions.attachments import (
    add_attachment,
    change_attachment,
    left_out,
    move_attachment,
    remove_attachment,
)
from advice.actions.deciding import record_decision
from advice.actions.issuing import issue
from advice.actions.publishing import publish
from advice.actions.versions import make_version
from advice.interchange import check, interchange
from advice.models import Attachment
from advice.states import AdviceState
from portal.access import Refused
from portal.documents import keep, read
from portal.models import AuditEvent
from tests import factories
from tests.verapdf import broken_rules

PDF = b"%PDF-1.4 ritten"


def given_decision() -> dict:
    today = timezone.localdate()
    return {
        "outcome": "adopted", "present": "2", "in_favour": "2", "against": "0", "decided_on_day": today.day,
        "decided_on_month": today.month, "decided_on_year": today.year,
    }  # fmt: skip


@pytest.fixture
def draft(council, authority, chair, saskia, fatma):
    draft = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    factories.SectionFactory(advice=draft)
    factories.RecommendationFactory(advice=draft, number=1)
    return draft


def rides(draft, by, content=PDF, name="ritten.pdf"):
    document = keep(content, name, "application/pdf", by=by, council_id=draft.council_id)
    return add_attachment(draft, title="Rittenlijst", document=document, by=by)


def titles(draft):
    return [one.title for one in draft.attachments.all()]


def decide(draft, by, **more):
    return record_decision(
        draft, outcome="adopted", present=2, in_favour=2, against=0, decided_on=timezone.localdate(), by=by, **more
    )


# --- adding, naming, order --------------------------------------------------


def test_a_file_is_added_and_called_as_the_file_is(draft, sign_in, fatma):
    client, url = sign_in(fatma), reverse("advice:attachments", args=[draft.council.slug, draft.public_id])
    upload = SimpleUploadedFile("ritten_2026.pdf", PDF, content_type="application/pdf")

    assert client.post(url, {"file": upload}).status_code == 302
    added = draft.attachments.get()
    assert (added.title, read(added.document)) == ("ritten 2026", PDF)
    page = client.get(url).content.decode()
    file_url = reverse("advice:attachment_file", args=[draft.council.slug, draft.public_id, added.public_id])
    assert file_url in page
    assert b"".join(client.get(file_url)) == PDF


def test_what_cannot_be_taken_is_said_at_its_field_and_what_was_typed_stays(draft, sign_in, fatma):
    client, url = sign_in(fatma), reverse("advice:attachments", args=[draft.council.slug, draft.public_id])

    wrong = client.post(url, {"title": "Lijst", "file": SimpleUploadedFile("lijst.exe", b"MZ")})
    assert (wrong.status_code, wrong.context["form"].errors["file"][0][:10]) == (422, "Dit soort ")
    assert 'value="Lijst"' in wrong.content.decode()
    empty = client.post(url, {"title": "Lijst"})
    assert empty.context["form"].errors["file"] == ["Kies een bestand, of schrijf de tekst van de bijlage."]
    assert not draft.attachments.exists()


def test_attachments_are_renamed_moved_and_removed(draft, fatma):
    first = rides(draft, fatma.person)
    second = add_attachment(draft, title="Toelichting", text="Zo is geteld.", by=fatma.person)

    move_attachment(second, -1, by=fatma.person)
    assert titles(draft) == ["Toelichting", "Rittenlijst"]
    change_attachment(first, title="Ritten per week", by=fatma.person)
    assert titles(draft) == ["Toelichting", "Ritten per week"]
    remove_attachment(second, by=fatma.person)
    assert titles(draft) == ["Ritten per week"]
    with pytest.raises(Refused):
        remove_attachment(second, by=fatma.person)


def test_an_adopted_text_keeps_its_attachments(draft, fatma, saskia):
    attachment = rides(draft, fatma.person)
    decide(draft, saskia.person)

    for verb in (
        lambda: add_attachment(draft, title="Nog een", text="Tekst.", by=fatma.person),
        lambda: change_attachment(attachment, title="Anders", by=fatma.person),
        lambda: move_attachment(attachment, 1, by=fatma.person),
        lambda: remove_attachment(attachment, by=fatma.person),
    ):
        with pytest.raises(Refused):
            verb()
    assert titles(draft) == ["Rittenlijst"]


# --- left out on purpose? ---------------------------------------------------


@pytest.fixture
def lacking(draft, fatma, saskia):
    """Version 1 with two attachments, version 2 with one."""
    kept = rides(draft, fatma.person)
    gone = add_attachment(draft, title="Brief van de vervoerder", text="Wij stoppen.", by=fatma.person)
    make_version(draft, name="Eerste versie", by=saskia.person)
    remove_attachment(gone, by=fatma.person)
    make_version(draft, name="Tweede versie", by=saskia.person)
    return kept


def test_adopting_without_an_attachment_of_an_earlier_version_is_refused_until_it_is_confirmed(draft, lacking, saskia):
    with pytest.raises(Refused, match="Brief van de vervoerder") as refused:
        decide(draft, saskia.person)
    assert refused.value.field == "attachments_left_out"
    draft.refresh_from_db()
    assert draft.state == AdviceState.DRAFT and not draft.decisions.exists()

    decide(draft, saskia.person, attachments_left_out=["brief van de vervoerder"])
    assert [one["title"] for one in draft.adopted_texts.get().text["attachments"]] == ["Rittenlijst"]
    assert draft.comments.get().text == "Bewust weggelaten: Brief van de vervoerder"
    assert AuditEvent.objects.filter(event="attachments.left_out", object_id=draft.pk).count() == 1


def test_confirming_another_one_does_not_help(draft, lacking, saskia):
    with pytest.raises(Refused):
        decide(draft, saskia.person, attachments_left_out=["rittenlijst"])


def test_what_was_renamed_or_replaced_is_not_lacking(draft, lacking, fatma):
    change_attachment(lacking, title="Ritten per week", by=fatma.person)
    assert [one.title for one in left_out(draft)] == ["Brief van de vervoerder"]

    add_attachment(draft, title="brief van de Vervoerder", text="Wij stoppen in juli.", by=fatma.person)
    assert left_out(draft) == []


def test_without_versions_there_is_no_question(draft, fatma, saskia):
    remove_attachment(rides(draft, fatma.person), by=fatma.person)

    decide(draft, saskia.person)
    assert draft.adopted_texts.get().text["attachments"] == []


def test_a_text_that_is_not_adopted_is_not_asked_about(draft, lacking, saskia):
    record_decision(
        draft, outcome="rejected", present=2, in_favour=0, against=2, decided_on=timezone.localdate(), by=saskia.person
    )
    assert not draft.comments.exists()


def test_the_page_of_the_decision_asks_and_names_it(draft, lacking, sign_in, saskia):
    client, url = sign_in(saskia), reverse("advice:decide", args=[draft.council.slug, draft.public_id])
    assert "Brief van de vervoerder" in client.get(url).content.decode()

    refused = client.post(url, given_decision())
    assert refused.status_code == 422
    assert "Brief van de vervoerder" in refused.context["form"].errors["attachments_left_out"][0]
    given = client.post(url, {**given_decision(), "attachments_left_out": ["brief van de vervoerder"]})
    assert given.status_code == 302


# --- with the letter --------------------------------------------------------


@pytest.fixture
def ready(draft, lacking, saskia):
    decide(draft, saskia.person, attachments_left_out=["brief van de vervoerder"])
    return draft


def names_inside(file: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(file)) as pdf:
        return {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}


def test_the_letter_lists_the_confirmed_set_and_carries_its_files(ready, saskia, victor, sign_in, committing):
    with committing():
        letter = issue(ready, by=saskia.person, looked_at=True)
    copy = letter.copies.get()
    assert [one["title"] for one in letter.text["attachments"]] == ["Rittenlijst"]

    file = read(copy.pdf.document)
    assert {name: content for name, content in names_inside(file).items() if not name.endswith(".json")} == {
        "bijlage-1-ritten.pdf": PDF
    }
    document = letter.text["attachments"][0]["file"]["public_id"]
    url = reverse("advice:letter_attachment", args=[letter.council.slug, copy.public_id, document])
    for user in (saskia, victor):
        assert b"".join(sign_in(user).get(url)) == PDF
    own_page = reverse("advice:letter", args=[letter.council.slug, letter.public_id])
    assert url in sign_in(saskia).get(own_page).content.decode()
    assert url in sign_in(victor).get(reverse("advice:desk_letter", args=["testdorp", copy.public_id])).content.decode()
    check(interchange(letter))  # a file of the schema knows titles only


@pytest.mark.verapdf
def test_a_letter_with_a_file_inside_is_still_archival_and_accessible(ready, saskia, committing, tmp_path):
    with committing():
        letter = issue(ready, by=saskia.person, looked_at=True)
    file = tmp_path / "brief.pdf"
    file.write_bytes(read(letter.copies.get().pdf.document))

    assert "bijlage-1-ritten.pdf" in names_inside(file.read_bytes())
    assert broken_rules(file) == {}


def test_once_published_everybody_can_fetch_it_and_not_before(ready, saskia, client, committing):
    with committing():
        letter = issue(ready, by=saskia.person, looked_at=True)
    document = letter.text["attachments"][0]["file"]["public_id"]
    url = reverse("advice:public_attachment", args=[letter.council.slug, letter.slug, document])
    assert client.get(url).status_code == 404

    publish(letter, by=saskia.person, plain_summary="Kort.", looked_at=True)
    assert b"".join(client.get(url)) == PDF
    assert url in client.get(reverse("advice:public", args=[letter.council.slug, letter.slug])).content.decode()
    other = keep(b"geheim", "geheim.txt", "text/plain", by=None, council_id=letter.council_id)
    secret = reverse("advice:public_attachment", args=[letter.council.slug, letter.slug, other.public_id])
    assert client.get(secret).status_code == 404  # only what this letter names


def test_a_file_too_large_for_the_pdf_goes_beside_it(ready, saskia, committing, monkeypatch):
    monkeypatch.setattr(enclosures, "INSIDE_MOST", 5)
    with committing():
        letter = issue(ready, by=saskia.person, looked_at=True)
    copy = letter.copies.get()

    assert all(name.endswith(".json") for name in names_inside(read(copy.pdf.document)))
    sent = next(one for one in mail.outbox if "bestuur@testdorp.test" in one.to[0])
    assert [(name, content) for name, content, _kind in sent.attachments][1:] == [("ritten.pdf", PDF)]


def test_an_attachment_that_was_removed_can_still_be_fetched_from_its_version(draft, fatma, sign_in):
    attachment = rides(draft, fatma.person)
    document = attachment.document
    make_version(draft, name="Eerste versie", by=fatma.person)
    remove_attachment(attachment, by=fatma.person)

    assert not Attachment.objects.exists()
    client = sign_in(fatma)
    url = reverse("advice:version_file", args=[draft.council.slug, draft.public_id, 1, document.public_id])
    assert b"".join(client.get(url)) == PDF
    assert url in client.get(reverse("advice:version", args=[draft.council.slug, draft.public_id, 1])).content.decode()
