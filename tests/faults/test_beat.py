"""The calendar of the portal stands still for two hours, and then runs twice. Nobody is forgotten or mailed twice."""

import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from meetings.actions.inviting import send_invitations
from portal import post
from portal.models import Message
from portal.states import MessageState
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import MESSAGES, SEEDS, Outcome, celery, kill, outcome_of, start
from tests.faults.sink import sink_open

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(real_services) -> dict[str, str]:
    return {**real_services, "OUTBOX_LEASE": "30", "OUTBOX_SWEEP": "5"}


@pytest.fixture
def waiting(environment, monkeypatch):
    """Invitations that the queue was never told of: only the sweep finds them."""
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    council = CouncilFactory()
    MembershipFactory.create_batch(MESSAGES, council=council)
    meeting = MeetingFactory(council=council)
    send_invitations(meeting, by=council.memberships.first().person, at_once=True)
    return meeting


@pytest.mark.parametrize("seed", SEEDS)
def test_two_calendars_at_once_send_nothing_twice(waiting, environment, tmp_path, seed):
    with sink_open(wait=0.01 * (seed % 5)) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        worker = start("portal", environment)
        began = time.monotonic()
        beats = [
            celery("portal", "beat", "-s", str(tmp_path / f"schedule-{number}"), "--pidfile=", environment=environment)
            for number in range(2)
        ]
        while Message.objects.exclude(state=MessageState.SENT).exists() and time.monotonic() < began + 180:
            time.sleep(0.5)
        assert [beat.poll() for beat in beats] == [None, None]
        for process in (*beats, worker):
            kill(process)
    expected = set(waiting.invitees.values_list("person__email", flat=True))
    came = outcome_of("calendar started twice", sink, expected, seed=seed, seconds=time.monotonic() - began)
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)


# What beat asks the worker to do, at another moment.
AT = """
import sys
from datetime import datetime
import django, time_machine
django.setup()
from django.core.management import call_command
with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):
    call_command("remind_meetings", apply=True)
"""
# The two mistakes that lose and double reminders: a window by the clock, and rows that are not unique.
BY_THE_CLOCK = """
import os, sys
from datetime import datetime, timedelta
import django
django.setup()
from django.utils import timezone
from meetings.models import Invitee
from portal.post import post
moment, window = datetime.fromisoformat(sys.argv[1]), timedelta(minutes=int(sys.argv[2]))
for invitee in Invitee.objects.select_related("meeting", "person"):
    day = timezone.localdate(invitee.meeting.starts_at) - timedelta(days=7)
    if moment - window < timezone.make_aware(datetime.combine(day, datetime.min.time())) <= moment:
        post("meetings.please_answer", invitee.person, about=invitee, cause=f"{os.getpid()}:{day}")
"""


@pytest.fixture
def unanswered(real_services, monkeypatch):
    """Invited ten days ago, to a meeting of which the day to remind is today."""
    monkeypatch.setattr(post, "nudge", lambda message_id: None)
    council = CouncilFactory()
    MembershipFactory.create_batch(MESSAGES, council=council)
    meeting = MeetingFactory(council=council, starts_at=timezone.now() + timedelta(days=7))
    send_invitations(meeting, by=council.memberships.first().person, at_once=True)
    meeting.invitees.update(invited_at=timezone.now() - timedelta(days=10))
    Message.objects.all().delete()
    return meeting


def around_midnight() -> tuple[datetime, datetime]:
    """Half an hour before the day to remind, and two hours after that day began."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(minutes=30), midnight + timedelta(hours=2)


def at_once(code: str, *arguments: object, environment: dict[str, str], times: int) -> None:
    """The same program so many times in the same second."""
    processes = [
        subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], env=environment, stdout=subprocess.DEVNULL)
        for _time in range(times)
    ]
    assert [process.wait(120) for process in processes] == [0] * times


@pytest.mark.parametrize("seed", SEEDS)
def test_a_calendar_that_stood_still_for_two_hours_and_then_runs_twice(unanswered, environment, sweeper, seed):
    before, after = around_midnight()
    with sink_open(wait=0.01 * (seed % 5)) as sink:
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        at_once(AT, before.isoformat(), environment=environment, times=1)
        assert Message.objects.count() == 0
        at_once(AT, after.isoformat(), environment=environment, times=2)
        worker = start("portal", environment)
        sweeper.until_sent(hurry=True)
        kill(worker)
    expected = set(unanswered.invitees.values_list("person__email", flat=True))
    came = outcome_of("calendar stopped two hours, then twice", sink, expected, seed=seed)
    assert (came.messages, came.lost, came.doubles) == (MESSAGES, 0, 0)


def test_control_a_window_by_the_clock_forgets_who_was_due_meanwhile(unanswered, environment):
    before, after = around_midnight()
    for moment in (before, after):
        at_once(BY_THE_CLOCK, moment.isoformat(), 15, environment=environment, times=1)
    lost = MESSAGES - Message.objects.count()
    Outcome("calendar stopped two hours, then twice", MESSAGES, lost, 0, control=True, note="15 minutes' window").tell()
    assert lost == MESSAGES


def test_control_rows_that_are_not_unique_are_written_twice(unanswered, environment):
    _before, after = around_midnight()
    at_once(BY_THE_CLOCK, after.isoformat(), 180, environment=environment, times=2)
    doubles = Message.objects.count() - MESSAGES
    Outcome("calendar started twice", MESSAGES, 0, doubles, control=True, note="a row for each run").tell()
    assert doubles == MESSAGES
