"""The pages on which an advice is written, as a browser uses them."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advice.actions import drafting, saving
from advice.actions.letter_details import details_of
from advice.models import Advice, LetterCopy, MinorityView, Question, SectionSave
from advice.states import AdviceState
from tests import factories
from tests.access.world import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer naar dagbesteding")


@pytest.fixture
def section(advice):
    return factories.SectionFactory(
        advice=advice, position=1, heading="Aanleiding", text="<p>Eerste <em>tekst</em>.</p>"
    )


@pytest.fixture
def room(sign_in, fatma):
    return sign_in(fatma)


def url(name: str, advice: Advice, *more: object) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


# --- the list ---


def test_the_list_asks_as_much_of_the_database_for_ten_as_for_two_hundred(council, room):
    address = reverse("advice:list", args=[council.slug])
    for _ in range(10):
        factories.AdviceFactory(council=council)
    few = queries(room, address)
    for _ in range(190):
        factories.AdviceFactory(council=council)
    assert queries(room, address) == few <= 8


def test_the_list_shows_where_each_advice_stands(council, authority, saskia, room):
    factories.AdviceFactory(council=council, subject="Nog een concept")
    factories.AdviceFactory(council=council, subject="Net vastgesteld", state=AdviceState.ADOPTED)
    late, _copy = issue(council, authority, saskia.person, a_pdf(saskia, council), "2026-01", "Te laat beantwoord")
    page = text_of(room.get(reverse("advice:list", args=[council.slug])))
    for words in ("Concept", "Klaar om te versturen", "Antwoord te laat", "2026-01, verstuurd op 2 september 2026"):
        assert words in page
    address = reverse("advice:list", args=[council.slug])
    assert "Te laat beantwoord" in text_of(room.get(f"{address}?state=late"))
    assert "Nog een concept" not in text_of(room.get(f"{address}?state=late"))
    assert "Niets gevonden" in text_of(room.get(f"{address}?state=answered"))
    assert LetterCopy.objects.unanswered().count() == 1
    assert late.advice.state == AdviceState.ISSUED


def a_pdf(saskia, council):
    from portal.documents import keep

    return keep(b"%PDF-1.7", "brief.pdf", "application/pdf", by=saskia.person, council_id=council.pk)


def test_the_list_finds_words_in_every_part(council, room, advice, section):
    factories.RecommendationFactory(advice=advice, number=1, text="Betaal de benzine")
    factories.AdviceFactory(council=council, subject="Iets anders", plain_summary="")
    address = reverse("advice:list", args=[council.slug])
    for words in ("dagbesteding", "benzine", "aanleiding vervoer", "wachttijd korter"):
        page = text_of(room.get(address, {"words": words}))
        assert "Vervoer naar dagbesteding" in page and "Iets anders" not in page
    assert "Niets gevonden" in text_of(room.get(address, {"words": "olifant"}))


# --- starting ---


def test_starting_from_a_request(council, authority, sign_in, saskia):
    request = factories.AdviceRequestFactory(
        authority=authority, submitted=True, subject="Vervoer", questions=["Goed?"]
    )
    asked = factories.CouncilRequestFactory(council=council, request=request, accepted=True)
    client, address = sign_in(saskia), reverse("advice:new_for_request", args=[council.slug, asked.public_id])
    assert "Goed?" in text_of(client.get(address))
    response = client.post(address)
    advice = Advice.objects.get()
    assert (response.status_code, response.url) == (302, advice.get_absolute_url())
    page = text_of(client.get(response.url))
    assert "Hoe dit advies tot stand kwam" in page and "Alleen de adviesraad ziet dit" in page
    assert client.post(address).status_code == 302
    assert Advice.objects.count() == 1
    assert "Er is al een advies bij deze aanvraag" in text_of(client.get(address))


def test_starting_of_our_own_accord(council, authority, sign_in, saskia):
    heard = factories.ActivityFactory(council=council)
    client, address = sign_in(saskia), reverse("advice:new", args=[council.slug])
    given = {"subject": "", "document": "signal_letter", "authorities": [authority.pk], "activities": [heard.pk]}
    refused = client.post(address, given)
    assert refused.status_code == 422 and "Vul in waar het advies over gaat." in text_of(refused)
    assert client.post(address, {**given, "subject": "Wachttijd"}).status_code == 302
    advice = Advice.objects.get()
    assert (advice.document, advice.subject) == ("signal_letter", "Wachttijd")
    assert advice.recommendations.get().rests_on.get() == heard


# --- sections ---


def test_a_section_is_typed_as_plain_text_and_kept_as_html(advice, section, room):
    address = url("edit_section", advice, section.public_id)
    assert "Eerste *tekst*." in room.get(address).content.decode()
    typed = "Wij horen:\r\n\r\n- wachttijd\r\n- kosten"
    response = room.post(address, {"heading": "Aanleiding", "text": typed, "version": 1})
    assert response.url == f"{advice.get_absolute_url()}#deel-{section.public_id}"
    section.refresh_from_db()
    assert section.text == "<p>Wij horen:</p><ul><li>wachttijd</li><li>kosten</li></ul>"
    stay = room.post(address, {"heading": "Aanleiding", "text": typed, "version": 2, "stay": "1"})
    assert stay.url == address


def test_a_refused_section_keeps_what_was_typed(advice, section, room):
    response = room.post(
        url("edit_section", advice, section.public_id), {"heading": "", "text": "Lang werk", "version": 1}
    )
    assert response.status_code == 422
    assert "Lang werk" in text_of(response) and "Vul een kop in voor dit deel." in text_of(response)


def test_the_second_writer_gets_both_texts_and_saves_one_of_the_two(advice, section, room, saskia, fatma):
    saving.save_section(
        advice, section, heading="Aanleiding", text="<p>Wij zagen 12 mantelzorgers.</p>", version=1, by=saskia.person
    )
    address = url("edit_section", advice, section.public_id)
    response = room.post(address, {"heading": "Aanleiding", "text": "Wij zagen 31 mensen.", "version": 1})
    assert response.status_code == 409
    page = text_of(response)
    assert "Saskia de Wit heeft dit deel bewaard terwijl u schreef." in page
    assert '<del><span class="portal-visually-hidden">Saskia de Wit: </span>12 mantelzorgers.</del>' in page
    assert '<ins><span class="portal-visually-hidden">uw tekst: </span>31 mensen.</ins>' in page
    assert 'name="version" value="2"' in page
    merged = room.post(
        address, {"heading": "Aanleiding", "text": "Wij zagen 31 mensen en 12 mantelzorgers.", "version": 2}
    )
    assert merged.status_code == 302
    section.refresh_from_db()
    assert (section.version, section.text) == (3, "<p>Wij zagen 31 mensen en 12 mantelzorgers.</p>")
    mine = text_of(room.get(url("saved_texts", advice), {"van": "mij"}))
    assert "Wij zagen 31 mensen." in mine and "Niet in het advies" in mine


def test_a_text_for_a_part_that_is_gone_comes_back_as_a_new_part(advice, section, room, saskia, fatma):
    address = url("edit_section", advice, section.public_id)
    drafting.remove_section(section, by=saskia.person)
    response = room.post(address, {"heading": "Aanleiding", "text": "Mijn werk", "version": 1})
    assert response.status_code == 409
    page = text_of(response)
    assert "Mijn werk" in page and f'action="{url("add_section", advice)}"' in page
    assert SectionSave.objects.get(author=fatma.person).text == "<p>Mijn werk</p>"


@pytest.mark.parametrize("name", ["add_section", "edit_section"])
def test_a_text_that_came_after_adopting_is_shown_and_kept(advice, section, room, fatma, name):
    Advice.objects.update(state=AdviceState.ADOPTED)
    address = url(name, advice, *([section.public_id] if name == "edit_section" else []))
    response = room.post(address, {"heading": "Aanleiding", "text": "Mijn werk", "version": 1})
    assert response.status_code == 409
    assert "Mijn werk" in text_of(response) and "Uw tekst is bewaard" in text_of(response)
    assert SectionSave.objects.get(author=fatma.person).text == "<p>Mijn werk</p>"
    assert room.get(address).status_code == 302


def test_parts_move_and_go(advice, section, room):
    second = factories.SectionFactory(advice=advice, position=2, heading="Tweede")
    room.post(url("move_section", advice, second.public_id), {"naar": "omhoog"})
    assert [one.heading for one in advice.sections.all()] == ["Tweede", "Aanleiding"]
    room.post(url("remove_section", advice, second.public_id))
    assert [one.heading for one in advice.sections.all()] == ["Aanleiding"]
    assert "Tweede" in text_of(room.get(url("saved_texts", advice)))


def test_kept_texts_survive_a_wrong_address(advice, section, room):
    assert room.get(url("saved_texts", advice), {"deel": "geen-uuid"}).status_code == 200


# --- recommendations ---


def test_a_recommendation_from_start_to_end(advice, council, room):
    heard = factories.ActivityFactory(council=council)
    given = {"text": "Houd het busje.", "reason": "Omdat.", "refers_to": "blz. 3", "rests_on": [heard.pk]}
    assert room.post(url("add_recommendation", advice), given).status_code == 302
    made = advice.recommendations.get()
    assert list(made.rests_on.all()) == [heard]
    page = room.get(url("edit_recommendation", advice, made.public_id)).content.decode()
    assert "Houd het busje." in page and 'name="version" value="1"' in page
    room.post(url("edit_recommendation", advice, made.public_id), {**given, "text": "Nieuw.", "version": 1})
    made.refresh_from_db()
    assert (made.text, made.version) == ("Nieuw.", 2)
    stale = room.post(url("edit_recommendation", advice, made.public_id), {**given, "text": "Anders.", "version": 1})
    assert stale.status_code == 409
    page = text_of(stale)
    assert "Anders." in page and "Nieuw." in page and 'name="version" value="2"' in page
    room.post(url("remove_recommendation", advice, made.public_id))
    gone = room.post(url("edit_recommendation", advice, made.public_id), {**given, "text": "Late tekst", "version": 2})
    assert gone.status_code == 409
    assert "Late tekst" in text_of(gone) and f'action="{url("add_recommendation", advice)}"' in text_of(gone)


# --- the details ---


def form_values(response) -> dict:
    form, formset = response.context["form"], response.context["formset"]
    values: dict = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value()) if bound.value() is not None else ""
        values[bound.html_name] = value
    values |= {"mening-TOTAL_FORMS": str(len(formset)), "mening-INITIAL_FORMS": str(formset.initial_form_count())}
    for one in formset:
        values |= {bound.html_name: bound.value() or "" for bound in one}
    return values


def test_details_saved_unchanged_stay_the_same(advice, council, room):
    Advice.objects.update(
        laws=["wmo"], copy_to=["griffier", "wethouder"], consulted=["Zorgbelang, telefonisch"], tenor="negative"
    )
    Question.objects.create(advice=advice, council=council, number=1, text="Wie betaalt?\nEn wanneer?")
    MinorityView.objects.create(advice=advice, council=council, by="2 leden", text="Te duur.\n\nEn te laat.")
    advice.signatories.create(council=council, position=1, name="C. Bakker, RA", role="voorzitter")
    advice.signatories.create(council=council, position=2, name="Zonder functie", role="")
    before = details_of(Advice.objects.get())
    values = form_values(room.get(url("edit_details", advice)))
    response = room.post(url("edit_details", advice), values)
    assert response.status_code == 302, text_of(response)
    assert details_of(Advice.objects.get()) == before


def test_details_that_changed_meanwhile_are_shown_beside_mine(advice, room):
    values = form_values(room.get(url("edit_details", advice)))
    Advice.objects.update(subject="Van een ander")
    response = room.post(url("edit_details", advice), {**values, "subject": "Van mij"})
    assert response.status_code == 409
    assert "Van een ander" in text_of(response) and 'value="Van mij"' in text_of(response)
    again = room.post(
        url("edit_details", advice), {**values, "subject": "Van mij", "seen": response.context["form"]["seen"].value()}
    )
    assert again.status_code == 302
    assert Advice.objects.get().subject == "Van mij"


# --- the dossier ---


def test_the_dossier_asks_the_same_for_a_long_advice_as_for_a_short_one(advice, council, room, fatma):
    def fill(number: int) -> None:
        factories.SectionFactory(advice=advice, position=number)
        one = factories.RecommendationFactory(advice=advice, number=number)
        one.rests_on.add(factories.ActivityFactory(council=council))
        drafting.comment(advice, text="Goed", recommendation=one, by=fatma.person)

    fill(1)
    few = queries(room, advice.get_absolute_url())
    for number in range(2, 15):
        fill(number)
    assert queries(room, advice.get_absolute_url()) == few <= 12


def test_a_comment_stands_with_the_draft(advice, room, chair, sign_in):
    assert room.post(url("comment", advice), {"text": ""}).status_code == 422
    assert room.post(url("comment", advice), {"text": "Vraag ook de huisarts."}).status_code == 302
    page = text_of(sign_in(chair).get(advice.get_absolute_url()))
    assert "Fatma Yılmaz" in page and "Vraag ook de huisarts." in page


# --- home ---


def drawn(tag: str, user, **context) -> tuple[str, int]:
    request = type("Request", (), {"user": user, "GET": {}})()
    template = Template("{% load advice_desk %}{% " + tag + " %}")
    from councils.querysets import facts_of

    facts_of(user)
    with CaptureQueriesContext(connection) as found:
        page = template.render(Context({"request": request, **context}))
    return " ".join(unescape(page).split()), len(found)


def test_a_draft_alone_asks_nothing_of_a_member_and_of_the_chair_to_finish_it(advice, council, fatma, chair):
    assert drawn("advice_desk council", fatma, council=council) == ("", 0)
    page, count = drawn("advice_desk council", chair, council=council)
    assert "Maak het concept “Vervoer naar dagbesteding” af" in page and count <= 2


def test_the_secretary_is_asked_to_start_send_and_remind(council, authority, saskia):
    request = factories.AdviceRequestFactory(authority=authority, submitted=True, subject="Nieuwe vraag")
    factories.CouncilRequestFactory(council=council, request=request, accepted=True)
    factories.AdviceFactory(council=council, subject="Vastgesteld", state=AdviceState.ADOPTED)
    issue(council, authority, saskia.person, a_pdf(saskia, council), "2026-01", "Wacht al lang")
    page, count = drawn("advice_desk council", saskia, council=council)
    assert "Schrijf het advies over “Nieuwe vraag”" in page
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "Verstuur het advies “Vastgesteld” Het advies is vastgesteld." in words
    assert "De adviesraad heeft het vastgesteld" not in page  # the board may have decided, by mandate
    assert "Het antwoord op “Wacht al lang” is te laat" in page
    assert count <= 2


def test_a_member_is_not_asked_to_send(council, fatma):
    factories.AdviceFactory(council=council, subject="Vastgesteld", state=AdviceState.ADOPTED)
    assert drawn("advice_desk council", fatma, council=council)[0] == ""


def test_news_are_the_letters_and_answers_of_late(council, authority, saskia, fatma):
    _letter, copy = issue(council, authority, saskia.person, a_pdf(saskia, council), "2026-01", "Vervoer")
    copy_response(copy)
    with time_machine.travel("2026-10-15"):
        page, count = drawn("advice_news council", fatma, council=council)
    assert "Gemeente Testdorp antwoordde op" in page and "2026-01, verstuurd op 2 september 2026" in page
    assert count <= 2


def copy_response(copy: LetterCopy) -> None:
    from advice.models import Response

    Response.objects.create(
        copy=copy, council=copy.council, authority=copy.authority, state="final", dated_on=timezone.localdate(),
        given_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip


def test_an_authority_sees_the_letters_it_has_to_answer(council, authority, saskia, victor):
    _letter, copy = issue(council, authority, saskia.person, a_pdf(saskia, council), "2026-01", "Vervoer")
    page, count = drawn("advice_authority_desk authority", victor, authority=authority)
    assert "Beantwoord het advies “Vervoer”" in page and "28 oktober 2026" in page and count <= 2
    assert reverse("advice:desk_letter", args=[authority.slug, copy.public_id]) in page
    copy_response(copy)
    assert drawn("advice_authority_desk authority", victor, authority=authority)[0] == ""
