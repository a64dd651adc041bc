from datetime import date

import pytest
import time_machine

from consultations.models import AdviceRequest, CouncilRequest
from portal.models import AuditEvent, Message
from tests.factories import AdviceRequestFactory, CouncilRequestFactory

MONDAY = date(2026, 4, 13)  # six weeks later is Whit Monday: the next working day counts


@pytest.fixture
def monday():
    with time_machine.travel("2026-04-13 10:00:00+02:00", tick=False):
        yield MONDAY


@pytest.fixture
def draft(authority, council, victor) -> AdviceRequest:
    """A request of Victor that can be sent."""
    request = AdviceRequestFactory(
        authority=authority, created_by=victor.person, contact=victor.person, subject="Vervoer naar dagbesteding",
        questions=["Wat merken mensen ervan?"], letter_date=None,
    )  # fmt: skip
    request.wanted_councils.add(council)
    return request


@pytest.fixture
def part(authority, council, victor) -> CouncilRequest:
    """A request that lies with the council, with Victor as contact officer."""
    request = AdviceRequestFactory(authority=authority, submitted=True, created_by=victor.person, contact=victor.person)
    return CouncilRequestFactory(request=request, council=council)


def messages_of(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"consultations.{kind}").values_list("person__name", flat=True))


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
