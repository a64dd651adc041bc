"""Saskia puts an agenda together: with the keyboard alone, without JavaScript; and on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions.proposing import propose_item
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(council, fatma):
    meeting = MeetingFactory(council=council, title="Vergadering van mei", starts_at=timezone.now() + timedelta(days=5))
    propose_item(
        council, title="De bus", why="Hij rijdt niet.", person=fatma.person, aim="discuss", minutes=60, by=fatma.person
    )
    return meeting


def order(meeting) -> list[str]:
    return list(meeting.agenda_items.values_list("title", flat=True))


@pytest.mark.parametrize("way", [
    {"width": 1280, "javascript": False, "keyboard": True}, {"width": 360},
], ids=["keyboard-without-javascript", "phone"])  # fmt: skip
def test_the_secretary_puts_the_agenda_together(visit, saskia, meeting, way, tmp_path):
    visitor = visit(user=saskia, **way)
    visitor.open(reverse("meetings:agenda", args=[meeting.council.slug, meeting.public_id]))
    visitor.sees("Er is nog geen agenda.", "Ook voor deze agenda?", "De bus", "dagen te laat")
    visitor.press("Begin met de gewone punten")
    visitor.press("Op de agenda zetten", "De bus")
    assert order(meeting)[5] == "De bus"
    visitor.press("Omhoog", "De bus")
    visitor.sees("Punt 6 staat nu op plaats 5: De bus")
    visitor.fill("Waar gaat het over?", "De begroting")
    visitor.fill("Minuten", "30")
    visitor.press("Op de agenda zetten", within="section:has(#nieuw-punt)")
    visitor.sees("U bent", "te laat klaar.")
    assert order(meeting)[4:7] == ["De bus", "Mededelingen en ingekomen stukken", "De begroting"]
    visitor.press("Weghalen", "De begroting")
    visitor.sees("weggehaald")
    assert "De begroting" not in order(meeting)
    visitor.page.screenshot(path=tmp_path / "agenda.png", full_page=True)
