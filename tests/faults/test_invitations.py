"""200 invitations while the worker is killed or the queue wiped: none is lost. Without an outbox some are."""

import os
import signal
import subprocess
import sys
import time

import pytest
import redis

from portal.models import Message
from portal.states import MessageState
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.sink import sink_open

MEMBERS, WORKERS, KILL_AT = 200, 2, 60

pytestmark = pytest.mark.slow

# What a web server does when the secretary presses the button, in a process of its own.
INVITE = """
import sys, django
django.setup()
from meetings.actions.inviting import send_invitations
from meetings.models import Meeting
from portal.models import Person
send_invitations(Meeting.objects.get(pk=int(sys.argv[1])), by=Person.objects.get(pk=int(sys.argv[2])))
"""
# The same mails without an outbox: tasks in a queue that acknowledges before the work is done.
BARE_TASKS = """
import sys
from tests.faults.bare import send
for number in range(int(sys.argv[1])):
    send.delay(f"lid{number}@testdorp.test")
"""


@pytest.fixture
def environment(real_services) -> dict[str, str]:
    return {**real_services, "OUTBOX_LEASE": "5"}


@pytest.fixture
def meeting(real_services):
    council = CouncilFactory()
    MembershipFactory.create_batch(MEMBERS, council=council)
    return MeetingFactory(council=council)


def run(code: str, *arguments: object, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def start(app: str, environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", app, "worker", "-c", str(WORKERS), "-l", "ERROR", "--without-gossip",
         "--without-mingle", "-Q", "celery,print"],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kill(worker: subprocess.Popen) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def sweep_until_sent(environment: dict[str, str], give_up_after: float = 60) -> None:
    """What beat does every 20 seconds, faster."""
    give_up = time.monotonic() + give_up_after
    while Message.objects.exclude(state=MessageState.SENT).exists() and time.monotonic() < give_up:
        subprocess.run(
            [sys.executable, "manage.py", "sweep_outbox", "--apply"], env=environment, check=True, capture_output=True
        )
        time.sleep(1)


def wipe_queue(environment: dict[str, str]) -> None:
    redis.Redis.from_url(environment["REDIS_URL"]).flushdb()


@pytest.mark.parametrize("wiped", [False, True], ids=["worker killed", "worker killed and queue wiped"])
def test_no_invitation_is_lost(meeting, environment, wiped):
    by = meeting.council.memberships.first().person
    with sink_open(alarm_at=KILL_AT) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        run(INVITE, meeting.pk, by.pk, environment=environment)
        assert sink.reached.wait(60), f"only {len(sink.received)} mails came"
        kill(worker)
        if wiped:
            wipe_queue(environment)
        at_the_kill = len(sink.received)
        worker = start("portal", environment)
        sweep_until_sent(environment)
        kill(worker)

    expected = set(meeting.invitees.values_list("person__email", flat=True))
    doubles = len(sink.received) - MEMBERS
    print(f"killed at {at_the_kill}; lost {len(expected - sink.recipients)}; doubles {doubles}")
    assert at_the_kill < MEMBERS
    assert expected - sink.recipients == set()
    assert 0 <= doubles <= WORKERS
    assert all(len(ids) == 1 for ids in sink.ids_of.values())
    assert Message.objects.filter(state=MessageState.SENT).count() == MEMBERS


def test_control_without_an_outbox_some_are_lost(environment):
    with sink_open(alarm_at=KILL_AT) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        environment["CONTROL_SMTP_PORT"] = str(sink.port)
        worker = start("tests.faults.bare", environment)
        run(BARE_TASKS, MEMBERS, environment=environment)
        assert sink.reached.wait(60), f"only {len(sink.received)} mails came"
        kill(worker)
        wipe_queue(environment)
        worker = start("tests.faults.bare", environment)
        time.sleep(5)
        kill(worker)
    lost = MEMBERS - len(sink.recipients)
    print(f"lost without an outbox: {lost}")
    assert lost > 0


def test_the_secretary_is_not_held_up_when_the_queue_is_away(meeting, environment):
    environment |= {"REDIS_URL": "redis://127.0.0.1:1/0", "EMAIL_URL": "smtp://127.0.0.1:1"}
    by = meeting.council.memberships.first().person
    begin = time.monotonic()
    run(INVITE, meeting.pk, by.pk, environment=environment)
    assert time.monotonic() - begin < 20
    assert Message.objects.filter(state=MessageState.WAITING).count() == MEMBERS
