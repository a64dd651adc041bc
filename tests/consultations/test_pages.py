"""The pages: asking in steps, both sides of a dossier, the home pages, and how many queries a list costs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.actions import ask_question, register_answer, submit_request, withdraw
from consultations.models import AdviceRequest, CouncilRequest
from consultations.states import Law
from consultations.track import track_of
from councils.models import Authority, Council
from portal.models import Person
from tests.factories import (
    ActivityFactory,
    AdviceFactory,
    AdviceRequestFactory,
    CouncilFactory,
    CouncilRequestFactory,
    PolicyTopicFactory,
)


def step_url(draft, step):
    return reverse("consultations:step", args=[draft.authority.slug, draft.public_id, step])


def desk_url(name, draft):
    return reverse(f"consultations:{name}", args=[draft.authority.slug, draft.public_id])


# --- asking in steps ------------------------------------------------------------------------------------------------


def test_the_whole_way_from_subject_to_sent(sign_in, victor, council, authority, saskia):
    client = sign_in(victor)
    topic = PolicyTopicFactory(authority=authority)
    new = reverse("consultations:new_request", args=[authority.slug])
    response = client.post(new, {"subject": "Vervoer", "topic": topic.pk, "contact": victor.person.pk})
    draft = AdviceRequest.objects.get()
    assert response.url == step_url(draft, "samenvatting")
    response = client.post(response.url, {"summary": "De bus stopt.", "questions": "1. Wat nu?\n2) En dan?"})
    assert response.url == step_url(draft, "ruimte")
    response = client.post(response.url, {"changeable": "De route.", "fixed": "Het geld."})
    assert response.url == step_url(draft, "voor-wie")
    response = client.post(response.url, {"groups": "Ouderen", "laws": [Law.WMO]})
    assert response.url == step_url(draft, "planning")
    assert "art. 7 lid 1" in client.get(response.url).content.decode()
    response = client.post(response.url, {"councils": [council.pk]})
    documents = desk_url("draft_documents", draft)
    assert response.url == documents
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    response = client.post(documents, {"file": file, "visibility": "open"})
    assert response.url == documents
    check = client.get(desk_url("check", draft)).content.decode()
    for words in ("De bus stopt.", "Wat nu?", "De route.", "Ouderen", "plan.pdf", council.name, topic.name):
        assert words in check
    response = client.post(desk_url("send", draft))
    assert response.url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.questions == ["Wat nu?", "En dan?"]
    assert CouncilRequest.objects.get().request == draft
    assert client.get(response.url).status_code == 200


def test_a_step_can_be_left_half_done(sign_in, victor, draft):
    client, url = sign_in(victor), step_url(draft, "ruimte")
    assert client.post(url, {"changeable": "", "fixed": "Het geld."}).status_code == 422
    response = client.post(url, {"changeable": "", "fixed": "Het geld.", "later": "1"})
    assert response.url == reverse("consultations:requests", args=[draft.authority.slug])
    draft.refresh_from_db()
    assert (draft.changeable, draft.fixed) == ("", "Het geld.")
    assert draft.subject in client.get(response.url).content.decode()
    check = client.get(desk_url("check", draft)).content.decode()
    assert url in check
    assert desk_url("send", draft) not in check


def test_refused_input_stays_on_the_page(sign_in, victor, draft):
    page = sign_in(victor).post(step_url(draft, "samenvatting"), {"summary": "", "questions": "Wat nu?"})
    assert page.status_code == 422
    assert "Wat nu?" in page.content.decode()


def test_a_date_that_is_too_short_warns_once_and_goes_on(sign_in, victor, draft, council):
    client, url = sign_in(victor), step_url(draft, "planning")
    wanted = timezone.localdate().isoformat()
    response = client.post(url, {"councils": [council.pk], "wanted_on": wanted})
    assert response.url == url
    page = client.get(url).content.decode()
    assert "te kort" in page and f'name="warned" value="{wanted}"' in page
    response = client.post(url, {"councils": [council.pk], "wanted_on": wanted, "warned": wanted})
    assert response.url == desk_url("draft_documents", draft)


def test_only_councils_that_advise_today_can_be_asked(sign_in, victor, draft):
    stranger = CouncilFactory()
    page = sign_in(victor).post(step_url(draft, "planning"), {"councils": [stranger.pk]})
    assert page.status_code == 422


def test_a_sent_request_has_no_steps_any_more(sign_in, victor, draft):
    submit_request(draft, by=victor.person)
    client = sign_in(victor)
    for url in (step_url(draft, "ruimte"), desk_url("draft_documents", draft), desk_url("check", draft)):
        assert client.get(url).url == draft.get_absolute_url()
    assert client.get(step_url(draft, "onbekend")).status_code == 404


# --- both sides of a dossier ----------------------------------------------------------------------------------------


def dossier(part) -> str:
    return part.get_absolute_url()


def test_the_secretary_sees_the_next_step(sign_in, part, saskia, fatma):
    page = sign_in(saskia).get(dossier(part)).content.decode()
    accept = reverse("consultations:accept", args=[part.council.slug, part.public_id])
    assert accept in page
    assert accept not in sign_in(fatma).get(dossier(part)).content.decode()
    sign_in(saskia).post(accept)
    page = sign_in(saskia).get(dossier(part)).content.decode()
    assert accept not in page
    assert reverse("consultations:place_on_agenda", args=[part.council.slug, part.public_id]) in page


def test_the_authority_sees_state_and_questions_but_no_draft(sign_in, part, saskia, victor, authority):
    topic = PolicyTopicFactory(authority=authority)
    AdviceRequest.objects.filter(pk=part.request_id).update(topic=topic)
    ActivityFactory(council=part.council, title="Alleen van ons").topics.add(topic)
    AdviceFactory(council=part.council, request=part, subject="Ons concept")
    ask_question(part, question="Wat kost het?", by=saskia.person)
    page = sign_in(victor).get(part.request.get_absolute_url()).content.decode()
    assert "Wat kost het?" in page
    assert "Alleen van ons" not in page and "Ons concept" not in page
    room = sign_in(saskia).get(dossier(part)).content.decode()
    assert "Alleen van ons" in room and "Ons concept" in room


def test_a_registered_answer_says_so_on_both_sides(sign_in, part, saskia, victor):
    asked = ask_question(part, question="Wat kost het?", by=saskia.person)
    register_answer(asked, answer="Drie ton.", received_on=timezone.localdate(), by=saskia.person)
    for user, url in [(victor, part.request.get_absolute_url()), (saskia, dossier(part))]:
        assert "geregistreerd door Saskia de Wit" in sign_in(user).get(url).content.decode()


def test_a_document_of_another_request_is_not_there(sign_in, part, draft, victor, saskia):
    client = sign_in(victor)
    client.post(
        desk_url("draft_documents", draft), {"file": SimpleUploadedFile("p.pdf", b"%PDF-1"), "visibility": "open"}
    )
    secret = draft.documents.get().document.public_id
    args = [part.council.slug, part.public_id, secret]
    assert sign_in(saskia).get(reverse("consultations:dossier_document", args=args)).status_code == 404
    args = [draft.authority.slug, part.request.public_id, secret]
    assert client.get(reverse("consultations:request_document", args=args)).status_code == 404


def test_only_of_a_registered_request_the_secretary_registers_a_withdrawal(sign_in, part, saskia):
    url = reverse("consultations:register_withdrawal", args=[part.council.slug, part.public_id])
    client = sign_in(saskia)
    client.post(url, {"reason": "Per mail"})
    part.refresh_from_db()
    assert part.is_open
    AdviceRequest.objects.filter(pk=part.request_id).update(registered=True)
    client.post(url, {"reason": "Per mail"})
    part.refresh_from_db()
    assert (part.state, part.close_reason) == ("withdrawn", "Per mail")


def test_a_refused_verb_shows_its_sentence_on_the_form(sign_in, part, saskia, victor):
    withdraw(part, reason="Niet meer nodig", by=victor.person)
    url = reverse("consultations:ask", args=[part.council.slug, part.public_id])
    page = sign_in(saskia).post(url, {"question": "Wat kost het?"})
    assert page.status_code == 422
    assert "Deze aanvraag is gesloten" in page.content.decode()
    assert "Wat kost het?" in page.content.decode()


# --- the home pages -------------------------------------------------------------------------------------------------


def drawn(tag: str, user, **context) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return Template("{% load consultations_desk %}" + tag).render(Context({"request": request, **context}))


def test_the_secretary_is_asked_to_take_a_request_in_hand(part, saskia, chair, fatma):
    tag = "{% consultations_desk council %}"
    for user in (saskia, chair):
        assert part.request.subject in drawn(tag, user, council=part.council)
    assert drawn(tag, fatma, council=part.council).strip() == ""


def test_the_civil_servant_sees_drafts_questions_and_what_runs(part, draft, saskia, victor, authority):
    ask_question(part, question="Wat kost het?", by=saskia.person)
    todos = drawn("{% consultations_authority_desk authority %}", victor, authority=authority)
    assert draft.subject in todos
    assert todos.count(part.request.subject) >= 2
    assert "Wat kost het?" not in todos


# --- many rows ------------------------------------------------------------------------------------------------------


def many_requests(council: Council, authority: Authority, person: Person, number: int) -> None:
    requests = AdviceRequest.objects.bulk_create(
        AdviceRequest(
            authority=authority, subject=f"Vraag {n}", created_by=person, submitted_at=timezone.now(),
            letter_date=date(2026, 1, 5),
        )
        for n in range(number)
    )  # fmt: skip
    CouncilRequest.objects.bulk_create(
        CouncilRequest(request=request, council=council, received_on=date(2026, 1, 5), due_on=date(2026, 2, 16))
        for request in requests
    )


def queries(client, url) -> int:
    client.get(url)  # the session and the cached templates are there
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("name", "who", "budget"),
    [("inbox", "saskia", 8), ("requests", "victor", 8), ("heard", "fatma", 8), ("topics", "victor", 8),
     ("council_topics", "saskia", 8)],
)  # fmt: skip
def test_a_list_of_a_thousand_costs_as_much_as_one_of_ten(
    name, who, budget, request, sign_in, council, authority, saskia, victor, fatma
):
    slug = authority.slug if who == "victor" else council.slug
    client, url = sign_in(request.getfixturevalue(who)), reverse(f"consultations:{name}", args=[slug])
    topic = PolicyTopicFactory(authority=authority)

    def more(number: int) -> None:
        many_requests(council, authority, victor.person, number)
        for activity in ActivityFactory.create_batch(number // 10, council=council, entered_by=fatma.person):
            activity.topics.add(topic)
        PolicyTopicFactory.create_batch(number // 10, authority=authority)

    more(10)
    few = queries(client, url)
    more(990)
    many = queries(client, url)
    assert few == many
    assert many <= budget


def test_long_lists_have_pages(sign_in, saskia, council, authority):
    many_requests(council, authority, saskia.person, 60)
    url = reverse("consultations:inbox", args=[council.slug])
    assert len(sign_in(saskia).get(url).context["page_obj"].object_list) == 25
    assert len(sign_in(saskia).get(f"{url}?page=3").context["page_obj"].object_list) == 10


def test_new_requests_stand_first_then_the_earliest_last_day(sign_in, saskia, council, authority):
    def lies(subject, **facts):
        CouncilRequestFactory(request=AdviceRequestFactory(authority=authority, submitted=True, subject=subject),
                              council=council, **facts)  # fmt: skip

    lies("Gesloten", state="declined", close_reason="x")
    lies("Later", accepted=True, due_on=date(2027, 3, 1))
    lies("Zonder datum", accepted=True, due_on=None)
    lies("Eerder", accepted=True, due_on=date(2027, 2, 1))
    lies("Nieuw", due_on=date(2027, 9, 1))
    page = sign_in(saskia).get(reverse("consultations:inbox", args=[council.slug]))
    found = [part.request.subject for part in page.context["page_obj"]]
    assert found == ["Nieuw", "Eerder", "Later", "Zonder datum", "Gesloten"]


def test_a_dossier_costs_few_queries(sign_in, part, saskia, django_assert_max_num_queries):
    for _n in range(5):
        ask_question(part, question="Wat kost het?", by=saskia.person)
    client = sign_in(saskia)
    client.get(dossier(part))
    with django_assert_max_num_queries(10):
        client.get(dossier(part))


def test_a_new_request_stands_at_its_first_step_until_it_is_taken_in_hand(council, authority):
    part = CouncilRequestFactory(council=council, request__authority=authority)
    accepted = CouncilRequestFactory(council=council, request__authority=authority, accepted=True)

    assert [step["state"] for step in track_of(part, None, heard=False)] == ["now", "todo", "todo", "todo", "todo"]
    assert [step["state"] for step in track_of(accepted, None, heard=False)] == ["done", "now", "todo", "todo", "todo"]
