"""Saskia plans a year without JavaScript; a poll becomes a meeting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.browser.conftest import links_in
from tests.factories import MeetingFactory


@pytest.mark.parametrize("way", [{"width": 1280, "javascript": False}, {"width": 360}])
def test_saskia_plans_a_year_of_eleven_dates(visit, council, saskia, way):
    MeetingFactory(council=council, title="Vergadering")
    desk = visit(user=saskia, **way)
    desk.open("/raad/adviesraad-testdorp/vergaderingen/")
    desk.follow("Een jaar plannen")
    desk.choose("Eén keer per maand", within="Hoe vaak?")
    desk.select("De hoeveelste van de maand?", "tweede")
    desk.select("Welke dag van de week?", "dinsdag")
    desk.fill_date("Vanaf welke dag?", date(2027, 1, 1))
    desk.fill_date("Tot en met welke dag?", date(2027, 12, 31))
    desk.choose("augustus", within="In welke maanden is er geen vergadering?")
    desk.fill("Begint om", "19.30")
    desk.fill("Eindigt om", "21.30")
    desk.press("Toon de data")
    desk.sees("11 data. Er is nog niets opgeslagen.", "dinsdag 12 januari 2027", "dinsdag 14 december 2027")
    desk.press("Deze 11 vergaderingen opslaan")
    desk.sees("11 vergaderingen zijn gepland. Er is nog niemand uitgenodigd.", "In de planning")
    assert council.meetings.filter(starts_at__year=2027).count() == 11


def test_a_poll_becomes_the_meeting_after_fatma_answers_on_her_phone(visit, council, saskia, fatma):
    MeetingFactory(council=council, title="Vergadering")
    today = timezone.localdate()
    desk = visit(user=saskia)
    desk.open("/raad/adviesraad-testdorp/vergaderingen/")
    desk.follow("Vragen welke dag past")
    desk.fill("Titel", "Extra overleg")
    desk.fill_date("Laatste dag om te antwoorden", today + timedelta(days=7))
    for number in (1, 2):
        day = today + timedelta(days=30 + number)
        for part, value in {"Dag": day.day, "Maand": day.month, "Jaar": day.year}.items():
            desk.fill(part, value, within=f"Datum {number}")
        desk.fill("Begint om", "19.30", within=f"Datum {number}")
        desk.fill("Eindigt om", "21.30", within=f"Datum {number}")
    desk.press("Vraag het de leden")
    desk.sees("Welke dag past u?", "0 kunnen, 0 als het moet, 0 niet, 2 zonder antwoord")

    phone = visit(width=360)
    phone.open(next(link for link in links_in(fatma.email) if "/datum/" in link))
    phone.sees("U antwoordt voor Fatma Yılmaz.")
    poll = council.date_polls.get()
    for option, answer in zip(poll.options.all(), ("Kan ik", "Kan ik niet"), strict=True):
        name = f"dag-{option.pk}"
        tile = phone.page.locator(f".portal-choice:has([name='{name}'])", has_text=answer).first
        assert tile.bounding_box()["height"] >= 44
        phone.page.locator(f"[name='{name}']").nth(0 if answer == "Kan ik" else 2).check()
    phone.press("Mijn antwoorden versturen")
    phone.sees("uw antwoorden zijn opgeslagen")

    desk.open(f"/raad/adviesraad-testdorp/vergaderingen/datumprikker/{poll.public_id}/")
    desk.sees("1 kan, 0 als het moet, 0 niet, 1 zonder antwoord")
    desk.page.get_by_role("button", name="Kies deze datum").first.click()
    desk.sees("De vergadering is gepland. Er is nog niemand uitgenodigd")
    meeting = council.meetings.get(title="Extra overleg")
    assert timezone.localdate(meeting.starts_at) == today + timedelta(days=31)
