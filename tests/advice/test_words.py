"""The words of a council, and reading a draft with them."""

from html import unescape

import pytest
from django.urls import reverse

from advice.actions import words
from advice.models import GlossaryTerm, SectionSave, Version, WordSuggestion
from advice.reading import counted, read_draft
from advice.starter_terms import starter_terms
from portal.access import Refused
from portal.readability import Kind, check
from tests import factories

pytestmark = pytest.mark.django_db
HARD = "De aanvraag wordt conform de regels behandeld."


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def page(client, name: str, *args) -> str:
    response = client.get(reverse(f"advice:{name}", args=args))
    assert response.status_code == 200
    return text_of(response)


def here(name: str, advice, *more) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


# --- the list of words ---


def test_a_leader_explains_changes_and_removes_a_word(council, chair, sign_in):
    client = sign_in(chair)
    add = reverse("advice:add_term", args=[council.slug])
    assert client.post(add, {"term": " Wmo ", "explanation": "De wet over hulp."}).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.term, term.explanation) == ("Wmo", "De wet over hulp.")
    edit = reverse("advice:edit_term", args=[council.slug, term.public_id])
    client.post(edit, {"term": "Wmo", "explanation": "De wet over hulp thuis."})
    assert "De wet over hulp thuis." in page(client, "words", council.slug)
    client.post(reverse("advice:remove_term", args=[council.slug, term.public_id]))
    assert GlossaryTerm.objects.count() == 0


def test_a_word_stands_in_the_list_once_whatever_its_capitals(council, saskia, sign_in):
    words.explain(council, word="pgb", explanation="Geld.", by=saskia.person)
    words.write_rather(council, hard="conform", plain="volgens", by=saskia.person)
    with pytest.raises(Refused) as refused:
        words.explain(council, word="PGB", explanation="Anders.", by=saskia.person)
    assert refused.value.field == "term"
    with pytest.raises(Refused):
        words.write_rather(council, hard="Conform", plain="zoals in", by=saskia.person)
    response = sign_in(saskia).post(
        reverse("advice:add_term", args=[council.slug]), {"term": "PGB", "explanation": "Anders."}
    )
    assert response.status_code == 422
    assert "Dit woord staat al in de lijst." in text_of(response)
    assert "Anders." in text_of(response)
    assert WordSuggestion.objects.get().plain == "volgens"


def test_the_common_words_come_with_one_press_and_leave_what_is_there(council, saskia, sign_in):
    GlossaryTerm.objects.create(council=council, term="PGB", explanation="Onze eigen uitleg.")
    client = sign_in(saskia)
    assert len(starter_terms()) >= 25
    client.post(reverse("advice:start_words", args=[council.slug]))
    assert GlossaryTerm.objects.filter(council=council).count() == len(starter_terms())
    assert GlossaryTerm.objects.get(term__iexact="pgb").explanation == "Onze eigen uitleg."
    again = client.post(reverse("advice:start_words", args=[council.slug]), follow=True)
    assert "Al deze woorden staan al in de lijst." in text_of(again)


def test_the_common_words_are_offered_until_they_are_all_there(council, saskia, sign_in):
    client = sign_in(saskia)
    words.write_rather(council, hard="PGB", plain="geld voor hulp", by=saskia.person)
    offered = reverse("advice:start_words", args=[council.slug])
    assert offered in page(client, "words", council.slug)
    client.post(offered)
    assert not GlossaryTerm.objects.filter(term__iexact="pgb").exists()  # it stands in the other list
    assert GlossaryTerm.objects.count() == len(starter_terms()) - 1
    assert offered not in page(client, "words", council.slug)
    GlossaryTerm.objects.first().delete()
    assert offered in page(client, "words", council.slug)


def test_a_word_stands_in_one_of_the_two_lists(council, saskia, sign_in):
    client = sign_in(saskia)
    words.explain(council, word="dagbesteding", explanation="Iets doen overdag.", by=saskia.person)
    words.write_rather(council, hard="conform", plain="volgens", by=saskia.person)
    rather = client.post(
        reverse("advice:add_suggestion", args=[council.slug]), {"hard": "Dagbesteding", "plain": "wat u overdag doet"}
    )
    assert rather.status_code == 422
    assert "Dit woord staat in de andere lijst: “Woorden die wij uitleggen”." in text_of(rather)
    assert "wat u overdag doet" in text_of(rather)
    explained = client.post(
        reverse("advice:add_term", args=[council.slug]), {"term": "Conform", "explanation": "Net als."}
    )
    assert explained.status_code == 422
    assert "Dit woord staat in de andere lijst: “Wat wij liever schrijven”." in text_of(explained)
    assert (GlossaryTerm.objects.count(), WordSuggestion.objects.count()) == (1, 1)


def test_a_word_that_stood_in_both_lists_already_can_still_be_changed(council, saskia):
    term = GlossaryTerm.objects.create(council=council, term="Wmo", explanation="De wet.")
    WordSuggestion.objects.create(council=council, hard="wmo", plain="de wet over hulp")
    words.explain(council, word="Wmo", explanation="De wet over hulp.", term=term, by=saskia.person)
    assert GlossaryTerm.objects.get().explanation == "De wet over hulp."


def test_the_common_words_are_written_plainly():
    for term, explanation in starter_terms():
        report = check(explanation, known=[known for known, _text in starter_terms()])
        assert [one.text for one in report.sentences if one.words > 16] == [], term
        assert report.counts[Kind.HARD] == 0, term
        assert len(explanation) <= 300


def test_an_empty_list_says_what_it_is_for_and_a_member_reads_it(council, fatma, sign_in):
    read = page(sign_in(fatma), "words", council.slug)
    assert "Nog geen woord krijgt uitleg." in read
    assert "Mist u een woord? Zeg het tegen de secretaris." in read
    assert "Gewone woorden erin zetten" not in read


def test_everyone_reads_the_word_list_of_one_council(client, council, stijn):
    GlossaryTerm.objects.create(council=council, term="pgb", explanation="Geld voor hulp.")
    GlossaryTerm.objects.create(council=factories.CouncilFactory(), term="elders", explanation="Van een ander.")
    read = page(client, "public_glossary", council.slug)
    assert "Geld voor hulp." in read
    assert "Van een ander." not in read


# --- a text is read while it is written ---


def test_checking_a_part_shows_the_marks_keeps_what_was_typed_and_saves_nothing(advice, fatma, sign_in):
    section = factories.SectionFactory(advice=advice, text="<p>Oud.</p>")
    words.write_rather(advice.council, hard="regels", plain="afspraken", by=fatma.person)
    typed = {"heading": "Nieuwe kop", "text": f"{HARD}\n\n- nog iets", "version": "1", "check": "1"}
    response = sign_in(fatma).post(here("edit_section", advice, section.public_id), typed)
    assert response.status_code == 200
    read = text_of(response)
    assert "<mark>conform</mark>" in read
    assert "“conform” is een moeilijk woord. Schrijf liever: volgens." in read
    assert "“regels” is een moeilijk woord. Schrijf liever: afspraken." in read
    assert "“wordt … behandeld”" in read
    assert "De tekst is bekeken en nog niet opgeslagen" in read
    assert 'value="Nieuwe kop"' in read
    assert f"{HARD}\n\n- nog iets" in unescape(response.content.decode()).replace("\r\n", "\n")
    section.refresh_from_db()
    assert (section.text, section.heading, section.version) == ("<p>Oud.</p>", "Aanleiding", 1)
    assert SectionSave.objects.count() == 0


def test_without_the_button_the_same_text_is_saved(advice, fatma, sign_in):
    section = factories.SectionFactory(advice=advice, text="<p>Oud.</p>")
    typed = {"heading": "Nieuwe kop", "text": HARD, "version": "1"}
    sign_in(fatma).post(here("edit_section", advice, section.public_id), typed)
    section.refresh_from_db()
    assert section.text == f"<p>{HARD}</p>"


@pytest.mark.parametrize("name", ["add_section", "add_recommendation", "edit_details"])
def test_checking_elsewhere_saves_nothing_either(advice, fatma, sign_in, name):
    typed = {
        "heading": "Kop", "text": HARD, "reason": HARD, "plain_summary": HARD, "subject": "Iets anders",
        "document": "advice", "tenor": "none", "mening-TOTAL_FORMS": "0", "mening-INITIAL_FORMS": "0", "check": "1",
    }  # fmt: skip
    response = sign_in(fatma).post(here(name, advice), typed)
    assert response.status_code == 200
    assert "<mark>conform</mark>" in text_of(response)
    assert "Dit is een hulpmiddel. Laat de tekst ook lezen door iemand anders." in text_of(response)
    advice.refresh_from_db()
    assert (advice.subject, advice.sections.count(), advice.recommendations.count()) == ("Vervoer", 0, 0)


def test_the_whole_draft_is_read_with_counts_and_links(advice, fatma, sign_in):
    section = factories.SectionFactory(advice=advice, text=f"<h3>Conform</h3><p>{HARD}</p><ul><li>Men wacht.</li></ul>")
    factories.RecommendationFactory(advice=advice, number=1, text="Maak het korter.", reason=HARD)
    assert counted(read_draft(advice)) == {Kind.PASSIVE: 2, Kind.HARD: 2, Kind.MEN: 1}
    read = page(sign_in(fatma), "reading", advice.council.slug, advice.public_id)
    assert "2 moeilijke woorden" in read
    assert here("edit_section", advice, section.public_id) in read
    assert "Dit is een hulpmiddel." in read
    assert "B1" not in read


def test_the_trend_shows_one_number_for_each_version(advice, fatma, saskia, sign_in):
    for number, text in enumerate(["Dit is kort.", "Desalniettemin vooronderstellen beleidsmedewerkers."], 1):
        Version.objects.create(
            advice=advice, council=advice.council, number=number, name=f"Versie {number}", sha256=str(number) * 64,
            text={"sections": [{"heading": "Kop", "html": f"<p>{text}</p>"}]}, made_by=saskia.person,
        )  # fmt: skip
    read = page(sign_in(fatma), "reading", advice.council.slug, advice.public_id)
    assert "<dt>Versie 1</dt><dd>127</dd>" in read
    assert "Hoe hoger het getal, hoe makkelijker de tekst." in read
