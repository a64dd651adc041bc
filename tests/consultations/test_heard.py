"""What we heard: kept without names, closed to everyone outside the council."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.models import Recommendation
from consultations.actions import add_activity, add_topic, change_activity, change_topic, delete_activity, delete_topic
from consultations.models import Activity, PolicyTopic
from consultations.states import Form, Rung
from councils.models import Appointment
from portal.access import Refused
from portal.personal_data import find_personal_data, is_bsn
from tests.consultations.conftest import events
from tests.factories import (
    ActivityFactory,
    AdviceFactory,
    AdviceRequestFactory,
    AuthorityFactory,
    PolicyTopicFactory,
    RecommendationFactory,
    ServedBodyFactory,
)


def heard(**others):
    return {
        "title": "Wachttijd", "form": Form.PANEL, "heard": "Het duurt te lang.", "held_on": timezone.localdate(),
        "rung": Rung.CONSULT, **others,
    }  # fmt: skip


def test_a_member_writes_down_and_changes(council, authority, fatma):
    topic = PolicyTopicFactory(authority=authority)
    activity = add_activity(council, by=fatma.person, topics=[topic], **heard())
    assert (activity.entered_by, list(activity.topics.all()), activity.is_public) == (fatma.person, [topic], False)
    change_activity(activity, by=fatma.person, topics=[], count=12)
    activity.refresh_from_db()
    assert (activity.count, activity.topics.count()) == (12, 0)
    assert events() == ["consultations.activity_added", "consultations.activity_changed"]


def test_nothing_is_heard_tomorrow(council, fatma):
    with pytest.raises(Refused) as refused:
        add_activity(council, by=fatma.person, **heard(held_on=timezone.localdate() + timedelta(days=1)))
    assert refused.value.field == "held_on"
    assert not Activity.objects.exists()


def test_what_an_advice_rests_on_stays(council, saskia):
    activity = ActivityFactory(council=council)
    recommendation: Recommendation = RecommendationFactory(advice=AdviceFactory(council=council))
    recommendation.rests_on.add(activity)
    with pytest.raises(Refused):
        delete_activity(activity, by=saskia.person)
    recommendation.rests_on.clear()
    delete_activity(activity, by=saskia.person)
    assert not Activity.objects.exists()
    assert events() == ["consultations.activity_deleted"]


def test_what_is_public_stays(council, saskia):
    with pytest.raises(Refused):
        delete_activity(ActivityFactory(council=council, is_public=True), by=saskia.person)


@pytest.mark.parametrize(
    ("digits", "answer"),
    [
        ("111222333", True),
        ("123456782", True),
        ("123456789", False),
        ("000000000", False),
        ("12345672", False),
        ("1234567890", False),
    ],
)
def test_the_eleven_test(digits, answer):
    assert is_bsn(digits) is answer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail naar jan.de-vries@voorbeeld.test of bel.", ["jan.de-vries@voorbeeld.test"]),
        ("Bel 06 - 12 34 56 78 na vijf uur", ["06 - 12 34 56 78"]),
        ("Bel +31 6 12345678", ["+31 6 12345678"]),
        ("Zijn nummer is 111222333.", ["111222333"]),
        ("Zijn nummer is 111.222.333.", ["111.222.333"]),
        ("In 2026 kwamen 123456789 berichten", []),
        ("Op 12-05-2026 om 19.30 uur waren er 31 mensen, 25 euro per keer.", []),
        ("Een wachttijd van 8 tot 10 weken in 2025 en 2026", []),
    ],
)
def test_likely_personal_data_is_found(text, found):
    assert [finding.excerpt for finding in find_personal_data(text)] == found


def test_personal_data_is_asked_about_once_and_then_kept(sign_in, fatma, council):
    client, url = sign_in(fatma), reverse("consultations:add_heard", args=[council.slug])
    data = heard(heard="Mail jan@voorbeeld.test", held_on=timezone.localdate().isoformat())
    first = client.post(url, data)
    assert first.status_code == 422
    assert "jan@voorbeeld.test" in first.content.decode()
    assert not Activity.objects.exists()
    mark = first.context["form"].data["looked_at"]
    other = client.post(url, data | {"looked_at": mark, "heard": "Mail piet@voorbeeld.test"})
    assert other.status_code == 422  # another finding is asked about again
    second = client.post(url, data | {"looked_at": mark})
    assert second.status_code == 302
    assert Activity.objects.get().heard == "Mail jan@voorbeeld.test"


def test_saving_and_adding_another(sign_in, fatma, council):
    url = reverse("consultations:add_heard", args=[council.slug])
    response = sign_in(fatma).post(url, heard(held_on=timezone.localdate().isoformat(), another="1"))
    assert response.url == url


def test_only_who_wrote_it_and_who_leads_may_change_it(sign_in, fatma, saskia, chair, council):
    activity = ActivityFactory(council=council)  # of another member
    url = reverse("consultations:edit_heard", args=[council.slug, activity.public_id])
    assert [sign_in(user).get(url).status_code for user in (fatma, saskia, chair)] == [403, 200, 200]


def test_the_list_shows_one_topic_on_request(sign_in, fatma, council, authority):
    topic = PolicyTopicFactory(authority=authority, name="Vervoer")
    ActivityFactory(council=council, title="Over de bus").topics.add(topic)
    ActivityFactory(council=council, title="Over de huur")
    url = reverse("consultations:heard", args=[council.slug])
    assert "Over de huur" in sign_in(fatma).get(url).content.decode()
    page = sign_in(fatma).get(f"{url}?onderwerp={topic.public_id}").content.decode()
    assert "Over de bus" in page and "Over de huur" not in page


# --- policy topics --------------------------------------------------------------------------------------------------


def test_a_topic_stands_on_the_list_once(authority, victor):
    topic = add_topic(authority, name="Vervoer", by=victor.person)
    for name in ("Vervoer", "vervoer"):
        with pytest.raises(Refused) as refused:
            add_topic(authority, name=name, by=victor.person)
        assert refused.value.field == "name"
    change_topic(topic, name="Vervoer naar zorg", groups="Ouderen", by=victor.person)
    topic.refresh_from_db()
    assert (topic.name, topic.groups) == ("Vervoer naar zorg", "Ouderen")
    assert events() == ["consultations.topic_added", "consultations.topic_changed"]


def test_a_topic_in_use_stays(authority, victor):
    used, unused = PolicyTopicFactory(authority=authority), PolicyTopicFactory(authority=authority)
    AdviceRequestFactory(authority=authority, topic=used)
    with pytest.raises(Refused):
        delete_topic(used, by=victor.person)
    delete_topic(unused, by=victor.person)
    assert list(PolicyTopic.objects.all()) == [used]


def test_the_secretary_keeps_the_topics_of_an_authority_that_does_not_take_part(sign_in, saskia, council, authority):
    assert not Appointment.objects.exists()
    url = reverse("consultations:add_council_topic", args=[council.slug])
    assert sign_in(saskia).post(url, {"name": "Vervoer", "phase": "preparation"}).status_code == 302
    topic = PolicyTopic.objects.get()
    assert (topic.authority, topic.name) == (authority, "Vervoer")
    edit = reverse("consultations:edit_council_topic", args=[council.slug, topic.public_id])
    assert sign_in(saskia).post(edit, {"name": "Vervoer en reizen", "phase": "decision"}).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.phase) == ("Vervoer en reizen", "decision")


def test_with_two_authorities_she_says_which(sign_in, saskia, council, authority):
    second = AuthorityFactory()
    ServedBodyFactory(council=council, authority=second)
    url = reverse("consultations:add_council_topic", args=[council.slug])
    sign_in(saskia).post(url, {"name": "Vervoer", "phase": "preparation", "authority": second.pk})
    assert PolicyTopic.objects.get().authority == second


def test_an_authority_that_takes_part_keeps_its_own_topics(sign_in, saskia, victor, council, authority):
    topic = PolicyTopicFactory(authority=authority)
    for name, args in [("add_council_topic", []), ("edit_council_topic", [topic.public_id])]:
        url = reverse(f"consultations:{name}", args=[council.slug, *args])
        response = sign_in(saskia).post(url, {"name": "Anders", "phase": "preparation"})
        assert response.url == reverse("consultations:council_topics", args=[council.slug])
    assert list(PolicyTopic.objects.values_list("name", flat=True)) == [topic.name]


def test_a_topic_of_another_council_is_not_there(sign_in, saskia, council):
    elsewhere = PolicyTopicFactory()
    url = reverse("consultations:edit_council_topic", args=[council.slug, elsewhere.public_id])
    assert sign_in(saskia).get(url).status_code == 404
