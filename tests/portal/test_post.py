"""The outbox: one mail per message, whatever the mail server, the queue or a worker does."""

import smtplib
import socket
import time
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from portal import queues, tasks
from portal.access import Refused
from portal.actions.outbox import mark_posted, put_on_paper, try_again
from portal.celery import app as celery_app
from portal.models import AuditEvent, Message
from portal.post import BUILDERS, NoLongerNeeded, NotYet, post
from portal.states import MessageState
from portal.tasks import deliver
from tests.factories import PersonFactory

KIND = "test.message"


@pytest.fixture
def builder(monkeypatch):
    """How the message is made; a test puts another in its place."""

    class Builder:
        def __init__(self):
            self.error: Exception | None = None

        def __call__(self, message: Message) -> EmailMessage:
            if self.error:
                raise self.error
            sender = "Adviesraad <post@raad.test>"
            return EmailMessage("Onderwerp", "Tekst", sender, [message.person.email])

    made = Builder()
    monkeypatch.setitem(BUILDERS, KIND, made)
    return made


@pytest.fixture
def message(builder, db) -> Message:
    person = PersonFactory(email="nel@raad.test")
    return post(KIND, person, about=person, cause="oorzaak")  # no commit in this test, so nobody nudges


@pytest.fixture
def server(monkeypatch):
    """The mail server raises this when a mail comes."""

    def raises(error: Exception) -> None:
        def send(self, messages):
            raise error

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)

    return raises


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


def make_due(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())


def test_a_message_is_sent_once(message):
    assert deliver(message.pk) == MessageState.SENT
    assert deliver(message.pk) == "not due"
    assert len(mail.outbox) == 1
    assert again(message).sent_at is not None and message.leased_until is None


def test_the_same_cause_makes_one_message(message):
    again_the_same = post(KIND, message.person, about=message.person, cause="oorzaak")
    assert again_the_same.pk == message.pk and Message.objects.count() == 1


def test_the_message_id_is_the_same_in_every_try(message, server, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages",
            lambda self, messages: (_ for _ in ()).throw(ConnectionRefusedError()),
        )
        assert deliver(message.pk) == MessageState.WAITING
    make_due(message)
    deliver(message.pk)
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.public_id}@raad.test>"


def test_who_has_no_e_mail_gets_paper(builder, db):
    person = PersonFactory(without_email=True)
    assert post(KIND, person, about=person, cause="x").state == MessageState.PAPER


def test_whose_address_went_gets_paper(message):
    message.person.email = ""
    message.person.save()
    assert deliver(message.pk) == MessageState.PAPER
    assert mail.outbox == []


def test_a_refused_address_is_final(message, server):
    server(smtplib.SMTPRecipientsRefused({"nel@raad.test": (550, b"no such user")}))
    assert deliver(message.pk) == MessageState.REFUSED
    assert again(message).problem == "SMTP 550"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"nel@raad.test": (451, b"try later")}),
        smtplib.SMTPDataError(452, b"full"),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPSenderRefused(550, b"no", "post@raad.test"),
        smtplib.SMTPConnectError(554, b"no"),
        TimeoutError(),
        SoftTimeLimitExceeded(),  # the server drips, and the time of one message is over
        ConnectionRefusedError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_trouble_of_the_moment_is_tried_again_later(message, server, error):
    server(error)
    assert deliver(message.pk) == MessageState.WAITING
    waits = again(message).next_try_at - timezone.now()
    assert timedelta(seconds=50) < waits < timedelta(seconds=70)
    assert deliver(message.pk) == "not due", "not before its time"


def test_the_waits_grow(message, server):
    server(ConnectionRefusedError())
    for minutes in (1, 5, 15, 60, 240, 240):
        make_due(message)
        deliver(message.pk)
        wait = (again(message).next_try_at - timezone.now()) / timedelta(minutes=minutes)
        assert 0.84 < wait < 1.16


def test_after_two_days_it_is_given_up(message, server):
    server(ConnectionRefusedError())
    Message.objects.update(due_at=timezone.now() - timedelta(hours=49))
    assert deliver(message.pk) == MessageState.REFUSED


def test_a_message_that_cannot_be_made_is_parked_after_five_tries_and_stops_nobody(message, builder):
    builder.error = ZeroDivisionError()
    for _try in range(5):
        make_due(message)
        with pytest.raises(ZeroDivisionError):
            deliver(message.pk)
    assert again(message).state == MessageState.REFUSED and message.problem == "ZeroDivisionError"
    builder.error = None
    other = post(KIND, message.person, about=message.person, cause="andere oorzaak")
    assert deliver(other.pk) == MessageState.SENT


def worker_dies(message: Message) -> None:
    make_due(message)
    assert tasks.take(message.pk) is not None
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_mail_that_kills_its_worker_every_time_comes_ever_more_seldom_and_is_given_up(message, builder):
    for _try in range(5):
        worker_dies(message)
    builder.error = AssertionError("it is not made once more now")
    assert deliver(message.pk) == MessageState.WAITING
    assert again(message).next_try_at > timezone.now() + timedelta(hours=3)
    worker_dies(message)
    Message.objects.update(due_at=timezone.now() - timedelta(hours=49))
    assert deliver(message.pk) == MessageState.REFUSED
    assert again(message).problem == "WorkerLostError"


def test_one_death_of_a_worker_puts_nothing_off(message):
    worker_dies(message)
    assert deliver(message.pk) == MessageState.SENT
    assert again(message).problem == ""


def test_a_message_of_an_unknown_kind_is_parked_too(message, monkeypatch):
    monkeypatch.delitem(BUILDERS, KIND)
    with pytest.raises(KeyError):
        deliver(message.pk)
    assert again(message).state == MessageState.WAITING
    with pytest.raises(LookupError):
        post(KIND, message.person, about=message.person, cause="nog een")


def test_what_waits_for_its_document_is_no_failed_try(message, builder):
    builder.error = NotYet("de pdf komt nog")
    for _try in range(3):
        make_due(message)
        assert deliver(message.pk) == MessageState.WAITING
    assert again(message).attempts == 0 and message.problem == "de pdf komt nog"
    builder.error = None
    make_due(message)
    assert deliver(message.pk) == MessageState.SENT


def test_a_document_that_never_comes_is_shown_to_the_secretary(message, builder):
    builder.error = NotYet("de pdf komt nog")
    Message.objects.update(due_at=timezone.now() - timedelta(hours=49))
    assert deliver(message.pk) == MessageState.REFUSED


def test_what_is_not_needed_any_more_is_dropped(message, builder):
    builder.error = NoLongerNeeded()
    assert deliver(message.pk) == MessageState.DROPPED


def test_a_leased_message_is_left_alone_until_the_lease_is_over(message, settings):
    settings.OUTBOX_LEASE = 60
    taken = tasks.take(message.pk)
    assert taken is not None and tasks.take(message.pk) is None
    assert timedelta(seconds=55) < taken.leased_until - timezone.now() <= timedelta(seconds=60)
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))  # the worker died
    assert deliver(message.pk) == MessageState.SENT


def test_a_worker_whose_lease_ran_out_changes_nothing_any_more(message):
    slow = tasks.take(message.pk)
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert deliver(message.pk) == MessageState.SENT
    assert tasks.later(slow, "TimeoutError") == "taken over"
    assert again(message).state == MessageState.SENT


def test_the_sweeper_counts_and_with_apply_delivers(message, capsys):
    call_command("sweep_outbox")
    assert capsys.readouterr().out == "1 due, nothing done\n" and mail.outbox == []
    call_command("sweep_outbox", "--apply")
    assert capsys.readouterr().out == "1 due, handed over\n" and len(mail.outbox) == 1


def test_what_the_sweeper_hands_over_does_not_pile_up_in_the_queue(message, monkeypatch):
    handed = []
    monkeypatch.setattr("portal.tasks.deliver.apply_async", lambda args, **options: handed.append((args, options)))
    for _sweep in range(3):
        call_command("sweep_outbox", "--apply")
    assert handed == [([message.pk], {"expires": 60})] * 3


# --- the queue is away --------------------------------------------------------


@pytest.fixture
def dead_queue(monkeypatch):
    """A broker on a port where nobody listens, and a nudge that has not met it yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before = {name: celery_app.conf[name] for name in ("task_always_eager", "broker_url", "broker_write_url")}
    address = f"redis://127.0.0.1:{port}/0"
    celery_app.conf.update(task_always_eager=False, broker_url=address, broker_write_url=address)
    celery_app._pool = celery_app.amqp._producer_pool = None
    monkeypatch.setattr(queues, "_away_until", 0.0)
    yield
    celery_app.conf.update(before)
    celery_app._pool = celery_app.amqp._producer_pool = None


def test_without_the_queue_nothing_fails_and_nothing_is_slow(
    db, builder, dead_queue, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for number in range(50):
            post(KIND, person, about=person, cause=f"oorzaak {number}")
    assert time.monotonic() - started < 3
    assert Message.objects.filter(state=MessageState.WAITING).count() == 50
    assert queues._away_until > time.monotonic(), "the nudge noticed"
    assert mail.outbox == []


# --- by hand ------------------------------------------------------------------


def test_the_secretary_sends_again_what_came_back(message, server, saskia, committing):
    Message.objects.update(state=MessageState.REFUSED, due_at=timezone.now() - timedelta(days=9), attempts=7)
    with committing():
        try_again(message, by=saskia.person)
    assert again(message).state == MessageState.SENT and message.attempts == 1
    assert AuditEvent.objects.filter(event="message_waiting", object_id=message.pk).exists()


def test_what_came_back_goes_on_paper_and_is_posted(message, saskia):
    Message.objects.update(state=MessageState.REFUSED)
    put_on_paper(message, by=saskia.person)
    mark_posted(message, by=saskia.person)
    assert again(message).state == MessageState.POSTED


def test_what_was_sent_is_not_sent_again(message, saskia):
    deliver(message.pk)
    for verb in (try_again, put_on_paper, mark_posted):
        with pytest.raises(Refused):
            verb(message, by=saskia.person)


def test_the_post_room_shows_what_came_back_first(message, council, saskia, sign_in):
    Message.objects.update(state=MessageState.REFUSED, council_id=council.pk, problem="SMTP 550")
    client = sign_in(saskia)
    page = client.get(f"/raad/{council.slug}/post/")
    assert "Het adres bestaat niet (550)." in page.text and message.person.name in page.text
    client.post(f"/raad/{council.slug}/post/{message.public_id}/doen/", {"do": "paper"})
    assert again(message).state == MessageState.PAPER
    client.post(f"/raad/{council.slug}/post/{message.public_id}/doen/", {"do": "posted"})
    assert again(message).state == MessageState.POSTED
    assert client.post(f"/raad/{council.slug}/post/{message.public_id}/doen/", {"do": "again"}).status_code == 302
    assert again(message).state == MessageState.POSTED
