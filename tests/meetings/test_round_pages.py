"""What the pages say of invitations that wait, left, are held back or go by post."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.actions.inviting import send_invitations, undo_round
from meetings.models import InvitationRound, Invitee
from meetings.states import Channel
from portal.dates import clock_time
from portal.models import Message
from portal.states import MessageState
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.test_rounds import deliver_all


@pytest.fixture(autouse=True)
def five_minutes(settings):
    settings.MEETING_UNDO_MINUTES = 5


@pytest.fixture
def meeting(council, saskia, fatma):
    return MeetingFactory(council=council, title="Vergadering maart")


@pytest.fixture
def round(meeting, saskia, committing):
    with committing():
        send_invitations(meeting, by=saskia.person)
    return InvitationRound.objects.get(meeting=meeting)


def seen(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_until_it_leaves_the_page_and_the_list_say_when_and_not_that_it_was_sent(
    round, meeting, saskia, fatma, sign_in
):
    AgendaItemFactory(meeting=meeting)
    listed = reverse("meetings:list", args=[meeting.council.slug])
    words = f"Uitnodigingen gaan om {clock_time(round.sends_at)} weg"
    for client, address in [(sign_in(saskia), listed), (sign_in(saskia), meeting.get_absolute_url())]:
        page = seen(client, address)
        assert words in page
        assert "Uitgenodigd" not in page
        assert "niet geantwoord" not in page
    for address in (listed, meeting.get_absolute_url()):
        page = seen(sign_in(fatma), address)
        assert ("Gepland" in page, words in page, "Uitgenodigd" in page) == (True, False, False)
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        deliver_all()
        page = seen(sign_in(saskia), meeting.get_absolute_url())
    assert ("Uitgenodigd" in page, words in page, "nog niet weg" in page) == (True, False, False)
    assert "2 mensen hebben nog niet geantwoord." in page


def test_what_waits_after_that_is_said_at_the_meeting(round, meeting, saskia, fatma, sign_in):
    Message.objects.filter(person=fatma.person).update(state=MessageState.HELD)
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        deliver_all()
        assert "1 bericht over deze vergadering is nog niet weg." in seen(sign_in(saskia), meeting.get_absolute_url())
        assert "nog niet weg" not in seen(sign_in(fatma), meeting.get_absolute_url())


def test_an_invited_meeting_without_an_agenda_does_not_say_that_nobody_is_invited(round, meeting, saskia, sign_in):
    page = seen(sign_in(saskia), meeting.get_absolute_url())
    assert ("Maak de agenda." in page, "nog niemand uitgenodigd" in page) == (True, False)
    undo_round(round, by=saskia.person)
    assert "Er is nog niemand uitgenodigd." in seen(sign_in(saskia), meeting.get_absolute_url())


def test_what_was_sent_just_now_is_no_alarm_and_what_waits_longer_is(round, meeting, saskia, sign_in):
    words = "2 berichten over deze vergadering zijn nog niet weg."
    for minutes, said in ((1, False), (4, False), (6, True)):
        with time_machine.travel(round.sends_at + timedelta(minutes=minutes)):
            assert (words in seen(sign_in(saskia), meeting.get_absolute_url())) is said, minutes


def test_a_refused_message_is_said_until_a_newer_one_about_the_same_left(round, meeting, saskia, fatma, sign_in):
    words = "1 bericht over deze vergadering is nog niet weg."
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        deliver_all()
        Message.objects.filter(person=fatma.person).update(state=MessageState.REFUSED, sent_at=None)
        assert words in seen(sign_in(saskia), meeting.get_absolute_url())
        old = Message.objects.get(person=fatma.person)
        Message.objects.create(
            person=fatma.person, kind=old.kind, about_id=old.about_id, cause="later:1", state=MessageState.SENT,
            sent_at=timezone.now(),
        )  # fmt: skip
        assert words not in seen(sign_in(saskia), meeting.get_absolute_url())


def test_while_it_can_be_undone_nobody_is_called_invited(meeting, saskia, fatma, sign_in):
    address = reverse("meetings:send_invitations", args=[meeting.council.slug, meeting.public_id])
    people = [str(saskia.person.pk), str(fatma.person.pk)]
    page = sign_in(saskia).post(address, {"people": people, "own_words": ""}, follow=True).content.decode()
    assert ("2 uitnodigingen staan klaar." in page, "zijn uitgenodigd" in page) == (True, False)


@pytest.mark.parametrize(("held", "leaves"), [(1, True), (2, False)])
def test_hurrying_says_what_is_held_back(held, leaves, round, meeting, saskia, sign_in):
    some = Message.objects.order_by("pk")[:held].values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(some)).update(state=MessageState.HELD)
    address = reverse("meetings:send_invitations_now", args=[meeting.council.slug, meeting.public_id, round.pk])
    page = sign_in(saskia).post(address, follow=True).content.decode()
    assert ("De uitnodigingen gaan nu weg." in page) is leaves
    assert ("U houdt 1 uitnodiging vast." in page, "U houdt 2 uitnodigingen vast." in page) == (held == 1, held == 2)


def test_letters_that_were_not_posted_are_the_next_step_and_stand_on_the_home(round, meeting, saskia, chair, sign_in):
    AgendaItemFactory(meeting=meeting)
    home = reverse("councils:room", args=[meeting.council.slug])
    letter = Invitee.objects.filter(meeting=meeting).order_by("pk").first()
    Invitee.objects.filter(pk=letter.pk).update(channel=Channel.PAPER)
    assert "Doe de brieven op de post" not in seen(sign_in(saskia), home)  # it can still be undone
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        page = seen(sign_in(saskia), meeting.get_absolute_url())
        assert ("1 brief moet nog op de post." in page, "niet geantwoord" in page) == (True, False)
        assert "Doe de brieven op de post" in seen(sign_in(saskia), home)
        assert "Doe de brieven op de post" not in seen(sign_in(chair), home)
        assert "moet nog op de post" not in seen(sign_in(chair), meeting.get_absolute_url())
        Invitee.objects.filter(pk=letter.pk).update(posted_on=timezone.localdate())
        assert "2 mensen hebben nog niet geantwoord." in seen(sign_in(saskia), meeting.get_absolute_url())
        assert "Doe de brieven op de post" not in seen(sign_in(saskia), home)
