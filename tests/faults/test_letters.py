"""The worker is killed while it prints letters, and the queue is wiped: every letter leaves once, with its number."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from advice.models import Letter, LetterPdf
from portal.models import AuditEvent
from tests.advice.letters import adopt, adopted_advice
from tests.factories import (
    AdviceFactory,
    AuthorityFactory,
    CouncilFactory,
    InstrumentFactory,
    MembershipFactory,
    PersonFactory,
    SectionFactory,
)
from tests.faults.scene import Sweeper, kill, run, start, wipe_queue
from tests.faults.sink import sink_open

LETTERS, KILLS = 12, 4

pytestmark = pytest.mark.slow

ISSUE = """
import sys, django
django.setup()
from advice.actions.issuing import issue
from advice.models import Advice
from portal.models import Person
for advice in Advice.objects.order_by("pk"):
    issue(advice, by=Person.objects.get(pk=int(sys.argv[1])))
"""


def test_no_letter_is_lost(real_services):
    environment = {**real_services, "OUTBOX_LEASE": "5"}
    council = CouncilFactory()
    InstrumentFactory(council=council)
    by = PersonFactory()
    MembershipFactory(council=council, chair=True)
    for number in range(LETTERS):
        adopted_advice(council, AuthorityFactory(office__email=f"bestuur{number}@testdorp.test"), by)
    with sink_open() as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker, sweeper = start("portal", environment), Sweeper(environment, "render_letters", "sweep_outbox")
        run(ISSUE, by.pk, environment=environment)
        give_up = time.monotonic() + 60
        while LetterPdf.objects.count() < 3 and time.monotonic() < give_up:
            time.sleep(0.05)
        kill(worker)
        wipe_queue(environment)
        printed_before = LetterPdf.objects.count()
        references = list(Letter.objects.order_by("pk").values_list("reference", flat=True))
        worker = start("portal", environment)
        sweeper.until_sent()
        kill(worker)
    print(f"{printed_before} of {LETTERS} printed at the kill; doubles {len(sink.received) - LETTERS}")
    assert 0 < printed_before < LETTERS
    assert LetterPdf.objects.count() == LETTERS
    assert sink.recipients == {f"bestuur{number}@testdorp.test" for number in range(LETTERS)}
    assert list(Letter.objects.order_by("pk").values_list("reference", flat=True)) == references
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, LETTERS + 1))


AT_WORK = 84 * 2**20  # bytes in use: a press that only just started has less


def presses_at_work(worker: subprocess.Popen) -> list[int]:
    """The presses under this worker (they are in its group) that lay out a document."""
    found = []
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            command = (proc / "cmdline").read_text().split("\0")
            if "portal.pdf.press_child" in command and os.getpgid(int(proc.name)) == worker.pid:
                used = int((proc / "statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
                found += [int(proc.name)] if used > AT_WORK else []
        except (OSError, ValueError, IndexError):
            continue
    return found


def long_advice(council, authority, by) -> None:
    """It takes about a second to lay out."""
    advice = AdviceFactory(council=council, authorities=[authority], salutation="Geacht college,")
    SectionFactory(advice=advice, position=1, text="<p>Het busje naar de dagbesteding stopt in januari.</p>" * 500)
    adopt(advice, by)


def test_the_press_is_killed_halfway_and_every_letter_is_printed_once(real_services):
    """Killed again and again while it lays out: the worker lives, and what fell is tried again."""
    environment = {**real_services, "OUTBOX_LEASE": "5"}
    council, by = CouncilFactory(), PersonFactory()
    InstrumentFactory(council=council)
    MembershipFactory(council=council, chair=True)
    for number in range(LETTERS):
        long_advice(council, AuthorityFactory(office__email=f"bestuur{number}@testdorp.test"), by)
    kills = 0
    with sink_open() as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker, sweeper = start("portal", environment), Sweeper(environment, "render_letters", "sweep_outbox")
        run(ISSUE, by.pk, environment=environment)
        give_up = time.monotonic() + 90
        while LetterPdf.objects.count() < LETTERS and time.monotonic() < give_up:
            for pid in presses_at_work(worker)[:1] if kills < KILLS else []:
                os.kill(pid, signal.SIGKILL)
                kills += 1
            time.sleep(0.1)
        alive = worker.poll() is None
        sweeper.until_sent()
        kill(worker)
    failures = AuditEvent.objects.filter(event="letter_pdf.failed").count()
    print(f"killed {kills} times, {failures} documents fell; doubles {len(sink.received) - LETTERS}")
    assert alive and kills >= KILLS
    assert failures > 0, "a kill came halfway a document"
    assert LetterPdf.objects.count() == LETTERS
    assert LetterPdf.objects.values("copy").distinct().count() == LETTERS
    assert len(sink.received) == LETTERS
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, LETTERS + 1))
