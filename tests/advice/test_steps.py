"""Steps of a letter after it was sent: who may say what, with which day and proof, and what the post itself proves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from advice.actions.issuing import issue, mark_posted
from advice.actions.steps import record_step, take_back_step
from advice.models import LetterCopy, LetterStep
from advice.steps import mails_of, steps_of, with_steps
from councils.states import AuthorityKind, AuthorityRole
from portal.access import Refused
from portal.actions.outbox import resend
from portal.models import AuditEvent, Message
from portal.states import MessageState
from tests import factories
from tests.advice.answers import sent
from tests.advice.letters import adopted_advice

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def copy(council, authority, saskia) -> LetterCopy:
    return sent(council, authority, saskia, plain_summary="Kort.")


def proof(name="bewijs.pdf", content=b"%PDF-1.7 bewijs") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def steps(copy: LetterCopy) -> dict:
    found = steps_of(copy, LetterStep.objects.filter(copy=copy).order_by("pk"), mails_of([copy]))
    return {step.kind.value: step for step in found}


def clerk_of(authority):
    clerk = factories.PersonFactory(name="Griffie Testdorp", email="griffie@testdorp.test")
    return factories.AppointmentFactory(person=clerk, authority=authority, role=AuthorityRole.CLERK)


# --- who says what ----------------------------------------------------------


def test_the_civil_servant_says_that_it_was_offered(copy, victor):
    step = record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    assert (step.happened_on, step.note, step.by_council) == (TODAY, "agendapunt 4", False)
    assert steps(copy)["offered"].day == TODAY
    assert AuditEvent.objects.filter(event="letter_step.offered", object_id=step.pk).count() == 1


def test_the_same_again_is_the_row_that_is_there(copy, victor):
    first = record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    assert record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person) == first
    assert LetterStep.objects.count() == 1


@pytest.mark.parametrize("kind", ["received", "offered", "municipal_council"])
def test_the_council_says_nothing_for_others_without_proof(copy, saskia, kind):
    with pytest.raises(Refused) as refused:
        record_step(copy, kind, happened_on=TODAY, by=saskia.person)
    assert refused.value.field == "note"
    assert not LetterStep.objects.exists()


@pytest.mark.parametrize("given", [{"note": "mail van Victor"}, {"link": "https://testdorp.test/a"}, {"upload": True}])
def test_with_a_note_a_link_or_a_file_the_council_may(copy, saskia, given):
    if "upload" in given:
        given = {"upload": proof()}
    step = record_step(copy, "received", happened_on=TODAY, by=saskia.person, **given)
    assert step.by_council
    assert step.document is None or step.document.council_id == copy.council_id


def test_a_channel_alone_is_no_proof(copy, saskia):
    with pytest.raises(Refused):
        record_step(copy, "municipal_council", happened_on=TODAY, channel="Per e-mail", by=saskia.person)
    step = record_step(
        copy, "municipal_council", happened_on=TODAY, channel="Per e-mail", note="in kopie", by=saskia.person
    )
    assert step.note == "Per e-mail. in kopie"


@pytest.mark.parametrize("kind", ["posted", "municipal_council"])
def test_what_the_council_does_is_not_for_the_authority_to_say(copy, victor, kind):
    with pytest.raises(Refused, match="adviesraad"):
        record_step(copy, kind, happened_on=TODAY, note="ja", by=victor.person)


def test_the_proposal_is_named_with_a_link(copy, victor):
    with pytest.raises(Refused) as refused:
        record_step(copy, "in_proposal", happened_on=TODAY, note="blz. 3", by=victor.person)
    assert refused.value.field == "link"
    step = record_step(copy, "in_proposal", happened_on=TODAY, link="https://raad.test/1", by=victor.person)
    assert steps(copy)["in_proposal"].link == step.link == "https://raad.test/1"


def test_a_file_of_a_kind_that_we_do_not_take_is_refused_at_its_field(copy, saskia):
    with pytest.raises(Refused) as refused:
        record_step(copy, "received", happened_on=TODAY, upload=proof("a.exe", b"MZ"), by=saskia.person)
    assert refused.value.field == "upload"


def test_a_body_that_is_no_municipality_has_no_municipal_council(copy, saskia):
    copy.authority.kind = AuthorityKind.NATIONAL_BODY
    copy.authority.save()
    assert "municipal_council" not in steps(copy)
    with pytest.raises(Refused):
        record_step(copy, "municipal_council", happened_on=TODAY, note="ja", by=saskia.person)


# --- days -------------------------------------------------------------------


@pytest.mark.parametrize("day", [TOMORROW, TODAY - timedelta(days=1)])
def test_a_day_lies_between_the_letter_and_today(copy, victor, day):
    with pytest.raises(Refused) as refused:
        record_step(copy, "received", happened_on=day, by=victor.person)
    assert refused.value.field == "happened_on"


# --- what was wrong ---------------------------------------------------------


def test_another_day_asks_to_take_back_the_first(copy, saskia, council, authority, victor):
    record_step(copy, "received", happened_on=TODAY, note="per telefoon", by=saskia.person)
    with pytest.raises(Refused, match="terug"):
        record_step(copy, "received", happened_on=TODAY, note="per brief", by=saskia.person)
    with pytest.raises(Refused) as refused:
        take_back_step(copy, "received", reason=" ", by=saskia.person)
    assert refused.value.field == "reason"
    take_back_step(copy, "received", reason="Verkeerde brief.", by=saskia.person)
    assert steps(copy)["received"].day is None
    record_step(copy, "received", happened_on=TODAY, note="per brief", by=saskia.person)
    shown = steps(copy)["received"]
    assert (shown.day, shown.row.note) == (TODAY, "per brief")
    assert [row.note for row in shown.earlier] == ["per telefoon", "Verkeerde brief."]


def test_nobody_takes_back_what_the_other_side_said(copy, saskia, victor):
    record_step(copy, "offered", happened_on=TODAY, by=victor.person)
    with pytest.raises(Refused):
        take_back_step(copy, "offered", reason="Niet waar.", by=saskia.person)
    with pytest.raises(Refused):
        record_step(copy, "offered", happened_on=TODAY, note="Niet waar.", by=saskia.person)
    assert steps(copy)["offered"].row.by_council is False


def test_the_word_of_the_authority_stands_above_what_the_council_registered(copy, saskia, victor):
    record_step(copy, "offered", happened_on=TODAY, note="mail van Victor", by=saskia.person)
    record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    shown = steps(copy)["offered"]
    assert (shown.row.by_council, shown.row.note, len(shown.earlier)) == (False, "agendapunt 4", 1)


def test_nothing_to_take_back_is_no_fault(copy, victor):
    assert take_back_step(copy, "offered", reason="Niets.", by=victor.person) is None
    assert not LetterStep.objects.exists()


# --- what the post proves ---------------------------------------------------


def test_the_mail_proves_the_sending_only_when_it_went(copy):
    Message.objects.filter(kind="advice.letter").update(state=MessageState.WAITING, sent_at=None)
    assert steps(copy)["posted"].day is None
    Message.objects.filter(kind="advice.letter").update(state=MessageState.SENT, sent_at=timezone.now())
    shown = steps(copy)["posted"]
    assert shown.day == TODAY and shown.mail is not None


def test_the_mail_to_the_clerk_is_the_copy_to_the_municipal_council(council, authority, saskia):
    clerk = clerk_of(authority)
    advice = adopted_advice(council, authority, saskia.person, copy_to=["gemeenteraad, via de griffie", "de directeur"])
    copy = issue(advice, by=saskia.person).copies.get()
    mails = Message.objects.filter(kind="advice.letter_copy")
    mails.exclude(person=clerk.person).update(state=MessageState.SENT, sent_at=timezone.now())
    assert steps(copy)["municipal_council"].day is None  # the copy for the director is another
    assert not with_steps(LetterCopy.objects.all()).get().to_municipal_council
    mails.filter(person=clerk.person).update(state=MessageState.SENT, sent_at=timezone.now())
    clerk.ends_on = TODAY - timedelta(days=1)
    clerk.save()
    assert steps(copy)["municipal_council"].day == TODAY
    assert with_steps(LetterCopy.objects.all()).get().to_municipal_council


def test_the_post_day_of_a_printed_letter_is_kept(council, authority, saskia):
    authority.office.email = ""
    authority.office.save()
    advice = adopted_advice(council, authority, saskia.person, copy_to=["de griffier"])
    copy = issue(advice, by=saskia.person, dated_on=date(2026, 9, 2)).copies.get()
    ids = list(Message.objects.filter(kind__startswith="advice.letter").values_list("pk", flat=True))
    with pytest.raises(Refused) as refused:
        mark_posted(council, ids, by=saskia.person, posted_on=TOMORROW)
    assert refused.value.field == "posted_on"
    assert Message.objects.filter(pk__in=ids, state=MessageState.POSTED).count() == 0

    mark_posted(council, ids, by=saskia.person, posted_on=date(2026, 9, 3))
    shown = steps(copy)
    assert shown["posted"].day == shown["municipal_council"].day == date(2026, 9, 3)
    assert shown["municipal_council"].row.note == "Per post. aan de griffier"


def test_a_letter_that_is_mailed_once_more_was_sent_on_its_first_day(council, authority, saskia):
    with time_machine.travel("2026-09-02 12:00+02:00"):
        clerk_of(authority)
        advice = adopted_advice(council, authority, saskia.person, copy_to=["de griffier"])
        copy = issue(advice, by=saskia.person, dated_on=date(2026, 9, 2)).copies.get()
        mails = Message.objects.filter(kind__startswith="advice.letter")
        mails.update(state=MessageState.SENT, sent_at=timezone.now())
    for day in ("2026-09-09", "2026-09-16"):
        with time_machine.travel(f"{day} 12:00+02:00"):
            for message in mails:
                resend(message, by=saskia.person)
            assert {step.day for step in steps(copy).values() if step.day} == {date(2026, 9, 2)}, "while it waits"
            mails.update(state=MessageState.SENT, sent_at=timezone.now())
    shown = steps(copy)
    assert shown["posted"].day == shown["municipal_council"].day == date(2026, 9, 2)
    assert shown["posted"].row.note == "Per e-mail."
    assert shown["municipal_council"].row.note == "Per e-mail. aan Griffie Testdorp"


def test_an_own_clerk_gets_the_copy_for_the_own_authority(council, authority, saskia):
    other = factories.AuthorityFactory(name="Aardorp", slug="aardorp")
    clerk_of(authority)
    advice = adopted_advice(council, authority, saskia.person, copy_to=["de griffie"])
    advice.authorities.add(other)
    letter = issue(advice, by=saskia.person)
    message = Message.objects.get(kind="advice.letter_copy")
    assert message.about_id == letter.copies.get(authority=authority).pk
    assert letter.copies.order_by("pk").first().authority == other
