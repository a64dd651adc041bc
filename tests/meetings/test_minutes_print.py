"""Minutes on paper: a draft says so, adopted ones are made once, and the data is inside."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from meetings.actions import adopting, correcting, publishing
from meetings.actions import minutes as writing
from meetings.minutes_content import canonical, digest
from meetings.minutes_print import minutes_context, print_minutes
from meetings.models import MinutesFile
from meetings.states import MeetingState
from meetings.tasks import render_minutes, render_public_minutes
from portal.documents import read
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(council, saskia):
    start = timezone.now() - timedelta(days=20)
    meeting = MeetingFactory(council=council, state=MeetingState.HELD, starts_at=start, title="Overleg van mei")
    item = AgendaItemFactory(meeting=meeting, position=1, title="Vervoer")
    writing.write_item(
        item, report="De bus rijdt niet.", decision="Wij bellen.", version=0, by=saskia.person, public_report="De bus."
    )
    return correcting.ask_corrections(meeting, by=saskia.person)


@pytest.fixture
def adopted(minutes, council, saskia):
    meeting = MeetingFactory(council=council, starts_at=timezone.now() - timedelta(days=1))
    return adopting.adopt_minutes(minutes, item=AgendaItemFactory(meeting=meeting), by=saskia.person)


def words(content: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def url(name, minutes):
    return reverse(f"meetings:{name}", args=[minutes.meeting.council.slug, minutes.meeting.public_id])


def test_a_draft_is_made_now_and_says_concept(minutes, fatma, sign_in):
    answer = sign_in(fatma).get(url("minutes_pdf", minutes))
    assert answer["Content-Type"] == "application/pdf"
    assert "concept" in answer["Content-Disposition"]
    said = words(answer.content)
    assert "Concept, nog niet vastgesteld" in said
    assert "De bus rijdt niet." in said
    assert "uur uur" not in said
    assert "Controlecode" not in said
    assert not MinutesFile.objects.exists()


def test_members_have_no_pdf_before_the_round(minutes, saskia, fatma, sign_in):
    correcting.take_back_draft(minutes, by=saskia.person)
    assert sign_in(fatma).get(url("minutes_pdf", minutes)).status_code == 404


def test_adopted_minutes_are_made_once_with_their_data_inside(adopted, fatma, sign_in):
    assert render_minutes(adopted.pk) == "made"
    assert render_minutes(adopted.pk) == "already there"
    stored = MinutesFile.objects.get(publication=None, large=False)
    content = read(stored.document)
    assert sign_in(fatma).get(url("minutes_pdf", adopted.minutes)).getvalue() == content
    (inside,) = PdfReader(io.BytesIO(content)).attachments.values()
    assert inside[0] == canonical(adopted.content)
    assert digest(json.loads(inside[0])) == adopted.sha256
    assert "Vastgesteld op" in words(content)


def test_the_sweep_makes_what_was_lost_and_only_once(adopted, saskia):
    publishing.publish_minutes(adopted.minutes, {1: "De bus."}, by=saskia.person)
    out = io.StringIO()
    call_command("print_minutes", stdout=out)
    assert "4 without PDF, nothing done" in out.getvalue()
    assert not MinutesFile.objects.exists()
    call_command("print_minutes", "--apply")
    assert MinutesFile.objects.count() == 4
    out = io.StringIO()
    call_command("print_minutes", "--apply", stdout=out)
    assert out.getvalue().strip() == "0 without PDF, handed over"


def test_the_public_pdf_holds_nothing_of_the_whole(adopted, saskia, client):
    edition = publishing.publish_minutes(adopted.minutes, {1: "De bus."}, by=saskia.person)
    render_public_minutes(edition.pk)
    answer = client.get(url("public_minutes_pdf", adopted.minutes))
    content = answer.getvalue()
    assert "rijdt niet" not in words(content)
    (inside,) = PdfReader(io.BytesIO(content)).attachments.values()
    assert b"rijdt niet" not in inside[0]
    assert b"De bus." in inside[0]


def test_large_print_is_larger(adopted):
    small, large = (print_minutes(adopted.content, large=one) for one in (False, True))
    assert words(small) == words(large)
    assert letter_height(large) > 1.3 * letter_height(small)


def letter_height(content: bytes) -> float:
    """Of what was said."""
    page = PdfDocument(content)[0].get_textpage()
    at = page.get_text_bounded().replace("\r\n", "\n")
    _left, bottom, _right, top = page.get_charbox(at.index("rijdt"), loose=True)
    return top - bottom


def test_notes_keep_their_lines_and_lists_on_page_and_paper(minutes, saskia, fatma, sign_in):
    item = minutes.meeting.agenda_items.get()
    said = "De bus rijdt niet.\nFatma vraagt:\n- waarom\n- tot wanneer\nWij zoeken het uit."
    writing.write_item(item, report=said, decision=item.decision, version=1, by=saskia.person)
    html = "<p>De bus rijdt niet.</p><p>Fatma vraagt:</p><ul><li>waarom</li><li>tot wanneer</li></ul>"
    assert html + "<p>Wij zoeken het uit.</p>" in sign_in(fatma).get(url("report", minutes)).content.decode()
    assert "Fatma vraagt: • waarom • tot wanneer Wij" in words(sign_in(fatma).get(url("minutes_pdf", minutes)).content)


def test_the_quorum_of_that_day_stands_at_the_decision(adopted):
    item = adopted.content["items"][0]
    item["decisions"][0]["quorum"] = {"present": 4, "needed": 5, "met": False, "article": "art. 7"}
    shown = minutes_context(adopted.content)["items"][0]["decisions"][0]["quorum"]
    assert shown == "Aanwezig bij dit besluit: 4 stemgerechtigden. Nodig: 5 (art. 7). Het quorum was er niet."
