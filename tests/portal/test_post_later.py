"""A message with a moment of its own: it waits, goes then, and can be taken back before."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from portal.models import Message
from portal.post import BUILDERS, AlreadyLeft, post, post_all, send_now, withdraw
from portal.states import MessageState
from portal.tasks import deliver
from tests.factories import PersonFactory

KIND = "test.message"


@pytest.fixture(autouse=True)
def builder(monkeypatch, db):
    monkeypatch.setitem(
        BUILDERS, KIND, lambda message: EmailMessage("Onderwerp", "Tekst", "post@raad.test", [message.person.email])
    )


def in_five_minutes():
    return timezone.now() + timedelta(minutes=5)


def test_a_message_waits_for_its_moment_and_goes_then(time_machine, committing):
    person = PersonFactory()
    with committing():
        message = post(KIND, person, about=person, cause="uitnodiging", not_before=in_five_minutes())
    assert deliver(message.pk) == "not due" and mail.outbox == []
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1))
    call_command("sweep_outbox", "--apply")
    assert len(mail.outbox) == 1


def test_without_a_moment_it_goes_at_once(committing):
    person = PersonFactory()
    with committing():
        post_all(KIND, [(person, person)], cause="uitnodiging")
    assert len(mail.outbox) == 1


def test_a_late_moment_is_not_given_up_at_its_first_failure(time_machine, monkeypatch):
    def away(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    person = PersonFactory()
    message = post(KIND, person, about=person, cause="herinnering", not_before=timezone.now() + timedelta(days=3))
    time_machine.move_to(timezone.now() + timedelta(days=3, seconds=1))
    assert deliver(message.pk) == MessageState.WAITING


def test_what_has_not_left_is_taken_back_together():
    people = [PersonFactory() for _number in range(3)] + [PersonFactory(without_email=True)]
    post_all(KIND, [(person, person) for person in people], cause="ronde:1", not_before=in_five_minutes())
    assert withdraw([KIND], [person.pk for person in people]) == 4
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DROPPED}
    assert withdraw([KIND], [person.pk for person in people]) == 0, "once"


def test_when_one_has_left_none_is_taken_back():
    people = [PersonFactory() for _number in range(2)]
    rows = post_all(KIND, [(person, person) for person in people], cause="ronde:1")
    deliver(rows[0].pk)
    with pytest.raises(AlreadyLeft):
        withdraw([KIND], [person.pk for person in people])
    assert Message.objects.get(pk=rows[1].pk).state == MessageState.WAITING


def test_what_waits_is_sent_now(committing):
    person = PersonFactory()
    message = post(KIND, person, about=person, cause="ronde:1", not_before=in_five_minutes())
    with committing():
        send_now([KIND], [person.pk])
    message.refresh_from_db()
    assert message.state == MessageState.SENT and message.due_at <= timezone.now()


def test_what_failed_before_holds_up_no_fresh_mail():
    people = [PersonFactory(email=f"{number}@{'traag' if number < 2 else 'vlot'}.test") for number in range(4)]
    rows = post_all(KIND, [(person, person) for person in people], cause="ronde:1")
    hour_ago = timezone.now() - timedelta(hours=1)
    Message.objects.filter(pk__in=[row.pk for row in rows[:2]]).update(attempts=2, next_try_at=hour_ago)
    call_command("sweep_outbox", "--apply")
    assert [sent.to[0].partition("@")[2] for sent in mail.outbox] == ["vlot.test"] * 2 + ["traag.test"] * 2
