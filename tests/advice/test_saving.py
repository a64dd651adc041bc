"""Drafts that are kept while somebody types, recommendations that are as safe as sections, and who is writing now."""

from datetime import timedelta
from html import unescape
from pathlib import Path

import brotli
import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from advice.actions import drafting, drafts, saving
from advice.actions.saving import PartGone, StaleVersion
from advice.models import Advice, Presence, RecommendationSave, SectionSave
from advice.states import AdviceState
from advice.views.writing import kept
from tests import factories
from tests.test_pages import MOST_BYTES, bytes_of

pytestmark = pytest.mark.django_db
TYPED = {"heading": "Aanleiding", "text": "Half werk van Fatma", "version": "1"}


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")


@pytest.fixture
def section(advice):
    return factories.SectionFactory(advice=advice, position=1, heading="Aanleiding", text="<p>Eerste tekst.</p>")


@pytest.fixture
def recommendation(advice):
    return factories.RecommendationFactory(advice=advice, number=1, text="Houd het busje.", reason="Want.")


@pytest.fixture
def room(sign_in, fatma):
    return sign_in(fatma)


def url(name: str, advice: Advice, *more: object) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


# --- drafts ---


def test_what_is_being_typed_is_kept_and_changes_nothing(advice, section, sign_in, fatma):
    with time_machine.travel("2026-11-25T13:03:00+00:00", tick=False):
        answer = sign_in(fatma).post(url("keep_section", advice, section.public_id), TYPED)
    assert answer.json() == {"at": "14.03 uur", "said": "Concept bewaard om 14.03 uur."}
    row = SectionSave.objects.get()
    assert (row.author, row.automatic, row.became, row.based_on) == (fatma.person, True, None, 1)
    assert (row.heading, row.text) == ("Aanleiding", "<p>Half werk van Fatma</p>")
    section.refresh_from_db()
    assert (section.text, section.version) == ("<p>Eerste tekst.</p>", 1)


def test_only_a_changed_text_is_kept_again(advice, section, room):
    address = url("keep_section", advice, section.public_id)
    for text in ("Een", "Een", "Twee", "Twee", "Een"):
        assert room.post(address, {**TYPED, "text": text}).status_code == 200
    assert list(SectionSave.objects.order_by("pk").values_list("text", flat=True)) == [
        "<p>Een</p>", "<p>Twee</p>", "<p>Een</p>",
    ]  # fmt: skip


def test_a_form_that_is_not_ready_is_kept_all_the_same(advice, section, room):
    given = {"heading": "", "text": "Zonder kop", "version": "x"}
    assert room.post(url("keep_section", advice, section.public_id), given).status_code == 200
    assert SectionSave.objects.get().text == "<p>Zonder kop</p>"
    given = {**given, "text": "Nog zonder kop", "version": "9" * 12}  # more than a column holds
    assert room.post(url("keep_section", advice, section.public_id), given).status_code == 200
    assert room.post(url("edit_section", advice, section.public_id), {**TYPED, "version": "-1"}).status_code == 422
    assert SectionSave.objects.count() == 2


def test_the_page_offers_the_draft_and_overwrites_nothing(advice, section, room):
    room.post(url("keep_section", advice, section.public_id), TYPED)
    address = url("edit_section", advice, section.public_id)
    page = text_of(room.get(address))
    assert "U heeft nog een tekst die niet is opgeslagen" in page and "Half werk van Fatma" in page
    assert "Eerste tekst.</textarea>" in page and "Half werk van Fatma</textarea>" not in page
    chosen = text_of(room.get(address, {"concept": SectionSave.objects.get().pk}))
    assert "Half werk van Fatma</textarea>" in chosen and "Zet deze tekst in het veld" not in chosen
    room.post(address, TYPED)
    assert "niet is opgeslagen" not in text_of(room.get(address))


def test_a_draft_in_the_field_cannot_overwrite_what_was_saved_since(advice, section, room, saskia):
    room.post(url("keep_section", advice, section.public_id), TYPED)
    saving.save_section(advice, section, heading="Aanleiding", text="<p>Nieuw.</p>", version=1, by=saskia.person)
    address = url("edit_section", advice, section.public_id)
    page = text_of(room.get(address, {"concept": SectionSave.objects.get(automatic=True).pk}))
    assert 'name="version" value="1"' in page
    assert room.post(address, TYPED).status_code == 409
    section.refresh_from_db()
    assert section.text == "<p>Nieuw.</p>"


def test_nobody_else_ever_sees_a_draft(advice, section, recommendation, room, sign_in, saskia, chair, olga):
    room.post(url("keep_section", advice, section.public_id), TYPED)
    room.post(url("keep_new_section", advice), TYPED)
    given = {"text": "Half werk van Fatma", "version": "1"}
    room.post(url("keep_recommendation", advice, recommendation.public_id), given)
    room.post(url("keep_new_recommendation", advice), given)
    pages = [
        url("saved_texts", advice), f"{url('saved_texts', advice)}?van=mij", advice.get_absolute_url(),
        f"{url('saved_texts', advice)}?deel={section.public_id}",
        f"{url('saved_texts', advice)}?deel={recommendation.public_id}",
        url("edit_section", advice, section.public_id), url("add_section", advice),
        url("edit_recommendation", advice, recommendation.public_id), url("add_recommendation", advice),
        *(f"{url('edit_section', advice, section.public_id)}?concept={one.pk}" for one in SectionSave.objects.all()),
        *(f"{url('add_recommendation', advice)}?concept={one.pk}" for one in RecommendationSave.objects.all()),
    ]  # fmt: skip
    for other in (saskia, chair, olga):
        client = sign_in(other)
        assert [page for page in pages if "Half werk van Fatma" in text_of(client.get(page))] == []
    own = [page for page in pages if "Half werk van Fatma" in text_of(room.get(page))]
    assert set(pages) - set(own) == {advice.get_absolute_url()}
    assert SectionSave.objects.filter(automatic=True).count() == 2  # the pages had something to hide


def test_a_new_part_that_was_never_saved_is_offered(advice, room):
    room.post(url("keep_new_section", advice), TYPED)
    address = url("add_section", advice)
    assert "U heeft nog een tekst die niet is opgeslagen" in text_of(room.get(address))
    chosen = room.get(address, {"concept": SectionSave.objects.get().pk})
    assert "Half werk van Fatma</textarea>" in text_of(chosen)
    assert room.post(address, TYPED).status_code == 302
    assert "niet is opgeslagen" not in text_of(room.get(address))


def test_a_new_recommendation_that_was_never_saved_is_offered(advice, room):
    given = {"text": "Half", "reason": "Omdat het zo is.", "refers_to": "blz. 4"}
    room.post(url("keep_new_recommendation", advice), given)
    address = url("add_recommendation", advice)
    chosen = text_of(room.get(address, {"concept": RecommendationSave.objects.get().pk}))
    assert "Omdat het zo is.</textarea>" in chosen and 'value="blz. 4"' in chosen
    assert room.post(address, given).status_code == 302
    assert "niet is opgeslagen" not in text_of(room.get(address))


@pytest.mark.parametrize("state", [AdviceState.ADOPTED, AdviceState.DROPPED])
def test_a_draft_is_kept_while_the_advice_is_adopted(advice, section, recommendation, room, state):
    Advice.objects.update(state=state)
    assert room.post(url("keep_section", advice, section.public_id), TYPED).status_code == 200
    answer = room.post(url("keep_recommendation", advice, recommendation.public_id), {"text": "Half", "version": "1"})
    assert answer.status_code == 200
    assert (SectionSave.objects.count(), RecommendationSave.objects.count()) == (1, 1)


def test_a_draft_for_a_part_that_is_gone_is_kept_with_the_new_parts(advice, section, room, saskia):
    drafting.remove_section(section, by=saskia.person)
    assert room.post(url("keep_section", advice, section.public_id), TYPED).status_code == 200
    assert "Half werk van Fatma" in text_of(room.get(url("add_section", advice)))


def test_every_kept_text_can_be_reached(advice, section, room, fatma):
    for number in range(kept.MOST + 5):
        saving.keep(
            advice, section.pk, heading="Kop", text=f"<p>Tekst-{number}.</p>", based_on=0, became=None, by=fatma.person
        )
    seen, address = "", url("saved_texts", advice)
    while address:
        response = room.get(address)
        seen += text_of(response)
        older = response.context["older"]
        address = f"{url('saved_texts', advice)}?voor={older.replace('+', '%2B')}" if older else ""
    assert [number for number in range(kept.MOST + 5) if f"Tekst-{number}." not in seen] == []
    assert room.get(url("saved_texts", advice), {"voor": "gisteren"}).status_code == 200


def test_the_page_comes_before_its_editor(advice, section, room):
    page = room.get(url("edit_section", advice, section.public_id))
    editor = len(brotli.compress(Path(finders.find("build/editor.js")).read_bytes()))  # as WhiteNoise keeps it ready
    print(f"page {bytes_of(page) / 1000:.1f} kB, editor {editor / 1000:.1f} kB after it")
    assert bytes_of(page) + editor < MOST_BYTES
    assert "build/editor.js" not in room.get(advice.get_absolute_url()).content.decode()


# --- recommendations ---


def test_every_submitted_recommendation_is_on_file_with_its_reason(advice, room):
    given = {"text": "Houd het busje.", "reason": "Omdat.", "refers_to": "blz. 3"}
    room.post(url("add_recommendation", advice), given)
    made = advice.recommendations.get()
    changed = {**given, "text": "Houd de bus.", "version": "1", "because": "Het is een bus."}
    room.post(url("edit_recommendation", advice, made.public_id), changed)
    saves = RecommendationSave.objects.order_by("pk")
    assert list(saves.values_list("recommendation_id", "based_on", "became", "text", "reason")) == [
        (made.pk, 0, 1, "Houd het busje.", ""), (made.pk, 1, 2, "Houd de bus.", "Het is een bus."),
    ]  # fmt: skip
    page = text_of(room.get(url("saved_texts", advice), {"deel": made.public_id}))
    assert "Het is een bus." in page and "Waarom gewijzigd:" in page and "Versie 2" in page


def test_the_second_writer_of_a_recommendation_gets_both_texts(advice, recommendation, room, saskia, fatma):
    saving.save_recommendation(advice, recommendation, text="Betaal 12 euro.", version=1, by=saskia.person)
    address = url("edit_recommendation", advice, recommendation.public_id)
    response = room.post(address, {"text": "Betaal 31 euro.", "reason": "Te duur.", "version": "1", "because": "Prijs"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Saskia de Wit heeft deze aanbeveling bewaard terwijl u schreef." in page
    assert '<del><span class="portal-visually-hidden">Saskia de Wit: </span>12</del>' in page
    assert '<ins><span class="portal-visually-hidden">uw tekst: </span>31</ins>' in page
    assert 'name="version" value="2"' in page and 'value="Prijs"' in page
    late = RecommendationSave.objects.get(author=fatma.person)
    assert (late.text, late.why, late.became) == ("Betaal 31 euro.", "Te duur.", None)
    assert room.post(address, {"text": "Betaal 31 euro.", "version": "2"}).status_code == 302
    recommendation.refresh_from_db()
    assert (recommendation.text, recommendation.version) == ("Betaal 31 euro.", 3)


def test_a_conflict_about_what_was_heard_shows_it(advice, council, recommendation, room, saskia):
    heard = factories.ActivityFactory(council=council, title="Spreekuur in de wijk")
    saving.save_recommendation(
        advice, recommendation, text="Houd het busje.", reason="Want.", rests_on=[heard], version=1, by=saskia.person
    )
    given = {"text": "Houd het busje.", "reason": "Want.", "version": "1"}
    response = room.post(url("edit_recommendation", advice, recommendation.public_id), given)
    assert response.status_code == 409
    assert "Spreekuur in de wijk</del>" in text_of(response)
    assert list(recommendation.rests_on.all()) == [heard]


def test_the_same_recommendation_twice_is_one_version(advice, recommendation, fatma):
    for _time in range(2):
        saving.save_recommendation(advice, recommendation, text="Nieuw.", version=1, by=fatma.person)
    recommendation.refresh_from_db()
    assert recommendation.version == 2
    assert list(RecommendationSave.objects.values_list("became", flat=True)) == [2, 2]


@pytest.mark.parametrize("happened", ["removed", "adopted"])
@pytest.mark.parametrize("name", ["add_recommendation", "edit_recommendation"])
def test_a_recommendation_that_came_too_late_is_kept(advice, recommendation, room, fatma, saskia, happened, name):
    address = url(name, advice, *([recommendation.public_id] if name == "edit_recommendation" else []))
    if happened == "removed":
        drafting.remove_recommendation(recommendation, by=saskia.person)
    else:
        Advice.objects.update(state=AdviceState.ADOPTED)
    response = room.post(address, {"text": "Mijn werk aan dit stuk", "version": "1"})
    if (happened, name) == ("removed", "add_recommendation"):
        assert response.status_code == 302
    else:
        assert response.status_code == 409
        assert "Mijn werk aan dit stuk" in text_of(response) and "Uw tekst is bewaard" in text_of(response)
    assert RecommendationSave.objects.get(author=fatma.person).text == "Mijn werk aan dit stuk"
    assert "Mijn werk aan dit stuk" in text_of(room.get(url("saved_texts", advice), {"van": "mij"}))


def test_a_removed_recommendation_that_nobody_saved_is_kept_too(advice, recommendation, saskia):
    drafting.remove_recommendation(recommendation, by=saskia.person)
    row = RecommendationSave.objects.get()
    assert (row.text, row.why, row.number, row.became) == ("Houd het busje.", "Want.", 1, 1)


def test_the_verbs_raise_what_they_kept(advice, section, recommendation, saskia, fatma):
    saving.save_recommendation(advice, recommendation, text="A", version=1, by=saskia.person)
    with pytest.raises(StaleVersion) as stale:
        saving.save_recommendation(advice, recommendation, text="B", reason="Om", version=1, by=fatma.person)
    assert (stale.value.current.by, stale.value.text, stale.value.why) == (saskia.person, "B", "Om")
    Advice.objects.update(state=AdviceState.ADOPTED)
    with pytest.raises(PartGone):
        saving.add_section(advice, heading="Nieuw", text="<p>C</p>", by=fatma.person)
    assert SectionSave.objects.get(author=fatma.person, section_id=0).text == "<p>C</p>"


def test_a_section_says_why_it_changed(advice, section, room):
    address = url("edit_section", advice, section.public_id)
    room.post(address, {**TYPED, "because": "Het klopte niet meer."})
    assert SectionSave.objects.get().reason == "Het klopte niet meer."
    assert "Het klopte niet meer." in text_of(room.get(url("saved_texts", advice)))


# --- the editor's HTML ---


def test_what_the_editor_sends_counts_and_is_cleaned(advice, section, room):
    made = "<h3>Kop</h3><script>alert(1)</script><p onclick='x'>Tekst <b>vet</b></p><ul><li><p>een</p></li></ul>"
    given = {**TYPED, "text": "de oude tekst", "text_html": made}
    assert room.post(url("edit_section", advice, section.public_id), given).status_code == 302
    section.refresh_from_db()
    assert section.text == "<h3>Kop</h3><p>Tekst vet</p><ul><li>een</li></ul>"
    emptied = {**given, "version": "2", "text_html": "<p></p>"}
    room.post(url("edit_section", advice, section.public_id), emptied)
    section.refresh_from_db()
    assert section.text == ""


def test_a_refused_text_of_the_editor_comes_back_in_the_box_and_the_editor(advice, section, room):
    given = {"heading": "", "text": "oud", "text_html": "<h3>Mijn kop</h3>", "version": "1"}
    response = room.post(url("edit_section", advice, section.public_id), given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "### Mijn kop</textarea>" in page and "<h3>Mijn kop</h3></template>" in page


# --- presence ---


def test_who_is_writing_is_seen_for_two_minutes_and_holds_nobody_up(advice, section, room, sign_in, saskia):
    address = url("edit_section", advice, section.public_id)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(saskia).get(address)
        seen = "Saskia de Wit schrijft nu in dit deel"
        assert seen in text_of(room.get(address)) and seen in text_of(room.get(advice.get_absolute_url()))
        assert seen not in text_of(sign_in(saskia).get(advice.get_absolute_url()))
        clock.shift(timedelta(minutes=2))
        assert seen not in text_of(room.get(address))
        sign_in(saskia).post(url("keep_section", advice, section.public_id), TYPED)
        assert seen in text_of(room.get(advice.get_absolute_url()))
    assert room.post(address, TYPED).status_code == 302


def test_who_saved_and_closed_is_gone(advice, section, recommendation, room):
    room.get(url("edit_section", advice, section.public_id))
    room.get(url("edit_recommendation", advice, recommendation.public_id))
    assert Presence.objects.count() == 2
    room.post(url("edit_section", advice, section.public_id), TYPED)
    room.post(url("edit_recommendation", advice, recommendation.public_id), {"text": "Nieuw", "version": "1"})
    assert Presence.objects.count() == 0


def test_presence_of_another_advice_is_not_shown(advice, section, council, fatma, saskia):
    other = factories.SectionFactory(advice=factories.AdviceFactory(council=council), position=1)
    drafts.is_writing(other, by=saskia.person)
    assert drafts.writing_now(advice, besides=fatma.person) == []
