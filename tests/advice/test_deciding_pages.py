"""Recording the decision of the council, as a browser does it."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.models import Decision
from advice.states import AdviceState
from meetings.models import Invitee
from meetings.states import Attendance
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority):
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    factories.SectionFactory(advice=advice, position=1)
    return advice


@pytest.fixture
def members(council):
    return [factories.MembershipFactory(council=council) for _ in range(12)]


@pytest.fixture
def meeting(council):
    return factories.MeetingFactory(council=council, title="Overleg", starts_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def secretary(sign_in, saskia):
    return sign_in(saskia)


def url(name: str, advice) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_the_form_knows_the_last_meeting_and_who_was_there(advice, members, meeting, council, secretary):
    for membership in members[:9]:
        Invitee.objects.create(
            meeting=meeting, council=council, person=membership.person, attendance=Attendance.PRESENT
        )
    form = secretary.get(url("decide", advice)).context["form"]
    assert (form.initial["meeting"], form.initial["present"]) == (meeting.pk, 9)
    assert "Om te besluiten moeten er ten minste 7 leden zijn." in text_of(secretary.get(url("decide", advice)))


@pytest.mark.parametrize(("days_ago", "chosen"), [(3, True), (2, True), (1, False)])
def test_a_meeting_before_the_request_is_not_chosen_beforehand(advice, meeting, secretary, days_ago, chosen):
    meeting.starts_at = timezone.localtime() - timedelta(days=2)
    meeting.save()
    received_on = timezone.localdate() - timedelta(days=days_ago)
    advice.request = factories.CouncilRequestFactory(council=advice.council, received_on=received_on)
    advice.save()

    assert ("meeting" in secretary.get(url("decide", advice)).context["form"].initial) == chosen


def test_recording_a_decision_leads_to_the_next_step(advice, members, meeting, secretary):
    given = {"meeting": meeting.pk, "present": "8", "in_favour": "7", "against": "1", "outcome": "adopted"}
    response = secretary.post(url("decide", advice), given)
    assert response.url == url("decided", advice)
    page = text_of(secretary.get(response.url))
    assert "7 leden stemden voor, 1 tegen." in page
    assert (
        "Nummer geven en versturen" in page
        and reverse("advice:issue", args=[advice.council.slug, advice.public_id]) in page
    )
    advice.refresh_from_db()
    assert advice.state == AdviceState.ADOPTED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"in_favour": "9"}, "in_favour"),
        ({"present": "6", "in_favour": "6", "against": "0"}, "without_quorum_reason"),
        ({"in_favour": "1", "against": "7"}, "outcome"),
        ({"meeting": "", "decided_on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "decided_on"),
        ({"present": ""}, "present"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(advice, members, meeting, secretary, changes, field):
    given = {
        "meeting": meeting.pk, "present": "8", "in_favour": "7", "against": "1", "outcome": "adopted",
        "minority_text": "Te duur, zegt 1 lid.", **changes,
    }  # fmt: skip
    response = secretary.post(url("decide", advice), given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Te duur, zegt 1 lid." in text_of(response)
    assert not Decision.objects.exists()


def test_what_is_missing_comes_before_the_form(advice, secretary):
    advice.sections.all().delete()
    page = secretary.get(url("decide", advice))
    assert "Er is nog geen tekst." in text_of(page) and "Besluit vastleggen</button>" not in page.content.decode()


def test_an_adopted_advice_opens_again_with_a_reason(advice, members, secretary):
    given = {"decided_on": timezone.localdate().isoformat(), "present": "8", "in_favour": "8", "against": "0",
             "outcome": "adopted"}  # fmt: skip
    assert secretary.post(url("decide", advice), given).status_code == 302
    assert secretary.get(url("decide", advice)).status_code == 302
    assert secretary.post(url("reopen", advice), {"reason": ""}).status_code == 422
    assert secretary.post(url("reopen", advice), {"reason": "Het bedrag klopt niet."}).status_code == 302
    advice.refresh_from_db()
    assert advice.state == AdviceState.DRAFT
    assert "Weer een concept: Het bedrag klopt niet." in text_of(secretary.get(advice.get_absolute_url()))


def test_stopping_asks_why(advice, secretary):
    assert secretary.post(url("drop", advice), {"reason": "Het plan is van tafel."}).status_code == 302
    page = text_of(secretary.get(advice.get_absolute_url()))
    assert "Gestopt: Het plan is van tafel." in page
