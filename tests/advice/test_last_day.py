"""The last day of the answer as it is now: with an extension, and of a letter that needs no answer any more."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from advice.answered import standing_of
from advice.chain import chain_of, way_of
from advice.dossier import in_state, standing, steps_of, with_answers, with_answers_of
from advice.models import Advice, LetterCopy, Response
from advice.querysets import DUE_ON
from advice.states import Relation, ResponseState
from consultations.track import outcome_for, track_of
from tests import factories
from tests.advice.answers import sent
from tests.advice.letters import adopt

SENT_ON = date(2026, 9, 2)
DUE, LATER = date(2026, 10, 28), date(2026, 11, 25)


@pytest.fixture
def copy(council, authority, saskia) -> LetterCopy:
    with time_machine.travel(SENT_ON):
        return sent(council, authority, saskia, published=True)


def drafted(copy: LetterCopy, **facts) -> Response:
    return Response.objects.create(copy=copy, council=copy.council, authority=copy.authority, **facts)


def extended(copy: LetterCopy) -> LetterCopy:
    drafted(copy, extended_until=LATER)
    return LetterCopy.objects.select_related("response", "letter", "authority").get(pk=copy.pk)


def lapsed(copy: LetterCopy) -> LetterCopy:
    drafted(copy, state=ResponseState.LAPSED)
    return LetterCopy.objects.select_related("response", "letter", "authority").get(pk=copy.pk)


def shown(client, copy: LetterCopy, on: date) -> str:
    with time_machine.travel(on):
        url = reverse("advice:public", args=[copy.council.slug, copy.letter.slug])
        return " ".join(client.get(url).content.decode().split())


def advice_of(copy: LetterCopy) -> Advice:
    return with_answers(Advice.objects.all()).get(pk=copy.letter.advice_id)


def test_the_first_last_day_counts_until_it_is_extended(copy):
    assert (copy.response_due_on, copy.due_on, copy.extended_until) == (DUE, DUE, None)

    later = extended(copy)

    assert (later.response_due_on, later.due_on) == (DUE, LATER)
    assert LetterCopy.objects.values_list(DUE_ON).get() == (LATER,)


@pytest.mark.parametrize(
    ("with_extension", "on", "state"),
    [
        (False, DUE, "open"), (False, DUE + timedelta(days=1), "late"), (True, DUE + timedelta(days=1), "open"),
        (True, LATER, "open"), (True, LATER + timedelta(days=1), "late"),
    ],
)  # fmt: skip
def test_a_day_after_the_last_day_of_now_it_is_late_everywhere(copy, with_extension, on, state, client):
    copy = extended(copy) if with_extension else copy
    with time_machine.travel(on):
        advice = advice_of(copy)
        late = in_state(with_answers(Advice.objects.all()), "late").count()
        listed = client.get(reverse("advice:public_list", args=[copy.council.slug]), {"antwoord": "te-laat"})
        assert standing_of(copy, copy.letter).state == state
        assert (late, advice.is_late) == (state == "late", state == "late")
        assert standing(advice).label == ("Antwoord te laat" if state == "late" else "Verstuurd")
        assert (copy.letter.subject in listed.content.decode()) == (state == "late")
        from_copies = Advice.objects.get(pk=advice.pk)
        with_answers_of(from_copies, [copy])
        assert (from_copies.is_waiting, from_copies.is_late) == (True, state == "late")


def test_a_lapsed_letter_has_no_clock_and_is_not_waited_for(copy, client, saskia):
    copy = lapsed(copy)
    long_after = DUE + timedelta(days=40)

    with time_machine.travel(long_after):
        advice = advice_of(copy)
        found = standing_of(copy, copy.letter)
        assert (found.state, found.sentence) == ("lapsed", "Er hoeft geen antwoord meer te komen op deze brief.")
        assert (advice.is_waiting, advice.is_late, advice.is_lapsed) == (False, False, True)
        assert standing(advice).label == "Geen antwoord meer nodig"
        for state in ("waiting", "late", "answered"):
            assert not in_state(with_answers(Advice.objects.all()), state).exists()
        assert LetterCopy.objects.unanswered().count() == 0
        assert [step["state"] for step in steps_of(advice, adopted_on=None, copies=[copy])][-1] == "now"
        assert (
            chain_of(copy.letter, [found], way_of(copy.letter, [copy]))[-3]["date_text"]
            == "Er hoeft geen antwoord meer te komen."
        )
    html = shown(client, copy, long_after)
    assert "Er hoeft geen antwoord meer te komen op deze brief." in html
    assert "te laat" not in html and "laatste dag" not in html


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        (Relation.WITHDRAWAL, "Deze brief is ingetrokken. Er hoeft geen antwoord meer te komen."),
        (Relation.CORRECTION, "Er is een nieuwe brief voor deze in de plaats. Op deze hoeft geen antwoord te komen."),
    ],
)
def test_it_says_why_no_answer_has_to_come(copy, relation, sentence, saskia):
    from advice.models import Letter

    advice = factories.AdviceFactory(council=copy.council, authorities=[copy.authority])
    adopt(advice, saskia.person)
    Letter.objects.create(
        advice=advice, council=copy.council, year=2026, serial=99, reference="2026-99", slug="2026-99",
        dated_on=SENT_ON, subject="Nieuw", text={}, sha256="a" * 64, concerns=copy.letter, relation=relation,
    )  # fmt: skip

    assert standing_of(lapsed(copy), copy.letter).sentence == sentence


def test_the_list_at_the_desk_has_the_days_of_now(copy, council, authority, victor, sign_in):
    extended(copy)
    with time_machine.travel(SENT_ON):
        html = sign_in(victor).get(reverse("advice:desk_list", args=[authority.slug])).content.decode()
    assert "25 november 2026" in html and "28 oktober 2026" not in html


def test_a_letter_without_need_of_an_answer_leaves_the_desk(copy, authority, victor, sign_in):
    lapsed(copy)
    client = sign_in(victor)
    url = reverse("advice:desk_list", args=[authority.slug])

    assert copy.letter.subject not in client.get(url, {"lijst": "open"}).content.decode()
    assert copy.letter.subject in client.get(url, {"lijst": "vervallen"}).content.decode()
    assert "Schrijf het antwoord" not in client.get(
        reverse("advice:desk_letter", args=[authority.slug, copy.public_id])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(("facts", "step"), [
    ({"extended_until": LATER}, {"label": "Beantwoord", "state": "now", "date_text": "uiterlijk 25 november"}),
    ({"state": ResponseState.LAPSED}, {"label": "Beantwoord", "state": "done", "date_text": "niet meer nodig"}),
])  # fmt: skip
def test_the_request_shows_the_day_of_now(council, authority, saskia, facts, step):
    part = factories.CouncilRequestFactory(
        council=council, request=factories.AdviceRequestFactory(authority=authority, submitted=True), accepted=True
    )
    with time_machine.travel(SENT_ON):
        copy = sent(council, authority, saskia, request=part)
        drafted(copy, **facts)
        part.refresh_from_db()
        assert track_of(part, outcome_for(part, authority.pk), heard=True)[3] == step
