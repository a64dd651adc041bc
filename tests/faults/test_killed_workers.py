"""Invitations while all workers are killed at a third, with and without a wiped queue: none is lost.

Without an outbox some are. A mail that the server had accepted when the worker died goes out a second time with the
same Message-ID, so at most one for every worker that was sending."""

import random
import time

import pytest

from portal.models import Message
from portal.states import MessageState
from tests.faults.scene import (
    INVITE,
    MESSAGES,
    SEEDS,
    WORKERS,
    kill,
    outcome_of,
    run,
    start,
    wipe_queue,
)
from tests.faults.sink import sink_open

KILL_AT = MESSAGES * 3 // 10

pytestmark = pytest.mark.slow

# The same mails without an outbox: tasks in a queue that acknowledges before the work is done.
BARE_TASKS = """
import sys
from tests.faults.bare import send
for number in range(int(sys.argv[1])):
    send.delay(f"lid{number}@testdorp.test")
"""

ONE_MORE = """
from tests.faults.bare import send
send.delay("nakomer@testdorp.test")
"""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("wiped", [False, True], ids=["worker killed", "worker killed and queue wiped"])
def test_no_invitation_is_lost(meeting, environment, sweeper, wiped, seed):
    chance = random.Random(seed)
    by = meeting.council.memberships.first().person
    with sink_open(alarm_at=KILL_AT, wait=chance.uniform(0.005, 0.05)) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        run(INVITE, meeting.pk, by.pk, environment=environment)
        assert sink.reached.wait(120), f"only {len(sink.received)} mails came"
        time.sleep(chance.uniform(0, 0.1))
        kill(worker)
        if wiped:
            wipe_queue(environment)
        at_the_kill = len(sink.received)
        killed = time.monotonic()
        worker = start("portal", environment)
        sweeper.until_sent()
        seconds = time.monotonic() - killed
        kill(worker)

    expected = set(meeting.invitees.values_list("person__email", flat=True))
    fault = "workers killed, queue wiped" if wiped else "workers killed"
    came = outcome_of(fault, sink, expected, seed=seed, seconds=seconds, note=f"killed at {at_the_kill}")
    assert at_the_kill < MESSAGES == came.messages
    assert came.lost == 0
    assert 0 <= came.doubles <= WORKERS
    assert came.most_ids == 1
    assert Message.objects.filter(state=MessageState.SENT).count() == MESSAGES


def test_control_without_an_outbox_some_are_lost(environment):
    with sink_open(alarm_at=KILL_AT) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        environment["CONTROL_SMTP_PORT"] = str(sink.port)
        worker = start("tests.faults.bare", environment)
        run(BARE_TASKS, MESSAGES, environment=environment)
        assert sink.reached.wait(120), f"only {len(sink.received)} mails came"
        kill(worker)
        wipe_queue(environment)
        worker = start("tests.faults.bare", environment)
        run(ONE_MORE, environment=environment)
        give_up = time.monotonic() + 60
        while "nakomer@testdorp.test" not in sink.recipients and time.monotonic() < give_up:
            time.sleep(0.05)
        kill(worker)
    assert "nakomer@testdorp.test" in sink.recipients, "the second worker works, and finds nothing back"
    expected = {f"lid{number}@testdorp.test" for number in range(MESSAGES)}
    assert outcome_of("workers killed, queue wiped", sink, expected, control=True, note="no outbox").lost > 0


def test_the_secretary_is_not_held_up_when_the_queue_is_away(meeting, environment):
    environment |= {"REDIS_URL": "redis://127.0.0.1:1/0", "EMAIL_URL": "smtp://127.0.0.1:1"}
    by = meeting.council.memberships.first().person
    begin = time.monotonic()
    run(INVITE, meeting.pk, by.pk, environment=environment)
    assert time.monotonic() - begin < 20 + MESSAGES / 100
    assert Message.objects.filter(state=MessageState.WAITING).count() == MESSAGES
