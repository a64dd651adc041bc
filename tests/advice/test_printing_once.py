"""The answer, the letter when no answer came and large print are printed once too, and a sweep makes what was lost."""

import io
import sys
from datetime import timedelta
from types import ModuleType

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from advice import letter_print
from advice.models import LadderPdf, LargePrint, LetterCopy, LetterPdf, ResponsePdf
from advice.models.answers import ResponseLetter
from advice.models.following import LadderLetter
from advice.tasks import (
    TASKS,
    ask_to_render,
    ask_to_render_ladder,
    ask_to_render_large,
    ask_to_render_response,
    render_ladder,
    render_large,
    render_response,
)
from councils.states import AnswerForm
from portal import queues
from portal.documents import read
from portal.models import Message
from tests.access.world import build


@pytest.fixture
def world(council, authority, saskia, fatma, victor):
    return build(council, authority, saskia, fatma, victor)


@pytest.fixture
def printed(monkeypatch):
    """What was asked of each printer; the bytes are not looked at here."""
    calls: list[tuple[str, object]] = []

    def printer(name):
        def make(row, **_more):
            calls.append((name, row))
            return f"%PDF-1.7 {name}".encode()

        return make

    for module, function in (("response_print", "print_response"), ("ladder_print", "print_ladder_letter")):
        fake = ModuleType(f"advice.{module}")
        setattr(fake, function, printer(module))
        monkeypatch.setitem(sys.modules, f"advice.{module}", fake)
    monkeypatch.setattr(letter_print, "print_letter", printer("letter_print"))
    return calls


@pytest.fixture
def answer(world):
    """The answer of the world has its PDF; this one has none yet."""
    response = world.response_draft
    return ResponseLetter.objects.create(
        response=response, council=response.council, authority=response.authority, form=AnswerForm.LETTER,
        text={"subject": "Ons antwoord"}, sha256="6" * 64, issued_at=timezone.now() - timedelta(minutes=2),
    )  # fmt: skip


@pytest.fixture
def ladder(world):
    copy = world.open_copy
    return LadderLetter.objects.create(
        copy=copy, council=copy.council, authority=copy.authority, kind="alderman", dated_on="2026-12-01",
        text={}, sha256="7" * 64, sent_by=world.secretary, sent_at=timezone.now() - timedelta(minutes=2),
    )  # fmt: skip


def test_an_answer_is_printed_once_and_belongs_to_both(answer, printed):
    assert [render_response(answer.pk), render_response(answer.pk)] == ["made", "already there"]
    assert printed == [("response_print", answer)]
    pdf = ResponsePdf.objects.get(letter=answer)
    assert (pdf.council_id, pdf.authority_id) == (answer.council_id, answer.authority_id)
    assert (pdf.document.council_id, pdf.document.authority_id) == (answer.council_id, answer.authority_id)
    assert read(pdf.document) == b"%PDF-1.7 response_print"
    assert pdf.renderer == "WeasyPrint 70.0"


def test_a_letter_of_the_ladder_is_printed_once(ladder, printed):
    assert [render_ladder(ladder.pk), render_ladder(ladder.pk)] == ["made", "already there"]
    assert printed == [("ladder_print", ladder)]
    assert LadderPdf.objects.get(letter=ladder).document.name.startswith("alderman-")


def test_large_print_is_the_same_letter_and_made_once(world, printed):
    copy = world.open_copy
    assert [render_large(copy.pk), render_large(copy.pk)] == ["made", "already there"]
    ((_name, data),) = printed
    assert data["large"] is True and data["subject"] == "Brief die nog niet openbaar is"
    assert LargePrint.objects.get(copy=copy).document.name.endswith("-groot.pdf")


def test_who_waits_for_the_pdf_is_told(answer, ladder, printed, saskia):
    waiting = {"council_id": answer.council_id, "person": saskia.person, "next_try_at": timezone.now() + timedelta(1)}
    first = Message.objects.create(kind="advice.response_letter", about_id=answer.pk, cause="a", **waiting)
    second = Message.objects.create(kind="advice.ladder", about_id=ladder.pk, cause="b", **waiting)
    other = Message.objects.create(kind="advice.ladder", about_id=ladder.pk + 1, cause="c", **waiting)
    render_response(answer.pk)
    render_ladder(ladder.pk)
    for message in (first, second, other):
        message.refresh_from_db()
    now = timezone.now()
    assert [one.next_try_at <= now for one in (first, second, other)] == [True, True, False]
    assert mail.outbox == []


def test_the_sweep_makes_what_was_lost(answer, ladder, world, printed):
    for copy in LetterCopy.objects.filter(letter__original=None, pdf=None):
        LetterPdf.objects.create(copy=copy, council=copy.council, document=world.pdf, renderer="test")
    assert sweep() == "2 without PDF, nothing done"
    assert sweep("--apply") == "2 without PDF, handed over"
    assert {name for name, _row in printed} == {"response_print", "ladder_print"}
    assert sweep("--apply") == "0 without PDF, handed over"


def test_the_sweep_makes_large_print_once_the_letter_is_there(world, printed, later):
    copies = LetterCopy.objects.filter(pdf__isnull=False, large_print=None).count()
    assert copies > 0
    sweep("--apply")
    assert LetterCopy.objects.filter(pdf__isnull=False, large_print=None).count() == 0


def sweep(*mode: str) -> str:
    out = io.StringIO()
    call_command("render_letters", *mode, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def later(world):
    copy = world.open_copy
    if not hasattr(copy, "pdf"):
        LetterPdf.objects.create(copy=copy, council=copy.council, document=world.pdf, renderer="test")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        yield


def test_every_kind_has_locks_of_its_own():
    assert len({kind.lock for kind, _task in TASKS}) == len(TASKS) == 4


@pytest.mark.parametrize("ask", [ask_to_render, ask_to_render_large, ask_to_render_response, ask_to_render_ladder])
def test_asking_goes_well_when_the_queue_is_away(monkeypatch, ask):
    monkeypatch.setattr(queues, "_away_until", float("inf"))
    assert ask(1) is None
