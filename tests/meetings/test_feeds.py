"""Calendars to subscribe to: who sees what, for how long, and what a calendar program is told when nothing changed."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.actions import feeds, inviting, scheduling
from meetings.models import FeedAddress
from meetings.states import MeetingState
from portal.calendar import wall_clock
from tests.calendars import READERS, by_icalendar
from tests.factories import MeetingFactory, MembershipFactory

NOW = "2027-01-04 12:00"


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def meeting(council, saskia):
    starts = wall_clock(date(2027, 3, 29), time(19, 30))
    return MeetingFactory(
        council=council, title="Overleg", starts_at=starts, ends_at=starts + timedelta(hours=2), state="invited",
        online_link="https://overleg.test/1", contact=saskia.person,
    )  # fmt: skip


@pytest.fixture
def address(fatma):
    return reverse("meetings:feed", args=[feeds.make_address(fatma.person, by=fatma.person)])


def events(address: str, **query: str) -> list:
    return by_icalendar(Client().get(address, query).content)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_feed_is_right_over_both_changes_of_the_clock(council, address, reader):
    days = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)]
    for day in days:
        starts = wall_clock(day, time(19, 30))
        MeetingFactory(council=council, starts_at=starts, ends_at=starts + timedelta(hours=2))
    assert [read.start for read in reader(Client().get(address).content)] == [
        datetime(2027, 3, 27, 18, 30, tzinfo=UTC), datetime(2027, 3, 28, 17, 30, tzinfo=UTC),
        datetime(2027, 10, 30, 17, 30, tzinfo=UTC), datetime(2027, 10, 31, 18, 30, tzinfo=UTC),
    ]  # fmt: skip


def test_one_sees_the_own_councils_and_what_one_is_invited_to(council, meeting, fatma, victor, stijn, address):
    other = MembershipFactory(person=fatma.person).council
    MeetingFactory(council=other)
    MeetingFactory(council=stijn.person.memberships.get().council)
    assert {read.status for read in events(address)} == {"CONFIRMED", "TENTATIVE"}
    assert len(events(address)) == 2
    assert [read.uid for read in events(address, raad=council.slug)] == [events(address)[1].uid]
    his = reverse("meetings:feed", args=[feeds.make_address(victor.person, by=victor.person)])
    assert events(his) == []
    meeting.invitees.create(council=council, person=victor.person)
    assert len(events(his)) == 1


def test_a_feed_holds_no_names_and_the_public_one_no_online_link(council, meeting, fatma, address):
    meeting.invitees.create(council=council, person=fatma.person)
    own = Client().get(address).content.decode()
    assert "https://overleg.test/1" in own
    for name in ("Fatma", "Saskia", "testdorp.test", "ATTENDEE", "ORGANIZER"):
        assert name not in own
    public = reverse("meetings:public_feed", args=[council.slug])
    assert events(public) == []
    meeting.is_public = True
    meeting.save()
    shown = Client().get(public).content.decode()
    assert ("Overleg" in shown, "overleg.test" in shown, "/raad/" in shown) == (True, False, False)


def test_a_closed_meeting_and_one_that_was_never_announced_are_not_in_the_public_feed(council, meeting, saskia):
    public = reverse("meetings:public_feed", args=[council.slug])
    draft = MeetingFactory(council=council, title="Nog geheim", is_public=True)
    scheduling.cancel_meeting(draft, by=saskia.person)
    assert events(public) == []
    inviting.send_invitations(meeting, by=saskia.person)
    scheduling.change_meeting(meeting, is_public=True, by=saskia.person)
    assert [read.status for read in events(public)] == ["CONFIRMED"]
    meeting.refresh_from_db()
    meeting.invited_at = timezone.now()
    meeting.save()
    scheduling.cancel_meeting(meeting, by=saskia.person)
    assert [read.status for read in events(public)] == ["CANCELLED"]


def test_a_cancelled_meeting_stays_sixty_days_as_cancelled(meeting, saskia, address):
    scheduling.cancel_meeting(meeting, by=saskia.person)
    assert [read.status for read in events(address)] == ["CANCELLED"]
    with time_machine.travel("2027-03-04 12:00", tick=True):  # 59 days later
        assert [read.status for read in events(address)] == ["CANCELLED"]
    with time_machine.travel("2027-03-07 12:00", tick=True):
        assert events(address) == []


def test_nothing_new_is_said_in_two_words(meeting, saskia, address):
    first = Client().get(address)
    by_tag = Client().get(address, headers={"If-None-Match": first["ETag"]})
    by_time = Client().get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (by_tag.status_code, by_time.status_code, by_tag.content) == (304, 304, b"")
    with time_machine.travel("2027-01-04 15:00", tick=True):
        assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        scheduling.change_meeting(meeting, place="Bibliotheek", by=saskia.person)
        assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
        assert Client().get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in first.content.decode()


def test_a_withdrawn_invitation_leaves_the_feed_of_who_is_no_member(council, meeting, saskia, victor):
    his = reverse("meetings:feed", args=[feeds.make_address(victor.person, by=victor.person)])
    inviting.send_invitations(meeting, people=[inviting.Asked(victor.person)], by=saskia.person)
    first = Client().get(his)
    with time_machine.travel("2027-01-04 15:00", tick=True):
        inviting.withdraw_invitation(meeting.invitees.get(person=victor.person), by=saskia.person)
        again = Client().get(his, headers={"If-Modified-Since": first["Last-Modified"]})
        assert (again.status_code, by_icalendar(again.content)) == (200, [])


def test_a_revoked_address_and_who_has_no_role_get_nothing(meeting, fatma, address):
    assert Client().get(address).status_code == 200
    fatma.person.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Client().get(address).status_code == 404
    fatma.person.memberships.update(ends_on=None)
    feeds.revoke_address(fatma.person, by=fatma.person)
    assert Client().get(address).status_code == 404


def test_a_blocked_account_gets_nothing(meeting, fatma, address):
    fatma.is_active = False
    fatma.save()
    assert Client().get(address).status_code == 404


def test_the_address_is_shown_once_and_kept_nowhere(meeting, fatma, sign_in):
    client, page = sign_in(fatma), reverse("meetings:own_feed")
    shown = client.post(page, {"do": "make"}, follow=True).content.decode()
    secret = re.search(r"/agenda/([\w-]{43})\.ics", shown)[1]
    assert Client().get(reverse("meetings:feed", args=[secret])).status_code == 200
    assert secret not in client.get(page).content.decode()
    kept = FeedAddress.objects.get()
    assert secret not in str(vars(kept))
    client.post(page, {"do": "make"})
    assert Client().get(reverse("meetings:feed", args=[secret])).status_code == 404
    client.post(page, {"do": "revoke"})
    assert not FeedAddress.objects.filter(revoked_at=None).exists()


def test_a_feed_asks_the_same_number_of_questions_for_many_meetings(council, address, django_assert_max_num_queries):
    for _n in range(50):
        MeetingFactory(council=council, state=MeetingState.INVITED)
    Client().get(address)
    with django_assert_max_num_queries(8):
        assert len(events(address)) == 50


def test_an_option_of_a_date_poll_is_not_in_it(council, fatma, address):
    from meetings.models import DateOption, DatePoll

    poll = DatePoll.objects.create(council=council, title="Wanneer?", opened_by=fatma.person, answer_by="2027-02-01")
    DateOption.objects.create(
        poll=poll, council=council, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1)
    )
    assert events(address) == []
