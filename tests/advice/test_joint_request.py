"""One request of two municipalities to two councils: what each writes to whom, and who answered what."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions.answering import AnswerGiven
from advice.actions.drafting import start_from_request
from advice.actions.publishing import publish
from advice.overview import overview_of
from advice.states import Verdict
from consultations.actions import accept, save_request, submit_request
from consultations.models import CouncilRequest
from consultations.track import outcome_of, track_of
from tests import factories
from tests.advice.answers import answered, send
from tests.conftest import user_for
from tests.consultations.conftest import draft  # noqa: F401  (fixture)


@pytest.fixture
def joint(draft, council, authority, saskia, victor, chair) -> SimpleNamespace:  # noqa: F811
    """Testdorp and Buurdorp ask; the council of Testdorp advises both, that of Buurdorp only Buurdorp."""
    buurdorp = factories.AuthorityFactory(name="Gemeente Buurdorp", slug="buurdorp")
    factories.ServedBodyFactory(council=council, authority=buurdorp)
    neighbours = factories.CouncilFactory(name="Adviesraad Buurdorp", slug="adviesraad-buurdorp")
    factories.ServedBodyFactory(council=neighbours, authority=buurdorp)
    factories.InstrumentFactory(council=neighbours)
    betty = user_for("Betty Blok", "betty@buurdorp.test")
    factories.AppointmentFactory(person=betty.person, authority=buurdorp)
    nora = user_for("Nora Nieuw", "nora@buurdorp.test")
    factories.MembershipFactory(person=nora.person, council=neighbours, secretary=True)
    save_request(draft, by=victor.person, also_for=[buurdorp], councils=[council, neighbours])
    parts = {part.council_id: part for part in submit_request(draft, by=victor.person)}
    ours = accept(parts[council.pk], by=saskia.person)
    theirs = accept(parts[neighbours.pk], by=nora.person)
    return SimpleNamespace(
        request=draft, ours=ours, theirs=theirs, buurdorp=buurdorp, neighbours=neighbours, betty=betty, nora=nora
    )


def advise(part, by, *, published=False):
    advice = start_from_request(part, by=by.person)
    advice.plain_summary = "Houd het busje."
    advice.save()
    advice.sections.update(text="<p>Tekst.</p>")
    factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.")
    factories.RecommendationFactory(advice=advice, number=2, text="Betaal vrijwilligers.")
    return send(advice, by, published=published)


def test_an_advice_goes_to_those_of_who_asks_that_the_council_advises(joint, saskia, authority):
    assert set(start_from_request(joint.ours, by=saskia.person).authorities.all()) == {authority, joint.buurdorp}
    assert set(start_from_request(joint.theirs, by=joint.nora.person).authorities.all()) == {joint.buurdorp}


def test_each_authority_has_its_own_copy_and_its_own_answer(joint, saskia, victor, authority):
    letter = advise(joint.ours, saskia)
    joint.ours.refresh_from_db()
    copies = {copy.authority_id: copy for copy in letter.copies.all()}
    answered(copies[joint.buurdorp.pk], joint.betty)
    ours, theirs = outcome_of(joint.ours, authority), outcome_of(joint.ours, joint.buurdorp)
    assert ours is not None and theirs is not None
    assert (ours.answered_on, theirs.answered_on) == (None, timezone.localdate())
    assert ours.copy_public_id != theirs.copy_public_id
    labels = [step["state"] for step in track_of(joint.ours, ours, heard=False)]
    assert labels == ["done", "done", "done", "now", "todo"]
    assert [step["state"] for step in track_of(joint.ours, theirs, heard=False)] == ["done"] * 5


def test_a_council_that_advises_only_who_asks_along_still_has_its_outcome(joint, authority):
    advise(joint.theirs, joint.nora)
    joint.theirs.refresh_from_db()
    assert outcome_of(joint.theirs, authority) is None
    found = outcome_of(joint.theirs)
    assert found is not None and found.answered_on is None


def test_the_overview_names_each_council_and_each_authority_that_it_advises(joint, saskia, victor, authority):
    letter = advise(joint.ours, saskia)
    copies = {copy.authority_id: copy for copy in letter.copies.all()}
    answered(copies[authority.pk], victor, AnswerGiven(1, Verdict.ADOPTED), AnswerGiven(2, Verdict.REJECTED, "Duur."))
    rows = overview_of(joint.request)
    assert [(row.part.council.name, row.authority.name, row.standing and row.standing.state) for row in rows] == [
        ("Adviesraad Buurdorp", "Gemeente Buurdorp", None),
        ("Adviesraad Testdorp", "Gemeente Testdorp", "given"),
        ("Adviesraad Testdorp", "Gemeente Buurdorp", "open"),
    ]
    assert [code for code, _words in rows[1].score] == [Verdict.ADOPTED, Verdict.REJECTED]


def test_every_authority_that_asks_reads_the_overview_at_its_own_desk(joint, saskia, victor, authority, bart, sign_in):
    letter = advise(joint.ours, saskia)
    answered(letter.copies.get(authority=authority), victor)
    for user, slug in [(victor, "testdorp"), (joint.betty, "buurdorp")]:
        url = reverse("advice:desk_overview", args=[slug, joint.request.public_id])
        page = sign_in(user).get(url).content.decode()
        assert letter.reference in page
        assert "1 aanbeveling overgenomen" in page
        assert sign_in(bart).get(url).status_code == 404
    own = reverse("advice:desk_letter", args=["buurdorp", letter.copies.get(authority=joint.buurdorp).public_id])
    assert own in page


def test_a_council_sees_of_another_the_state_and_the_rest_when_it_is_public(joint, saskia, sign_in):
    letter = advise(joint.theirs, joint.nora)
    answered(letter.copies.get(), joint.betty)
    CouncilRequest.objects.filter(pk=joint.theirs.pk).update(short_notice="Gevraagde tijd: 6 dagen.")
    url = reverse("advice:room_overview", args=[joint.ours.council.slug, joint.ours.public_id])
    client = sign_in(saskia)
    page = client.get(url).content.decode()
    assert "Dit advies is nog niet openbaar." in page
    assert letter.reference not in page
    assert "overgenomen" not in page
    assert "Laat gevraagd" not in page  # how another council was asked is between it and who asked
    publish(letter, by=joint.nora.person)
    page = client.get(url).content.decode()
    assert letter.reference in page
    assert "1 aanbeveling overgenomen" in page


def test_the_overview_costs_the_same_for_many_councils(joint, saskia, django_assert_max_num_queries):
    advise(joint.ours, saskia)
    for _number in range(6):
        council = factories.CouncilFactory()
        factories.ServedBodyFactory(council=council, authority=joint.buurdorp)
        factories.CouncilRequestFactory(request=joint.request, council=council)
    with django_assert_max_num_queries(7):
        rows = overview_of(joint.request)
        assert [row.score for row in rows]
    assert len(rows) == 9
