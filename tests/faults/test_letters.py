"""The worker is killed while it prints letters, and the queue is wiped: every letter leaves once, with its number."""

import subprocess
import sys
import time

import pytest

from advice.models import Letter, LetterPdf
from portal.models import Message
from portal.states import MessageState
from tests.advice.letters import adopted_advice
from tests.factories import AuthorityFactory, CouncilFactory, InstrumentFactory, MembershipFactory, PersonFactory
from tests.faults.sink import sink_open
from tests.faults.test_invitations import kill, run, start, wipe_queue

LETTERS = 12

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
# What beat does every minute and every 20 seconds; the letters need not be a minute old here.
SWEEP = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from advice.management.commands import render_letters
render_letters.QUIET = timedelta(0)
call_command("render_letters", apply=True)
call_command("sweep_outbox", apply=True)
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
        worker = start("portal", environment)
        run(ISSUE, by.pk, environment=environment)
        give_up = time.monotonic() + 60
        while LetterPdf.objects.count() < 3 and time.monotonic() < give_up:
            time.sleep(0.05)
        kill(worker)
        wipe_queue(environment)
        printed_before = LetterPdf.objects.count()
        references = list(Letter.objects.order_by("pk").values_list("reference", flat=True))
        worker = start("portal", environment)
        give_up = time.monotonic() + 90
        while Message.objects.exclude(state=MessageState.SENT).exists() and time.monotonic() < give_up:
            subprocess.run([sys.executable, "-c", SWEEP], env=environment, check=True, capture_output=True)
            time.sleep(2)
        kill(worker)
    print(f"{printed_before} of {LETTERS} printed at the kill; doubles {len(sink.received) - LETTERS}")
    assert 0 < printed_before < LETTERS
    assert LetterPdf.objects.count() == LETTERS
    assert sink.recipients == {f"bestuur{number}@testdorp.test" for number in range(LETTERS)}
    assert list(Letter.objects.order_by("pk").values_list("reference", flat=True)) == references
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, LETTERS + 1))
