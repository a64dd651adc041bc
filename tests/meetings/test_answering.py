"""Answering: every way, and nobody is mailed for it; a fellow member instead, unless the rules forbid it."""

from datetime import date, time, timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from meetings.actions.attendance import send_deputy
from meetings.actions.deputies import name_deputy
from meetings.actions.inviting import answer_invitation, send_invitations, withdraw_invitation
from meetings.actions.scheduling import cancel_meeting, change_meeting
from meetings.emails.invitations import answer_token, time_span
from meetings.printing import letter_facts
from meetings.states import Answer, AnsweredVia
from meetings.terms import answer_by
from portal.access import Refused
from portal.calendar import wall_clock
from portal.dates import long_date
from portal.models import AuditEvent, Message
from tests.factories import MeetingFactory, MembershipFactory


@pytest.fixture
def meeting(council, saskia, fatma, chair, committing):
    meeting = MeetingFactory(council=council, title="Vergadering maart")
    with committing():
        send_invitations(meeting, by=saskia.person)
    mail.outbox.clear()
    return meeting


@pytest.fixture
def invitee(meeting, fatma):
    return meeting.invitees.get(person=fatma.person)


def link_of(invitee) -> str:
    return reverse("meetings:answer_link", args=[answer_token(invitee)])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def page(name, invitee, *more):
    meeting = invitee.meeting
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}])
def test_a_scanner_that_opens_the_link_answers_nothing(invitee, method, headers):
    answer = getattr(Client(), method)(f"{link_of(invitee)}?antwoord=accepted", headers=headers)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_at) == (Answer.NONE, None)
    assert not AuditEvent.objects.filter(event="invitation.answered").exists()


def test_the_link_says_what_is_asked_and_what_happens_next(invitee):
    found = Client().get(link_of(invitee)).content.decode()
    for words in ("Gemeentehuis, zaal 2", "Fatma Yılmaz", "De secretaris ziet uw antwoord. Niemand krijgt er een mail"):
        assert words in found
    done = Client().post(link_of(invitee), {"answer": "declined", "note": "Ik ben ziek."}).content.decode()
    assert "Uw antwoord: nee, ik kom niet." in done
    again = Client().get(link_of(invitee)).content.decode()
    assert "Uw antwoord: nee, ik kom niet." in again and "Mijn antwoord veranderen" in again
    invitee.refresh_from_db()
    assert (invitee.answered_via, invitee.note) == (AnsweredVia.LINK, "Ik ben ziek.")


def test_after_a_change_the_link_asks_again(invitee, meeting, saskia, committing):
    Client().post(link_of(invitee), {"answer": "accepted"})
    with committing():
        change_meeting(
            meeting, starts_at=meeting.starts_at + timedelta(days=1), ends_at=meeting.ends_at + timedelta(days=1),
            by=saskia.person,
        )  # fmt: skip
    if not Message.objects.filter(about_id=invitee.pk, cause__endswith=":1", state="sent").exists():
        from portal.tasks import deliver

        with time_machine.travel(meeting.starts_at - timedelta(days=1)):
            for message in Message.objects.filter(state="waiting"):
                deliver(message.pk)
    assert "Wij vragen u opnieuw" in Client().get(link_of(invitee)).content.decode()


def test_a_first_question_is_not_called_a_second(invitee):
    assert "Wij vragen u opnieuw" not in Client().get(link_of(invitee)).content.decode()


def test_over_cancelled_and_withdrawn_say_so_and_take_no_answer(invitee, meeting, saskia):
    with time_machine.travel(meeting.ends_at + timedelta(minutes=1)):
        found = Client().post(link_of(invitee), {"answer": "accepted"})
        assert (found.status_code, "voorbij" in found.content.decode()) == (422, True)
    withdraw_invitation(invitee, by=saskia.person)
    assert "ingetrokken" in Client().get(link_of(invitee)).content.decode()
    with pytest.raises(Refused, match="ingetrokken"):
        answer_invitation(invitee, Answer.ACCEPTED, by=invitee.person)
    cancel_meeting(meeting, by=saskia.person)
    assert "gaat niet door" in Client().get(link_of(invitee)).content.decode()
    invitee.refresh_from_db()
    assert invitee.answer == Answer.NONE


def answer_on_the_page(invitee, fatma, saskia, sign_in):
    sign_in(fatma).post(page("answer", invitee), {"answer": "accepted"})


def answer_by_the_link(invitee, fatma, saskia, sign_in):
    Client().post(link_of(invitee), {"answer": "accepted"})


def answer_on_behalf(invitee, fatma, saskia, sign_in):
    sign_in(saskia).post(page("answer_for", invitee, invitee.pk), {"answer": "accepted", "note": "Belde."})


WAYS = {
    AnsweredVia.PAGE: answer_on_the_page, AnsweredVia.LINK: answer_by_the_link, AnsweredVia.BEHALF: answer_on_behalf,
}  # fmt: skip


@pytest.mark.parametrize("via", WAYS)
def test_nobody_is_mailed_for_an_answer(invitee, fatma, saskia, sign_in, committing, via):
    before = Message.objects.count()
    with committing():
        WAYS[via](invitee, fatma, saskia, sign_in)
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_via) == (Answer.ACCEPTED, via)
    assert (mail.outbox, Message.objects.count()) == ([], before)


def test_an_answer_on_behalf_is_disclosed_and_the_note_is_for_the_secretary(invitee, fatma, chair, saskia, sign_in):
    answer_on_behalf(invitee, fatma, saskia, sign_in)
    seen = {
        user: sign_in(user).get(invitee.meeting.get_absolute_url()).content.decode() for user in (fatma, chair, saskia)
    }
    assert all("ingevuld door de secretaris" in found for found in seen.values())
    assert "Belde." in seen[saskia] and "Belde." not in seen[chair]


# --- a fellow member instead ---


@pytest.fixture
def allowed(council):
    instrument = council.instruments.get()
    instrument.rules |= {"represented_by_fellow_member": True}
    instrument.rules["articles"] |= {"represented_by_fellow_member": "art. 2 lid 2"}
    instrument.save()


def test_a_fellow_member_comes_instead_and_hears_of_it(invitee, allowed, chair, fatma, sign_in, committing):
    assert "art. 2 lid 2" in sign_in(fatma).get(page("deputy", invitee, invitee.pk)).content.decode()
    with committing():
        sign_in(fatma).post(page("deputy", invitee, invitee.pk), {"deputy": chair.person_id})
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.deputy) == (Answer.DECLINED, chair.person)
    assert [sent.to for sent in mail.outbox] == [["Chris Bakker <chris@testdorp.test>"]]
    told = mail.outbox[0]
    for words in ("in de plaats van Fatma Yılmaz", time_span(invitee.meeting), "Gemeentehuis, zaal 2"):
        assert words in told.body
        assert words in told.alternatives[0].content
    assert told.alternatives[0].content.count("<h1>") == 1
    assert "Fatma" not in mail.outbox[0].subject


def test_on_behalf_the_member_hears_of_it_too(invitee, allowed, chair, saskia, committing):
    with committing():
        name_deputy(invitee, chair.person, by=saskia.person)
    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "Chris Bakker <chris@testdorp.test>", "Fatma Yılmaz <fatma@testdorp.test>",
    ]  # fmt: skip


def test_a_deputy_without_an_invitation_gets_one_and_is_one_person(invitee, allowed, council, committing):
    later = MembershipFactory(council=council).person
    with committing():
        name_deputy(invitee, later, by=invitee.person)
    assert invitee.meeting.invitees.filter(person=later).count() == 1
    assert sorted(Message.objects.filter(person=later).values_list("kind", flat=True)) == [
        "meetings.deputy", "meetings.invitation",
    ]  # fmt: skip
    with pytest.raises(Refused, match="al in de plaats"):
        name_deputy(invitee.meeting.invitees.exclude(pk=invitee.pk).exclude(person=later).first(), later,
                    by=invitee.person)  # fmt: skip


def test_who_comes_after_all_releases_the_deputy(invitee, allowed, chair, committing):
    name_deputy(invitee, chair.person, by=invitee.person)
    mail.outbox.clear()
    with committing():
        answer_invitation(invitee, Answer.ACCEPTED, by=invitee.person)
    invitee.refresh_from_db()
    assert invitee.deputy is None
    assert ["niet meer in de plaats" in sent.body for sent in mail.outbox] == [True]


def test_where_the_rules_forbid_it_nobody_comes_instead(invitee, allowed, council, chair, fatma, sign_in):
    instrument = council.instruments.get()
    instrument.rules["represented_by_fellow_member"] = False
    instrument.save()
    with pytest.raises(Refused, match=r"art\. 2 lid 2"):
        name_deputy(invitee, chair.person, by=invitee.person)
    with pytest.raises(Refused, match=r"art\. 2 lid 2"):
        send_deputy(invitee, chair.person, by=chair.person)
    assert "kan zich niet laten vervangen" in text_of(sign_in(fatma).get(page("deputy", invitee, invitee.pk)))
    assert "in mijn plaats" not in text_of(sign_in(fatma).get(invitee.meeting.get_absolute_url()))


def test_where_the_rules_say_nothing_the_page_says_so_and_it_may_be(invitee, council, chair, fatma, saskia, sign_in):
    assert "represented_by_fellow_member" not in council.instruments.get().rules
    words = "De spelregels zeggen niet of een ander lid in de plaats mag komen."
    assert words in text_of(sign_in(fatma).get(page("deputy", invitee, invitee.pk)))
    name_deputy(invitee, chair.person, by=invitee.person)
    assert words in text_of(sign_in(saskia).get(page("note_deputy", invitee, invitee.pk)))
    send_deputy(invitee, chair.person, by=saskia.person)
    invitee.refresh_from_db()
    assert invitee.deputy == chair.person


def test_somebody_of_elsewhere_cannot_come_instead(invitee, allowed, stijn):
    with pytest.raises(Refused, match="Kies een ander lid"):
        name_deputy(invitee, stijn.person, by=invitee.person)


# --- a note belongs to its answer -----------------------------------------------------------------------------------


def test_a_note_lapses_when_the_answer_changes_without_a_new_one(invitee, fatma, sign_in):
    address, client = page("answer", invitee), sign_in(fatma)

    def noted(answer: str, note: str) -> str:
        client.post(address, {"answer": answer, "note": note})
        invitee.refresh_from_db()
        return invitee.note

    assert noted("accepted", "Ik kom iets later") == "Ik kom iets later"
    assert noted("accepted", "Ik kom iets later") == "Ik kom iets later"  # the control: the same answer keeps it
    assert noted("declined", "Ik kom iets later") == ""  # the field held it still
    assert noted("accepted", "Met de taxi") == "Met de taxi"
    answer_invitation(invitee, Answer.ACCEPTED, by=fatma.person)
    invitee.refresh_from_db()
    assert invitee.note == "Met de taxi"
    answer_invitation(invitee, Answer.DECLINED, by=fatma.person)
    invitee.refresh_from_db()
    assert invitee.note == ""


def test_who_loses_a_note_is_told(invitee, fatma, sign_in):
    client, told = sign_in(fatma), "hoorde bij het vorige antwoord"
    answers = [("accepted", False), ("declined", True), ("declined", False)]
    for answer, said in answers:
        note = "Ik kom iets later" if answer == "accepted" or said else ""
        seen = text_of(client.post(page("answer", invitee), {"answer": answer, "note": note}, follow=True))
        assert (told in seen) is said


def test_a_new_time_takes_the_note_along_with_the_answer(invitee, meeting, fatma, saskia):
    answer_invitation(invitee, Answer.ACCEPTED, by=fatma.person, note="Ik kom iets later")
    move = timedelta(days=1)
    change_meeting(meeting, starts_at=meeting.starts_at + move, ends_at=meeting.ends_at + move, by=saskia.person)
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.note) == (Answer.NONE, "")


def test_a_new_place_leaves_the_note(invitee, meeting, fatma, saskia):
    answer_invitation(invitee, Answer.ACCEPTED, by=fatma.person, note="Ik kom iets later")
    change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    invitee.refresh_from_db()
    assert (invitee.answer, invitee.note) == (Answer.ACCEPTED, "Ik kom iets later")


# --- the last day to answer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("today", "last"), [("2027-03-01", "2027-03-25"), ("2027-03-27", "2027-03-27")])
def test_home_page_mail_and_letter_name_the_same_last_day(
    today, last, council, saskia, fatma, chair, committing, sign_in
):
    with time_machine.travel(f"{today} 12:00", tick=True):
        starts_at = wall_clock(date(2027, 3, 30), time(19, 30))
        meeting = MeetingFactory(council=council, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        with committing():
            send_invitations(meeting, by=saskia.person)
        words = f"uiterlijk {long_date(date.fromisoformat(last))}"
        assert answer_by(meeting).isoformat() == letter_facts(meeting, in_room=True)["answer_by"] == last
        sent = next(one for one in mail.outbox if fatma.email in one.to[0])
        assert f"Antwoord {words}." in sent.body and f"Antwoord {words}." in sent.alternatives[0].content
        assert f"Antwoord {words}." in text_of(sign_in(fatma).get(meeting.get_absolute_url()))
        home = text_of(sign_in(fatma).get(reverse("councils:room", args=[council.slug])))
        todo = home[home.index("Laat weten of u komt") :].split("</li>")[0]
        assert long_date(date.fromisoformat(last)) in todo and "Uiterlijk" in todo
