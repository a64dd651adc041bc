"""The page of a meeting on a wide screen: the agenda has the wide column, with and without an answer to give."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.actions import holding, inviting
from meetings.actions.agenda import add_item
from meetings.states import Attendance
from tests.factories import MeetingFactory


@pytest.mark.parametrize("held", [False, True], ids=["an answer to give", "held"])
def test_the_agenda_has_the_wide_column(visit, council, saskia, fatma, held):
    starts_at = timezone.now() + timedelta(days=-1 if held else 14)
    meeting = MeetingFactory(council=council, starts_at=starts_at)
    add_item(meeting, title="Vervoer", aim="decide", minutes=20, by=saskia.person)
    if held:
        holding.record_attendance(meeting, {fatma.person_id: Attendance.PRESENT}, by=saskia.person)
    else:
        inviting.send_invitations(meeting, by=saskia.person)
    visitor = visit(user=fatma)
    visitor.open(meeting.get_absolute_url())
    agenda, aside = visitor.page.locator("#agenda"), visitor.page.locator("main aside")

    assert visitor.page.locator("#antwoord").count() == (0 if held else 1)
    assert agenda.locator("..").bounding_box()["width"] > 1.5 * aside.bounding_box()["width"]
    assert agenda.bounding_box()["x"] < aside.bounding_box()["x"]
