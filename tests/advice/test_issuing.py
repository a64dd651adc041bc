"""Issuing: one transaction that gives the number, freezes the letter, and sends it."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from advice import letter_print
from advice.actions import issuing
from advice.actions.issuing import issue, mark_posted, send_on_paper
from advice.frozen import digest
from advice.models import JointAdoption, Letter, LetterCopy, LetterPdf, NumberCounter
from advice.states import AdviceState
from advice.tasks import render_copy
from consultations.states import RequestState
from councils.states import AuthorityRole
from portal.access import Refused
from portal.documents import read
from portal.models import AuditEvent, Message
from portal.states import MessageState
from portal.tasks import deliver
from tests import factories
from tests.advice.letters import DECIDED_ON, adopted_advice

DAY = date(2026, 9, 2)


@pytest.fixture
def advice(council, authority, saskia, chair):
    return adopted_advice(council, authority, saskia.person)


@pytest.fixture
def fake_print(monkeypatch):
    """Printing takes a second; these tests look at something else."""
    calls: list[dict] = []

    def print_letter(letter, **_options):
        calls.append(letter)
        return f"%PDF-1.7 {letter['reference']} {letter['authority']['name']}".encode()

    monkeypatch.setattr(letter_print, "print_letter", print_letter)
    return calls


def test_a_letter_gets_its_number_its_text_and_its_copy(advice, saskia, authority):
    letter = issue(advice, by=saskia.person, dated_on=DAY, place="Testdorp")
    advice.refresh_from_db()
    assert (letter.reference, letter.serial, letter.year, letter.slug) == ("2026-01", 1, 2026, "2026-01")
    assert advice.state == AdviceState.ISSUED
    assert letter.text["recommendations"][0]["text"] == "Houd het busje."
    assert letter.text["date"] == "2026-09-02" and letter.text["place"] == "Testdorp"
    assert letter.text["signatories"] == [
        {"name": "Chris Bakker", "role": "voorzitter"}, {"name": "Saskia de Wit", "role": "secretaris"},
    ]  # fmt: skip
    assert letter.sha256 == digest(letter.text)
    copy = letter.copies.get()
    assert copy.addressee == [
        "College van burgemeester en wethouders", "Gemeente Testdorp", "Postbus 1", "1234 AB Testdorp",
    ]  # fmt: skip
    assert copy.response_due_on == date(2026, 10, 28)  # 8 weeks
    assert copy.response_article == "art. 8 lid 1"
    assert copy.response_steps
    assert letter.text["response_due"][0]["article"] == "artikel 8 lid 1 van de Verordening adviesraad Testdorp"
    event = AuditEvent.objects.get(event="letter.issued")
    assert (event.actor_id, event.council_id, event.object_id) == (saskia.person.pk, advice.council_id, letter.pk)


def test_a_draft_is_not_sent(council, authority, saskia):
    draft = factories.AdviceFactory(council=council, authorities=[authority])
    with pytest.raises(Refused):
        issue(draft, by=saskia.person)
    assert not Letter.objects.exists() and not NumberCounter.objects.exists()


def test_an_advice_without_an_authority_is_not_sent(council, saskia, authority):
    advice = adopted_advice(council, authority, saskia.person)
    advice.authorities.clear()
    with pytest.raises(Refused):
        issue(advice, by=saskia.person)


def test_the_letter_is_not_older_than_the_decision(advice, saskia):
    with pytest.raises(Refused) as refused:
        issue(advice, by=saskia.person, dated_on=DECIDED_ON - timedelta(days=1))
    assert refused.value.field == "dated_on"
    with pytest.raises(Refused):
        issue(advice, by=saskia.person, dated_on=timezone.localdate() + timedelta(days=32))
    assert issue(advice, by=saskia.person, dated_on=DECIDED_ON).dated_on == DECIDED_ON


def test_twice_is_once(advice, saskia, council):
    first = issue(advice, by=saskia.person, dated_on=DAY)
    again = issue(advice, by=saskia.person, dated_on=DAY)
    assert again == first
    assert Letter.objects.count() == 1
    assert NumberCounter.objects.get(council=council).last == 1
    assert Message.objects.filter(kind="advice.letter").count() == 1


def test_when_the_audit_row_fails_nothing_happened(advice, saskia, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("no audit row")

    monkeypatch.setattr(issuing, "record", broken)
    with pytest.raises(RuntimeError):
        issue(advice, by=saskia.person, dated_on=DAY)
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED
    assert not Letter.objects.exists() and not Message.objects.exists() and not NumberCounter.objects.exists()


def test_the_request_is_advised_also_when_nobody_accepted_it(council, authority, saskia):
    asked = factories.CouncilRequestFactory(
        council=council, request=factories.AdviceRequestFactory(authority=authority, submitted=True, reference="Z-12")
    )
    advice = adopted_advice(council, authority, saskia.person, request=asked)
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    asked.refresh_from_db()
    assert asked.state == RequestState.ADVISED
    assert letter.copies.get().your_reference == "Z-12"


def test_each_authority_gets_its_own_copy_of_one_letter(council, authority, saskia, fake_print, committing):
    other = factories.AuthorityFactory(name="Gemeente Anderdorp", slug="anderdorp", office__email="post@anderdorp.test")
    asked = factories.CouncilRequestFactory(
        council=council, accepted=True,
        request=factories.AdviceRequestFactory(authority=authority, submitted=True, reference="Z-12"),
    )  # fmt: skip
    advice = adopted_advice(council, authority, saskia.person, request=asked)
    advice.authorities.add(other)
    with committing():
        letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert [(copy.authority, copy.your_reference) for copy in letter.copies.order_by("authority__name")] == [
        (other, ""), (authority, "Z-12"),
    ]  # fmt: skip
    assert [one["authority"]["name"] for one in fake_print] == ["Gemeente Anderdorp", "Gemeente Testdorp"]
    assert [one["reference"] for one in fake_print] == ["2026-01", "2026-01"]
    assert {mail.to[0] for mail in mail.outbox} == {
        "College van burgemeester en wethouders <post@anderdorp.test>",
        "College van burgemeester en wethouders <bestuur@testdorp.test>",
        "Saskia de Wit <saskia@testdorp.test>",
    }


def test_the_letter_leaves_with_its_pdf_and_a_silent_subject(advice, saskia, fake_print, committing):
    with committing():
        letter = issue(advice, by=saskia.person, dated_on=DAY)
    sent = next(one for one in mail.outbox if "bestuur@testdorp.test" in one.to[0])
    assert sent.subject == "Brief van Adviesraad Testdorp"
    assert sent.body.startswith("Geacht college,")
    assert "2026-01" in sent.body and "28 oktober 2026" in sent.body
    assert advice.subject not in sent.subject + sent.body
    assert sent.attachments[0].filename == "2026-01.pdf"
    assert sent.attachments[0].content == read(letter.copies.get().pdf.document)
    assert sent.attachments[0].mimetype == "application/pdf"
    assert sent.alternatives[0].mimetype == "text/html"
    assert sent.reply_to == [advice.council.email]
    assert Message.objects.get(kind="advice.letter").state == MessageState.SENT
    receipt = next(one for one in mail.outbox if "saskia@testdorp.test" in one.to[0])
    assert receipt.attachments[0].filename == "2026-01.pdf"


def test_a_real_letter_is_a_pdf_with_its_data_inside(advice, saskia, committing):
    with committing():
        letter = issue(advice, by=saskia.person, dated_on=DAY)
    content = read(letter.copies.get().pdf.document)
    assert content.startswith(b"%PDF-")
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "2026-01" in words and "Houd het busje." in words and "28 oktober 2026" in words
    assert "concept" not in words.lower()
    assert list(reader.attachments) == ["advies-2026-01.json"]


def test_a_copy_goes_to_the_clerk_and_to_others_on_paper(council, authority, saskia, fake_print, committing):
    clerk = factories.PersonFactory(name="Griffie Testdorp", email="griffie@testdorp.test")
    factories.AppointmentFactory(person=clerk, authority=authority, role=AuthorityRole.CLERK)
    copy_to = ["gemeenteraad, via de griffie", "directeur Werk en Inkomen"]
    advice = adopted_advice(council, authority, saskia.person, copy_to=copy_to)
    with committing():
        issue(advice, by=saskia.person, dated_on=DAY)
    copies = Message.objects.filter(kind="advice.letter_copy").order_by("pk")
    assert [(one.person.name, one.state) for one in copies] == [
        ("Griffie Testdorp", MessageState.SENT), ("directeur Werk en Inkomen", MessageState.PAPER),
    ]  # fmt: skip


def test_an_office_without_email_gets_its_letter_on_paper(council, authority, saskia, fake_print, committing):
    authority.office.email = ""
    authority.office.save()
    advice = adopted_advice(council, authority, saskia.person)
    with committing():
        issue(advice, by=saskia.person, dated_on=DAY)
    message = Message.objects.get(kind="advice.letter")
    assert message.state == MessageState.PAPER
    assert LetterPdf.objects.count() == 1
    assert mark_posted(council, [message.pk], by=saskia.person) == 1
    assert mark_posted(council, [message.pk], by=saskia.person) == 0
    message.refresh_from_db()
    assert message.state == MessageState.POSTED
    assert AuditEvent.objects.filter(event="letter.posted").count() == 1


def test_another_council_cannot_mark_it_posted(council, authority, saskia, stijn):
    authority.office.email = ""
    authority.office.save()
    issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=DAY)
    other = stijn.person.memberships.get().council
    message = Message.objects.get(kind="advice.letter")
    assert mark_posted(other, [message.pk], by=stijn.person) == 0


def test_an_authority_without_office_gets_one_made(council, authority, saskia):
    authority.office = None
    authority.save()
    issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=DAY)
    authority.refresh_from_db()
    assert (authority.office.name, authority.office.is_office) == ("College van burgemeester en wethouders", True)
    assert Message.objects.get(kind="advice.letter").state == MessageState.PAPER


def test_a_refused_mail_can_go_on_paper(advice, saskia):
    issue(advice, by=saskia.person, dated_on=DAY)
    message = Message.objects.get(kind="advice.letter")
    with pytest.raises(Refused):
        send_on_paper(message, by=saskia.person)
    Message.objects.filter(pk=message.pk).update(state=MessageState.REFUSED)
    send_on_paper(message, by=saskia.person)
    message.refresh_from_db()
    assert message.state == MessageState.PAPER


# --- the PDF ----------------------------------------------------------------


def test_a_letter_whose_print_fails_twice_leaves_with_the_same_number(advice, saskia, monkeypatch, committing):
    tries: list[str] = []

    def print_letter(letter, **_options):
        tries.append(letter["reference"])
        if len(tries) < 3:
            raise RuntimeError("the printer is out of ink")
        return b"%PDF-1.7 third time"

    monkeypatch.setattr(letter_print, "print_letter", print_letter)
    monkeypatch.setitem(render_copy.app.conf, "task_eager_propagates", False)  # a retry is no fault of the test
    with committing():
        letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert tries == ["2026-01"] * 3
    assert NumberCounter.objects.get().last == 1
    assert read(letter.copies.get().pdf.document) == b"%PDF-1.7 third time"
    sent = next(one for one in mail.outbox if "bestuur@testdorp.test" in one.to[0])
    assert sent.attachments[0].content == b"%PDF-1.7 third time"


def test_the_message_waits_for_its_pdf_and_a_sweep_makes_what_was_lost(advice, saskia, fake_print):
    letter = issue(advice, by=saskia.person, dated_on=DAY)  # nothing is committed: as if the queue was wiped
    message = Message.objects.get(kind="advice.letter")
    assert deliver(message.pk) == MessageState.WAITING
    assert not mail.outbox
    assert sweep() == "0 without PDF, handed over"  # the task of the letter itself still has its minute
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert sweep("--dry") == "1 without PDF, nothing done"
        assert not LetterPdf.objects.exists()
        assert sweep() == "1 without PDF, handed over"
        assert letter.copies.get().pdf.document.size > 0
        assert deliver(message.pk) in (MessageState.SENT, "not due")
        assert sweep() == "0 without PDF, handed over"
    assert "bestuur@testdorp.test" in mail.outbox[0].to[0]


def sweep(mode: str = "--apply") -> str:
    out = io.StringIO()
    call_command("render_letters", *[mode] if mode == "--apply" else [], stdout=out)
    return out.getvalue().strip()


def test_a_copy_is_printed_once(advice, saskia, fake_print):
    copy = issue(advice, by=saskia.person, dated_on=DAY).copies.get()
    assert [render_copy(copy.pk), render_copy(copy.pk)] == ["made", "already there"]
    assert len(fake_print) == 1
    assert LetterPdf.objects.filter(copy=copy).count() == 1


def test_the_page_comes_from_the_frozen_text(advice, saskia, fake_print):
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    advice.recommendations.update(text="Iets heel anders.")
    render_copy(LetterCopy.objects.get(letter=letter).pk)
    assert fake_print[0]["recommendations"][0]["text"] == "Houd het busje."


def test_a_joint_advice_has_one_number_and_every_council_on_the_letter(council, authority, saskia):
    other = factories.CouncilFactory(name="Cliëntenpanel Testdorp", slug="panel")
    factories.InstrumentFactory(council=other, title="Reglement van het panel")
    advice = adopted_advice(council, authority, saskia.person)
    advice.joint_with.add(other)
    sha256 = advice.adopted_texts.get().sha256
    JointAdoption.objects.create(advice=advice, council=other, decided_on=DAY, sha256=sha256, recorded_by=saskia.person)
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    assert [one["name"] for one in letter.text["senders"]] == ["Adviesraad Testdorp", "Cliëntenpanel Testdorp"]
    assert [one["council"] for one in letter.text["response_due"]] == [
        "de Adviesraad Testdorp", "het Cliëntenpanel Testdorp",
    ]  # fmt: skip
    assert list(NumberCounter.objects.values_list("council__name", "last")) == [("Adviesraad Testdorp", 1)]
