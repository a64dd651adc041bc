"""Another view in the letter is its author's: nobody else changes it, and it is in every form of the letter."""

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions import deciding, minority_views
from advice.actions.issuing import issue
from advice.actions.letter_details import details_of, save_details, seen_digest
from advice.letter_text import preview_data
from advice.models import AdoptedText, Advice, MinorityView
from advice.states import Outcome
from portal.access import Refused
from portal.models import Message
from portal.post import BUILDERS, NoLongerNeeded
from tests import factories
from tests.access.advice_drafting import details

pytestmark = pytest.mark.django_db
WORDS = "Ik wil het busje houden."


@pytest.fixture
def advice(council, authority, chair):
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    factories.RecommendationFactory(advice=advice, number=1)
    return advice


@pytest.fixture
def view(advice, fatma):
    return minority_views.write_view(advice, text=WORDS, with_name=False, by=fatma.person)


def address(advice, name="change_view", *more) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


def adopt(advice, by) -> AdoptedText:
    deciding.record_decision(
        advice, outcome=Outcome.ADOPTED, present=2, in_favour=2, against=0, by=by, decided_on=timezone.localdate(),
        without_quorum_reason="Wij zijn met weinig.",
    )  # fmt: skip
    advice.refresh_from_db()
    return AdoptedText.objects.get(advice=advice)


def test_only_its_author_comes_on_the_page(advice, view, fatma, chair, saskia, stijn, sign_in):
    here = address(advice, "change_view", view.public_id)
    assert sign_in(fatma).get(here).status_code == 200
    for other in (chair, saskia):
        assert sign_in(other).get(here).status_code == 403
        assert sign_in(other).post(here, {"text": "Wij zijn het eens.", "signed": "name"}).status_code == 403
        assert sign_in(other).post(here, {"weghalen": "1"}).status_code == 403
    assert sign_in(stijn).get(here).status_code == 404
    view.refresh_from_db()
    assert view.text == WORDS


@pytest.mark.parametrize("verb", ["change", "withdraw"])
def test_the_verb_itself_refuses_others(view, saskia, verb):
    with pytest.raises(Refused, match="Alleen wie deze tekst schreef"):
        if verb == "change":
            minority_views.change_view(view, text="Eens.", with_name=True, by=saskia.person)
        else:
            minority_views.withdraw_view(view, by=saskia.person)


def test_the_form_of_the_details_never_touches_it(advice, view, saskia, sign_in, authority):
    """Forged: the form without its row, and with a row of the same author."""
    MinorityView.objects.create(advice=advice, council=advice.council, by="Twee leden", text="Oud.")
    client = sign_in(saskia)
    world = type("World", (), {"authority": authority})
    for rows in ([], [{"by": "Een lid", "text": "Toch eens."}]):
        data = details(world) | {"seen": seen_digest(Advice.objects.get()), "mening-TOTAL_FORMS": str(len(rows))}
        for number, row in enumerate(rows):
            data |= {f"mening-{number}-{name}": value for name, value in row.items()}
        assert client.post(address(advice, "edit_details"), data).status_code == 302
        view.refresh_from_db()
        assert (view.text, view.author) == (WORDS, view.author)
    assert list(advice.minority_views.filter(author=None).values_list("text", flat=True)) == ["Toch eens."]
    assert details_of(Advice.objects.get())["minority_views"] == [{"by": "Een lid", "text": "Toch eens."}]


def test_the_verb_of_the_details_never_touches_it(advice, view, saskia):
    save_details(advice, {**details_of(advice), "minority_views": []}, seen=seen_digest(advice), by=saskia.person)
    assert MinorityView.objects.get().text == WORDS


def test_its_author_changes_it_until_the_letter_goes(advice, view, fatma, saskia, sign_in):
    adopted = adopt(advice, saskia.person)
    assert adopted.text["minority_views"] == [{"by": "Een lid", "text": WORDS}]
    minority_views.change_view(view, text="Het busje moet blijven.", with_name=True, by=fatma.person)
    mine = [{"by": "Fatma Yılmaz", "text": "Het busje moet blijven."}]
    assert preview_data(advice)["minority_views"] == mine
    letter = issue(advice, by=saskia.person, looked_at=True)
    assert letter.text["minority_views"] == mine
    adopted.refresh_from_db()
    assert adopted.text["minority_views"] == [{"by": "Een lid", "text": WORDS}]  # what was adopted stays as it was
    with pytest.raises(Refused, match="De brief is verstuurd"):
        minority_views.change_view(view, text="Te laat.", with_name=True, by=fatma.person)
    assert (
        "De brief is verstuurd" in sign_in(fatma).get(address(advice, "change_view", view.public_id)).content.decode()
    )


def test_it_stands_in_the_page_of_the_letter_under_its_heading(advice, view, saskia, sign_in):
    adopt(advice, saskia.person)
    letter = issue(advice, by=saskia.person, looked_at=True)
    shown = sign_in(saskia).get(reverse("advice:letter", args=[advice.council.slug, letter.public_id])).content.decode()
    assert WORDS in shown


def test_taken_back_it_is_nowhere_in_the_letter(advice, view, fatma, saskia):
    adopt(advice, saskia.person)
    minority_views.withdraw_view(view, by=fatma.person)
    assert preview_data(advice)["minority_views"] == []
    assert issue(advice, by=saskia.person, looked_at=True).text["minority_views"] == []


def test_one_for_each_member(advice, view, fatma, saskia, sign_in):
    with pytest.raises(Refused, match="Er is al een andere mening van Fatma"):
        minority_views.write_view(advice, text="Nog iets.", with_name=True, by=fatma.person)
    with pytest.raises(Refused) as refused:
        minority_views.enter_view(
            advice, author=fatma.person, text="Iets anders.", with_name=True, channel="phone", by=saskia.person
        )
    assert refused.value.field == "person"
    here = address(advice, "change_view", view.public_id)
    assert sign_in(fatma).get(address(advice, "own_view")).url == here


def test_the_secretary_enters_one_and_from_then_on_it_is_the_authors(advice, fatma, saskia, sign_in):
    client = sign_in(saskia)
    data = {"person": fatma.person.pk, "channel": "paper", "text": WORDS, "signed": "name"}
    assert client.post(address(advice, "enter_view"), data).status_code == 302
    view = MinorityView.objects.get()
    assert (view.by, view.channel, view.entered_by) == ("Fatma Yılmaz", "paper", saskia.person)
    assert "Ingevoerd door de secretaris." in client.get(advice.get_absolute_url()).content.decode()
    assert client.get(address(advice, "change_view", view.public_id)).status_code == 403
    message = Message.objects.get(kind="advice.own_view")
    mail = BUILDERS[message.kind](message)
    assert mail.subject == "Uw tekst voor een brief van de adviesraad"
    assert "Saskia de Wit heeft die voor u ingevoerd." in mail.body
    minority_views.withdraw_view(view, by=fatma.person)
    with pytest.raises(NoLongerNeeded):
        BUILDERS[message.kind](message)


def test_an_empty_text_is_refused_and_stays_on_the_form(advice, fatma, sign_in):
    response = sign_in(fatma).post(address(advice, "own_view"), {"text": "  ", "signed": "name"})
    assert response.status_code == 422
    assert "Schrijf wat er in de brief moet staan." in response.content.decode()
