"""Saskia moves a meeting with the keyboard alone, sees what that does before saving, and what the others then read."""

from datetime import date, time, timedelta

import pytest
from django.core import mail

from meetings.actions import inviting
from meetings.states import Answer
from portal.calendar import wall_clock
from tests.browser.conftest import last_mail_to
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(council, saskia, fatma, chair):
    starts = wall_clock(date(2027, 3, 24), time(19, 30))
    meeting = MeetingFactory(
        council=council, title="Vergadering van maart", starts_at=starts, ends_at=starts + timedelta(hours=2),
        online_link="https://overleg.test/maart",
    )  # fmt: skip
    inviting.send_invitations(meeting, by=saskia.person)
    inviting.answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
    return meeting


def test_the_secretary_moves_a_meeting_with_the_keyboard(visit, meeting, saskia, fatma, tmp_path):
    visitor = visit(user=saskia, width=360, keyboard=True)
    visitor.open(f"{meeting.get_absolute_url()}wijzigen/")
    visitor.fill("Begint om", "20.00")
    visitor.fill("Eindigt om", "22.00")
    visitor.press("Vergadering opslaan")
    visitor.sees("Klopt dit?", "Er is nog niets bewaard.", "De tijd verandert: 19.30 uur → 20.00 uur.")
    visitor.sees("3 mensen krijgen een mail.", "1 antwoord vervalt.")
    visitor.press("Terug naar het formulier")
    visitor.holds("Begint om", "20.00")
    visitor.press("Vergadering opslaan")
    mail.outbox.clear()
    visitor.press("Bewaren en de berichten versturen")
    visitor.sees("Iedereen die is uitgenodigd krijgt bericht.")

    sent = last_mail_to(fatma.email)
    assert sent.subject == "Gewijzigd: vergadering op woensdag 24 maart 2027 om 20.00 uur"
    for words in ("De tijd verandert: 19.30 uur → 20.00 uur.", "woensdag 24 maart 2027 om 20.00 uur tot 22.00 uur"):
        assert words in sent.body
    letter = tmp_path / "mail.html"
    letter.write_text(sent.alternatives[0].content)
    reader = visit(width=360)
    reader.page.goto(f"file://{letter}")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert reader.page.locator("h1").all_inner_texts() == ["De vergadering is gewijzigd"]


def test_a_room_without_javascript(visit, meeting, saskia):
    visitor = visit(user=saskia, javascript=False)
    visitor.open(f"{meeting.get_absolute_url()}wijzigen/")
    visitor.fill("Titel", "Beraad van maart")
    visitor.press("Vergadering opslaan")
    visitor.sees("Moet iedereen dit horen?", "De antwoorden blijven staan.")
    visitor.choose("Nee, alleen bewaren")
    mail.outbox.clear()
    visitor.press("De wijziging bewaren")
    visitor.sees("Opgeslagen.")
    assert mail.outbox == []
