"""What a person does with a message before it leaves and after: hold, own words, let go, again, drop, on paper."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.access import Refused
from portal.actions.outbox import (
    MOST_OWN_WORDS,
    drop,
    hold,
    hold_all,
    mark_all_posted,
    mark_posted,
    put_on_paper,
    release,
    release_all,
    resend,
    try_again,
    write_own_words,
)
from portal.actions.people import change_email
from portal.mail import compose
from portal.models import AuditEvent, Message
from portal.post import BUILDERS, WHEN_POSTED, NoLongerNeeded, post
from portal.states import MessageState
from portal.tasks import deliver
from portal.topics import must_go
from tests.factories import PersonFactory

KIND = "test.message"


@pytest.fixture(autouse=True)
def builder(monkeypatch, db):
    def build(message: Message):
        return compose(message, subject="Onderwerp", template="mail/base", context={}, sender="Adviesraad Testdorp")

    monkeypatch.setitem(BUILDERS, KIND, build)


@pytest.fixture
def message() -> Message:
    person = PersonFactory(name="Nel de Vries", email="nel@raad.test")
    return post(KIND, person, about=person, cause="oorzaak")


@pytest.fixture
def by(saskia):
    return saskia.person


def now_of(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def became(message: Message, state: MessageState) -> None:
    sent_at = timezone.now() if state in (MessageState.SENT, MessageState.BOUNCED) else None
    Message.objects.filter(pk=message.pk).update(state=state, sent_at=sent_at)


def test_what_is_held_waits_until_somebody_lets_it_go(message, by, committing):
    hold(message, by=by)
    assert deliver(message.pk) == "not due" and mail.outbox == []
    with committing():
        release(message, by=by)
    assert now_of(message).state == MessageState.SENT and len(mail.outbox) == 1
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["message_held", "message_waiting"]


def test_what_left_is_not_held(message, by):
    deliver(message.pk)
    with pytest.raises(Refused):
        hold(message, by=by)
    assert now_of(message).state == MessageState.SENT


def test_own_words_stand_above_the_mail_in_both_parts_and_are_no_code(message, by):
    hold(message, by=by)
    write_own_words(message, "Neem uw pas mee.\r\n<b>Let op</b>", by=by)
    release(message, by=by)
    deliver(message.pk)
    sent = mail.outbox[0]
    html = sent.alternatives[0].content
    assert sent.body.startswith("Van Adviesraad Testdorp, voor u:\nNeem uw pas mee.\n<b>Let op</b>\n")
    assert "Neem uw pas mee.<br>&lt;b&gt;Let op&lt;/b&gt;" in html and "<b>Let op" not in html


def test_without_own_words_a_mail_is_as_it_was(message):
    deliver(message.pk)
    assert (
        "voor u:" not in mail.outbox[0].body and "own" not in mail.outbox[0].alternatives[0].content.split("<body>")[1]
    )


def test_own_words_come_before_the_mail_has_left(message, by):
    deliver(message.pk)
    with pytest.raises(Refused) as refused:
        write_own_words(message, "Te laat", by=by)
    assert refused.value.field == "own_words" and now_of(message).own_words == ""


def test_own_words_have_an_end(message, by):
    write_own_words(message, "x" * MOST_OWN_WORDS, by=by)
    with pytest.raises(Refused):
        write_own_words(message, "x" * (MOST_OWN_WORDS + 1), by=by)
    assert len(now_of(message).own_words) == MOST_OWN_WORDS


def test_the_same_words_are_written_once(message, by):
    for _twice in range(2):
        write_own_words(message, "Tot dan", by=by)
    assert AuditEvent.objects.filter(event="message_words").count() == 1


def test_a_mail_goes_again_with_the_same_name_to_the_address_of_today(message, by, committing):
    deliver(message.pk)
    change_email(message.person, "nieuw@raad.test", by=by)
    with committing():
        resend(message, by=by)
    first, second = mail.outbox
    assert (first.to, second.to) == (["Nel de Vries <nel@raad.test>"], ["Nel de Vries <nieuw@raad.test>"])
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert Message.objects.count() == 1 and now_of(message).state == MessageState.SENT


def test_what_was_sent_and_is_no_longer_needed_stays_sent(message, by, monkeypatch):
    deliver(message.pk)
    sent_at = now_of(message).sent_at

    def gone(_message):
        raise NoLongerNeeded

    monkeypatch.setitem(BUILDERS, KIND, gone)
    with pytest.raises(Refused, match="niet meer nodig"):
        resend(message, by=by)
    assert (now_of(message).state, now_of(message).sent_at) == (MessageState.SENT, sent_at)


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.HELD, MessageState.PAPER, MessageState.DROPPED])
def test_only_what_went_out_goes_again(message, by, state):
    became(message, state)
    with pytest.raises(Refused):
        resend(message, by=by)


def test_to_nobody_nothing_is_sent(message, by):
    became(message, MessageState.BOUNCED)
    message.person.email = ""
    message.person.save()
    with pytest.raises(Refused, match="e-mail"):
        resend(message, by=by)


@pytest.mark.parametrize("state", [MessageState.REFUSED, MessageState.BOUNCED])
def test_what_did_not_arrive_goes_again_or_on_paper(message, by, state, committing):
    became(message, state)
    put_on_paper(message, by=by)
    assert now_of(message).state == MessageState.PAPER and now_of(message).sent_at is None
    became(message, state)
    with committing():
        try_again(message, by=by)
    assert now_of(message).state == MessageState.SENT


def test_a_message_is_dropped_but_a_letter_is_not(message, by, monkeypatch):
    monkeypatch.setattr("portal.actions.outbox.must_go", lambda: [KIND])
    with pytest.raises(Refused):
        drop(message, by=by)
    assert now_of(message).state == MessageState.WAITING
    monkeypatch.setattr("portal.actions.outbox.must_go", list)
    drop(message, by=by)
    assert now_of(message).state == MessageState.DROPPED and deliver(message.pk) == "not due"


def test_the_letters_must_go():
    assert {"advice.letter", "advice.letter_copy", "advice.response_letter", "advice.ladder"} == set(must_go())


def test_what_is_let_go_and_no_longer_needed_is_dropped_and_not_sent(message, by, monkeypatch):
    hold(message, by=by)

    def gone(_message):
        raise NoLongerNeeded

    monkeypatch.setitem(BUILDERS, KIND, gone)
    release(message, by=by)
    assert deliver(message.pk) == MessageState.DROPPED and mail.outbox == []


def test_what_was_posted_has_its_day_and_the_app_keeps_its_proof(message, by, monkeypatch):
    told = []
    monkeypatch.setitem(WHEN_POSTED, KIND, lambda messages, day, *, by: told.append((len(messages), day, by)))
    became(message, MessageState.PAPER)
    day = timezone.localdate() - timedelta(days=1)
    mark_posted(message, by=by, posted_on=day)
    assert now_of(message).posted_on == day and told == [(1, day, by)]


def test_nothing_was_posted_tomorrow(message, by):
    became(message, MessageState.PAPER)
    with pytest.raises(Refused) as refused:
        mark_posted(message, by=by, posted_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.field == "posted_on" and now_of(message).state == MessageState.PAPER


def test_a_letter_that_is_posted_here_has_its_proof_in_the_file():
    assert set(WHEN_POSTED) >= {"advice.letter", "advice.letter_copy"}


def test_all_that_waits_is_held_together_and_let_go_together(by, committing):
    people = [PersonFactory() for _number in range(3)]
    rows = [post(KIND, person, about=person, cause="ronde:1") for person in people]
    deliver(rows[0].pk)
    assert hold_all(rows, by=by) == 2
    with committing():
        assert release_all(rows, by=by) == 2
    assert len(mail.outbox) == 3


def test_all_on_paper_is_posted_together_or_not_at_all(by):
    people = [PersonFactory(without_email=True) for _number in range(2)]
    rows = [post(KIND, person, about=person, cause="ronde:1") for person in people]
    assert mark_all_posted(rows, by=by, posted_on=date(2026, 5, 1)) == 2
    assert {one.posted_on for one in Message.objects.all()} == {date(2026, 5, 1)}


def test_a_dead_address_is_marked_once_and_until_it_changes(message, by, monkeypatch):
    def send(self, messages):
        raise smtplib.SMTPRecipientsRefused({"nel@raad.test": (550, b"5.1.1 unknown")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    assert deliver(message.pk) == MessageState.REFUSED
    message.person.refresh_from_db()
    assert message.person.email_failed_at is not None
    change_email(message.person, "nieuw@raad.test", by=by)
    message.person.refresh_from_db()
    assert message.person.email_failed_at is None


def test_a_refusal_for_another_reason_marks_no_address(message, monkeypatch):
    def send(self, messages):
        raise smtplib.SMTPDataError(554, b"5.7.1 spam")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    assert deliver(message.pk) == MessageState.REFUSED
    message.person.refresh_from_db()
    assert message.person.email_failed_at is None
