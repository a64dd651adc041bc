"""PostgreSQL is killed while invitations are made and delivered: what was acknowledged is there, and goes out.

The control is a database that does not wait for its disk: it forgets what it had acknowledged."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from portal.embedded import Services, alive
from tests.database import KEPT_TABLES, empty_folder, with_database
from tests.faults.scene import MESSAGES, SEEDS, WORKERS, Outcome, kill, manage, start
from tests.faults.sink import Sink, sink_open

pytestmark = pytest.mark.slow
KILLS, GROUP = 3, 5  # so many times; so many people are invited at once

PEOPLE = f"""
import django
django.setup()
from tests.factories import CouncilFactory, MembershipFactory
MembershipFactory.create_batch({GROUP}, council=CouncilFactory())
"""
# A web server under load: plans meetings and invites. What came back without an error is acknowledged.
LOAD = """
import sys, time, django
django.setup()
from datetime import timedelta
from django.db import connections
from django.utils import timezone
from councils.models import Council
from meetings.actions.inviting import send_invitations
from meetings.actions.scheduling import schedule_meeting
wanted, ledger = int(sys.argv[1]), open(sys.argv[2], "a", buffering=1)
done, give_up = 0, time.monotonic() + 240
while done < wanted and time.monotonic() < give_up:
    try:
        council = Council.objects.get()
        by = council.memberships.first().person
        now = timezone.now() + timedelta(days=30)
        hours = {"starts_at": now, "ends_at": now + timedelta(hours=2)}
        meeting = schedule_meeting(council, title="Overleg", by=by, **hours)
        send_invitations(meeting, by=by, at_once=True)
    except Exception:
        connections.close_all()
        time.sleep(0.1)
        continue
    ledger.write(f"{meeting.pk}\\n")
    done += 1
"""


@contextmanager
def own_database(folder: Path, *, durable: bool) -> Iterator[tuple[Services, dict[str, str]]]:
    """Services of our own, that may be killed, with the tables of the test database: migrating takes a minute."""
    rest = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    with Services(folder, durable=durable, environ=rest) as services:
        environment = {
            **{key: value for key, value in rest.items() if not key.startswith("PYTEST_")},
            **services.urls(), "DJANGO_SETTINGS_MODULE": "portal.settings.local", "VAR_DIR": str(folder / "var"),
            "OUTBOX_LEASE": "5",
        }  # fmt: skip
        copy_tables(services)
        subprocess.run([sys.executable, "-c", PEOPLE], env=environment, check=True)
        yield services, environment


def copy_tables(services: Services) -> None:
    """As a migrated database is: all tables with their owner, triggers and privileges, and the rows of migrations."""
    assert services.postgres
    source = with_database(os.environ["DATABASE_OWNER_URL"], connections["default"].settings_dict["NAME"])
    rows = [f"--table={table}" for table in sorted(KEPT_TABLES)]
    for what in (["--schema-only"], ["--data-only", "--disable-triggers", *rows]):
        dumped = subprocess.run([services.postgres.bin / "pg_dump", *what, source], check=True, capture_output=True)
        restore = [services.postgres.bin / "psql", "-q", "-v", "ON_ERROR_STOP=1", services.postgres.url("postgres")]
        subprocess.run(restore, input=dumped.stdout, check=True, stdout=subprocess.DEVNULL)


def kill_postgres(services: Services) -> None:
    """Every process at once, as when the machine loses its memory; then start it again."""
    postgres = services.postgres
    assert postgres
    give_up = time.monotonic() + 20
    while (found := processes_in(postgres.data)) and time.monotonic() < give_up:
        for pid in found:  # the first of them could start others meanwhile
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.05)
    postgres.start()


def processes_in(folder: Path) -> list[int]:
    """Every process of PostgreSQL has its data as working folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            here = (process / "cwd").readlink() == folder.resolve()
        except OSError:
            continue
        if here and alive(int(process.name)):
            found.append(int(process.name))
    return sorted(found)


def load_and_kill(services: Services, environment: dict[str, str], meetings: int, ledger: Path, seed: int) -> None:
    chance, load = random.Random(seed), subprocess.Popen(
        [sys.executable, "-c", LOAD, str(meetings), str(ledger)], env=environment
    )  # fmt: skip
    ledger.touch()
    for time_of_death in range(1, KILLS + 1):
        give_up = time.monotonic() + 120
        while len(ledger.read_text().split()) < meetings * time_of_death // (KILLS + 1) and time.monotonic() < give_up:
            time.sleep(chance.uniform(0.01, 0.05))
        kill_postgres(services)
    assert load.wait(300) == 0


def rows(services: Services, query: str) -> list[tuple]:
    assert services.postgres
    with psycopg.connect(services.postgres.url("postgres")) as connection:
        return connection.execute(query).fetchall()


def missing(services: Services, ledger: Path) -> int:
    """Messages of acknowledged invitations that the database does not know."""
    kept = dict(rows(services, "SELECT meeting_id, count(*) FROM meetings_invitee GROUP BY meeting_id"))
    return sum(GROUP - kept.get(int(meeting), 0) for meeting in ledger.read_text().split())


def deliver_the_rest(services: Services, environment: dict[str, str], sink: Sink) -> None:
    give_up = time.monotonic() + 120
    while rows(services, "SELECT 1 FROM portal_message WHERE state <> 'sent' LIMIT 1") and time.monotonic() < give_up:
        manage("sweep_outbox", "--apply", environment=environment)
        time.sleep(0.2)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_acknowledged_survives_the_death_of_the_database(django_db_setup, seed, tmp_path):
    ledger = tmp_path / "ledger"
    with empty_folder() as folder, own_database(folder, durable=True) as (services, environment), sink_open() as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        began = time.monotonic()
        try:
            load_and_kill(services, environment, MESSAGES // GROUP, ledger, seed)
            deliver_the_rest(services, environment, sink)
            assert worker.poll() is None
        finally:
            kill(worker)
        written = {f"<{public_id}@" for (public_id,) in rows(services, "SELECT public_id FROM portal_message")}
        lost = missing(services, ledger)
    received = [message_id.partition("@")[0] + "@" for _recipient, message_id in sink.received]
    came = Outcome(
        "database killed", messages=len(written), lost=lost + len(written - set(received)),
        doubles=len(received) - len(set(received)), seed=seed, seconds=time.monotonic() - began,
        note=f"killed {KILLS} times",
    ).tell()  # fmt: skip
    assert len(ledger.read_text().split()) == MESSAGES // GROUP
    assert came.messages >= MESSAGES
    assert came.lost == 0
    assert came.doubles <= KILLS * WORKERS


def test_control_a_database_that_does_not_wait_for_its_disk_forgets(django_db_setup, tmp_path):
    ledger = tmp_path / "ledger"
    with empty_folder() as folder, own_database(folder, durable=False) as (services, environment):
        load_and_kill(services, environment, MESSAGES // GROUP, ledger, seed=1)
        lost = missing(services, ledger)
    Outcome("database killed", MESSAGES, lost, 0, control=True, note="does not wait for its disk").tell()
    assert lost > 0
