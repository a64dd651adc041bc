"""Answers that calendars send by mail: what counts, and what is set aside with which reason."""

import mailbox
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse

from meetings.actions import inviting, scheduling
from meetings.emails.invitations import organizer, uid_of
from meetings.states import Answer, AnsweredVia
from portal import inbox
from portal.calendar import wall_clock
from portal.models import AuditEvent, InboundMail
from portal.states import InboundKind, InboundOutcome
from tests.factories import MeetingFactory, PersonFactory
from tests.portal.imap_server import Folder, serving

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def mailbox_is_set(settings, tmp_path):
    mailbox.Maildir(tmp_path / "postvak")
    settings.MAILBOX_URL = f"maildir://{tmp_path}/postvak"
    settings.MAILBOX_ADDRESS = "antwoord@portaal.test"


@pytest.fixture
def meeting(council, saskia, fatma):
    starts = wall_clock(date(2027, 3, 24), time(19, 30))
    with time_machine.travel(NOW, tick=True):
        meeting = MeetingFactory(council=council, starts_at=starts, ends_at=starts + timedelta(hours=2))
        inviting.send_invitations(meeting, by=saskia.person)
        yield meeting


@pytest.fixture
def invitee(meeting, fatma):
    return meeting.invitees.get(person=fatma.person)


def reply(
    invitee, answer="ACCEPTED", *, sender="fatma@testdorp.test", to=None, stamp=None, name="<1@mail.test>", **other
) -> bytes:
    """A mail as Outlook and Google send it; `other` replaces lines of the calendar."""
    address = organizer(invitee.meeting, invitee).email
    lines = {
        "METHOD": "REPLY", "UID": uid_of(invitee.meeting), "SEQUENCE": "0",
        "DTSTAMP": (stamp or datetime.now(UTC) + timedelta(seconds=1)).strftime("%Y%m%dT%H%M%SZ"),
        "ATTENDEE": f"ATTENDEE;PARTSTAT={answer}:mailto:{invitee.person.email}", "ORGANIZER": f"mailto:{address}",
        "EXTRA": "", **other,
    }  # fmt: skip
    body = "\r\n".join(filter(None, [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{lines['METHOD']}", "BEGIN:VEVENT",
        f"UID:{lines['UID']}",
        f"SEQUENCE:{lines['SEQUENCE']}", f"DTSTAMP:{lines['DTSTAMP']}", lines["ATTENDEE"],
        f"ORGANIZER:{lines['ORGANIZER']}", lines["EXTRA"], "END:VEVENT", "END:VCALENDAR", "",
    ]))  # fmt: skip
    sent = EmailMessage(policy=policy.SMTP)
    sent["From"], sent["To"], sent["Subject"] = f"Fatma <{sender}>", to or address, "Geaccepteerd"
    if name:
        sent["Message-ID"] = name
    sent.set_content("Ja.")
    sent.add_alternative(body.encode(), maintype="text", subtype="calendar", params={"method": lines["METHOD"]})
    return sent.as_bytes()


def read(settings, *mails: bytes) -> dict:
    folder = mailbox.Maildir(settings.MAILBOX_URL.removeprefix("maildir://"))
    for one in mails:
        folder.add(one)
    return dict(inbox.read_mailbox())


@pytest.mark.parametrize(
    ("answer", "stands"), [("ACCEPTED", Answer.ACCEPTED), ("DECLINED", Answer.DECLINED), ("TENTATIVE", Answer.NONE)]
)
def test_an_answer_from_the_calendar_counts(settings, invitee, fatma, answer, stands):
    assert read(settings, reply(invitee, answer)) == {"done": 1}
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_via, invitee.answered_by_id) == (
        stands, AnsweredVia.CALENDAR, fatma.person_id,
    )  # fmt: skip
    kept = InboundMail.objects.get()
    assert (kept.kind, kept.state, kept.council_id) == (InboundKind.ANSWER, InboundOutcome.DONE, invitee.council_id)
    assert kept.about.about_id == invitee.pk
    assert AuditEvent.objects.filter(event="invitation.answered").count() == 1
    assert len(mail.outbox) == 0  # nobody is mailed for an answer


def test_who_does_not_know_yet_is_noted_as_such(settings, invitee):
    read(settings, reply(invitee, "TENTATIVE"))
    invitee.refresh_from_db()
    assert invitee.note == "Weet nog niet of het kan."


OTHER_ORGANIZER = {"ORGANIZER": "mailto:raad@testdorp.test", "to": "antwoord@portaal.test"}
NOT_OURS = "6c876c26-b4bd-49ef-ae1b-e60c93ab27c2@raadportaal.invalid"
SET_ASIDE = {
    "unknown meeting": ({"UID": NOT_OURS}, "Wij kennen de vergadering"),
    "no uid of ours": ({"UID": "iets"}, "Wij kennen de vergadering"),
    "not invited": (
        {"ATTENDEE": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:vreemd@elders.test", "sender": "vreemd@elders.test"},
        "is niet uitgenodigd",
    ),
    "another sender": ({"sender": "saskia@testdorp.test"}, "een ander adres"),
    "no secret address": (OTHER_ORGANIZER, "niet naar het adres uit de uitnodiging"),
    "two attendees": (
        {"EXTRA": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:saskia@testdorp.test"}, "precies één persoon",
    ),
    "another time": ({"METHOD": "COUNTER"}, "stelt iets anders voor"),
    "somebody else": ({"answer": "DELEGATED"}, "iemand anders sturen"),
    "no answer": ({"answer": "NEEDS-ACTION"}, "zegt niet of deze persoon komt"),
    "never sent": ({"SEQUENCE": "7"}, "een versie van de vergadering die wij nooit stuurden"),
    "too old": ({"EXTRA": "", "stamp": "before"}, "al een nieuwer antwoord"),
    "broken": ({"DTSTAMP": "gisteren"}, "Het antwoord uit de agenda is niet te lezen"),
    "two meetings": ({"EXTRA": "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b"}, "meer vergaderingen tegelijk"),
    "too large": ({"EXTRA": "X-BOMB:" + "x" * 120_000}, "te groot"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "reason"), SET_ASIDE.values(), ids=SET_ASIDE)
def test_what_does_not_count_is_set_aside_with_the_reason(settings, invitee, saskia, wrong, reason):
    inviting.answer_invitation(invitee, Answer.DECLINED, by=saskia.person)
    wrong = dict(wrong)
    if wrong.get("stamp") == "before":
        wrong["stamp"] = datetime.now(UTC) - timedelta(hours=1)
    assert read(settings, reply(invitee, **wrong)) == {"set_aside": 1}
    invitee.refresh_from_db()
    assert invitee.answer == Answer.DECLINED
    kept = InboundMail.objects.get()
    assert reason in kept.reason
    assert "@" not in kept.reason
    assert kept.council_id == invitee.council_id  # the secretary sees it, whatever is wrong with it


def test_an_answer_that_belongs_nowhere_is_seen_by_the_council_of_who_sent_it(settings, invitee, council, stijn):
    lost = {"UID": NOT_OURS, "to": "antwoord@portaal.test"}
    read(settings, reply(invitee, **lost))
    read(settings, reply(invitee, sender="vreemd@elders.test", name="<2@mail.test>", **lost))
    assert list(InboundMail.objects.order_by("pk").values_list("council_id", flat=True)) == [council.pk, None]


def test_the_secret_of_another_person_opens_nothing(settings, meeting, invitee, saskia):
    other = meeting.invitees.get(person=saskia.person)
    address = organizer(meeting, other).email
    assert read(settings, reply(invitee, to=address, ORGANIZER=f"mailto:{address}")) == {"set_aside": 1}


def test_an_answer_to_an_earlier_time_does_not_count_but_one_to_an_earlier_room_does(
    settings, meeting, invitee, saskia
):
    scheduling.change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    assert read(settings, reply(invitee)) == {"done": 1}
    scheduling.change_meeting(meeting, starts_at=meeting.starts_at + timedelta(minutes=30), by=saskia.person)
    assert read(settings, reply(invitee, name="<2@mail.test>", SEQUENCE="1")) == {"set_aside": 1}
    assert "eerdere tijd" in InboundMail.objects.latest("pk").reason
    assert read(settings, reply(invitee, name="<3@mail.test>", SEQUENCE="2")) == {"done": 1}


def test_a_cancelled_meeting_and_a_meeting_that_is_over_take_no_answer(settings, meeting, invitee, saskia):
    with time_machine.travel("2027-03-25", tick=True):
        assert read(settings, reply(invitee)) == {"set_aside": 1}
    scheduling.cancel_meeting(meeting, by=saskia.person)
    assert read(settings, reply(invitee, name="<2@mail.test>")) == {"set_aside": 1}
    assert [kept.reason for kept in InboundMail.objects.order_by("pk")] == [
        "Deze vergadering is voorbij. U kunt niet meer antwoorden.",
        "Deze vergadering gaat niet door. U hoeft niet te antwoorden.",
    ]


def test_two_answers_in_the_wrong_order_leave_the_newest(settings, invitee):
    first, second = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
        assert read(settings, reply(invitee, "DECLINED", stamp=second, name="<2@mail.test>")) == {"done": 1}
        assert read(settings, reply(invitee, "ACCEPTED", stamp=first, name="<1@mail.test>")) == {"set_aside": 1}
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_at) == (Answer.DECLINED, second)


def test_our_own_invitation_that_comes_back_does_nothing(settings, meeting, invitee, saskia, committing):
    with committing():
        scheduling.change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    ours = next(sent for sent in mail.outbox if "fatma" in sent.to[0])
    read(settings, ours.message().as_bytes())
    invitee.refresh_from_db()
    assert (invitee.answer, len(mail.outbox)) == (Answer.NONE, 2)


def test_the_invitation_asks_for_a_reply_to_the_secret_address(meeting, invitee, saskia, committing):
    with committing():
        scheduling.change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    sent = next(sent for sent in mail.outbox if "fatma" in sent.to[0])
    parsed = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert parsed.get_content_type() == "multipart/mixed"
    inner, attached = parsed.iter_parts()
    assert [part.get_content_type() for part in inner.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    calendar = list(inner.iter_parts())[2].get_content().replace("\r\n ", "").replace("\n ", "")
    assert attached.get_content() == list(inner.iter_parts())[2].get_payload(decode=True).replace(
        b"\n", b"\r\n"
    ).replace(b"\r\r", b"\r")
    assert "RSVP=TRUE" in calendar
    assert f":mailto:{organizer(meeting, invitee).email}" in calendar
    assert organizer(meeting, invitee).email.startswith(f"antwoord+u{invitee.pk}-")


# --- each mail once ---


def test_a_mail_that_is_delivered_twice_counts_once(settings, invitee):
    one = reply(invitee)
    assert read(settings, one, one) == {"done": 1, "known": 1}
    assert AuditEvent.objects.filter(event="invitation.answered").count() == 1


def test_a_mail_without_a_name_is_known_by_its_content(settings, invitee):
    one = reply(invitee, name="")
    assert read(settings, one) == {"done": 1}
    assert len(InboundMail.objects.get().message_id) == 64
    assert read(settings, one) == {"known": 1}


def test_what_was_read_is_not_read_again(settings, invitee):
    read(settings, reply(invitee))
    assert read(settings) == {}


def test_a_mail_that_is_too_large_is_not_read(settings, invitee):
    large = reply(invitee) + b"x" * (inbox.MOST_BYTES + 1)
    assert read(settings, large) == {"set_aside": 1}
    assert InboundMail.objects.get().reason == "Deze mail is groter dan 1 MB."


def test_a_folder_full_of_mail_that_was_read_hides_no_new_mail(settings, invitee, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_AT_ONCE", 2)
    before = [f"From: a@b.test\r\nMessage-ID: <{n}@b.test>\r\n\r\nDag.".encode() for n in range(3)]
    assert read(settings, *before) == {"set_aside": 2}
    assert read(settings, reply(invitee)).get("done", 0) + read(settings).get("done", 0) == 1
    assert read(settings) == {}


def test_a_sign_that_the_database_refuses_holds_up_no_other_mail(settings, invitee):
    poison = reply(invitee, name="<0@mail.test>", ATTENDEE="ATTENDEE;PARTSTAT=ACCEPTED:mailto:a\0b@testdorp.test")
    assert read(settings, poison, reply(invitee)) == {"set_aside": 1, "done": 1}
    assert InboundMail.objects.get(message_id="<0@mail.test>").reason == "Deze mail was niet te lezen."


def test_a_mail_stays_unread_while_the_database_is_away(settings, invitee, monkeypatch):
    def away(body):
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr("meetings.replies.the_event", away)
        with pytest.raises(OperationalError):
            read(settings, reply(invitee))
    assert read(settings) == {"done": 1}


def test_a_handler_that_breaks_holds_up_no_other_mail(settings, invitee, monkeypatch):
    monkeypatch.setattr("meetings.replies.the_event", lambda body: 1 / 0)
    assert read(settings, reply(invitee), b"From: a@b.test\r\nMessage-ID: <9@b.test>\r\n\r\nDag.") == {"set_aside": 2}
    assert InboundMail.objects.filter(reason="Deze mail was niet te lezen.").count() == 1


def test_a_failing_row_undoes_the_answer_and_the_mail_is_read_again(settings, invitee, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("portal.inbox.keep", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read(settings, reply(invitee))
    invitee.refresh_from_db()
    assert invitee.answer == Answer.NONE
    assert read(settings) == {"done": 1}


BREAKS = ["FETCH 2 body", "STORE 1", "STORE 2", "FETCH 3"]


@pytest.mark.parametrize("step", BREAKS)
def test_a_connection_that_breaks_loses_nothing_and_reads_nothing_twice(settings, meeting, council, step):
    people = [PersonFactory() for _n in range(3)]
    inviting.send_invitations(meeting, people=[inviting.Asked(person) for person in people], by=people[0])
    asked = list(meeting.invitees.filter(person__in=people).order_by("pk"))
    folder = Folder([
        reply(one, sender=one.person.email, name=f"<{n}@mail.test>") for n, one in enumerate(asked)
    ])  # fmt: skip
    with serving(folder) as url:
        settings.MAILBOX_URL = url
        folder.breaks_at = step
        with pytest.raises(CommandError, match="broke off"):
            call_command("read_replies")
        folder.breaks_at = ""
        call_command("read_replies")
        call_command("read_replies")
    assert folder.seen == {1, 2, 3}
    assert [one.answer for one in meeting.invitees.filter(person__in=people)] == [Answer.ACCEPTED] * 3
    assert AuditEvent.objects.filter(event="invitation.answered").count() == 3
    assert InboundMail.objects.count() == 3


def test_a_mail_that_is_thrown_away_meanwhile_holds_up_no_other(settings, invitee):
    folder = Folder([b"From: a@b.test\r\n\r\nDag.", reply(invitee)])
    folder.gone = {1}
    with serving(folder) as url:
        settings.MAILBOX_URL = url
        assert dict(inbox.read_mailbox()) == {"done": 1}


def test_a_wrong_password_is_said(settings):
    with serving(Folder([])) as url:
        settings.MAILBOX_URL = url.replace("geheim", "fout")
        with pytest.raises(CommandError, match="broke off"):
            call_command("read_replies")


def test_without_a_mailbox_the_command_says_what_is_missing(settings):
    settings.MAILBOX_URL = ""
    with pytest.raises(CommandError, match="MAILBOX_URL"):
        call_command("read_replies")


def test_the_command_prints_what_it_did(settings, invitee, capsys):
    mailbox.Maildir(settings.MAILBOX_URL.removeprefix("maildir://")).add(reply(invitee))
    call_command("read_replies")
    assert capsys.readouterr().out == "1 read: 1 handled, 0 set aside, 0 known already\n"


def test_the_secretary_sees_what_was_set_aside_and_takes_it_off_the_list(settings, invitee, saskia, sign_in):
    read(settings, reply(invitee, METHOD="COUNTER"))
    client, council = sign_in(saskia), invitee.council
    page = reverse("meetings:inbound", args=[council.slug])
    shown = client.get(page).content.decode()
    assert "De agenda stelt iets anders voor." in shown
    assert "Fatma Yılmaz" in shown
    kept = InboundMail.objects.get()
    client.post(
        reverse("meetings:answer_for", args=[council.slug, invitee.meeting.public_id, invitee.pk]),
        {"answer": "accepted"},
    )
    client.post(reverse("meetings:settle_inbound", args=[council.slug, kept.pk]))
    invitee.refresh_from_db()
    assert invitee.answer == Answer.ACCEPTED
    assert "Er staat geen mail apart." in client.get(page).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_many_mails(
    settings, invitee, saskia, sign_in, django_assert_max_num_queries
):
    client, page = sign_in(saskia), reverse("meetings:inbound", args=[invitee.council.slug])
    read(settings, *[reply(invitee, METHOD="COUNTER", name=f"<{n}@mail.test>") for n in range(25)])
    with django_assert_max_num_queries(14):
        assert client.get(page).content.decode().count("stelt iets anders voor") >= 25
