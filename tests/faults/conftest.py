"""A council of which everybody is invited, and the environment of the processes that do the work."""

from collections.abc import Iterator

import pytest

from meetings.models import Meeting
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import MESSAGES, Sweeper, kill_what_is_left


@pytest.fixture(autouse=True)
def nobody_left_behind() -> Iterator[None]:
    yield
    kill_what_is_left()


@pytest.fixture
def environment(real_services) -> dict[str, str]:
    """With a short lease: nobody waits two minutes for a worker that was killed."""
    return {**real_services, "OUTBOX_LEASE": "5"}


@pytest.fixture
def meeting(real_services) -> Meeting:
    council = CouncilFactory()
    MembershipFactory.create_batch(MESSAGES, council=council)
    return MeetingFactory(council=council)


@pytest.fixture
def sweeper(environment) -> Sweeper:
    return Sweeper(environment)
