import email
import email.policy
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail
from icalendar import Calendar

from meetings.actions.inviting import answer_invitation, send_invitations
from meetings.actions.scheduling import cancel_meeting, change_meeting, schedule_meeting
from meetings.emails.invitations import answer_token, invitee_of
from meetings.models import Invitee
from meetings.states import Answer, MeetingState
from portal.access import Refused
from portal.calendar import NoSuchTime, TimeTwice, wall_clock
from portal.models import AuditEvent, Message
from portal.states import MessageState
from tests.factories import MembershipFactory, PersonFactory


@pytest.fixture
def meeting(council, saskia, fatma):
    starts = wall_clock(date(2027, 3, 30), time(19, 30))
    with time_machine.travel("2027-03-01", tick=True):
        yield schedule_meeting(
            council, title="Vergadering maart", starts_at=starts, ends_at=starts + timedelta(hours=2),
            place="Gemeentehuis, zaal 2", online_link="https://overleg.test/1", by=saskia.person,
        )  # fmt: skip


def calendar_part(sent) -> tuple[Calendar, str]:
    """The calendar of a mail as it leaves, parsed, and the method in its content type."""
    parsed = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    part = next(part for part in parsed.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content()), part["Content-Type"].params["method"]


def invite(meeting, saskia, committing):
    with committing():
        return send_invitations(meeting, by=saskia.person)


def test_everybody_with_a_role_gets_one_mail_with_only_the_own_address(meeting, saskia, fatma, committing):
    assert invite(meeting, saskia, committing) == 2

    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "Fatma Yılmaz <fatma@testdorp.test>", "Saskia de Wit <saskia@testdorp.test>",
    ]  # fmt: skip
    for sent in mail.outbox:
        event = calendar_part(sent)[0].walk("VEVENT")[0]
        assert event["ATTENDEE"].rpartition(":")[2] in sent.to[0]
        assert len(sent.recipients()) == 1


def test_the_calendar_part_is_a_request_in_amsterdam_time(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    calendar, method = calendar_part(mail.outbox[0])
    event = calendar.walk("VEVENT")[0]

    assert method == "REQUEST"
    assert calendar["METHOD"] == "REQUEST"
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt.strftime("%Y-%m-%d %H:%M %z") == "2027-03-30 19:30 +0200"
    assert (event["SEQUENCE"], event["LOCATION"]) == (0, "Gemeentehuis, zaal 2")


def test_the_mail_itself_tells_when_where_and_how(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    for words in ("dinsdag 30 maart 2027 om 19.30 uur", "Gemeentehuis, zaal 2", "https://overleg.test/1"):
        assert words in mail.outbox[0].body
        assert words in mail.outbox[0].alternatives[0].content
    assert mail.outbox[0].subject == "Uitnodiging: vergadering op dinsdag 30 maart 2027 om 19.30 uur"


def test_who_has_no_email_is_in_the_print_run(meeting, council, saskia, committing):
    member = MembershipFactory(council=council, person=PersonFactory(without_email=True)).person
    invite(meeting, saskia, committing)
    assert Message.objects.get(person=member).state == MessageState.PAPER


def test_moving_raises_the_sequence_keeps_the_uid_and_asks_again(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    first = calendar_part(mail.outbox[0])[0].walk("VEVENT")[0]
    answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
    mail.outbox.clear()

    with committing():
        change_meeting(
            meeting, starts_at=meeting.starts_at + timedelta(hours=1), ends_at=meeting.ends_at + timedelta(hours=1),
            by=saskia.person,
        )  # fmt: skip

    second = calendar_part(mail.outbox[0])[0].walk("VEVENT")[0]
    assert (second["UID"], second["SEQUENCE"]) == (first["UID"], 1)
    assert len(mail.outbox) == 2
    assert meeting.invitees.get(person=fatma.person).answer == Answer.NONE


def test_another_room_keeps_the_answers(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
    change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    assert meeting.invitees.get(person=fatma.person).answer == Answer.ACCEPTED


def test_a_change_that_nobody_needs_to_know_mails_nobody(meeting, saskia, committing):
    invite(meeting, saskia, committing)
    mail.outbox.clear()
    with committing():
        change_meeting(meeting, is_public=True, by=saskia.person)
    meeting.refresh_from_db()
    assert (mail.outbox, meeting.sequence) == ([], 0)


def test_cancelling_sends_cancel(meeting, saskia, committing):
    invite(meeting, saskia, committing)
    mail.outbox.clear()
    with committing():
        cancel_meeting(meeting, by=saskia.person)
    calendar, method = calendar_part(mail.outbox[0])
    event = calendar.walk("VEVENT")[0]
    assert method == "CANCEL"
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_an_invitation_that_a_later_change_overtook_is_not_sent(meeting, saskia, fatma, committing):
    send_invitations(meeting, by=saskia.person)  # the queue has not run yet
    with committing():
        change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    from portal.tasks import deliver

    for message in Message.objects.filter(cause__endswith=":0"):
        deliver(message.pk)
    assert set(Message.objects.filter(cause__endswith=":0").values_list("state", flat=True)) == {MessageState.DROPPED}
    assert all("Bibliotheek" in sent.body for sent in mail.outbox)


def test_inviting_twice_sends_once(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    assert invite(meeting, saskia, committing) == 0
    assert len(mail.outbox) == 2


def test_whose_term_ended_before_the_meeting_is_not_invited(meeting, council, saskia, committing):
    leaver = MembershipFactory(council=council, ends_on=date(2027, 3, 29)).person
    assert invite(meeting, saskia, committing) == 2
    assert not meeting.invitees.filter(person=leaver).exists()


def test_a_link_that_was_changed_opens_nothing(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    invitee = meeting.invitees.get(person=fatma.person)
    assert invitee_of(answer_token(invitee)) == invitee
    token = answer_token(invitee)
    assert invitee_of(token[:-1] + ("B" if token.endswith("A") else "A")) is None


def test_a_cancelled_meeting_takes_no_answers(meeting, saskia, fatma, committing):
    invite(meeting, saskia, committing)
    cancel_meeting(meeting, by=saskia.person)
    with pytest.raises(Refused, match="gaat niet door"):
        answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)


def test_a_failing_audit_row_changes_nothing(meeting, saskia, monkeypatch):
    monkeypatch.setattr("meetings.actions.inviting.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_invitations(meeting, by=saskia.person)
    meeting.refresh_from_db()
    assert (meeting.state, Invitee.objects.count(), Message.objects.count()) == (MeetingState.PLANNED, 0, 0)


def test_every_verb_writes_its_audit_row(meeting, saskia, committing):
    invite(meeting, saskia, committing)
    cancel_meeting(meeting, by=saskia.person)
    assert list(AuditEvent.objects.order_by("pk").values_list("event", "actor_id", "council_id")) == [
        (event, saskia.person_id, meeting.council_id)
        for event in ("meeting.scheduled", "meeting.invited", "meeting.cancelled")
    ]


def test_the_night_of_summer_time_has_no_half_past_two():
    with pytest.raises(NoSuchTime):
        wall_clock(date(2026, 3, 29), time(2, 30))
    with pytest.raises(TimeTwice):
        wall_clock(date(2026, 10, 25), time(2, 30))
    hours = [wall_clock(date(2026, 10, 25), time(2, 30), fold=fold) for fold in (0, 1)]
    assert hours[1].timestamp() - hours[0].timestamp() == 3600
    assert wall_clock(date(2026, 3, 29), time(3, 30)).utcoffset() == timedelta(hours=2)
