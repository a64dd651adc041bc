"""A press of "send" that can be undone until it leaves, and the preview before it."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import inviting
from meetings.actions.inviting import Asked, send_invitations, undo_round, withdraw_invitation
from meetings.models import AccessNeeds, InvitationRound, Invitee
from meetings.states import Channel, InviteeRole, MeetingState
from portal.access import Refused
from portal.models import Message, Person
from portal.states import MessageState
from portal.tasks import deliver, take
from tests.factories import AppointmentFactory, MeetingFactory, MembershipFactory, PersonFactory


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


def deliver_all() -> set[str]:
    return {deliver(message.pk) for message in Message.objects.order_by("pk")}


def test_nothing_leaves_in_the_first_five_minutes(round, meeting):
    assert round.sends_at - round.made_at == timedelta(minutes=5)
    assert (deliver_all(), mail.outbox) == ({"not due"}, [])
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        assert deliver_all() == {MessageState.SENT}
    assert len(mail.outbox) == 2


def test_outside_the_room_a_meeting_is_known_when_its_invitations_have_left(round, meeting, authority):
    type(meeting).objects.filter(pk=meeting.pk).update(is_public=True, kind="consultation", authority=authority)
    everywhere = [type(meeting).objects.published, lambda: type(meeting).objects.shown_to(authority)]
    assert [list(seen()) for seen in everywhere] == [[], []]
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        assert [list(seen()) for seen in everywhere] == [[meeting], [meeting]]


def test_undoing_puts_everything_back_and_drops_the_messages(round, meeting, saskia):
    assert undo_round(round, by=saskia.person) == 2
    meeting.refresh_from_db()
    assert (meeting.state, meeting.invited_at, meeting.invitees.count()) == (MeetingState.PLANNED, None, 0)
    with time_machine.travel(round.sends_at + timedelta(hours=1)):
        assert (deliver_all(), mail.outbox) == ({"not due"}, [])


def test_after_undoing_the_same_people_can_be_invited_and_get_their_mail(round, meeting, saskia):
    undo_round(round, by=saskia.person)
    assert send_invitations(meeting, by=saskia.person, at_once=True) == 2
    deliver_all()
    assert len(mail.outbox) == 2


def test_after_undoing_the_words_above_the_invitation_are_offered_again(meeting, saskia, sign_in):
    def offered() -> bool:
        page = reverse("meetings:invite", args=[meeting.council.slug, meeting.public_id])
        return "Neem koek mee." in sign_in(saskia).get(page).content.decode()

    send_invitations(meeting, by=saskia.person, own_words="Neem koek mee.")
    assert not offered()
    undo_round(meeting.invitation_rounds.get(), by=saskia.person)
    assert offered()
    send_invitations(meeting, by=saskia.person)
    undo_round(meeting.invitation_rounds.latest("pk"), by=saskia.person)
    assert not offered()  # the last time she said nothing


def test_undoing_the_second_round_leaves_the_first(round, meeting, council, saskia):
    with time_machine.travel(round.sends_at + timedelta(minutes=1)):
        newcomer = MembershipFactory(council=council).person
        send_invitations(meeting, by=saskia.person)
        undo_round(meeting.invitation_rounds.latest("pk"), by=saskia.person)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.invitees.count()) == (MeetingState.INVITED, 2)
    assert not meeting.invitees.filter(person=newcomer).exists()


def test_what_has_left_cannot_be_undone(round, meeting, saskia):
    with time_machine.travel(round.sends_at), pytest.raises(Refused, match="al weg"):
        undo_round(round, by=saskia.person)
    assert meeting.invitees.count() == 2


def test_it_is_undone_once(round, saskia):
    undo_round(round, by=saskia.person)
    with pytest.raises(Refused, match="al teruggenomen"):
        undo_round(round, by=saskia.person)


def test_one_message_that_a_worker_took_stops_the_undoing(round, meeting, saskia):
    taken = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=taken.pk).update(next_try_at=timezone.now())
    assert take(taken.pk)
    with pytest.raises(Refused, match="al weg"):
        undo_round(round, by=saskia.person)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENDING, MessageState.WAITING}
    assert meeting.invitees.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["worker", "secretary"])
def test_a_worker_and_an_undoing_at_the_same_moment_never_both_win(council, saskia, fatma, first, monkeypatch):
    """The one holds the rows, the other comes meanwhile: either all of it left, or nothing."""
    meeting = MeetingFactory(council=council)
    send_invitations(meeting, by=saskia.person)
    round = InvitationRound.objects.get()
    message = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
    outcomes: dict[str, object] = {}
    holding, go_on = threading.Event(), threading.Event()

    def in_thread(name, work):
        def run():
            try:
                outcomes[name] = work()
            except Refused:
                outcomes[name] = "refused"
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def wait_inside(owner, name):
        real = getattr(owner, name)

        def slow(*args, **kwargs):
            done = real(*args, **kwargs)
            holding.set()
            go_on.wait(5)
            return done

        monkeypatch.setattr(owner, name, slow)

    def undo():
        return undo_round(round, by=saskia.person)

    if first == "worker":
        wait_inside(Message, "save")  # inside take(), before its commit
        threads = [in_thread("worker", lambda: take(message.pk))]
        holding.wait(5)
        threads.append(in_thread("secretary", undo))
    else:
        wait_inside(inviting, "withdraw")
        threads = [in_thread("secretary", undo)]
        holding.wait(5)
        threads.append(in_thread("worker", lambda: take(message.pk)))
    threads[-1].join(0.5)
    go_on.set()
    for thread in threads:
        thread.join(10)
    message.refresh_from_db()
    if first == "worker":
        assert (outcomes["secretary"], message.state) == ("refused", MessageState.SENDING)
        assert meeting.invitees.count() == 2
    else:
        assert (outcomes, message.state) == ({"secretary": 2, "worker": None}, MessageState.DROPPED)


def test_sending_now_does_not_wait(round, saskia, committing):
    with committing():
        inviting.send_round_now(round, by=saskia.person)
    assert len(mail.outbox) == 2
    with pytest.raises(Refused, match="al weg"):
        undo_round(round, by=saskia.person)


def test_a_withdrawn_person_gets_the_only_cancellation(round, meeting, saskia, fatma, committing):
    with committing():
        inviting.send_round_now(round, by=saskia.person)
    mail.outbox.clear()
    with committing():
        withdraw_invitation(meeting.invitees.get(person=fatma.person), by=saskia.person)
    assert [(sent.to, sent.alternatives[-1].mimetype) for sent in mail.outbox] == [
        (["Fatma Yılmaz <fatma@testdorp.test>"], "text/calendar; method=CANCEL")
    ]
    assert [one.person for one in meeting.invitees.invited()] == [saskia.person]


def test_whose_invitation_had_not_left_hears_nothing(round, meeting, saskia, fatma, committing):
    with committing():
        withdraw_invitation(meeting.invitees.get(person=fatma.person), by=saskia.person)
    with time_machine.travel(round.sends_at + timedelta(seconds=1)):
        deliver_all()
    assert [sent.to for sent in mail.outbox] == [["Saskia de Wit <saskia@testdorp.test>"]]


def test_who_was_withdrawn_is_not_asked_again_by_itself_and_undoing_restores_it(round, meeting, saskia, fatma):
    invitee = withdraw_invitation(meeting.invitees.get(person=fatma.person), by=saskia.person)
    assert send_invitations(meeting, by=saskia.person) == 0
    assert send_invitations(meeting, by=saskia.person, people=[Asked(fatma.person)]) == 1
    undo_round(meeting.invitation_rounds.latest("pk"), by=saskia.person)
    invitee_now = Invitee.objects.get(pk=invitee.pk)
    assert (invitee_now.withdrawn_at, invitee_now.round) == (invitee.withdrawn_at, None)


def test_each_by_the_way_that_fits(meeting, council, saskia, fatma, committing):
    """With an address by e-mail; else paper; with only a number by phone, and then no message is written."""
    post = MembershipFactory(council=council, person=PersonFactory(without_email=True)).person
    phone = MembershipFactory(council=council, person=PersonFactory(email="", phone="0123 45 67 89")).person
    people = [Asked(post), Asked(phone), Asked(fatma.person, Channel.PAPER), Asked(saskia.person)]
    with committing():
        send_invitations(meeting, by=saskia.person, people=people, at_once=True)
    ways = {invitee.person: invitee.channel for invitee in meeting.invitees.select_related("person")}
    assert ways == {
        post: Channel.PAPER, phone: Channel.PHONE, fatma.person: Channel.PAPER, saskia.person: Channel.EMAIL,
    }  # fmt: skip
    states = {message.person: message.state for message in Message.objects.select_related("person")}
    assert states == {post: "paper", fatma.person: "paper", saskia.person: "sent"}


def test_nobody_without_an_address_is_mailed_whatever_was_posted(meeting, saskia):
    nobody = PersonFactory(email="")
    assert Asked(nobody, Channel.EMAIL).way == Channel.PAPER


# --- the pages ---


def page(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def test_the_steps_of_inviting(meeting, council, saskia, fatma, sign_in):
    member = MembershipFactory(council=council, person=PersonFactory(name="Gerda Post", email="")).person
    client = sign_in(saskia)
    assert b"Gerda Post" in client.get(page("invite", meeting)).content
    check = client.post(page("invite", meeting), {"people": [fatma.person_id, member.pk]}).content.decode()
    assert "2 mensen krijgen een uitnodiging" in check
    assert "1 persoon krijgt post op papier" in check
    assert "Van Gerda Post is geen adres bekend." in check
    assert reverse("councils:member", args=[council.slug, member.memberships.get().public_id]) in check
    assert Invitee.objects.count() == Message.objects.count() == 0  # looking changes nothing
    sent = client.post(
        page("send_invitations", meeting),
        {"people": [fatma.person_id, member.pk], f"channel_{fatma.person_id}": "paper"}, follow=True,
    ).content.decode()  # fmt: skip
    assert "De uitnodigingen gaan om" in sent
    assert set(meeting.invitees.values_list("person_id", "channel")) == {
        (fatma.person_id, "paper"), (member.pk, "paper"),
    }  # fmt: skip
    undone = client.post(
        page("undo_invitations", meeting, InvitationRound.objects.get().pk), follow=True
    ).content.decode()
    assert "Er is niets verstuurd" in undone
    assert "De uitnodigingen gaan om" not in undone


def test_too_late_is_said_with_the_article(council, saskia, sign_in):
    meeting = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=8))
    found = sign_in(saskia).get(page("invite", meeting)).content.decode()
    assert "(art. 3, Verordening adviesraad Testdorp)" in found
    assert "2 dagen te laat" in found


def test_choosing_nobody_says_so(meeting, saskia, sign_in):
    answer = sign_in(saskia).post(page("invite", meeting), {"own_words": "Neem koek mee."})
    assert answer.status_code == 422
    assert "Kies ten minste één persoon." in answer.content.decode()
    assert "Neem koek mee." in answer.content.decode()


def test_a_guest_and_somebody_of_the_authority_are_invited_too(meeting, authority, saskia, victor, sign_in):
    client = sign_in(saskia)
    client.post(page("add_guest", meeting), {"role": "authority", "officer": victor.person_id})
    client.post(page("add_guest", meeting), {"role": "guest", "name": "Gijs Gast", "email": "gijs@voorbeeld.test"})
    guest = Person.objects.get(name="Gijs Gast")
    client.post(page("send_invitations", meeting), {"people": [victor.person_id, guest.pk]})
    assert dict(meeting.invitees.values_list("person_id", "role")) == {
        victor.person_id: InviteeRole.AUTHORITY, guest.pk: InviteeRole.GUEST,
    }  # fmt: skip


def test_nobody_from_elsewhere_can_be_put_among_the_chosen(meeting, saskia, stijn, sign_in):
    bart = AppointmentFactory().person
    client = sign_in(saskia)
    client.post(page("send_invitations", meeting), {"people": [stijn.person_id]})
    assert client.post(page("add_guest", meeting), {"role": "authority", "officer": bart.pk}).status_code == 422
    assert meeting.invitees.count() == 0


def test_only_the_secretary_sees_large_print_in_the_preview(meeting, council, saskia, chair, fatma, sign_in):
    AccessNeeds.objects.create(council=council, person=fatma.person, large_print=True, stated_by=fatma.person)
    seen = {
        user.person.name: "in grote letters" in
        sign_in(user).post(page("invite", meeting), {"people": [fatma.person_id]}).content.decode()
        for user in (saskia, chair)
    }  # fmt: skip
    assert seen == {"Saskia de Wit": True, "Chris Bakker": False}


def queries(work) -> int:
    with CaptureQueriesContext(connection) as done:
        work()
    return len(done)


def test_a_thousand_people_cost_as_many_queries_as_ten(council, saskia, sign_in):
    client = sign_in(saskia)
    counts = []
    for size in (10, 1000):
        people = Person.objects.bulk_create(
            Person(name=f"Lid {n}", email=f"l{size}-{n}@druk.test") for n in range(size)
        )
        for person in people:
            person.pk  # noqa: B018
        memberships = [MembershipFactory.build(council=council, person=person) for person in people]
        type(memberships[0]).objects.bulk_create(memberships)
        meeting = MeetingFactory(council=council)
        chosen = {"people": [person.pk for person in people]}
        client.get(page("invite", meeting))
        counts.append(
            [
                queries(lambda m=meeting: client.get(page("invite", m))),
                queries(lambda m=meeting, c=chosen: client.post(page("invite", m), c)),
                queries(lambda m=meeting: send_invitations(m, by=saskia.person)),
                queries(lambda m=meeting: undo_round(m.invitation_rounds.get(), by=saskia.person)),
            ]
        )
    print(counts)
    # A thousand rows go in two batches.
    assert counts[0][:2] == counts[1][:2]
    assert counts[1][2] - counts[0][2] <= 4
    assert counts[1][3] - counts[0][3] <= 40
