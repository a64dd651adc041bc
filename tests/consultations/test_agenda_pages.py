"""The pages of the long-term agenda on both sides: what each sees, and how many queries they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.actions import ask_from_topic, record_talk
from consultations.models import AdviceRequest, CouncilRequest, PolicyTopic, ThinkingAlong
from consultations.states import RequestState
from councils.models import Authority
from portal.documents import keep
from tests.access.world import issue
from tests.factories import (
    ActivityFactory,
    AdviceFactory,
    AdviceRequestFactory,
    AuthorityFactory,
    CouncilFactory,
    CouncilRequestFactory,
    PersonFactory,
    PolicyTopicFactory,
    ServedBodyFactory,
)


def at_desk(authority, name="agenda", *more):
    return reverse(f"consultations:{name}", args=[authority.slug, *more])


def in_room(council, name="council_agenda", *more):
    return reverse(f"consultations:{name}", args=[council.slug, *more])


def announced(authority, **facts) -> PolicyTopic:
    today = timezone.localdate()
    days = {"announced_on": today - timedelta(days=60), "request_expected_on": today + timedelta(days=30)}
    return PolicyTopicFactory(authority=authority, **{**days, **facts})


@pytest.fixture
def topic(authority, council) -> PolicyTopic:
    return announced(authority, name="Vervoer naar dagbesteding")


def text(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_what_was_expected_and_not_asked_stands_out_on_both_sides(sign_in, authority, council, saskia, victor):
    late = announced(authority, name="Te laat", request_expected_on=timezone.localdate() - timedelta(days=1))
    today = announced(authority, name="Vandaag", request_expected_on=timezone.localdate())
    for client, page, name in [
        (sign_in(victor), at_desk(authority), at_desk(authority, "topic", late.public_id)),
        (sign_in(saskia), in_room(council), in_room(council, "council_topic", late.public_id)),
    ]:
        rows = {row["topic"].name: bool(row["overdue"]) for row in client.get(page).context["rows"]}
        assert rows == {"Te laat": True, "Vandaag": False}
        assert "Er is nog geen advies gevraagd." in text(client, name)
    assert "Er is nog geen advies gevraagd." not in text(
        sign_in(victor), at_desk(authority, "topic", today.public_id)
    )  # fmt: skip


def test_what_was_asked_leads_to_the_request_and_to_the_dossier(sign_in, topic, authority, council, saskia, victor):
    request = AdviceRequestFactory(authority=authority, submitted=True, topic=topic)
    part = CouncilRequestFactory(request=request, council=council)
    assert request.get_absolute_url() in text(sign_in(victor), at_desk(authority))
    assert part.get_absolute_url() in text(sign_in(saskia), in_room(council))
    CouncilRequest.objects.update(state=RequestState.WITHDRAWN)
    assert request.get_absolute_url() not in text(sign_in(victor), at_desk(authority))
    assert part.get_absolute_url() not in text(sign_in(saskia), in_room(council))


def test_a_council_does_not_see_what_lies_with_another(sign_in, topic, authority, council, saskia):
    other = CouncilFactory(name="Jongerenraad Testdorp")
    ServedBodyFactory(council=other, authority=authority)
    request = AdviceRequestFactory(authority=authority, submitted=True, topic=topic, subject="Alleen aan de jongeren")
    CouncilRequestFactory(request=request, council=other)
    talked = {"topic": topic, "authority": authority, "held_on": date(2026, 1, 5), "entered_by": saskia.person}
    ThinkingAlong.objects.create(council=other, said="Wij zijn jong.", **talked)
    ThinkingAlong.objects.create(council=council, said="Houd de bus.", **talked)
    AdviceFactory(council=other, topic=topic, subject="Concept van de jongeren")
    named = announced(authority, name="Alleen voor jongeren")
    named.councils.add(other)
    client = sign_in(saskia)
    page = text(client, in_room(council, "council_topic", topic.public_id))
    assert "Houd de bus." in page
    for secret in ("Alleen aan de jongeren", "Wij zijn jong.", "Concept van de jongeren", other.name):
        assert secret not in page
    assert "Alleen voor jongeren" not in text(client, in_room(council))
    assert "Alleen voor jongeren" not in text(client, reverse("consultations:council_topics", args=[council.slug]))
    assert client.get(in_room(council, "council_topic", named.public_id)).status_code == 404
    assert client.get(in_room(council, "council_record_talk", named.public_id)).status_code == 404


def test_the_authority_sees_no_draft_and_nothing_that_was_heard(sign_in, topic, authority, council, saskia, victor):
    AdviceFactory(council=council, topic=topic, subject="Ons concept")
    ActivityFactory(council=council, title="Alleen van ons").topics.add(topic)
    room = text(sign_in(saskia), in_room(council, "council_topic", topic.public_id))
    assert "Ons concept" in room and "Wat wij hierover hoorden: 1 keer" in room
    desk = text(sign_in(victor), at_desk(authority, "topic", topic.public_id))
    assert "Ons concept" not in desk and "Alleen van ons" not in desk


def test_a_topic_that_is_not_announced_is_not_on_the_page_of_the_council(sign_in, authority, council, saskia, victor):
    listed = PolicyTopicFactory(authority=authority)
    assert sign_in(saskia).get(in_room(council, "council_topic", listed.public_id)).status_code == 404
    assert "Dit onderwerp aankondigen" in text(sign_in(victor), at_desk(authority, "topic", listed.public_id))


def test_victor_announces_on_one_page(sign_in, authority, council, saskia, victor):
    client, url = sign_in(victor), at_desk(authority, "announce")
    form = {"name": "Vervoer", "phase": "preparation", "request_expected_on": "2027-03-01"}
    page = client.post(url, {**form, "decision_expected_on": "2027-02-01"})
    assert page.status_code == 422
    assert "Het besluit komt eerder dan de aanvraag." in page.content.decode()
    assert 'value="Vervoer"' in page.content.decode()
    response = client.post(url, {**form, "decision_expected_on": "2027-07-01"})
    topic = PolicyTopic.objects.get()
    assert response.url == at_desk(authority, "topic", topic.public_id)
    assert client.post(url, form).status_code == 422


def test_a_topic_of_the_list_keeps_itself_under_another_name(sign_in, authority, victor):
    listed = PolicyTopicFactory(authority=authority, name="Vervoer", groups="Ouderen")
    url = at_desk(authority, "announce") + f"?onderwerp={listed.public_id}"
    assert 'value="Ouderen"' in text(sign_in(victor), url)
    sign_in(victor).post(url, {"name": "Vervoer zorg", "phase": "decision", "request_expected_on": "2027-03-01"})
    assert PolicyTopic.objects.get().name == "Vervoer zorg"


def test_the_secretary_keeps_the_agenda_of_an_authority_without_people(sign_in, authority, council, saskia, chair):
    client, url = sign_in(saskia), in_room(council, "council_announce")
    response = client.post(url, {"name": "Vervoer", "phase": "preparation", "request_expected_on": "2027-03-01"})
    topic = PolicyTopic.objects.get()
    assert response.url == in_room(council, "council_topic", topic.public_id)
    page = text(client, response.url)
    assert in_room(council, "council_drop_topic", topic.public_id) in page
    client.post(in_room(council, "council_record_talk", topic.public_id), {"held_on": "2026-01-05", "said": "Bus."})
    talk = topic.talks.get()
    client.post(in_room(council, "council_answer_talk", topic.public_id, talk.public_id), {"taken_along": "Blijft."})
    talk.refresh_from_db()
    assert talk.taken_along == "Blijft."


def test_of_an_authority_with_people_the_secretary_keeps_nothing(sign_in, topic, authority, council, saskia, victor):
    client = sign_in(saskia)
    page = text(client, in_room(council, "council_topic", topic.public_id))
    assert in_room(council, "council_drop_topic", topic.public_id) not in page
    response = client.post(in_room(council, "council_drop_topic", topic.public_id), {"reason": "Weg ermee."})
    assert response.url == in_room(council)
    topic.refresh_from_db()
    assert topic.dropped_on is None
    client.post(in_room(council, "council_announce"), {"name": "Nieuw", "request_expected_on": "2027-03-01"})
    assert PolicyTopic.objects.count() == 1


def test_a_member_reads_and_changes_nothing(sign_in, topic, council, fatma):
    page = text(sign_in(fatma), in_room(council, "council_topic", topic.public_id))
    assert in_room(council, "council_record_talk", topic.public_id) not in page
    assert "Zelf een advies beginnen" not in page


def test_one_press_makes_the_request_and_opens_its_first_step(sign_in, topic, authority, victor):
    client, url = sign_in(victor), at_desk(authority, "ask_from_topic", topic.public_id)
    response = client.post(url)
    draft = AdviceRequest.objects.get()
    assert response.url == reverse("consultations:step", args=[authority.slug, draft.public_id, "onderwerp"])
    assert 'value="Vervoer naar dagbesteding"' in text(client, response.url)
    assert client.post(url).url == response.url
    assert AdviceRequest.objects.count() == 1
    assert reverse("consultations:check", args=[authority.slug, draft.public_id]) in text(client, at_desk(authority))


def test_the_page_of_a_topic_tells_its_story_in_order(sign_in, topic, authority, council, saskia, victor):
    record_talk(
        topic, council=council, held_on=timezone.localdate() - timedelta(days=20), said="Houd de bus.",
        by=saskia.person, at_authority=False,
    )  # fmt: skip
    draft = ask_from_topic(topic, by=victor.person)
    AdviceRequest.objects.filter(pk=draft.pk).update(submitted_at=timezone.now())
    CouncilRequestFactory(request=draft, council=council)
    for client, url in [
        (sign_in(victor), at_desk(authority, "topic", topic.public_id)),
        (sign_in(saskia), in_room(council, "council_topic", topic.public_id)),
    ]:
        assert [line["event"].kind for line in client.get(url).context["story"]] == ["announced", "talk", "asked"]


def test_a_letter_that_was_sent_stands_on_the_time_line_of_both_sides(
    sign_in, topic, authority, council, saskia, victor
):
    pdf = keep(b"%PDF-1.7 brief", "brief.pdf", "application/pdf", by=saskia.person, council_id=council.pk)
    letter, copy = issue(council, authority, saskia.person, pdf, "2026-01", "Het busje")
    letter.advice.topic = topic
    letter.advice.save(update_fields=["topic"])
    desk = text(sign_in(victor), at_desk(authority, "topic", topic.public_id))
    assert "2026-01, Adviesraad Testdorp" in desk
    assert reverse("advice:desk_letter", args=[authority.slug, copy.public_id]) in desk
    room = sign_in(saskia).get(in_room(council, "council_topic", topic.public_id))
    assert {(line["event"].kind, line["event"].text) for line in room.context["story"]} == {
        ("announced", ""), ("advised", "2026-01"),
    }  # fmt: skip
    assert letter.advice.get_absolute_url() in room.content.decode()


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def many_topics(authority, council, number: int) -> None:
    day = timezone.localdate()
    topics = PolicyTopic.objects.bulk_create(
        PolicyTopic(
            authority=authority, name=f"Onderwerp {number}-{n}", announced_on=day,
            request_expected_on=day + timedelta(days=n % 300 - 100),
            decision_expected_on=day + timedelta(days=n % 300 + 10),
        )
        for n in range(number)
    )  # fmt: skip
    through = PolicyTopic.councils.through
    through.objects.bulk_create(through(policytopic_id=topic.pk, council_id=council.pk) for topic in topics[::2])
    by = PersonFactory()
    requests = AdviceRequest.objects.bulk_create(
        AdviceRequest(authority=authority, topic=topic, subject=topic.name, created_by=by, submitted_at=timezone.now())
        for topic in topics[::3]
    )
    CouncilRequest.objects.bulk_create(
        CouncilRequest(request=request, council=council, received_on=day) for request in requests
    )


@pytest.mark.parametrize(("who", "budget"), [("victor", 9), ("saskia", 9), ("fatma", 9)])
def test_an_agenda_of_a_thousand_costs_as_much_as_one_of_ten(
    who, budget, request, sign_in, authority, council, victor, saskia, fatma
):
    client = sign_in(request.getfixturevalue(who))
    url = at_desk(authority) if who == "victor" else in_room(council)
    many_topics(authority, council, 10)
    few = queries(client, url)
    many_topics(authority, council, 990)
    many = queries(client, url)
    print(f"agenda of {who}: {few} queries with 10 topics, {many} with 1,000")
    assert few == many
    assert many <= budget
    assert len(client.get(url).context["rows"]) == 25


def test_the_page_of_a_topic_costs_as_much_with_many_talks(sign_in, topic, authority, council, victor, saskia):
    def talks(number):
        ThinkingAlong.objects.bulk_create(
            ThinkingAlong(
                topic=topic, council=council, authority=authority, held_on=date(2026, 1, 5), said="Bus.",
                entered_by=saskia.person,
            )
            for _n in range(number)
        )  # fmt: skip

    pages = [(sign_in(victor), at_desk(authority, "topic", topic.public_id)),
             (sign_in(saskia), in_room(council, "council_topic", topic.public_id))]  # fmt: skip
    talks(1)
    few = [queries(*page) for page in pages]
    talks(99)
    many = [queries(*page) for page in pages]
    print(f"a topic: {few} queries with 1 talk, {many} with 100")
    assert few == many
    assert max(many) <= 12


def test_a_talk_is_corrected_on_its_page_by_who_wrote_it_down(sign_in, topic, council, saskia, chair):
    secretary = sign_in(saskia)
    said = {"held_on": "2026-01-05", "said": "Houd de bus.", "who": "De werkgroep"}
    secretary.post(in_room(council, "council_record_talk", topic.public_id), said)
    url = in_room(council, "council_correct_talk", topic.public_id, topic.talks.get().public_id)
    assert url in text(secretary, in_room(council, "council_topic", topic.public_id))
    assert secretary.get(url).context["form"].initial["who"] == "De werkgroep"
    assert secretary.post(url, {**said, "said": " "}).status_code == 422
    secretary.post(url, {**said, "said": "Houd de bus tot juli."})
    assert topic.talks.get().said == "Houd de bus tot juli."
    other = sign_in(chair)
    assert url not in text(other, in_room(council, "council_topic", topic.public_id))
    other.post(url, said)
    assert topic.talks.get().said == "Houd de bus tot juli."


def test_a_known_topic_is_announced_for_its_own_authority(sign_in, council, saskia):
    """With two authorities to choose from, the topic says of which it is."""
    for name in ("Aaldorp", "Zeedorp"):
        ServedBodyFactory(council=council, authority=AuthorityFactory(name=name))
    known = PolicyTopicFactory(authority=Authority.objects.get(name="Zeedorp"), name="Vervoer")
    url = f"{in_room(council, 'council_announce')}?onderwerp={known.public_id}"
    client = sign_in(saskia)
    assert "authority" not in client.get(url).context["form"].fields
    given = {"name": "Vervoer", "phase": "preparation", "request_expected_on": "2027-03-01"}
    assert client.post(url, given).status_code == 302
    known.refresh_from_db()
    assert known.announced_on is not None


def test_the_home_of_the_authority_asks_about_what_was_expected_and_not_asked(
    sign_in, authority, council, saskia, victor
):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = announced(authority, name="Vervoer", request_expected_on=yesterday)
    announced(authority, name="School", request_expected_on=timezone.localdate())
    announced(authority, name="Zwembad", request_expected_on=yesterday, dropped_on=yesterday, drop_reason="Nee.")
    asked = announced(authority, name="Tuin", request_expected_on=yesterday)
    part = CouncilRequestFactory(council=council, request__authority=authority, request__topic=asked)
    url = at_desk(authority, "topic", late.public_id)
    home = f"/bestuur/{authority.slug}/"

    def asks() -> list[str]:
        page = sign_in(victor).get(home).content.decode()
        return [name for name in ("Vervoer", "School", "Zwembad", "Tuin") if f'portal-todo__title">{name}<' in page]

    assert asks() == ["Vervoer"]
    assert url in sign_in(victor).get(home).content.decode()
    CouncilRequest.objects.filter(pk=part.pk).update(state=RequestState.WITHDRAWN)
    assert asks() == ["Vervoer", "Tuin"]
    ask_from_topic(late, by=victor.person)  # the draft asks for itself: under the same name
    assert asks() == ["Vervoer", "Tuin"]
    assert url not in sign_in(victor).get(home).content.decode()
