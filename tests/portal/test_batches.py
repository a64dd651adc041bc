"""Several changes within some minutes are one message; and what was sent is found back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.actions.choosing import choose
from portal.mail import compose
from portal.models import Message
from portal.post import BUILDERS, builds, post
from portal.tasks import deliver
from portal.topics import KINDS, WRITING
from tests.factories import PersonFactory

KIND = "test.changed"


@pytest.fixture(params=[True])
def batched(request):
    builds(KIND, WRITING, name="Er is iets veranderd", batched=request.param)(
        lambda message: compose(message, subject="Veranderd", template="portal/mail/digest", context={"url": "https://raad.test/x"})
    )  # fmt: skip
    yield request.param
    del BUILDERS[KIND], KINDS[KIND]


def changes(person, clock, minutes: list[float]) -> list[float]:
    """A change after so many minutes each, with a sweep every half minute; the minutes at which mail left."""
    start, left, number = timezone.now(), [], 0
    for tick in range(80):
        moment = tick / 2
        while number < len(minutes) and minutes[number] <= moment:
            number += 1
            post(KIND, person, about=person, cause=f"verandering {number}")
        before = len(mail.outbox)
        call_command("sweep_outbox", "--apply", verbosity=0)
        left += [(timezone.now() - start).total_seconds() / 60] * (len(mail.outbox) - before)
        clock.shift(timedelta(seconds=30))
    return left


def test_three_changes_within_five_minutes_are_one_mail(batched, db):
    with time_machine.travel("2027-03-01 09:00", tick=False) as clock:
        assert changes(PersonFactory(), clock, [0, 2, 4]) == [9]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("batched", [False], indirect=True)
def test_without_putting_together_there_would_be_three(batched, db):
    """The control."""
    with time_machine.travel("2027-03-01 09:00", tick=False) as clock:
        assert changes(PersonFactory(), clock, [0, 2, 4]) == [0, 2, 4]


def test_a_stream_of_changes_is_told_after_fifteen_minutes(batched, db):
    with time_machine.travel("2027-03-01 09:00", tick=False) as clock:
        assert changes(PersonFactory(), clock, [float(minute) for minute in range(18)]) == [15, 22]


def test_a_change_after_the_mail_left_is_another_mail(batched, db):
    with time_machine.travel("2027-03-01 09:00", tick=False) as clock:
        assert changes(PersonFactory(), clock, [0, 10]) == [5, 15]


def test_of_two_things_there_are_two_mails(batched, db):
    person, other = PersonFactory(), PersonFactory()
    first = post(KIND, person, about=person, cause="a")
    assert post(KIND, person, about=other, cause="b") != first
    assert post(KIND, other, about=person, cause="c") != first
    assert post(KIND, person, about=person, cause="d") == first


def test_what_is_being_sent_takes_no_more_changes(batched, db):
    person = PersonFactory()
    first = post(KIND, person, about=person, cause="a")
    Message.objects.update(state="sending", attempts=1)
    assert post(KIND, person, about=person, cause="b") != first


@pytest.mark.django_db(transaction=True)
def test_two_first_changes_at_the_same_moment_are_one_message(batched):
    """Each sees no message of the other: neither has committed when both look."""
    person, both = PersonFactory(), Barrier(2)

    def change(number: int) -> None:
        with transaction.atomic():
            both.wait(10)
            post(KIND, person, about=person, cause=f"verandering {number}")
            time.sleep(0.3)  # the rest of the verb
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(change, range(2)))
    assert Message.objects.count() == 1


def test_changes_join_what_waits_for_an_overview(batched, db):
    person = PersonFactory()
    choose(person, "writing", "daily", by=person)
    first = post(KIND, person, about=person, cause="a")
    assert post(KIND, person, about=person, cause="b") == first and first.state == "collected"


# --- found back -------------------------------------------------------------


def test_who_deleted_a_mail_finds_it_back(batched, fatma, sign_in):
    message = post(KIND, fatma.person, about=fatma.person, cause="a")
    page = sign_in(fatma).get("/mijn/berichten/").content.decode()
    assert "Er is u nog niets gestuurd." in page  # it waits
    Message.objects.update(next_try_at=timezone.now())
    deliver(message.pk)
    page = sign_in(fatma).get("/mijn/berichten/").content.decode()
    assert "Veranderd" in page and 'href="https://raad.test/x"' in page and "Verstuurd" in page


def test_what_is_held_back_or_of_another_is_not_in_the_list(batched, fatma, sign_in):
    post(KIND, fatma.person, about=fatma.person, cause="a")
    post(KIND, PersonFactory(), about=fatma.person, cause="b")
    Message.objects.filter(person=fatma.person).update(state="held")
    Message.objects.exclude(person=fatma.person).update(state="sent", sent_at=timezone.now())
    assert "Er is u nog niets gestuurd." in sign_in(fatma).get("/mijn/berichten/").content.decode()


def test_what_somebody_does_not_want_by_mail_can_still_be_read(batched, fatma, sign_in):
    choose(fatma.person, "writing", "never", by=fatma.person)
    post(KIND, fatma.person, about=fatma.person, cause="a")
    page = sign_in(fatma).get("/mijn/berichten/").content.decode()
    assert "Er is iets veranderd" in page and "Niet gemaild: dat koos u" in page


def test_an_invitation_that_was_taken_back_is_not_shown(fatma, sign_in):
    post("meetings.invitation", fatma.person, about=fatma.person, cause="x:0")
    Message.objects.update(state="dropped")
    assert "Er is u nog niets gestuurd." in sign_in(fatma).get("/mijn/berichten/").content.decode()


def test_the_link_that_lets_somebody_in_is_not_kept(db, saskia):
    from portal.actions.invitations import invite

    person = PersonFactory()
    invite(person, by=saskia.person)
    message = Message.objects.get(kind="portal.invitation")
    deliver(message.pk)
    message.refresh_from_db()
    assert message.state == "sent" and message.page == "" and message.subject == "Uitnodiging voor Raadportaal"


def test_the_list_costs_the_same_for_many(batched, fatma, sign_in):
    client, counts = sign_in(fatma), []
    for number in (2, 60):
        for one in range(number):
            sent = {"state": "sent", "sent_at": timezone.now(), "subject": "Iets"}
            Message.objects.create(person=fatma.person, kind=KIND, about_id=1, cause=f"{number} {one}", **sent)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/mijn/berichten/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
