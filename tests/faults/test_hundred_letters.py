"""100 letters at once through queue, worker, press and database: how long until the last has its PDF."""

import os
import time

import pytest

from advice.actions import issuing
from advice.actions.issuing import issue
from advice.models import LetterCopy, LetterPdf
from portal import post
from tests.advice.letters import adopted_advice
from tests.factories import AuthorityFactory, CouncilFactory, InstrumentFactory, MembershipFactory, PersonFactory
from tests.faults.scene import celery, kill, run

LETTERS, AT_MOST = 100, 120  # seconds; on two cores that others use too it takes a fraction

pytestmark = pytest.mark.slow

ASK = """
import django
django.setup()
from advice.models import LetterCopy
from advice.tasks import ask_to_render
for pk in LetterCopy.objects.order_by("pk").values_list("pk", flat=True):
    ask_to_render(pk)
"""


def test_a_hundred_letters_are_printed_soon(real_services, monkeypatch):
    monkeypatch.setattr(issuing, "ask_to_render", lambda copy_id: None)
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    council, authority, by = CouncilFactory(), AuthorityFactory(), PersonFactory()
    InstrumentFactory(council=council)
    MembershipFactory(council=council, chair=True)
    for _number in range(LETTERS):
        issue(adopted_advice(council, authority, by), by=by)
    run(ASK, environment=real_services)
    started = time.monotonic()
    worker = celery("portal", "worker", "-c", "1", "-Q", "print", environment=real_services)
    first = 0.0
    while (made := LetterPdf.objects.count()) < LETTERS and time.monotonic() < started + AT_MOST:
        first = first or (time.monotonic() - started if made else 0.0)
        time.sleep(0.1)
    seconds = time.monotonic() - started
    kill(worker)
    print(
        f"{LETTERS} letters in {seconds:.1f} s, of which {first:.1f} s until the first (start of worker and press);"
        f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    assert LetterPdf.objects.count() == LetterCopy.objects.count() == LETTERS
    assert LetterPdf.objects.values("copy").distinct().count() == LETTERS
