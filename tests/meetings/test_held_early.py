"""A meeting that was opened and closed before its date: it is over everywhere, and its minutes say when it was."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import adopting, correcting
from meetings.actions import minutes as writing
from meetings.actions.inviting import answer_invitation
from meetings.actions.table import close_meeting, open_meeting
from meetings.actions.visitors import announce
from meetings.minutes_content import content_of
from meetings.models import Meeting, MeetingDecision
from meetings.states import Answer, Attendance, MeetingState
from portal.access import Refused
from portal.dates import clock_time
from tests.factories import AgendaItemFactory, MeetingFactory


@pytest.fixture
def held(council, saskia, chair, fatma):
    starts = timezone.now() + timedelta(days=21)
    meeting = MeetingFactory(
        council=council, starts_at=starts, state=MeetingState.INVITED, is_public=True, title="Overleg van straks",
        invited_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    for user in (saskia, chair, fatma):
        meeting.invitees.create(council=council, person=user.person)
    item = AgendaItemFactory(meeting=meeting, position=1, title="Vervoer")
    there = {user.person.pk: Attendance.PRESENT for user in (saskia, chair, fatma)}
    open_meeting(meeting, there, by=saskia.person, although_early=True)
    writing.write_item(item, report="De bus.", decision="Wij bellen.", version=0, by=saskia.person)
    return close_meeting(meeting, by=saskia.person)


def address(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def test_its_page_asks_nobody_whether_they_come_and_leads_to_what_was_said(held, saskia, fatma, sign_in):
    for user in (saskia, fatma):
        page = sign_in(user).get(held.get_absolute_url()).content.decode()
        assert "Komt u?" not in page
        assert "Wie was er?" in page
        assert address("report", held) in page
        assert "De vergadering was eerder" in page
    assert address("attendance", held) in sign_in(saskia).get(held.get_absolute_url()).content.decode()


def test_the_homes_ask_for_the_report_and_not_for_an_answer(held, saskia, fatma, sign_in):
    home = reverse("councils:room", args=[held.council.slug])
    asked = sign_in(saskia).get(home).content.decode()
    assert "Laat weten of u komt" not in asked
    assert address("report", held) in asked
    assert "Laat weten of u komt" not in sign_in(fatma).get(home).content.decode()
    minutes = correcting.ask_corrections(held, by=saskia.person)
    assert address("report", held) in sign_in(fatma).get(home).content.decode()
    correcting.send_correction(minutes, text="Willem was er ook", person=fatma.person, by=fatma.person)
    asked = sign_in(saskia).get(home).content.decode()
    assert f'href="{address("report", held)}"' in asked
    assert "Laat weten of u komt" not in asked


def test_nobody_answers_or_comes_to_listen_any_more(held, fatma, client):
    invitee = held.invitees.get(person=fatma.person)
    with pytest.raises(Refused, match="voorbij"):
        answer_invitation(invitee, Answer.ACCEPTED, by=fatma.person)
    with pytest.raises(Refused, match="voorbij"):
        announce(held, name="Iemand")
    assert client.get(address("public_meeting", held)).context["form"] is None


def test_lists_have_it_among_what_was(held, fatma, client, sign_in):
    assert list(Meeting.objects.upcoming()) == []
    assert list(Meeting.objects.past()) == [held]
    page = sign_in(fatma).get(reverse("meetings:list", args=[held.council.slug]))
    assert (page.context["upcoming"], list(page.context["page_obj"])) == ([], [held])
    public = client.get(reverse("meetings:public_list", args=[held.council.slug]))
    assert (list(public.context["upcoming"]), list(public.context["past"])) == ([], [held])


def test_the_minutes_and_the_decision_are_of_the_day_that_it_was_held(held, saskia):
    content, today = content_of(held), timezone.localdate()
    assert content["day"] == today.isoformat()
    assert (content["starts"], content["ends"]) == (clock_time(held.opened_at), clock_time(held.closed_at))
    correcting.ask_corrections(held, by=saskia.person)
    assert MeetingDecision.objects.get().decided_on == today


def test_a_meeting_that_was_closed_days_later_keeps_the_hours_of_its_plan(held):
    held.starts_at = timezone.now() - timedelta(days=3)
    held.ends_at = held.starts_at + timedelta(hours=2)
    content = content_of(held)
    assert content["day"] == timezone.localdate(held.starts_at).isoformat()
    assert (content["starts"], content["ends"]) == (clock_time(held.starts_at), clock_time(held.ends_at))


def test_a_meeting_before_its_planned_day_can_adopt_its_minutes_and_it_can_adopt_itself_not(held, council, saskia):
    minutes = correcting.ask_corrections(held, by=saskia.person)
    with pytest.raises(Refused, match="latere vergadering"):
        adopting.adopt_minutes(minutes, item=held.agenda_items.get(), by=saskia.person)
    Meeting.objects.filter(pk=held.pk).update(
        opened_at=timezone.now() - timedelta(days=7), closed_at=timezone.now() - timedelta(days=7)
    )
    later = MeetingFactory(council=council, starts_at=timezone.now() - timedelta(minutes=1))
    minutes.refresh_from_db()
    adopted = adopting.adopt_minutes(minutes, item=AgendaItemFactory(meeting=later), by=saskia.person)
    assert adopted.minutes.adopted_on == timezone.localdate()
