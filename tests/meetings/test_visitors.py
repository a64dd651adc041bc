"""A public meeting: what everybody sees of it, and who comes to listen."""

import json
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Visitor
from meetings.states import MeetingState
from tests.factories import AgendaItemFactory, MeetingFactory


@pytest.fixture(autouse=True)
def nobody_came_before():
    cache.clear()


@pytest.fixture
def meeting(council, saskia):
    return MeetingFactory(
        council=council, title="Openbare vergadering", is_public=True, state=MeetingState.INVITED,
        online_link="https://overleg.test/1",
    )  # fmt: skip


def page(meeting, name="public_meeting"):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id])


COMES = {"name": "Bea Bezoeker", "people": "2", "needs": "Ringleiding", "phone": "0123"}


def test_the_page_holds_no_closed_item_and_no_link_to_join(meeting):
    AgendaItemFactory(meeting=meeting, title="Vervoer")
    AgendaItemFactory(meeting=meeting, title="Sollicitatie", is_closed=True, closed_ground="Het gaat over personen.")
    for found in (Client().get(page(meeting)), Client().get(page(meeting, "public_calendar_file"))):
        assert b"Sollicitatie" not in found.content and b"overleg.test" not in found.content
    assert "Vervoer" in Client().get(page(meeting)).content.decode()


@pytest.mark.parametrize("cancelled", [False, True])
def test_search_engines_read_when_and_where_it_is_and_whether_it_goes_on(meeting, cancelled):
    meeting.title = "</script><b>Overleg & beraad"
    meeting.state = MeetingState.CANCELLED if cancelled else MeetingState.INVITED
    meeting.invited_at = timezone.now()
    meeting.save()
    answer = Client().get(page(meeting))
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode())
    data = json.loads(found[0])
    assert (len(found), data["@type"], data["name"]) == (1, "Event", "</script><b>Overleg & beraad")
    assert datetime.fromisoformat(data["startDate"]) == meeting.starts_at
    assert data["eventStatus"].removeprefix("https://schema.org/Event") == ("Cancelled" if cancelled else "Scheduled")
    assert data["location"]["name"] == meeting.place
    assert "overleg.test" not in found[0]
    # It is data: the policy of the page still lets no script run that stands in it.
    assert "unsafe-inline" not in answer["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]


@pytest.mark.parametrize("change", [{"is_public": False}, {"state": MeetingState.PLANNED}])
def test_what_is_not_public_does_not_exist(meeting, change):
    type(meeting).objects.filter(pk=meeting.pk).update(**change)
    assert Client().get(page(meeting)).status_code == 404
    assert Client().post(page(meeting), COMES).status_code == 404


def test_a_visitor_comes_gets_a_page_of_her_own_and_may_stay_away(meeting, committing):
    with committing():
        answer = Client().post(page(meeting), COMES)
    own = answer.url
    assert "Wij rekenen op u, Bea Bezoeker, met 2 mensen." in Client().get(own).content.decode()
    assert Visitor.objects.get().withdrawn_at is None  # looking changes nothing
    assert mail.outbox == []
    Client().post(own)
    visitor = Visitor.objects.get()
    assert (bool(visitor.withdrawn_at), visitor.name, visitor.needs, visitor.phone) == (True, "", "", "")
    assert Client().get(own[:-2] + "x/").status_code == 404


def test_the_secretary_sees_who_comes_and_how_many(meeting, saskia, chair, sign_in):
    Client().post(page(meeting), COMES)
    Client().post(page(meeting), {"name": "Ali", "people": "1"})
    found = sign_in(saskia).get(page(meeting, "visitors")).content.decode()
    assert "Er komen 3 bezoekers." in found and "Ringleiding" in found
    assert "Bezoekers krijgen geen bericht van het portaal." in found
    assert sign_in(chair).get(page(meeting, "visitors")).status_code == 403


def test_what_is_wrong_is_said_and_stays(meeting):
    answer = Client().post(page(meeting), {**COMES, "name": "", "people": "21"})
    assert answer.status_code == 422
    assert "Ringleiding" in answer.content.decode()


def test_a_robot_that_fills_in_everything_comes_not(meeting):
    assert Client().post(page(meeting), {**COMES, "website": "https://kopen.test"}).status_code == 422
    assert Visitor.objects.count() == 0


def test_one_address_announces_ten_in_an_hour(meeting):
    answers = [Client().post(page(meeting), COMES).status_code for _n in range(11)]
    assert answers == [302] * 10 + [422]


def test_behind_a_proxy_each_visitor_is_counted_for_herself(meeting, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        Client().post(page(meeting), COMES, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(11)
    ]
    assert answers == [302] * 11


def test_after_the_meeting_nobody_announces_herself(meeting):
    with time_machine.travel(meeting.ends_at + timedelta(minutes=1)):
        assert "Ik kom langs" not in Client().get(page(meeting)).content.decode()
        assert Client().post(page(meeting), COMES).status_code == 422
    assert Visitor.objects.count() == 0
