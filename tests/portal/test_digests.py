"""Overviews: late when the worker or the mail server was away, and never with less in them."""

import smtplib
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.actions.choosing import choose
from portal.bounces import came_back
from portal.mail import compose
from portal.models import Digest, Message, MessageChoice
from portal.post import BUILDERS, NoLongerNeeded, builds, post
from portal.states import Frequency, MessageState
from portal.topics import KINDS, WRITING
from tests.factories import PersonFactory

KIND = "test.written"
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def gone(monkeypatch):
    """What is no longer needed, by its cause."""
    causes: set[str] = set()

    def build(message: Message) -> EmailMessage:
        if message.cause in causes:
            raise NoLongerNeeded
        if message.cause == "broken":
            raise ValueError
        context = {"url": "https://raad.test/voorstel"}
        return compose(message, subject=f"Voorstel {message.cause}", template="portal/mail/digest", context=context)

    builds(KIND, WRITING, name="Voorstel", line=lambda message: f"Over {message.cause}")(build)
    yield causes
    del BUILDERS[KIND], KINDS[KIND]


@pytest.fixture
def reader(gone, db):
    person = PersonFactory(email="nel@raad.test", name="Nel")
    MessageChoice.objects.create(person=person, topic="writing", frequency=Frequency.DAILY)
    return person


def written(person, cause) -> Message:
    return post(KIND, person, about=person, cause=cause)


def run() -> None:
    """Beat, and the sweep after it."""
    call_command("send_digests", "--apply", verbosity=0)
    call_command("sweep_outbox", "--apply", verbosity=0)


def told() -> list[str]:
    """What stood in the overviews that left, in their order."""
    found = [line for sent in mail.outbox for line in sent.body.splitlines() if line.startswith("- ")]
    return [line.partition("Voorstel ")[2].partition(":")[0] for line in found]


def states() -> dict[str, str]:
    return dict(Message.objects.filter(kind=KIND).values_list("cause", "state"))


def test_nothing_happens_without_apply(reader):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        clock.shift(timedelta(days=2))
        call_command("send_digests", verbosity=0)
    assert not Digest.objects.exists()


def test_the_first_comes_a_day_after_the_first_message_and_holds_everything(reader):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        clock.shift(timedelta(hours=23))
        written(reader, "b")
        run()
        assert mail.outbox == []
        clock.shift(timedelta(hours=1))
        run()
    assert told() == ["a", "b"] and len(mail.outbox) == 1
    assert states() == {"a": "sent", "b": "sent"}
    sent = mail.outbox[0]
    assert sent.subject == "Uw overzicht van berichten"
    for part in (sent.body, sent.alternatives[0].content):
        assert "Wat leden schrijven" in part and "Over a" in part and "https://raad.test/voorstel" in part


def in_a_window(clock_now: datetime, hours: int = 24) -> list[str]:
    """The control: what an overview by the clock would hold."""
    since = clock_now - timedelta(hours=hours)
    return list(Message.objects.filter(kind=KIND, created_at__gt=since).order_by("pk").values_list("cause", flat=True))


def test_a_worker_that_comes_every_three_days_loses_nothing_and_a_window_by_the_clock_would(reader):
    by_window: list[str] = []
    with time_machine.travel(MONDAY) as clock:
        for day in range(1, 13):
            written(reader, f"dag {day}")
            clock.shift(timedelta(hours=12))
            if day % 3 == 0:
                run()
                by_window += in_a_window(timezone.now())
            clock.shift(timedelta(hours=12))
    everything = [f"dag {day}" for day in range(1, 13)]
    assert told() == everything and len(mail.outbox) == 4
    assert len(by_window) < len(everything)
    assert set(everything) - set(by_window) == {f"dag {day}" for day in range(1, 13) if day % 3 != 0}


def test_the_weekly_one_keeps_coming_weekly(reader):
    MessageChoice.objects.update(frequency=Frequency.WEEKLY)
    sent_on: list[int] = []
    with time_machine.travel(MONDAY) as clock:
        for day in range(6 * 7 + 2):
            written(reader, f"dag {day}")
            for _hour in range(4):
                before = len(mail.outbox)
                run()
                sent_on += [day] * (len(mail.outbox) - before)
                clock.shift(timedelta(hours=6))
    assert sent_on == [7, 14, 21, 28, 35, 42]
    assert told() == [f"dag {day}" for day in range(43)]


def test_not_more_than_one_a_day(reader):
    with time_machine.travel(MONDAY) as clock:
        for day in range(3 * 24):
            written(reader, f"uur {day}")
            run()
            clock.shift(timedelta(hours=1))
    assert len(mail.outbox) == 2


def test_what_was_refused_stands_in_the_next_one(reader, monkeypatch):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        clock.shift(timedelta(days=1))
        with monkeypatch.context() as refusing:

            def refuse(self, messages):
                raise smtplib.SMTPRecipientsRefused({"nel@raad.test": (550, b"full")})

            refusing.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
            run()
        assert states() == {"a": "collected"}
        assert Message.objects.get(kind="portal.digest").state == MessageState.REFUSED
        clock.shift(timedelta(hours=1))
        run()
        assert mail.outbox == []  # not every hour anew to an address that refuses
        written(reader, "b")
        clock.shift(timedelta(days=1))
        run()
    assert told() == ["a", "b"] and states() == {"a": "sent", "b": "sent"}


def test_what_stood_in_an_overview_that_came_back_came_back_too(reader, council, settings):
    """The overview itself belongs to no council; the secretary sees the messages of hers."""
    settings.BOUNCE_ADDRESS = ""
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        Message.objects.update(council_id=council.pk)
        clock.shift(timedelta(days=1))
        run()
        overview = Message.objects.get(kind="portal.digest")
        came_back(overview, "DSN 550 5.1.1")
    inside = Message.objects.get(kind=KIND)
    assert (inside.state, inside.problem) == (MessageState.BOUNCED, "DSN 550 5.1.1")
    assert inside.bounced_at is not None and inside.sent_at is not None


def test_a_mail_server_that_is_away_for_hours_makes_one_overview(reader, monkeypatch):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        clock.shift(timedelta(days=1))
        with monkeypatch.context() as away:

            def fail(self, messages):
                raise ConnectionRefusedError

            away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
            for _hour in range(5):
                run()
                clock.shift(timedelta(hours=1))
        clock.shift(timedelta(hours=4))
        run()
    assert told() == ["a"] and Digest.objects.count() == 1


def test_what_is_no_longer_needed_is_left_out(reader, gone):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        written(reader, "b")
        clock.shift(timedelta(days=1))
        gone.add("a")
        run()
    assert told() == ["b"] and states() == {"a": "dropped", "b": "sent"}


def test_an_overview_with_nothing_in_it_is_not_sent(reader, gone):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        gone.add("a")
        clock.shift(timedelta(days=1))
        run()
        assert mail.outbox == [] and Message.objects.get(kind="portal.digest").state == MessageState.DROPPED
        written(reader, "b")
        clock.shift(timedelta(days=1))
        run()
    assert told() == ["b"]


def test_a_message_that_cannot_be_made_holds_up_no_other(reader, caplog):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "broken")
        written(reader, "b")
        clock.shift(timedelta(days=1))
        call_command("send_digests", "--apply", verbosity=0)
        call_command("sweep_outbox", "--apply", verbosity=0)
    assert told() == ["b"] and states() == {"broken": "waiting", "b": "sent"}
    assert "nel@raad.test" not in caplog.text


def test_who_lost_the_address_gets_the_messages_on_paper(reader):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        reader.email = ""
        reader.save()
        clock.shift(timedelta(days=1))
        run()
        run()
    assert states() == {"a": "paper"} and not Digest.objects.exists()


def test_another_choice_moves_what_was_collected_to_the_other_overview(reader):
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        choose(reader, "writing", "weekly", by=reader)
        clock.shift(timedelta(days=1))
        run()
        assert mail.outbox == []
        clock.shift(timedelta(days=6))
        run()
    assert told() == ["a"] and Digest.objects.get().frequency == Frequency.WEEKLY


def test_one_click_in_an_overview_holds_for_all_that_comes_in_it(reader, client):
    MessageChoice.objects.create(person=reader, topic="agenda", frequency=Frequency.WEEKLY)
    with time_machine.travel(MONDAY) as clock:
        written(reader, "a")
        clock.shift(timedelta(days=1))
        run()
        link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
        path = link.removeprefix("http://127.0.0.1:8000")
        assert client.get(path).status_code == 200
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert set(MessageChoice.objects.values_list("topic", "frequency")) == {("writing", "never"), ("agenda", "never")}


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_overview(gone):
    person = PersonFactory(email="nel@raad.test")
    MessageChoice.objects.create(person=person, topic="writing", frequency=Frequency.DAILY)
    written(person, "a")
    Message.objects.update(created_at=timezone.now() - timedelta(days=2))
    ready = Barrier(2)

    def beat() -> None:
        ready.wait()
        call_command("send_digests", "--apply", verbosity=0)
        connection.close()

    runs = [Thread(target=beat) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert Digest.objects.count() == 1
    assert Message.objects.filter(kind="portal.digest").count() == 1


def test_the_run_costs_the_same_for_many_people(gone, db, django_assert_max_num_queries):
    for _ in range(30):
        person = PersonFactory()
        MessageChoice.objects.create(person=person, topic="writing", frequency=Frequency.DAILY)
        written(person, "a")
    with django_assert_max_num_queries(4):
        call_command("send_digests", verbosity=0)
