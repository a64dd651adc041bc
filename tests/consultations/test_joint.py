"""One request of several authorities to several councils: who sees it, who hears of it, and who works on it."""

import pytest
from django.core import mail
from django.urls import reverse

from consultations.actions import accept, answer_question, ask_question, decline, save_request, submit_request
from consultations.models import AdviceRequest, CouncilRequest
from consultations.querysets import CouncilRequestQuerySet
from portal.access import Refused
from tests.conftest import user_for
from tests.consultations.conftest import messages_of
from tests.factories import (
    AppointmentFactory,
    AuthorityFactory,
    CouncilFactory,
    InstrumentFactory,
    MembershipFactory,
    ServedBodyFactory,
)


@pytest.fixture
def buurdorp(db):
    return AuthorityFactory(name="Gemeente Buurdorp", slug="buurdorp", office__email="bestuur@buurdorp.test")


@pytest.fixture
def neighbours(buurdorp):
    """The council of Buurdorp alone."""
    council = CouncilFactory(name="Adviesraad Buurdorp", slug="adviesraad-buurdorp")
    ServedBodyFactory(council=council, authority=buurdorp)
    InstrumentFactory(council=council)
    return council


@pytest.fixture
def betty(buurdorp):
    user = user_for("Betty Blok", "betty@buurdorp.test")
    AppointmentFactory(person=user.person, authority=buurdorp)
    return user


@pytest.fixture
def joint(draft, victor, council, buurdorp, neighbours, betty) -> AdviceRequest:
    """Testdorp asks together with Buurdorp: its own council and that of Buurdorp."""
    return save_request(draft, by=victor.person, also_for=[buurdorp], councils=[council, neighbours])


def url_at(slug: str, request: AdviceRequest) -> str:
    return reverse("consultations:request", args=[slug, request.public_id])


def test_who_asks_along_sees_it_from_the_moment_that_it_is_sent(joint, victor, betty, bart, sign_in):
    client = sign_in(betty)
    assert client.get(url_at("buurdorp", joint)).status_code == 404
    assert "Vervoer" not in client.get(reverse("consultations:requests", args=["buurdorp"])).content.decode()
    submit_request(joint, by=victor.person)
    page = client.get(url_at("buurdorp", joint))
    assert page.status_code == 200
    assert "Gemeente Testdorp en Gemeente Buurdorp vragen dit samen." in page.content.decode()
    assert "Vervoer" in client.get(reverse("consultations:requests", args=["buurdorp"])).content.decode()
    assert sign_in(bart).get(url_at("buurdorp", joint)).status_code == 404


def test_each_looks_at_its_own_desk(joint, victor, betty, sign_in):
    submit_request(joint, by=victor.person)
    assert sign_in(victor).get(url_at("testdorp", joint)).status_code == 200
    assert sign_in(victor).get(url_at("buurdorp", joint)).status_code == 404
    assert sign_in(betty).get(url_at("testdorp", joint)).status_code == 404


def test_who_asks_along_reads_and_who_leads_works(joint, victor, betty, council, saskia, sign_in):
    part = submit_request(joint, by=victor.person)[1]
    asked = ask_question(part, question="Wat kost het?", by=saskia.person)
    where = ["buurdorp", joint.public_id]
    client = sign_in(betty)
    for name, more in [("answer_question", [asked.public_id]), ("withdraw", [council.slug]), ("check", [])]:
        assert client.get(reverse(f"consultations:{name}", args=[*where, *more])).status_code == 403
    page = client.get(url_at("buurdorp", joint)).content.decode()
    assert "Wat kost het?" in page
    assert "Intrekken" not in page
    answer_question(asked, answer="Drie ton.", by=victor.person)
    assert "Drie ton." in client.get(url_at("buurdorp", joint)).content.decode()


def test_the_officers_of_who_asks_along_hear_of_it_at_their_own_desk(joint, victor, betty, saskia, committing):
    with committing():
        parts = submit_request(joint, by=victor.person)
        ask_question(parts[1], question="Wat kost het?", by=saskia.person)
        decline(parts[1], reason="Dit gaat ons niet aan.", by=saskia.person)
    assert messages_of("request_along") == ["Betty Blok"]
    assert messages_of("question_asked") == ["Victor Visser"]  # who leads answers
    assert messages_of("request_declined") == ["Betty Blok", "Victor Visser"]
    letters = [m for m in mail.outbox if "betty" in m.to[0]]
    assert len(letters) == 2
    for letter in letters:
        assert f"/bestuur/buurdorp/aanvragen/{joint.public_id}/" in letter.body
        assert f"/bestuur/buurdorp/aanvragen/{joint.public_id}/" in letter.alternatives[0][0]
    assert "Gemeente Testdorp heeft ook namens u advies gevraagd" in letters[0].body
    assert "Vervoer" not in letters[0].subject


def test_every_council_advises_one_of_who_asks(joint, victor, council, neighbours):
    stranger = CouncilFactory(name="Verre raad")
    save_request(joint, by=victor.person, councils=[council, neighbours, stranger])
    with pytest.raises(Refused, match="Verre raad"):
        submit_request(joint, by=victor.person)


def test_everyone_who_asks_along_has_a_council_among_them(joint, victor, council):
    save_request(joint, by=victor.person, councils=[council])
    with pytest.raises(Refused, match="Gemeente Buurdorp"):
        submit_request(joint, by=victor.person)
    ServedBodyFactory(council=council, authority=joint.also_for.get())
    assert len(submit_request(joint, by=victor.person)) == 1


def test_nobody_asks_along_with_itself(draft, victor, authority):
    save_request(draft, by=victor.person, also_for=[authority])
    assert draft.askers() == [authority]


def test_the_planning_step_offers_the_councils_of_who_asks_along(draft, victor, council, buurdorp, neighbours, sign_in):
    url = reverse("consultations:step", args=["testdorp", draft.public_id, "planning"])
    client = sign_in(victor)
    page = client.get(url).content.decode()
    assert "Gemeente Buurdorp" in page
    assert "Adviesraad Buurdorp" not in page
    refused = client.post(url, {"councils": [neighbours.pk]})
    assert refused.status_code == 422  # not a council of who asks
    joined = client.post(url, {"councils": [council.pk], "also_for": [buurdorp.pk]}, follow=True)
    assert joined.redirect_chain[0][0] == url
    assert "Adviesraad Buurdorp" in joined.content.decode()
    onward = client.post(url, {"councils": [council.pk, neighbours.pk], "also_for": [buurdorp.pk]})
    assert onward.url.endswith("/stukken/")
    draft.refresh_from_db()
    assert set(draft.wanted_councils.all()) == {council, neighbours}


def test_lists_of_parts_know_who_asks_along(joint, victor, betty, buurdorp):
    submit_request(joint, by=victor.person)
    rows: CouncilRequestQuerySet = CouncilRequest.objects.all()
    assert rows.visible_to(betty).count() == 2
    assert rows.asked_by(buurdorp).count() == 2
    assert rows.in_room_of(betty).count() == 0


def test_a_council_of_who_asks_along_has_its_own_dossier(joint, victor, neighbours, sign_in):
    nora = user_for("Nora Nieuw", "nora@buurdorp.test")
    MembershipFactory(person=nora.person, council=neighbours, secretary=True)
    parts = {part.council_id: part for part in submit_request(joint, by=victor.person)}
    part = accept(parts[neighbours.pk], by=nora.person)
    page = sign_in(nora).get(part.get_absolute_url()).content.decode()
    assert "Gemeente Testdorp en Gemeente Buurdorp vragen dit samen." in page
