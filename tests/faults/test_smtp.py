"""The mail server fails in every way it can. Who can be reached gets the mail; who is refused for good is shown.

Nobody waits minutes here: the clock of the next try is put forward."""

import os
import smtplib
import time
from uuid import uuid4

import pytest

from portal.models import Message
from portal.states import MessageState
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import INVITE, MESSAGES, SEEDS, kill, outcome_of, run, start
from tests.faults.sink import OK, free_port, sink_open

pytestmark = pytest.mark.slow
FIRST_ANSWERS = [
    ("to_recipient", "421 4.3.2 Try later"),
    ("to_recipient", "450 4.2.0 Greylisted"),
    ("to_data", "451 4.3.0 Local error"),
    ("to_data", "421 4.3.2 Try later"),
    ("to_data", "450 4.2.0 Greylisted"),
    ("to_recipient", "451 4.3.0 Local error"),
    ("to_recipient", "452 4.5.3 Too many recipients"),
][: None if "FAULT_SEEDS" in os.environ else 3]


@pytest.fixture
def environment(real_services) -> dict[str, str]:
    return {**real_services, "OUTBOX_LEASE": "6", "EMAIL_TIMEOUT": "3"}


def council_of(members: int):
    council = CouncilFactory()
    MembershipFactory.create_batch(members, council=council)
    return MeetingFactory(council=council)


def some_of(meeting, seed: int) -> set[str]:
    """One of every forty, before anybody is invited."""
    return set(sorted(addresses_before(meeting))[seed % 40 :: 40])


def number(address: str) -> int:
    """A number of one's own for every address, the same in every run."""
    return sum(map(ord, address))


def invite_and_deliver(meeting, environment, sweeper, sink) -> float:
    environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
    worker = start("portal", environment)
    began = time.monotonic()
    run(INVITE, meeting.pk, meeting.council.memberships.first().person_id, environment=environment)
    sweeper.until_sent(hurry=True, give_up_after=180)
    kill(worker)
    return time.monotonic() - began


def addresses(meeting) -> set[str]:
    return set(meeting.invitees.values_list("person__email", flat=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_that_is_down_only_delays(environment, sweeper, seed):
    meeting, port = council_of(MESSAGES), free_port()
    environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    worker = start("portal", environment)
    began = time.monotonic()
    run(INVITE, meeting.pk, meeting.council.memberships.first().person_id, environment=environment)
    give_up = time.monotonic() + 60
    while not (tried := Message.objects.filter(attempts__gt=0).count()) and time.monotonic() < give_up:
        time.sleep(0.5 + seed % 3)
    with sink_open(port=port) as sink:
        sweeper.until_sent(hurry=True)
    kill(worker)
    came = outcome_of(
        "mail server down", sink, addresses(meeting), seed=seed, seconds=time.monotonic() - began,
        note=f"{tried} tried in vain",
    )  # fmt: skip
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)
    assert tried > 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("stage", "refusal"), FIRST_ANSWERS)
def test_a_refusal_for_now_is_tried_again(environment, sweeper, stage, refusal, seed):
    meeting = council_of(MESSAGES)

    def answer(address: str, tried: int) -> str:
        return refusal if tried < 1 + (number(address) + seed) % 2 else OK

    with sink_open(**{stage: answer}) as sink:
        seconds = invite_and_deliver(meeting, environment, sweeper, sink)
    came = outcome_of(f"{refusal[:3]} at first ({stage})", sink, addresses(meeting), seed=seed, seconds=seconds)
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)
    assert set(meeting.invitees.values_list("person__messages__attempts", flat=True)) == {2, 3}


def test_control_without_a_second_try_they_are_lost():
    expected = {f"lid{position}@testdorp.test" for position in range(MESSAGES)}
    with sink_open(to_recipient=lambda address, tried: OK if tried else FIRST_ANSWERS[1][1], wait=0) as sink:
        for address in expected:
            send_bare(sink.port, address)
    assert outcome_of("450 at first (to_recipient)", sink, expected, control=True, note="one try").lost == MESSAGES


def send_bare(port: int, address: str, *, tries: int = 1, timeout: float = 2) -> None:
    """As a program without an outbox does: a new Message-ID for every try."""
    for _try in range(tries):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=timeout) as server:
                mail = f"Message-ID: <{uuid4()}@testdorp.test>\n\ntest\n"
                server.sendmail("post@raadportaal.test", [address], mail)
            return
        except (OSError, smtplib.SMTPException):
            pass


@pytest.mark.parametrize("seed", SEEDS)
def test_one_refused_for_good_holds_up_nobody(environment, sweeper, seed):
    meeting = council_of(50)
    unlucky = sorted(addresses_before(meeting))[seed % 50]
    with sink_open(to_recipient=lambda address, tried: "550 5.1.1 No such user" if address == unlucky else OK) as sink:
        seconds = invite_and_deliver(meeting, environment, sweeper, sink)
    came = outcome_of("550 for one of fifty", sink, addresses(meeting) - {unlucky}, seed=seed, seconds=seconds)
    assert (came.messages, came.lost, came.doubles) == (49, 0, 0)
    refused = Message.objects.get(person__email=unlucky)
    assert (refused.state, refused.attempts) == (MessageState.REFUSED, 1)
    assert "550" in refused.problem


def addresses_before(meeting) -> set[str]:
    """Before anybody is invited."""
    return set(meeting.council.memberships.values_list("person__email", flat=True))


def test_control_in_one_batch_a_refusal_takes_the_rest_along():
    expected = {f"lid{position}@testdorp.test" for position in range(50)}
    with (
        sink_open(to_recipient=lambda address, tried: "550 No" if address == "lid7@testdorp.test" else OK) as sink,
        smtplib.SMTP("127.0.0.1", sink.port) as server,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        for address in sorted(expected):
            server.sendmail("post@raadportaal.test", [address], f"Message-ID: <{address}>\n\ntest\n")
    came = outcome_of("550 for one of fifty", sink, expected - {"lid7@testdorp.test"}, control=True, note="one batch")
    assert came.lost > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_that_accepts_and_never_says_so_gets_the_same_mail_twice(environment, sweeper, seed):
    """The window that no mail system closes (RFC 1047): twice with one Message-ID, and never lost."""
    meeting = council_of(MESSAGES)

    unlucky = some_of(meeting, seed)
    with sink_open(hangs=lambda address, tried: tried == 0 and address in unlucky) as sink:
        seconds = invite_and_deliver(meeting, environment, sweeper, sink)
    came = outcome_of(
        "hangs after DATA", sink, addresses(meeting), seed=seed, seconds=seconds, note=f"{len(unlucky)} hung"
    )
    assert (came.messages, came.lost, came.most_ids) == (MESSAGES, 0, 1)
    assert came.doubles == len(unlucky) > 0


def test_control_a_second_try_with_another_message_id_is_another_mail():
    with sink_open(hangs=lambda address, tried: tried == 0) as sink:
        send_bare(sink.port, "lid@testdorp.test", tries=2)
    came = outcome_of("hangs after DATA", sink, {"lid@testdorp.test"}, control=True, note="a Message-ID for each try")
    assert (came.doubles, came.most_ids) == (1, 2)


def test_control_who_waits_shorter_than_the_server_takes_sends_twice():
    with sink_open(slow=lambda address, tried: 0 if tried else 1.5) as sink:
        send_bare(sink.port, "lid@testdorp.test", tries=2, timeout=1)
    assert outcome_of("slow", sink, {"lid@testdorp.test"}, control=True, note="waits one second").doubles == 1


def test_control_a_server_that_is_down_gets_nothing_from_who_tries_once():
    port, expected = free_port(), {f"lid{position}@testdorp.test" for position in range(MESSAGES)}
    for address in expected:
        send_bare(port, address)
    with sink_open(port=port) as sink:
        pass
    assert outcome_of("mail server down", sink, expected, control=True, note="one try").lost == MESSAGES


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slow_server_gets_every_mail_once(environment, sweeper, seed):
    """Some mails take longer than we wait for an answer at first; none is lost, and the fast ones are not held up."""
    meeting = council_of(MESSAGES)

    unlucky = some_of(meeting, seed)
    with sink_open(slow=lambda address, tried: 1.5 if address in unlucky else 0) as sink:
        seconds = invite_and_deliver(meeting, environment, sweeper, sink)
    came = outcome_of("slow", sink, addresses(meeting), seed=seed, seconds=seconds)
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)
    assert len(unlucky) > 0
