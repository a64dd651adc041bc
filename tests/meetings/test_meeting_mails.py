"""Whatever mail about a meeting somebody opens: all facts stand in it, and its subject gives nothing away."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from meetings.actions import inviting, scheduling
from meetings.actions.deputies import name_deputy
from meetings.states import Answer
from portal.calendar import wall_clock
from portal.models import Message
from portal.states import MessageState
from portal.tasks import deliver
from tests.factories import MeetingFactory

FACTS = (
    "Beraad over wonen", "dinsdag 30 maart 2027 om 19.30 uur tot 21.30 uur", "Gemeentehuis, zaal 2",
    "https://overleg.test/1", "Chris Bakker", "0123 45 67 89",
)  # fmt: skip
PRIVATE = ("Beraad over wonen", "Fatma", "Chris", "Saskia", "zaal 2", "overleg.test", "0123")


@pytest.fixture
def meeting(council, saskia, fatma, chair):
    chair.person.phone = "0123 45 67 89"
    chair.person.save()
    starts = wall_clock(date(2027, 3, 30), time(19, 30))
    with time_machine.travel("2027-03-01 12:00", tick=True):
        yield MeetingFactory(
            council=council, title="Beraad over wonen", starts_at=starts, ends_at=starts + timedelta(hours=2),
            place="Gemeentehuis, zaal 2", online_link="https://overleg.test/1", contact=chair.person, reminder_days=[1],
        )  # fmt: skip


def invite(meeting, saskia, fatma, chair):
    inviting.send_invitations(meeting, by=saskia.person)


def retitle(meeting, saskia, fatma, chair):
    scheduling.change_meeting(meeting, title="Beraad over wonen", by=saskia.person)


def cancel(meeting, saskia, fatma, chair):
    scheduling.cancel_meeting(meeting, by=saskia.person)


def withdraw(meeting, saskia, fatma, chair):
    inviting.withdraw_invitation(meeting.invitees.get(person=fatma.person), by=saskia.person)


def send_deputy(meeting, saskia, fatma, chair):
    name_deputy(meeting.invitees.get(person=fatma.person), chair.person, by=fatma.person)


def remind(meeting, saskia, fatma, chair):
    """Fatma comes, the others did not answer."""
    inviting.answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
    with time_machine.travel("2027-03-29 12:00", tick=True):
        call_command("remind_meetings", "--apply")
        for message in Message.objects.filter(state=MessageState.WAITING):
            deliver(message.pk)


STEPS = {
    "Uitnodiging: vergadering op": (invite, 3), "Gewijzigd: vergadering op": (retitle, 3),
    "Niet meer uitgenodigd: vergadering op": (withdraw, 1), "Gaat niet door: vergadering op": (cancel, 3),
    "Vervanging: vergadering op": (send_deputy, 1), "Herinnering: vergadering op": (remind, 3),
}  # fmt: skip


@pytest.mark.parametrize("subject", STEPS)
def test_every_mail_about_a_meeting_holds_all_its_facts_and_a_neutral_subject(
    meeting, saskia, fatma, chair, committing, subject
):
    step, number = STEPS[subject]
    if step is retitle:
        meeting.title = "Overleg"
        meeting.save()
    if step is not invite:
        with committing():
            invite(meeting, saskia, fatma, chair)
        mail.outbox.clear()
    with committing():
        step(meeting, saskia, fatma, chair)
    assert len(mail.outbox) == number
    assert any(sent.subject.startswith(subject) for sent in mail.outbox)
    for sent in mail.outbox:
        html = next(part.content for part in sent.alternatives if part.mimetype == "text/html")
        for fact in FACTS:
            assert (fact in sent.body, fact in html) == (True, True), (sent.subject, fact)
        assert [word for word in PRIVATE if word in sent.subject] == []
        assert html.count("<h1>") == 1 and "<h1></h1>" not in html
