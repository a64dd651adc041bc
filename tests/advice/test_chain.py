"""The way of an advice on every page of it, and the golden thread: heard → answer → promise → done."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from advice.actions.answering import AnswerGiven
from advice.actions.linking import start_linked
from advice.actions.steps import record_step
from advice.answered import standings_of
from advice.chain import chain_of, way_of
from advice.models import FollowUp, LadderLetter, Letter, Response, ResponseExtension
from advice.states import Verdict
from advice.views.public import find
from portal.dates import plain_date
from tests.advice.answers import answered, sent

TODAY = timezone.localdate()


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia, published=True, plain_summary="Kort.")


def chain(copy) -> dict[str, tuple[str, str]]:
    letter = find(copy.council.slug, copy.letter.slug)
    copies = list(letter.copies.all())
    return {one["label"]: (one["state"], one["date_text"]) for one in
            chain_of(letter, standings_of(letter), way_of(letter, copies))}  # fmt: skip


def pages_of(copy, client, sign_in, saskia, victor) -> list[str]:
    urls = [
        (client, reverse("advice:public", args=[copy.council.slug, copy.letter.slug])),
        (sign_in(saskia), reverse("advice:letter", args=[copy.council.slug, copy.letter.public_id])),
        (sign_in(victor), reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])),
    ]
    return [one.get(url).content.decode() for one, url in urls]


def test_the_steps_have_their_order_and_their_days(copy, victor):
    assert list(chain(copy)) == ["Gehoord", "Geadviseerd", "Aangeboden", "Beantwoord", "Gedaan", "Teruggeblikt"]
    assert chain(copy)["Aangeboden"] == ("todo", "Nog niet aangeboden aan het college.")
    assert chain(copy)["Teruggeblikt"] == ("todo", "")
    record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    answered(copy, victor)
    FollowUp.objects.create(letter=copy.letter, council=copy.council, due_on=TODAY, done_on=TODAY, changed="Veel.")
    found = chain(copy)
    assert found["Aangeboden"] == ("done", f"Aangeboden aan het college op {plain_date(TODAY)}.")
    assert found["Teruggeblikt"] == ("done", f"Wij blikten terug op {plain_date(TODAY)}.")
    assert {state for state, _text in found.values()} == {"done"}


def test_every_page_of_the_advice_shows_the_same_way(copy, client, sign_in, saskia, victor):
    record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    for html in pages_of(copy, client, sign_in, saskia, victor):
        assert f"Aangeboden aan het college op {plain_date(TODAY)}." in html
        assert html.count("portal-track__name") == 6


def test_more_time_and_letters_of_the_ladder_stand_in_the_way(copy, saskia, victor, client):
    both = {"copy": copy, "council": copy.council, "authority": copy.authority}
    until = copy.response_due_on + timedelta(days=14)
    answer = answered(copy, victor)
    answer.extended_until = until
    answer.save(update_fields=["extended_until"])
    ResponseExtension.objects.create(
        **both, extended_on=TODAY, until=until, reason="Er is overleg.", recorded_by=victor.person
    )
    LadderLetter.objects.create(
        **both, kind="reminder", dated_on=TODAY, text={}, sha256="a" * 64, sent_by=saskia.person
    )
    with time_machine.travel(until + timedelta(days=1)):
        text = chain(copy)["Beantwoord"][1]
    assert f"Op {plain_date(TODAY)} is meer tijd genomen: tot {plain_date(until)}." in text
    assert f"Herinnering: {plain_date(TODAY)}." in text


def test_of_an_old_letter_nobody_says_that_it_was_not_offered(copy, victor):
    letter = find(copy.council.slug, copy.letter.slug)
    letter.imported = True
    copies = list(letter.copies.all())
    labels = [one["label"] for one in chain_of(letter, standings_of(letter), way_of(letter, copies))]
    assert "Aangeboden" not in labels


@pytest.mark.parametrize("with_answer", [False, True])
@pytest.mark.parametrize("relation", ["withdrawal", "correction", "supplement"])
def test_of_a_letter_that_no_longer_counts_nothing_is_still_to_do(copy, client, saskia, victor, relation, with_answer):
    """The control is the supplement: the first letter keeps counting, and its steps stay to be done."""
    url = reverse("advice:public", args=[copy.council.slug, copy.letter.slug])
    record_step(copy, "municipal_council", happened_on=TODAY, note="mail", by=saskia.person)
    if with_answer:
        answered(copy, victor, offered_on=None, not_offered_reason="Volgt.")
    after = start_linked(copy.letter, relation, by=saskia.person)
    Letter.objects.create(
        advice=after, council=copy.council, year=TODAY.year, serial=900, reference="X-900", slug="x-900",
        dated_on=TODAY, subject="Vervolg", text={}, sha256="a" * 64, concerns=copy.letter, relation=relation,
    )  # fmt: skip
    if relation != "supplement" and not with_answer:
        Response.objects.update_or_create(
            copy=copy, defaults={"council": copy.council, "authority": copy.authority, "state": "lapsed"}
        )

    html = client.get(url).content.decode()

    assert ("Nog niet aangeboden" in html) is (relation == "supplement")
    assert f"Ook gestuurd aan de gemeenteraad op {plain_date(TODAY)}" in html


def test_the_public_page_says_what_was_done_and_what_not_yet(copy, client, saskia, victor):
    url = reverse("advice:public", args=[copy.council.slug, copy.letter.slug])
    html = client.get(url).content.decode()
    assert "Nog niet aangeboden aan het college" in html and "Nog niet gestuurd aan de gemeenteraad" in html
    assert "raadsvoorstel" not in html

    record_step(copy, "municipal_council", happened_on=TODAY, note="mail aan griffier Jansen", by=saskia.person)
    record_step(copy, "in_proposal", happened_on=TODAY, link="https://raad.test/voorstel", by=victor.person)
    html = client.get(url).content.decode()
    assert f"Ook gestuurd aan de gemeenteraad op {plain_date(TODAY)}" in html
    assert 'href="https://raad.test/voorstel"' in html
    assert "griffier Jansen" not in html  # the proof is not for everyone


def test_the_thread_runs_from_what_was_heard_to_what_was_done(copy, client, victor):
    promise = AnswerGiven(1, Verdict.ADOPTED, commitment="Een busje", owner="Team Wmo", due_on=TODAY)
    answered(copy, victor, promise, AnswerGiven(2, Verdict.ADOPTED))
    html = client.get(reverse("advice:public", args=[copy.council.slug, copy.letter.slug])).content.decode()
    first = html[html.index('id="antwoord-op-1"') : html.index('id="antwoord-op-2"')]
    second = html[html.index('id="antwoord-op-2"') :]
    thread = ["Waar wij dit van weten", 'href="#gesproken"', "Overgenomen</span>", "Een busje, Team Wmo"]
    places = [first.index(words) for words in thread]
    assert places == sorted(places)
    assert "Waar wij dit van weten" not in second[: second.index("</li>")]
    # What a resident told stands nowhere in public: only that there was a talk.
    assert "Jansen" not in html
    assert Letter.objects.get().advice.recommendations.get(number=1).rests_on.get().heard.startswith("Mevrouw Jansen")
