"""What the council finds of the answer: marked per recommendation, changeable, shown to all who read the answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advice.actions.marking import MarkGiven, mark_answers
from advice.models import AnswerMark, Response
from advice.templatetags.promises_desk import asked_of_council
from portal.access import Refused
from portal.models import AuditEvent
from tests.advice.answers import answered, sent

TO_DO = "Kijk of dit een antwoord is"


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia, published=True, plain_summary="Kort.")


@pytest.fixture
def given(copy, victor):
    return answered(copy, victor)


def mark_url(copy) -> str:
    return reverse("advice:mark_answers", args=[copy.council.slug, copy.public_id])


def marks() -> list[tuple[int, str, str]]:
    return list(AnswerMark.objects.order_by("answer__number").values_list("answer__number", "mark", "note"))


def to_mark(council) -> list[str]:
    return [one["title"] for one in asked_of_council(council.pk, 10) if one["kind"] == "mark"]


def test_a_mark_is_set_and_changed_and_the_same_again_changes_nothing(copy, given, saskia):
    assert mark_answers(copy, [MarkGiven(1, "answered"), MarkGiven(2, "partly", " Hoe duur? ")], by=saskia.person) == 2
    assert marks() == [(1, "answered", ""), (2, "partly", "Hoe duur?")]
    assert mark_answers(copy, [MarkGiven(2, "partly", "Hoe duur?")], by=saskia.person) == 0
    assert mark_answers(copy, [MarkGiven(2, "not_answered", "Hoe duur?")], by=saskia.person) == 1
    assert marks() == [(1, "answered", ""), (2, "not_answered", "Hoe duur?")]
    assert AuditEvent.objects.filter(event="answers.marked").count() == 2


@pytest.mark.parametrize("wrong", [MarkGiven(9, "answered"), MarkGiven(2, "good"), MarkGiven(2, "partly", "x" * 2001)])
def test_one_wrong_mark_and_none_is_saved(copy, given, saskia, wrong):
    with pytest.raises(Refused):
        mark_answers(copy, [MarkGiven(1, "answered"), wrong], by=saskia.person)
    assert marks() == []


@pytest.mark.parametrize("state", ["draft", "lapsed"])
def test_what_was_not_given_cannot_be_marked(copy, given, saskia, state):
    Response.objects.update(state=state)
    with pytest.raises(Refused, match="Er is nog geen antwoord"):
        mark_answers(copy, [MarkGiven(1, "answered")], by=saskia.person)
    assert marks() == []


def test_the_page_saves_and_a_reply_without_a_mark_is_refused_and_kept(copy, given, saskia, sign_in):
    client = sign_in(saskia)
    response = client.post(mark_url(copy), {"mark_1": "answered", "note_2": "Wat is duur?"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Wat is duur?" in html and "Kies wat u vindt van het antwoord op aanbeveling 2." in html
    assert marks() == []
    client.post(mark_url(copy), {"mark_1": "answered", "mark_2": "partly", "note_2": "Wat is duur?"})
    assert marks() == [(1, "answered", ""), (2, "partly", "Wat is duur?")]
    html = client.get(mark_url(copy)).content.decode()
    assert "Wat is duur?" in html and "#counter_response" in html


def test_room_desk_and_public_show_the_mark_and_the_reply(copy, given, saskia, victor, client, sign_in):
    urls = [
        (client, reverse("advice:public", args=[copy.council.slug, copy.letter.slug])),
        (sign_in(saskia), reverse("advice:letter", args=[copy.council.slug, copy.letter.public_id])),
        (sign_in(victor), reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])),
    ]
    said = "Vindt de adviesraad dit een antwoord?"
    assert [said in one.get(url).content.decode() for one, url in urls] == [False] * 3
    mark_answers(copy, [MarkGiven(2, "partly", "Wat is <b>duur</b>?")], by=saskia.person)
    for one, url in urls:
        html = one.get(url).content.decode()
        assert html.count(said) == 1 and "Wat is &lt;b&gt;duur&lt;/b&gt;?" in html


def test_home_asks_who_leads_until_every_answer_is_marked(copy, saskia, fatma, victor, sign_in):
    home = reverse("councils:room", args=[copy.council.slug])
    assert to_mark(copy.council) == []
    answered(copy, victor)
    assert to_mark(copy.council) == ["Vervoer naar dagbesteding"]
    assert TO_DO in sign_in(saskia).get(home).content.decode()
    assert TO_DO not in sign_in(fatma).get(home).content.decode()
    mark_answers(copy, [MarkGiven(1, "answered")], by=saskia.person)
    assert len(to_mark(copy.council)) == 1
    mark_answers(copy, [MarkGiven(2, "partly")], by=saskia.person)
    assert to_mark(copy.council) == []


def test_the_marks_cost_the_page_no_query_per_answer(copy, given, saskia, victor, sign_in, client):
    urls = [
        (sign_in(saskia), reverse("advice:letter", args=[copy.council.slug, copy.letter.public_id])),
        (sign_in(victor), reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id])),
        (client, reverse("advice:public", args=[copy.council.slug, copy.letter.slug])),
    ]
    for one, url in urls:
        with CaptureQueriesContext(connection) as captured:
            one.get(url)
        about_marks = [query["sql"] for query in captured if "advice_answermark" in query["sql"]]
        assert len(about_marks) == 1
