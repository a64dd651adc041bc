"""What came of it: cards and numbers over the published advices of a council."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advice.actions.answering import AnswerGiven
from advice.actions.looking_back import look_back, record_decision
from advice.actions.promising import check_commitment, report_done
from advice.actions.publishing import publish
from advice.figures import figures_of
from advice.models import Advice, Answer, Letter
from advice.states import Verdict
from advice.what_came import letters_of, lines_of, numbers_of, sentence_of
from tests.advice.answers import answered, many_letters, sent
from tests.advice.promises import TODAY, days, many_promises, promised

YEAR = timezone.localdate().year


def page(response) -> str:
    return " ".join(response.content.decode().split())


def address(council) -> str:
    return reverse("advice:what_came", args=[council.slug])


@pytest.fixture
def promise(council, authority, saskia, victor):
    return promised(council, authority, saskia, victor, published=True)


def test_a_card_tells_the_whole_way_in_neutral_words(promise, council, client, victor, saskia):
    report_done(promise, done_on=TODAY, proof="Het rijdt.", link="https://www.testdorp.test/busje", by=victor.person)
    check_commitment(promise, agreed=False, why="Wij zien geen busje.", by=saskia.person)
    look_back(promise.answer.response.copy.letter, changed="De bus komt op tijd.", not_changed="", by=saskia.person)
    html = page(client.get(address(council)))
    for words in (
        "Houd het busje.", "Betaal vrijwilligers.", "Een nieuw busje", "Gemeente: klaar", "Adviesraad: niet akkoord",
        "Wij zien geen busje.", "https://www.testdorp.test/busje", "De bus komt op tijd.",
    ):  # fmt: skip
        assert words in html, words
    assert "Jansen" not in html  # what was heard, as it was noted, stays in the room
    assert "1 advies, 2 aanbevelingen: 1 overgenomen en 1 niet." in html


def test_a_letter_that_is_not_public_is_not_there(council, authority, saskia, client):
    letter = sent(council, authority, saskia, subject="Nog niet openbaar").letter
    assert "Nog niet openbaar" not in page(client.get(address(council)))
    publish(letter, by=saskia.person)  # the control
    assert "Nog niet openbaar" in page(client.get(address(council)))


def test_the_numbers_are_those_of_the_year_figures(council, authority, saskia, victor):
    """Every letter of the year is public here, so both pages must count the same."""
    for subject in ("Eerste", "Tweede"):
        copy = sent(council, authority, saskia, subject=subject, published=True)
    answered(copy, victor)
    numbers = numbers_of(letters_of(council).filter(year=YEAR))
    figures = {figure.kind.slug: figure.count for group in figures_of(council, YEAR) for figure in group}
    assert (numbers["advices"], numbers["responses"]) == (figures["adviezen"], figures["antwoorden"]) == (2, 1)
    sent(council, authority, saskia, subject="Niet openbaar")  # the control: then they differ
    figures = {figure.kind.slug: figure.count for group in figures_of(council, YEAR) for figure in group}
    assert figures["adviezen"] == 3 and numbers_of(letters_of(council))["advices"] == 2


def test_counted_by_hand(council, authority, saskia, victor):
    given = [
        [AnswerGiven(1, Verdict.ADOPTED, commitment="Busje", owner="Team", due_on=days(9)),
         AnswerGiven(2, Verdict.PARTLY, "Deels.")],
        [AnswerGiven(1, Verdict.LATER, decide_by=days(3)), AnswerGiven(2, Verdict.ALREADY_POLICY)],
        None,
    ]  # fmt: skip
    for n, answers in enumerate(given):
        copy = sent(council, authority, saskia, subject=f"Brief {n}", published=True)
        if answers:
            answered(copy, victor, *answers)
    numbers = numbers_of(letters_of(council))
    assert sentence_of(numbers) == (
        "3 adviezen, 6 aanbevelingen: 1 overgenomen, 1 voor een deel, 1 al beleid en 1 later besloten."
    )
    record_decision(
        Answer.objects.get(verdict="later"), verdict="rejected", decided_on=TODAY, text="Brief.", by=saskia.person
    )
    numbers = numbers_of(letters_of(council))
    assert (numbers["later"], numbers["rejected"]) == (0, 1)
    assert [line.count for line in lines_of(numbers)] == [3, 6, 2, 2, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0]


def test_what_was_withdrawn_does_not_count(promise, council):
    first = promise.answer.response.copy.letter
    assert numbers_of(letters_of(council))["advices"] == 1
    Letter.objects.create(
        advice=Advice.objects.create(council=council, subject="Intrekking", state="issued"), council=council,
        year=YEAR, reference="X", slug="x", dated_on=TODAY, subject="Intrekking", text={}, sha256="a" * 64,
        concerns=first, relation="withdrawal",
    )  # fmt: skip
    assert numbers_of(letters_of(council))["advices"] == 0


def test_it_is_narrowed_by_year_and_law_with_a_plain_form(council, authority, saskia, client):
    sent(council, authority, saskia, subject="Over de Wmo", laws=["wmo"], published=True)
    sent(council, authority, saskia, subject="Over jeugd", laws=["jeugdwet"], published=True)
    for query, there, gone in (
        ("?wet=wmo", "Over de Wmo", "Over jeugd"), ("?wet=jeugdwet", "Over jeugd", "Over de Wmo"),
    ):  # fmt: skip
        html = page(client.get(address(council) + query))
        assert there in html and gone not in html
    both = page(client.get(f"{address(council)}?wet=onzin&jaar=1900&page=99"))
    assert "Over de Wmo" in both and "Over jeugd" in both
    assert "2 adviezen" in page(client.get(f"{address(council)}?jaar={YEAR}"))


def test_a_thousand_ask_as_much_as_ten(council, authority, client):
    counts = []
    for number in (10, 990):
        copies = many_letters(council, authority, number)
        many_promises(copies[-20:], 4)
        client.get(address(council))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address(council))
        counts.append(len(queries))
        assert len(response.content) < 100_000
    print("what came", counts)
    assert counts[0] == counts[1] <= 14


def test_the_page_of_the_council_leads_to_it(council, client):
    assert address(council) in page(client.get(reverse("councils:public", args=[council.slug])))
