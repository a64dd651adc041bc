"""The calendar of the portal stands still for two hours, and then runs twice. Nobody is forgotten or mailed twice."""

import subprocess
import sys
import time

import pytest

from meetings.actions.inviting import send_invitations
from portal import post
from portal.models import Message
from portal.states import MessageState
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import MESSAGES, SEEDS, kill, outcome_of, start
from tests.faults.sink import sink_open

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(real_services) -> dict[str, str]:
    return {**real_services, "OUTBOX_LEASE": "30"}


@pytest.fixture
def waiting(environment, monkeypatch):
    """Invitations that the queue was never told of: only the sweep finds them."""
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    council = CouncilFactory()
    MembershipFactory.create_batch(MESSAGES, council=council)
    meeting = MeetingFactory(council=council)
    send_invitations(meeting, by=council.memberships.first().person, at_once=True)
    return meeting


def start_beat(environment: dict[str, str], schedule) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "portal", "beat", "-s", str(schedule), "--pidfile=", "-l", "ERROR"],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_two_calendars_at_once_send_nothing_twice(waiting, environment, tmp_path, seed):
    with sink_open(wait=0.01 * (seed % 5)) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        began = time.monotonic()
        beats = [start_beat(environment, tmp_path / f"schedule-{number}") for number in range(2)]
        while Message.objects.exclude(state=MessageState.SENT).exists() and time.monotonic() < began + 180:
            time.sleep(0.5)
        assert [beat.poll() for beat in beats] == [None, None]
        for process in (*beats, worker):
            kill(process)
    expected = set(waiting.invitees.values_list("person__email", flat=True))
    came = outcome_of("calendar started twice", sink, expected, seed=seed, seconds=time.monotonic() - began)
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)
