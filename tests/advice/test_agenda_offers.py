"""Requests, advices and answers that are due, offered for an agenda by the floors that have them."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from advice.models import LetterCopy
from advice.querysets import DUE_ON
from meetings.actions.offering import place_all, place_offer
from meetings.models import Meeting
from meetings.offers import open_offers
from portal.dates import long_date
from tests import factories
from tests.access.world import build


@pytest.fixture
def world(council, authority, saskia, fatma, victor, chair):
    return build(council, authority, saskia, fatma, victor)


@pytest.fixture
def meeting(world):
    return factories.MeetingFactory(council=world.council, starts_at=timezone.now() + timedelta(days=300))


def offered(meeting: Meeting, name: str) -> dict[str, str]:
    return {offer.key: offer.title for offer in open_offers(meeting) if offer.name == name}


def test_a_request_that_is_on_no_agenda_is_offered_and_knows_its_item_when_placed(world, meeting):
    found = offered(meeting, "request")
    assert found
    key = next(iter(found))
    item = place_offer(meeting, key, by=world.secretary)
    assert list(item.requests.values_list("pk", flat=True)) == [int(key.partition(":")[2])]
    assert (item.title, item.origin) == (found[key], "request")
    assert key not in offered(meeting, "request")


def test_a_draft_is_offered_to_adopt_and_an_advice_that_was_sent_is_not(world, meeting):
    found = offered(meeting, "advice")
    assert found[f"advice:{world.draft.pk}"] == f"Advies vaststellen: {world.draft.subject}"
    type(world.draft).objects.filter(pk=world.draft.pk).update(state="issued")
    assert f"advice:{world.draft.pk}" not in offered(meeting, "advice")


def test_an_answer_that_is_due_is_offered_and_one_that_was_given_is_not(world, meeting):
    found = offered(meeting, "answer")
    due = LetterCopy.objects.unanswered().filter(council_id=meeting.council_id).annotate(due=DUE_ON)
    assert set(found) == {f"answer:{copy.pk}" for copy in due if copy.due} and found
    early = factories.MeetingFactory(council=world.council, starts_at=timezone.now() - timedelta(days=3000))
    assert offered(early, "answer") == {}


def test_all_at_once_leaves_nothing_to_offer(world, meeting):
    assert open_offers(meeting)
    place_all(meeting, by=world.secretary)
    assert open_offers(meeting) == []


@pytest.mark.parametrize(("state", "stays"), [("draft", True), ("dropped", True), ("adopted", False)])
def test_a_request_of_which_the_advice_is_adopted_is_offered_no_longer(world, meeting, state, stays):
    key = next(iter(offered(meeting, "request")))
    pk = int(key.partition(":")[2])
    factories.AdviceFactory(council=world.council, authorities=[world.authority], request_id=pk, state=state)
    assert (key in offered(meeting, "request")) is stays


def test_an_answer_that_is_late_is_called_late(world, meeting):
    def why() -> list[str]:
        return [offer.why for offer in open_offers(meeting) if offer.name == "answer"]

    due = LetterCopy.objects.unanswered().filter(council_id=meeting.council_id).annotate(due=DUE_ON)
    last = max(copy.due for copy in due if copy.due)
    with time_machine.travel(datetime.combine(last, time(12))):
        assert f"antwoordt uiterlijk {long_date(last)}." in why()[-1]
    with time_machine.travel(datetime.combine(last, time(12)) + timedelta(days=1)):
        assert f"had uiterlijk {long_date(last)} moeten antwoorden." in why()[-1]
