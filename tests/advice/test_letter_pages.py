"""The pages of the secretary: the last check, the letter, the print run, making it public."""

import re
from datetime import date

import pytest
from django.core import mail
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from advice import letter_print
from advice.actions.issuing import issue
from advice.actions.publishing import publish, unpublish
from advice.models import Letter, Publication
from advice.states import AdviceState
from advice.tasks import render_copy
from portal.models import AuditEvent, Message
from portal.states import MessageState
from tests import factories
from tests.advice.letters import adopt, adopted_advice

DAY = date(2026, 9, 2)
TYPED = {"dated_on_day": "2", "dated_on_month": "9", "dated_on_year": "2026", "place": "Testdorp"}


@pytest.fixture(autouse=True)
def quick_print(monkeypatch):
    monkeypatch.setattr(
        letter_print, "print_letter", lambda one, **_more: b"%PDF-1.7 " + str(one["reference"]).encode()
    )


@pytest.fixture
def advice(council, authority, saskia, chair):
    return adopted_advice(council, authority, saskia.person)


@pytest.fixture
def letter(advice, saskia):
    return issue(advice, by=saskia.person, dated_on=DAY)


def url(name: str, council, obj=None) -> str:
    return reverse(f"advice:{name}", args=[council.slug, obj.public_id] if obj else [council.slug])


def test_the_check_shows_the_number_and_takes_none(advice, council, saskia, sign_in):
    page = sign_in(saskia).get(url("issue", council, advice))
    assert "wordt nummer <strong>2026-01</strong>" in page.content.decode()
    assert "bestuur@testdorp.test" in page.content.decode()
    assert not Letter.objects.exists()


def test_one_press_sends_the_letter_and_a_second_shows_it(advice, council, saskia, sign_in, committing):
    client = sign_in(saskia)
    with committing():
        first = client.post(url("issue", council, advice), TYPED)
    letter = Letter.objects.get()
    assert (first.status_code, first.url) == (302, url("letter", council, letter))
    again = client.post(url("issue", council, advice), TYPED)
    assert (again.status_code, again.url) == (302, first.url)
    assert client.get(url("issue", council, advice)).url == first.url
    assert Letter.objects.count() == 1
    assert len([one for one in mail.outbox if "bestuur@" in one.to[0]]) == 1


def test_what_was_typed_stays_when_it_is_refused(advice, council, saskia, sign_in):
    page = sign_in(saskia).post(url("issue", council, advice), {**TYPED, "dated_on_year": "2025", "place": "Elders"})
    assert page.status_code == 422
    assert page.context["form"].errors["dated_on"] == ["De brief kan niet ouder zijn dan het besluit."]
    assert 'value="2025"' in page.content.decode() and 'value="Elders"' in page.content.decode()


def test_the_page_of_a_letter_shows_text_post_and_pdf(letter, council, saskia, sign_in):
    client = sign_in(saskia)
    waiting = client.get(url("letter", council, letter)).content.decode()
    assert "De brief wordt gemaakt." in waiting and "Houd het busje." in waiting
    copy = letter.copies.get()
    assert client.get(url("letter_pdf", council, copy)).status_code == 404
    render_copy(copy.pk)
    ready = client.get(url("letter", council, letter)).content.decode()
    assert "De brief wordt gemaakt." not in ready and url("letter_pdf", council, copy) in ready
    pdf = client.get(url("letter_pdf", council, copy))
    assert b"".join(pdf.streaming_content) == b"%PDF-1.7 2026-01"
    assert pdf["Content-Type"] == "application/pdf"


def test_a_letter_costs_as_many_queries_with_more_recommendations(
    council, authority, saskia, sign_in, django_assert_max_num_queries
):
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    for number in range(1, 41):
        factories.RecommendationFactory(advice=advice, number=number)
    adopt(advice, saskia.person)
    long = issue(advice, by=saskia.person, dated_on=DAY)
    client = sign_in(saskia)
    with django_assert_max_num_queries(12):  # one while the PDF is not there: can it not be made?
        client.get(url("letter", council, long))


def test_the_print_run_is_one_file_and_then_in_the_post(council, authority, saskia, sign_in, monkeypatch):
    joined: list[list[bytes]] = []
    monkeypatch.setattr(letter_print, "print_copies", lambda files, **_: joined.append(files) or b"%PDF-1.7 samen")
    authority.office.email = ""
    authority.office.save()
    client = sign_in(saskia)
    for _number in range(2):
        letter = issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=DAY)
        render_copy(letter.copies.get().pk)
    page = client.get(url("print_run", council))
    assert [one["copy"].letter.reference for one in page.context["letters"]] == ["2026-01", "2026-02"]
    assert client.get(url("print_run_pdf", council)).content == b"%PDF-1.7 samen"
    assert joined == [[b"%PDF-1.7 2026-01", b"%PDF-1.7 2026-02"]]
    ids = [one["message"].pk for one in page.context["letters"]]
    client.post(url("mark_posted", council), {"message": ids})
    assert set(Message.objects.filter(pk__in=ids).values_list("state", flat=True)) == {MessageState.POSTED}
    assert client.get(url("print_run", council)).context["letters"] == []


def test_a_refused_mail_is_seen_and_put_on_paper(letter, council, saskia, sign_in):
    message = Message.objects.get(kind="advice.letter")
    Message.objects.filter(pk=message.pk).update(state=MessageState.REFUSED)
    client = sign_in(saskia)
    assert "Deze brief printen" in client.get(url("letter", council, letter)).content.decode()
    assert "Deze brief printen" in client.get(url("print_run", council)).content.decode()
    assert desk_of(saskia, council) == ["The mail with 1 letter did not arrive"]
    client.post(url("letter_on_paper", council, letter), {"message": message.public_id})
    message.refresh_from_db()
    assert message.state == MessageState.PAPER
    assert client.post(url("letter_on_paper", council, letter), {"message": "geen-nummer"}).status_code == 404


def desk_of(user, council) -> list[str]:
    request = RequestFactory().get("/")
    request.user = user
    words = Template("{% load letters_desk %}{% letters_desk council %}")
    with override("en"):
        page = words.render(Context({"request": request, "council": council}))
    return sorted(set(re.findall(r"(?:Print|The mail with) [^<]+?(?:post|arrive)", page)))


def test_the_desk_asks_the_secretary_to_print(council, authority, saskia, fatma):
    authority.office.email = ""
    authority.office.save()
    issue(adopted_advice(council, authority, saskia.person), by=saskia.person, dated_on=DAY)
    assert desk_of(saskia, council) == ["Print 1 letter and put it in the post"]
    assert desk_of(fatma, council) == []


# --- making it public -------------------------------------------------------

SHORT = {"for_whom": "Reizigers", "what_we_ask": "Korter wachten."}


def test_a_letter_with_a_summary_is_made_public_with_one_press(letter, council, saskia, sign_in):
    page = sign_in(saskia).post(url("publish", council, letter), SHORT)
    assert page.status_code == 302
    assert Publication.objects.get().published_by == saskia.person
    assert list(Letter.objects.published()) == [letter]
    assert AuditEvent.objects.filter(event="letter.published", object_id=letter.pk).count() == 1


def test_without_a_summary_one_is_asked_or_a_reason(council, authority, saskia, sign_in):
    advice = adopted_advice(council, authority, saskia.person, plain_summary="")
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    client = sign_in(saskia)
    page = client.post(url("publish", council, letter), {"plain_summary": " ", **SHORT})
    assert page.status_code == 422
    assert page.context["form"].errors["plain_summary"]
    assert not Publication.objects.exists()
    client.post(url("publish", council, letter), {"without_summary_reason": "Het is een korte brief.", **SHORT})
    assert Publication.objects.get().without_summary_reason == "Het is een korte brief."


def test_what_the_recommendations_rest_on_opens_and_nothing_else(council, authority, saskia):
    heard = factories.ActivityFactory(council=council, heard="Mevrouw Pietersen wacht acht weken.")
    other = factories.ActivityFactory(council=council)
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    factories.RecommendationFactory(advice=advice, number=1).rests_on.add(heard)
    adopt(advice, saskia.person)
    letter = issue(advice, by=saskia.person, dated_on=DAY)
    advice.recommendations.get().rests_on.add(other)  # after the freeze: does not count
    publish(letter, by=saskia.person)
    heard.refresh_from_db(), other.refresh_from_db()
    assert (heard.is_public, other.is_public) == (True, False)
    assert "Pietersen" not in str(letter.text)


def test_publishing_twice_is_once_and_can_be_taken_back(letter, saskia):
    first = publish(letter, by=saskia.person)
    assert publish(letter, by=saskia.person) == first
    unpublish(letter, by=saskia.person)
    assert not Publication.objects.exists()
    events = AuditEvent.objects.filter(event__startswith="letter.").order_by("pk")
    assert [one.event for one in events] == ["letter.issued", "letter.published", "letter.unpublished"]


def test_an_imported_letter_says_where_the_original_is(council, authority, saskia, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from advice.actions.history import add_history

    old = add_history(
        council, original=SimpleUploadedFile("b.pdf", b"%PDF-1.4 oud"), reference="2019-07", dated_on=date(2019, 5, 3),
        subject="Wachttijd", authority=authority, by=saskia.person,
    )  # fmt: skip
    assert old.advice.state == AdviceState.ISSUED
    client = sign_in(saskia)
    page = client.get(url("letter", council, old)).content.decode()
    assert "De brief zelf is de pdf." in page
    assert b"".join(client.get(url("letter_original", council, old)).streaming_content) == b"%PDF-1.4 oud"
    assert b"".join(client.get(url("letter_pdf", council, old.copies.get())).streaming_content) == b"%PDF-1.4 oud"
