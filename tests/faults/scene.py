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
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from advice.management.commands import render_letters
from portal.models import Message
render_letters.QUIET = timedelta(0)  # a letter need not be a minute old
hurry = sys.stdin.readline().strip() == "hurry"
with open("/dev/null", "w") as nowhere:
    while True:
        if hurry:
            Message.objects.filter(state="waiting", next_try_at__gt=timezone.now()).update(next_try_at=timezone.now())
        for name in sys.argv[1:]:
            call_command(name, apply=True, stdout=nowhere)
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


started: list[subprocess.Popen] = []


def celery(app: str, *arguments: str, environment: dict[str, str]) -> subprocess.Popen:
    """In a group of its own, so that all of it can be killed at once."""
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", app, *arguments, "-l", "ERROR"],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    started.append(process)
    return process


def start(app: str, environment: dict[str, str], workers: int = WORKERS) -> subprocess.Popen:
    return celery(
        app, "worker", "-c", str(workers), "--without-gossip", "--without-mingle", "-Q", "celery,print",
        environment=environment,
    )  # fmt: skip


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_what_is_left() -> None:
    """Of a test that failed: its worker would take the tasks of the next."""
    while started:
        process = started.pop()
        if process.poll() is None:
            kill(process)


def wipe_queue(environment: dict[str, str]) -> None:
    redis.Redis.from_url(environment["REDIS_URL"]).flushdb()


def manage(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


class Sweeper:
    """What beat does every minute or 20 seconds, twice a second. Its process starts with the scene and waits for its
    cue."""

    def __init__(self, environment: dict[str, str], *commands: str):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SWEEP, *(commands or ["sweep_outbox"])],
            env=environment, stdin=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        started.append(self.process)

    def begin(self, *, hurry: bool = False) -> None:
        """With `hurry` nobody waits minutes for the next try."""
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.write(b"hurry\n" if hurry else b"\n")
            self.process.stdin.close()

    def until_sent(self, *, hurry: bool = False, give_up_after: float = 120 + MESSAGES / 4) -> None:
        """And then no more."""
        self.begin(hurry=hurry)
        give_up = time.monotonic() + give_up_after
        while Message.objects.filter(state__in=UNDER_WAY).exists() and time.monotonic() < give_up:
            time.sleep(0.1)
            assert self.process.poll() is None
        kill(self.process)
