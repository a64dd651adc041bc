"""From an announced topic that was never asked to an advice of the council's own accord."""

from datetime import date

import pytest
from django.urls import reverse

from advice.actions.from_agenda import start_from_topic
from advice.models import Advice
from advice.states import AdviceKind, AdviceState
from consultations.models import CouncilRequest, PolicyTopic
from consultations.states import Law, RequestState
from portal.access import Refused
from tests.factories import AdviceRequestFactory, CouncilFactory, CouncilRequestFactory, PolicyTopicFactory


@pytest.fixture
def topic(authority) -> PolicyTopic:
    return PolicyTopicFactory(
        authority=authority, name="Vervoer", laws=[Law.WMO], announced_on=date(2026, 1, 5),
        request_expected_on=date(2026, 3, 1),
    )  # fmt: skip


def url(council, topic) -> str:
    return reverse("advice:start_from_topic", args=[council.slug, topic.public_id])


def test_one_press_opens_the_dossier(sign_in, topic, council, authority, saskia):
    client = sign_in(saskia)
    page = client.get(reverse("consultations:council_topic", args=[council.slug, topic.public_id])).content.decode()
    assert url(council, topic) in page
    response = client.post(url(council, topic))
    advice = Advice.objects.get()
    assert response.url == advice.get_absolute_url()
    assert (advice.kind, advice.subject, advice.topic, advice.laws) == (
        AdviceKind.UNSOLICITED, "Vervoer", topic, ["wmo"],
    )  # fmt: skip
    assert list(advice.authorities.all()) == [authority]
    assert client.post(url(council, topic)).url == response.url
    assert Advice.objects.count() == 1
    page = client.get(reverse("consultations:council_topic", args=[council.slug, topic.public_id])).content.decode()
    assert url(council, topic) not in page and advice.get_absolute_url() in page


def test_of_a_dossier_that_was_dropped_a_new_one_begins(topic, council, saskia):
    first = start_from_topic(council, topic, by=saskia.person)
    Advice.objects.filter(pk=first.pk).update(state=AdviceState.DROPPED)
    assert start_from_topic(council, topic, by=saskia.person) != first


def test_what_was_asked_is_advised_from_the_request(topic, council, authority, saskia):
    request = AdviceRequestFactory(authority=authority, submitted=True, topic=topic)
    CouncilRequestFactory(request=request, council=council)
    with pytest.raises(Refused):
        start_from_topic(council, topic, by=saskia.person)
    CouncilRequest.objects.update(state=RequestState.WITHDRAWN)
    assert start_from_topic(council, topic, by=saskia.person).request is None


def test_what_went_off_the_agenda_is_not_begun_from_it(sign_in, topic, council, saskia):
    PolicyTopic.objects.update(dropped_on=date(2026, 2, 1), drop_reason="Gaat niet door.")
    response = sign_in(saskia).post(url(council, topic), follow=True)
    assert "Dit onderwerp is van de agenda." in response.content.decode()
    assert not Advice.objects.exists()


def test_a_topic_for_another_council_does_not_exist_here(sign_in, topic, council, saskia):
    topic.councils.add(CouncilFactory())
    assert sign_in(saskia).post(url(council, topic)).status_code == 404


def test_a_member_cannot_begin_it(sign_in, topic, council, fatma):
    assert sign_in(fatma).post(url(council, topic)).status_code == 403
