"""Post that is a day late raises an alarm; so do scheduled tasks that do not succeed."""

import json
from datetime import timedelta

import pytest
import structlog
import time_machine
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.actions.outbox import hold
from portal.alarm import Alarm, alarm
from portal.models import Message, ScheduledRun
from portal.post import BUILDERS, post
from portal.states import MessageState
from portal.tasks import deliver, run_command
from tests.factories import PersonFactory

KIND = "test.message"
WRITTEN = "2026-05-12 10:00:00+02:00"


@pytest.fixture(autouse=True)
def builder(monkeypatch, db):
    monkeypatch.setitem(
        BUILDERS, KIND, lambda message: EmailMessage("Onderwerp", "Tekst", "post@raad.test", [message.person.email])
    )


@pytest.fixture
def message(council) -> Message:
    with time_machine.travel(WRITTEN, tick=False):
        person = PersonFactory(name="Nel de Vries")
        return post(KIND, person, about=person, cause="oorzaak", council_id=council.pk)


def at(hours: int, minutes: int):
    moment = timezone.datetime.fromisoformat(WRITTEN) + timedelta(hours=hours, minutes=minutes)
    return time_machine.travel(moment, tick=False)


def test_a_day_is_the_limit_and_a_sent_message_ends_the_alarm(message):
    with at(23, 59):
        assert alarm() == Alarm()
    with at(24, 1):
        assert alarm() == Alarm(messages=1)
        deliver(message.pk)
        assert alarm() == Alarm()


def test_retries_do_not_move_the_limit(message, monkeypatch):
    def away(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    with at(23, 0):
        assert deliver(message.pk) == MessageState.WAITING
    with at(24, 1):
        assert alarm().messages == 1


def test_a_message_that_had_no_moment_yet_or_is_held_is_not_late(council, saskia):
    with time_machine.travel(WRITTEN, tick=False):
        person = PersonFactory()
        post(KIND, person, about=person, cause="later", not_before=timezone.now() + timedelta(hours=2))
        hold(post(KIND, person, about=person, cause="vast"), by=saskia.person)
    with at(25, 59):
        assert not alarm()
    with at(26, 1):
        assert alarm().messages == 1


def test_the_alarm_is_logged_without_a_name_and_only_when_asked(message, capsys):
    with at(24, 1), structlog.testing.capture_logs() as logged:
        call_command("watch_outbox")
        assert logged == []
        call_command("watch_outbox", "--apply")
    assert logged == [{"event": "post is late", "log_level": "error", "messages": 1, "commands": []}]
    with at(23, 59), structlog.testing.capture_logs() as quiet:
        call_command("watch_outbox", "--apply")
    assert quiet == []
    assert capsys.readouterr().out.splitlines()[-1] == "0 messages late, commands behind: none"


def test_a_scheduled_task_that_does_not_succeed_for_a_day_raises_it_too(db, monkeypatch):
    with time_machine.travel(WRITTEN, tick=False):
        run_command("sweep_outbox")
        assert ScheduledRun.objects.get().succeeded_at == timezone.now()
    with at(23, 59):
        assert not alarm()
    monkeypatch.setattr("portal.tasks.call_command", lambda *args: 1 / 0)
    with at(24, 1):
        with pytest.raises(ZeroDivisionError):
            run_command("sweep_outbox")
        assert alarm() == Alarm(commands=("sweep_outbox",))
        monkeypatch.undo()
        run_command("sweep_outbox")
        assert not alarm()


def test_a_task_that_never_succeeded_counts_from_its_first_start(db, monkeypatch):
    monkeypatch.setattr("portal.tasks.call_command", lambda *args: 1 / 0)
    with time_machine.travel(WRITTEN, tick=False), pytest.raises(ZeroDivisionError):
        run_command("sweep_outbox")
    with at(24, 1):
        assert alarm().commands == ("sweep_outbox",)


def test_every_task_is_scheduled_well_within_the_day_after_which_it_is_missed(settings):
    """One that runs once a day is behind for a moment every day; and a beat that is restarted begins to count anew."""
    assert max(entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()) <= 3600


def test_a_task_that_is_no_longer_scheduled_is_not_waited_for(db):
    ScheduledRun.objects.create(name="van_vroeger", succeeded_at=timezone.now() - timedelta(days=9))
    assert not alarm()


def test_health_tells_it_and_stays_up(message):
    with at(23, 59):
        assert Client().get("/healthz/").text == "ok"
    with at(24, 1):
        answer = Client().get("/healthz/")
        assert (answer.status_code, answer.text) == (200, "ok\npost is late\n")


def test_the_secretary_and_the_administrator_see_it(message, council, saskia, fatma, administrator, sign_in):
    def sees(user, url):
        page = sign_in(user).get(url)
        return page.status_code == 200 and "langer dan een dag" in page.text

    home = f"/raad/{council.slug}/"
    with at(23, 59):
        assert not sees(saskia, home) and not sees(administrator, "/beheer/")
    with at(24, 1):
        assert sees(saskia, home) and sees(administrator, "/beheer/")
        assert not sees(fatma, home), "it is not asked of a member"


@pytest.mark.parametrize(
    ("state", "words"),
    [(MessageState.REFUSED, "De mail aan Nel de Vries kwam niet aan"), (MessageState.HELD, "U houdt 1 bericht vast")],
)
def test_the_home_of_the_secretary_asks_for_a_hand(message, council, saskia, sign_in, state, words):
    client = sign_in(saskia)
    assert words not in client.get(f"/raad/{council.slug}/").text
    Message.objects.update(state=state)
    assert words in client.get(f"/raad/{council.slug}/").text


def test_the_command_counts_and_names_what_waits_longest(message, capsys):
    with at(2, 0):
        call_command("outbox", "--json")
    facts = json.loads(capsys.readouterr().out)
    assert facts["states"]["waiting"] == 1 and set(facts["states"]) == set(MessageState)
    assert facts["oldest_waiting"] == {"id": str(message.public_id), "kind": KIND, "seconds": 7200}
    assert facts["overdue"] == 0
    with at(24, 1):
        call_command("outbox")
    out = capsys.readouterr().out
    assert "late (24 hours): 1" in out and "1 day, 0:01:00" in out and "Nel" not in out


def test_the_command_fails_when_one_waits_too_long(message, capsys):
    with at(2, 0):
        call_command("outbox", "--fail-after", "2")
    with at(2, 1), pytest.raises(SystemExit) as end:
        call_command("outbox", "--fail-after", "2")
    assert end.value.code == 1


def test_an_empty_outbox_waits_for_nothing(db, capsys):
    call_command("outbox", "--json", "--fail-after", "0")
    assert json.loads(capsys.readouterr().out)["oldest_waiting"] is None
