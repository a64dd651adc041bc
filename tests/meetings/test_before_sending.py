"""What the secretary sees before sending: the mail itself, and everything that was typed; and where a guest is led."""

from email.utils import parseaddr

import pytest
from django.core import mail
from django.urls import reverse

from meetings.actions.inviting import Asked, send_invitations
from meetings.models import Invitee
from meetings.states import Channel, InviteeRole
from portal.models import Message, Person
from tests.factories import AgendaItemFactory, MeetingFactory, PersonFactory


@pytest.fixture
def meeting(council, saskia, fatma):
    return MeetingFactory(council=council, title="Vergadering maart")


def page(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def test_the_mail_itself_is_read_before_it_is_sent_without_the_link_of_one_person(meeting, saskia, fatma, sign_in):
    AgendaItemFactory(meeting=meeting, title="Sollicitatie", is_closed=True, closed_ground="Personen")
    client = sign_in(saskia)
    client.post(page("add_guest", meeting), {"role": "guest", "name": "Gijs Gast", "email": "gijs@voorbeeld.test"})
    guest = Person.objects.get(name="Gijs Gast")
    typed = {"people": [fatma.person_id, guest.pk], "own_words": "Neem koek mee."}
    check = client.post(page("invite", meeting), typed).content.decode()
    to_members, to_guests = check.split("Lees de mail aan gasten")
    assert "Lees de mail aan leden" in to_members and "Sollicitatie" in to_members
    assert "Sollicitatie" not in to_guests and "Besloten punt: Personen" in to_guests
    for words in ("Uitnodiging: vergadering op", "Neem koek mee.", "Laat weten of u komt."):
        assert words in to_guests
    assert "/antwoord/…/" in check and "Lees de mail aan het bestuur" not in check
    assert Invitee.objects.count() == Message.objects.count() == 0


def test_who_goes_back_finds_what_she_typed_and_chose(meeting, saskia, fatma, sign_in):
    typed = {"people": [fatma.person_id], "own_words": "Neem koek mee.", "_terug": "ja"}
    back = sign_in(saskia).post(page("invite", meeting), typed)
    assert back.status_code == 200
    assert "Neem koek mee." in back.content.decode() and back.content.decode().count(" checked") == 1


def test_a_way_that_does_not_exist_is_the_usual_one(meeting, saskia, fatma, sign_in):
    odd = {"people": [fatma.person_id], f"channel_{fatma.person_id}": "postduif" * 9}
    assert sign_in(saskia).post(page("send_invitations", meeting), odd).status_code == 302
    assert meeting.invitees.get().channel == Channel.EMAIL


def test_a_guest_is_led_to_no_page_that_is_closed_to_him(meeting, authority, saskia, fatma, victor, committing):
    meeting.kind, meeting.authority = "consultation", authority
    meeting.save()
    guest = PersonFactory(email="gijs@voorbeeld.test")
    people = [
        Asked(fatma.person),
        Asked(victor.person, role=InviteeRole.AUTHORITY),
        Asked(guest, role=InviteeRole.GUEST),
    ]
    with committing():
        send_invitations(meeting, by=saskia.person, people=people, at_once=True)
    sent = {parseaddr(one.to[0])[1]: one.body + one.alternatives[0].content for one in mail.outbox}
    room = meeting.get_absolute_url()
    assert room in sent[fatma.person.email]
    assert room not in sent[victor.person.email] and "/bestuur/testdorp/overleggen/" in sent[victor.person.email]
    assert room not in sent[guest.email] and "Agenda en stukken" not in sent[guest.email]
