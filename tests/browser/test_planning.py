"""Saskia plans a year without JavaScript; a poll becomes a meeting."""

from datetime import date

import pytest

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
