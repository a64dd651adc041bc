"""Writing an advice together: nothing that somebody types is ever lost."""

import threading
from datetime import date

import pytest
from django.db import connection

from advice.actions import drafting, saving
from advice.actions.letter_details import StaleDetails, details_of, save_details, seen_digest
from advice.actions.saving import PartGone, StaleVersion
from advice.models import Recommendation, Section, SectionSave
from advice.states import AdviceKind, AdviceState
from consultations.states import RequestState
from portal.access import Refused
from portal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")


@pytest.fixture
def section(advice):
    return factories.SectionFactory(advice=advice, position=1, text="<p>Eerste tekst.</p>")


def last_event() -> tuple[str, int | None]:
    event = AuditEvent.objects.latest("pk")
    return event.event, event.actor_id


# --- starting ---


def test_an_accepted_request_brings_what_it_says(council, authority, saskia, chair):
    council.instruments.update(rules={"copy_to": ["municipal_council"]})
    topic = factories.PolicyTopicFactory(authority=authority)
    asked = factories.CouncilRequestFactory(
        council=council, accepted=True,
        request=factories.AdviceRequestFactory(
            authority=authority, submitted=True, subject="Vervoer naar dagbesteding", topic=topic, laws=["wmo"],
            reference="Z-12", contact=factories.PersonFactory(name="Victor Visser"),
        ),
    )  # fmt: skip
    advice = drafting.start_from_request(asked, by=saskia.person)
    assert (advice.kind, advice.state, advice.subject) == (
        AdviceKind.SOLICITED, AdviceState.DRAFT, "Vervoer naar dagbesteding",
    )  # fmt: skip
    assert (advice.topic, advice.laws, advice.your_reference) == (topic, ["wmo"], "Z-12")
    assert (advice.attention_of, advice.salutation) == ("Victor Visser", "Geacht college,")
    assert list(advice.authorities.all()) == [authority]
    assert advice.copy_to == ["gemeenteraad, via de griffie"]
    assert [section.heading for section in advice.sections.all()] == [
        "Aanleiding", "Hoe dit advies tot stand kwam", "Wat wij goed vinden", "Ons oordeel",
    ]  # fmt: skip
    assert [(one.name, one.role) for one in advice.signatories.all()] == [
        ("Chris Bakker", "voorzitter"), ("Saskia de Wit", "secretaris"),
    ]  # fmt: skip
    assert last_event() == ("advice.started", saskia.person.pk)


@pytest.mark.parametrize("state", [RequestState.SUBMITTED, RequestState.WITHDRAWN, RequestState.ADVISED])
def test_only_an_accepted_request_can_be_answered(council, authority, saskia, state):
    request = factories.AdviceRequestFactory(authority=authority, submitted=True)
    asked = factories.CouncilRequestFactory(council=council, request=request, state=state)
    with pytest.raises(Refused):
        drafting.start_from_request(asked, by=saskia.person)
    assert council.advices.count() == 0


def test_one_request_has_one_draft(council, authority, saskia):
    request = factories.AdviceRequestFactory(authority=authority, submitted=True)
    asked = factories.CouncilRequestFactory(council=council, request=request, accepted=True)
    drafting.start_from_request(asked, by=saskia.person)
    with pytest.raises(Refused):
        drafting.start_from_request(asked, by=saskia.person)
    assert council.advices.count() == 1


def test_an_unsolicited_advice_rests_on_what_was_heard(council, authority, saskia):
    heard = factories.ActivityFactory(council=council)
    elsewhere = factories.ActivityFactory()
    advice = drafting.start_unsolicited(
        council, subject="Wachttijd", authorities=[authority], activities=[heard, elsewhere], by=saskia.person
    )
    assert advice.kind == AdviceKind.UNSOLICITED
    assert list(advice.recommendations.get().rests_on.all()) == [heard]


# --- sections ---


def test_a_saved_section_is_clean_and_counts_up(advice, section, fatma):
    saved = saving.save_section(
        advice, section, heading="Aanleiding", text="<p onclick='x'>Nieuw</p><script>1</script>", version=1,
        by=fatma.person,
    )  # fmt: skip
    assert (saved.text, saved.version) == ("<p>Nieuw</p>", 2)
    assert last_event() == ("section.saved", fatma.person.pk)
    kept = SectionSave.objects.get()
    assert (kept.text, kept.based_on, kept.became, kept.author) == ("<p>Nieuw</p>", 1, 2, fatma.person)


def test_the_second_of_two_sees_both_texts_and_loses_nothing(advice, section, fatma, saskia):
    saving.save_section(advice, section, heading="Aanleiding", text="<p>Van Saskia.</p>", version=1, by=saskia.person)
    with pytest.raises(StaleVersion) as stale:
        saving.save_section(advice, section, heading="Kop", text="<p>Van Fatma.</p>", version=1, by=fatma.person)
    current = stale.value.current
    assert (current.text, current.version, current.by) == ("<p>Van Saskia.</p>", 2, saskia.person)
    assert (stale.value.heading, stale.value.text) == ("Kop", "<p>Van Fatma.</p>")
    section.refresh_from_db()
    assert (section.text, section.version) == ("<p>Van Saskia.</p>", 2)
    kept = SectionSave.objects.get(author=fatma.person)
    assert (kept.heading, kept.text, kept.became) == ("Kop", "<p>Van Fatma.</p>", None)
    merged = saving.save_section(
        advice, section, heading="Kop", text="<p>Van ons.</p>", version=current.version, by=fatma.person
    )
    assert (merged.text, merged.version) == ("<p>Van ons.</p>", 3)


def test_the_same_form_sent_twice_is_no_conflict(advice, section, fatma):
    for _time in range(2):
        saved = saving.save_section(advice, section, heading="A", text="<p>Tekst</p>", version=1, by=fatma.person)
    assert saved.version == 2


def test_a_text_for_an_adopted_advice_is_kept_and_not_used(advice, section, fatma):
    advice.state = AdviceState.ADOPTED
    advice.save()
    with pytest.raises(PartGone):
        saving.save_section(advice, section, heading="A", text="<p>Te laat</p>", version=1, by=fatma.person)
    section.refresh_from_db()
    assert section.text == "<p>Eerste tekst.</p>"
    assert SectionSave.objects.get(advice=advice, author=fatma.person).text == "<p>Te laat</p>"


def test_a_text_for_a_removed_section_is_kept(advice, section, fatma, saskia):
    drafting.remove_section(Section.objects.get(pk=section.pk), by=saskia.person)
    with pytest.raises(PartGone):
        saving.save_section(advice, section, heading="A", text="<p>Mijn tekst</p>", version=1, by=fatma.person)
    assert SectionSave.objects.get(author=fatma.person).text == "<p>Mijn tekst</p>"
    # and what stood in the removed section, which no save had held:
    assert SectionSave.objects.get(author=saskia.person).text == "<p>Eerste tekst.</p>"


def test_sections_move_and_stop_at_the_ends(advice, saskia):
    made = [saving.add_section(advice, heading=name, by=saskia.person) for name in "ABC"]

    def order() -> str:
        return "".join(section.heading for section in advice.sections.all())

    drafting.move_section(made[2], -1, by=saskia.person)
    assert order() == "ACB"
    drafting.move_section(made[0], -1, by=saskia.person)
    assert order() == "ACB"
    drafting.move_section(made[0], 1, by=saskia.person)
    assert order() == "CAB"
    drafting.remove_section(made[0], by=saskia.person)
    assert order() == "CB"


@pytest.mark.parametrize("state", [AdviceState.ADOPTED, AdviceState.ISSUED, AdviceState.DROPPED])
def test_only_a_draft_is_written(advice, section, saskia, state):
    recommendation = factories.RecommendationFactory(advice=advice, number=1)
    advice.state = state
    advice.save()
    by = saskia.person
    for change in (
        lambda: saving.add_section(advice, heading="X", by=by),
        lambda: drafting.move_section(section, 1, by=by),
        lambda: drafting.remove_section(section, by=by),
        lambda: saving.add_recommendation(advice, text="X", by=by),
        lambda: saving.save_recommendation(advice, recommendation, text="X", version=1, by=by),
        lambda: drafting.move_recommendation(recommendation, 1, by=by),
        lambda: drafting.remove_recommendation(recommendation, by=by),
        lambda: drafting.comment(advice, text="X", by=by),
        lambda: save_details(advice, details_of(advice), seen=seen_digest(advice), by=by),
    ):
        with pytest.raises(Refused):
            change()
    # What came too late for the text is kept, and nothing else happened.
    assert set(AuditEvent.objects.values_list("event", flat=True)) == {"section.kept", "recommendation.kept"}


@pytest.mark.django_db(transaction=True)
def test_eight_people_saving_at_once_lose_no_word(council, authority):
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    section = factories.SectionFactory(advice=advice, position=1)
    people = [factories.PersonFactory() for _ in range(8)]
    start, outcomes = threading.Barrier(len(people)), []

    def save(number: int) -> None:
        try:
            start.wait()
            saving.save_section(
                advice, section, heading="A", text=f"<p>Tekst {number}</p>", version=1, by=people[number]
            )
            outcomes.append((number, "saved"))
        except StaleVersion as stale:
            outcomes.append((number, stale.text))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[number]) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [number for number, outcome in outcomes if outcome == "saved"]
    assert len(outcomes) == 8 and len(winners) == 1
    section.refresh_from_db()
    assert (section.text, section.version) == (f"<p>Tekst {winners[0]}</p>", 2)
    for number, person in enumerate(people):
        assert SectionSave.objects.get(author=person).text == f"<p>Tekst {number}</p>"


# --- recommendations ---


def test_recommendations_keep_gapless_numbers(advice, saskia):
    made = [saving.add_recommendation(advice, text=text, by=saskia.person) for text in "ABC"]
    drafting.move_recommendation(made[2], -1, by=saskia.person)
    assert list(advice.recommendations.values_list("number", "text")) == [(1, "A"), (2, "C"), (3, "B")]
    drafting.remove_recommendation(made[0], by=saskia.person)
    assert list(advice.recommendations.values_list("number", "text")) == [(1, "C"), (2, "B")]
    assert advice.comments.get().text == "Aanbeveling 1 weggehaald: A"
    assert last_event() == ("recommendation.removed", saskia.person.pk)


def test_a_recommendation_is_saved_on_top_of_the_version_its_writer_saw(advice, council, saskia, fatma):
    heard = factories.ActivityFactory(council=council)
    made = saving.add_recommendation(advice, text="A", by=saskia.person)
    saving.save_recommendation(
        advice, made, text="B", reason="Omdat", refers_to="blz. 3", rests_on=[heard], version=1, by=fatma.person
    )
    with pytest.raises(StaleVersion) as stale:
        saving.save_recommendation(advice, made, text="C", reason="Want", version=1, by=saskia.person)
    assert (stale.value.current.text, stale.value.text, stale.value.why) == ("B", "C", "Want")
    made.refresh_from_db()
    assert (made.text, made.reason, made.refers_to, made.version) == ("B", "Omdat", "blz. 3", 2)
    assert list(made.rests_on.all()) == [heard]


def test_a_recommendation_rests_on_what_the_own_council_heard(advice, saskia):
    with pytest.raises(Refused) as refused:
        saving.add_recommendation(advice, text="A", rests_on=[factories.ActivityFactory()], by=saskia.person)
    assert refused.value.field == "rests_on"
    assert not Recommendation.objects.exists()


def test_a_comment_is_about_this_advice(advice, fatma):
    other = factories.RecommendationFactory()
    with pytest.raises(Refused):
        drafting.comment(advice, text="Goed", recommendation=other, by=fatma.person)
    said = drafting.comment(advice, text="Goed", by=fatma.person)
    assert (said.author, said.council) == (fatma.person, advice.council)
    assert last_event() == ("comment.added", fatma.person.pk)


# --- the details of the letter ---


def test_the_details_are_saved_as_a_whole(advice, authority, saskia):
    details = {
        **details_of(advice), "subject": "Nieuw", "tenor": "negative", "questions": ["Een?", "Twee?"],
        "minority_views": [{"by": "Een lid", "text": "Anders."}], "copy_to": ["griffier"],
        "signatories": [{"name": "C. Bakker", "role": "voorzitter"}],
    }  # fmt: skip
    saved = save_details(advice, details, seen=seen_digest(advice), by=saskia.person)
    assert details_of(saved) == details
    assert [question.number for question in saved.questions.all()] == [1, 2]
    assert last_event() == ("advice.details_saved", saskia.person.pk)


def test_details_that_somebody_else_changed_are_not_overwritten(advice, saskia, fatma):
    seen = seen_digest(advice)
    save_details(advice, {**details_of(advice), "subject": "Van Fatma"}, seen=seen, by=fatma.person)
    mine = {**details_of(advice), "subject": "Van Saskia"}
    with pytest.raises(StaleDetails) as stale:
        save_details(advice, mine, seen=seen, by=saskia.person)
    assert (stale.value.changed, stale.value.current["subject"]) == (["subject"], "Van Fatma")
    advice.refresh_from_db()
    assert advice.subject == "Van Fatma"


def test_nothing_changes_when_the_audit_row_fails(advice, section, fatma, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("no audit row")

    monkeypatch.setattr(saving, "record", broken)
    with pytest.raises(RuntimeError):
        saving.save_section(advice, section, heading="A", text="<p>X</p>", version=1, by=fatma.person)
    section.refresh_from_db()
    assert (section.text, section.version) == ("<p>Eerste tekst.</p>", 1)
    assert not SectionSave.objects.exists()


def test_the_chair_of_today_signs(council, saskia):
    factories.MembershipFactory(council=council, chair=True, ended=True, person__name="Vorige Voorzitter")
    factories.MembershipFactory(
        council=council, chair=True, person__name="Nieuwe Voorzitter", starts_on=date(2025, 1, 1)
    )
    assert drafting.signing(council) == [("Nieuwe Voorzitter", "voorzitter"), ("Saskia de Wit", "secretaris")]
