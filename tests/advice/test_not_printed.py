"""A letter that cannot be printed: three tries, its number stays, the secretary reads it, and the others go on."""

import io
import logging
import subprocess
import sys
from datetime import date, timedelta

import pytest
import time_machine
from celery.exceptions import Retry
from django.core.management import call_command
from django.utils import timezone

from advice import letter_print
from advice.actions.issuing import issue
from advice.models import LetterPdf, NumberCounter
from advice.printing import LARGE, LETTER
from advice.tasks import render_copy
from portal.models import AuditEvent, Message
from portal.pdf import PressFailed
from portal.states import MessageState
from tests.advice.letters import adopted_advice

DAY = date(2026, 9, 2)
SECRET = "woorden uit de brief"


@pytest.fixture
def letters(council, authority, saskia, chair):
    subjects = ["Vervoer", "Een brief die niet kan", "Wonen"]
    return [
        issue(adopted_advice(council, authority, saskia.person, subject=subject), by=saskia.person, dated_on=DAY)
        for subject in subjects
    ]


@pytest.fixture
def printer(monkeypatch):
    """Fails for one letter as long as `broken` says how."""

    def print_letter(letter, **_options):
        printer.tries += letter["subject"].startswith("Een brief")
        if printer.broken and letter["subject"].startswith("Een brief"):
            raise printer.broken
        return b"%PDF-1.7 " + letter["subject"].encode()

    printer = type("Printer", (), {"broken": PressFailed("memory"), "tries": 0})
    monkeypatch.setattr(letter_print, "print_letter", print_letter)
    monkeypatch.setitem(render_copy.app.conf, "task_eager_propagates", False)  # a retry is no fault of the test
    return printer


def sweep(*options: str) -> list[str]:
    out = io.StringIO()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        call_command("render_letters", "--apply", *options, stdout=out)
    return out.getvalue().splitlines()


def test_the_others_go_on_and_the_number_stays(letters, printer, caplog, saskia, sign_in):
    first, broken, last = letters
    assert sweep() == ["3 without PDF, handed over"]
    assert printer.tries == 3
    assert set(LetterPdf.objects.values_list("copy__letter", flat=True)) == {first.pk, last.pk}
    assert [one.reference for one in letters] == ["2026-01", "2026-02", "2026-03"]
    assert NumberCounter.objects.get().last == 3
    assert Message.objects.get(kind="advice.letter", about_id=broken.copies.get().pk).state == MessageState.WAITING
    assert LETTER.stuck() == {broken.copies.get().pk} and LARGE.stuck() == set()
    assert "letter_pdf of" in caplog.text and "needs attention: memory" in caplog.text

    page = sign_in(saskia).get(f"/raad/adviesraad-testdorp/adviezen/brieven/{broken.public_id}/")
    words = page.content.decode()
    assert "De PDF van deze brief kon niet worden gemaakt. De brief houdt nummer 2026-02." in words
    assert "Bel Raadportaal." in words or "Bel de helpdesk" in words
    assert "wordt gemaakt" not in words
    other = sign_in(saskia).get(f"/raad/adviesraad-testdorp/adviezen/brieven/{first.public_id}/").content.decode()
    assert "kon niet worden gemaakt" not in other

    assert sweep() == [
        "0 without PDF, handed over",
        "1 letter_pdf needs attention: see the log of the worker, then --again",
    ]
    assert printer.tries == 3, "a sweep leaves it alone"


def test_once_the_cause_is_gone_it_is_printed_with_the_same_number(letters, printer):
    broken = letters[1]
    sweep()
    assert sweep("--again") == ["1 without PDF, handed over"]
    assert printer.tries == 6, "three tries more"
    printer.broken = None
    assert sweep("--again") == ["1 without PDF, handed over"]
    assert broken.copies.get().pdf.document.size > 0
    assert LETTER.missing().count() == 0


def test_words_of_the_letter_do_not_reach_the_log_or_the_trail(letters, printer, caplog):
    caplog.set_level(logging.DEBUG, logger="advice")
    printer.broken = ValueError(SECRET)
    sweep()
    assert "needs attention: ValueError" in caplog.text
    ours = [record for record in caplog.records if record.name.startswith(("advice", "portal"))]
    assert ours and not any(SECRET in record.getMessage() for record in ours)
    assert AuditEvent.objects.filter(event="letter_pdf.failed").count() == 3


@pytest.mark.parametrize("fault", [OSError("disk full"), PressFailed("start")])
def test_a_fault_of_the_machine_is_no_fault_of_the_letter(letters, printer, fault):
    """It is tried until it is over."""
    printer.broken = fault
    copy = letters[1].copies.get()
    for _number in range(4):
        with pytest.raises((type(fault), Retry)):
            render_copy.run(copy.pk)
    assert LETTER.stuck() == set()
    printer.broken = None
    assert render_copy(copy.pk) == "made"


PREVIEW = """
import sys, django
django.setup()
from django.test import Client
from portal.models import User
client = Client(HTTP_HOST="127.0.0.1")
backend = "allauth.account.auth_backends.AuthenticationBackend"
client.force_login(User.objects.get(email="saskia@testdorp.test"), backend=backend)
answer = client.get(sys.argv[1])
assert answer.status_code == 200, answer.status_code
assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-"), answer
print(len(answer.content), "weasyprint" in sys.modules, "pydyf" in sys.modules, "portal.pdf.engine" in sys.modules)
"""


@pytest.mark.slow
def test_the_web_server_never_loads_weasyprint(real_services, council, authority, saskia):
    advice = adopted_advice(council, authority, saskia.person)
    path = f"/raad/{council.slug}/adviezen/{advice.public_id}/concept.pdf"
    done = subprocess.run(
        [sys.executable, "-c", PREVIEW, path],
        env={**real_services, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    size, *loaded = done.stdout.split()
    assert int(size) > 10_000
    assert loaded == ["False", "False", "True"]


def test_a_preview_that_cannot_be_made_says_so(council, authority, saskia, sign_in, monkeypatch):
    def print_letter(*_arguments, **_options):
        raise PressFailed("time")

    monkeypatch.setattr(letter_print, "print_letter", print_letter)
    advice = adopted_advice(council, authority, saskia.person)
    page = sign_in(saskia).get(f"/raad/{council.slug}/adviezen/{advice.public_id}/concept.pdf")
    assert page.status_code == 503
    assert "Uw tekst is veilig bewaard." in page.content.decode()
