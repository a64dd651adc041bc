"""What the tests of faults share: how much and how often, real workers, the sweep, and the table of what came of it.

script/faults raises the numbers and prints the table; script/test runs one seed of each with 200 messages."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import redis

from portal.models import Message
from portal.states import MessageState
from tests.faults.sink import Sink

MESSAGES = int(os.environ.get("FAULT_MESSAGES", "200"))
SEEDS = range(1, int(os.environ.get("FAULT_SEEDS", "1")) + 1)
WORKERS = int(os.environ.get("FAULT_WORKERS", "2"))
UNDER_WAY = [MessageState.WAITING, MessageState.SENDING]

# What a web server does when the secretary presses the button, in a process of its own.
INVITE = """
import sys, django
django.setup()
from meetings.actions.inviting import send_invitations
from meetings.models import Meeting
from portal.models import Person
send_invitations(Meeting.objects.get(pk=int(sys.argv[1])), by=Person.objects.get(pk=int(sys.argv[2])), at_once=True)
"""
SWEEP = """
import sys, time, django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from portal.models import Message
with open("/dev/null", "w") as nowhere:
    while True:
        if sys.argv[1] == "hurry":
            Message.objects.filter(state="waiting", next_try_at__gt=timezone.now()).update(next_try_at=timezone.now())
        call_command("sweep_outbox", apply=True, stdout=nowhere)
        time.sleep(0.5)
"""


@dataclass
class Outcome:
    """One line of the table. `most_ids` is the largest number of Message-IDs that one recipient saw for one message."""

    fault: str
    messages: int
    lost: int
    doubles: int
    seed: int = 1
    most_ids: int = 1
    seconds: float = 0.0
    control: bool = False
    note: str = ""

    def tell(self) -> "Outcome":
        print(self)
        if path := os.environ.get("FAULT_RESULTS"):
            with Path(path).open("a") as file:
                file.write(json.dumps(asdict(self)) + "\n")
        return self


def outcome_of(fault: str, sink: Sink, expected: set[str], **more) -> Outcome:
    """Of mails of which every recipient should have got one."""
    return Outcome(
        fault=fault,
        messages=len(expected),
        lost=len(expected - sink.recipients),
        doubles=len(sink.received) - len(sink.recipients),
        most_ids=max((len(ids) for ids in sink.ids_of.values()), default=0),
        **more,
    ).tell()


def run(code: str, *arguments: object, environment: dict[str, str], timeout: float = 300) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment, capture_output=True, text=True, timeout=timeout,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(app: str, environment: dict[str, str], workers: int = WORKERS) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", app, "worker", "-c", str(workers), "-l", "ERROR", "--without-gossip",
         "--without-mingle", "-Q", "celery,print"],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kill(worker: subprocess.Popen) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wipe_queue(environment: dict[str, str]) -> None:
    redis.Redis.from_url(environment["REDIS_URL"]).flushdb()


def manage(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def sweep_until_sent(environment: dict[str, str], *, give_up_after: float = 120, hurry: bool = False) -> None:
    """What beat does every 20 seconds, twice a second. With `hurry` nobody waits minutes for the next try."""
    sweeper = subprocess.Popen([sys.executable, "-c", SWEEP, "hurry" if hurry else ""], env=environment)
    give_up = time.monotonic() + give_up_after
    try:
        while Message.objects.filter(state__in=UNDER_WAY).exists() and time.monotonic() < give_up:
            time.sleep(0.2)
            assert sweeper.poll() is None
    finally:
        sweeper.kill()
        sweeper.wait()
