"""The queue fails while invitations go out: wiped half way, all its connections cut again and again. None is lost.

The control hands the same mails to the queue alone: what it loses, nobody finds back."""

import random
import threading
import time

import pytest
import redis

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

pytestmark = pytest.mark.slow
CUTS, EVERY = 5, 2.0  # times, seconds

PUBLISH_WITHOUT_OUTBOX = """
import sys, time
from tests.faults.bare import send
for number in range(int(sys.argv[1])):
    try:
        send.apply_async([f"lid{number}@testdorp.test"], retry=False)
    except Exception:
        pass
    time.sleep(0.02)
"""


def cut_connections(environment: dict[str, str], times: int, every: float) -> int:
    """The server closes every connection, as a restarted proxy does. Returns how many were cut."""
    client, cut = redis.Redis.from_url(environment["REDIS_URL"]), 0
    for time_of_cut in range(times):
        time.sleep(every if time_of_cut else 0)
        cut += client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        cut += client.execute_command("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes")
    return cut


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wiped_queue_only_delays(meeting, environment, sweeper, seed):
    chance = random.Random(seed)
    by = meeting.council.memberships.first().person
    with sink_open(alarm_at=chance.randint(MESSAGES // 10, MESSAGES // 2)) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        run(INVITE, meeting.pk, by.pk, environment=environment)
        assert sink.reached.wait(120)
        wipe_queue(environment)
        wiped_at, wiped = len(sink.received), time.monotonic()
        sweeper.until_sent()
        kill(worker)
    expected = set(meeting.invitees.values_list("person__email", flat=True))
    came = outcome_of(
        "queue wiped", sink, expected, seed=seed, seconds=time.monotonic() - wiped, note=f"wiped at {wiped_at}"
    )
    assert (came.messages, came.lost, came.doubles, came.most_ids) == (MESSAGES, 0, 0, 1)
    assert wiped_at < MESSAGES


@pytest.mark.parametrize("seed", SEEDS)
def test_cut_connections_only_delay(meeting, environment, sweeper, seed):
    """The worker takes work again within 30 seconds of the last cut, and sends nothing twice."""
    by = meeting.council.memberships.first().person
    with sink_open(wait=0.1 + seed / 200) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        cutting = threading.Thread(target=cut_connections, args=(environment, CUTS, EVERY))
        run(INVITE, meeting.pk, by.pk, environment=environment)
        cutting.start()
        cutting.join()
        after_the_cuts, last_cut = len(sink.received), time.monotonic()
        sweeper.begin()
        waiting = Message.objects.filter(state=MessageState.WAITING)
        while len(sink.received) == after_the_cuts and waiting.exists() and time.monotonic() < last_cut + 31:
            time.sleep(0.05)
        taken = time.monotonic() - last_cut
        sweeper.until_sent()
        assert worker.poll() is None
        kill(worker)
    expected = set(meeting.invitees.values_list("person__email", flat=True))
    came = outcome_of(
        "connections cut", sink, expected, seed=seed, seconds=taken, note=f"{after_the_cuts} sent while cutting"
    )
    assert (came.messages, came.lost, came.most_ids) == (MESSAGES, 0, 1)
    assert came.doubles <= WORKERS
    assert taken <= 30


def test_control_the_queue_alone_loses_what_was_handed_over_meanwhile(environment):
    """Publishing without an outbox, while connections are cut and the queue is wiped once."""
    with sink_open() as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        environment["CONTROL_SMTP_PORT"] = str(sink.port)
        publishing = threading.Thread(
            target=run, args=(PUBLISH_WITHOUT_OUTBOX, MESSAGES), kwargs={"environment": environment}
        )
        publishing.start()
        time.sleep(2)
        cut = cut_connections(environment, 3, 0.5)
        wipe_queue(environment)
        publishing.join()
        worker = start("tests.faults.bare", environment)
        give_up, before, queue = time.monotonic() + 60, -1, redis.Redis.from_url(environment["REDIS_URL"])
        while (queue.llen("celery") or len(sink.received) != before) and time.monotonic() < give_up:
            before = len(sink.received)
            time.sleep(1)
        kill(worker)
    expected = {f"lid{number}@testdorp.test" for number in range(MESSAGES)}
    came = outcome_of("queue wiped", sink, expected, control=True, note=f"no outbox, {cut} connections cut")
    assert came.lost > 0
