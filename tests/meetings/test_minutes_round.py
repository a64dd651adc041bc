"""The correction round, adopting and the public version: what was adopted does not change, and no name slips out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from councils.models import Membership
from meetings.actions import adopting, agenda, correcting, publishing
from meetings.actions import minutes as writing
from meetings.actions.register import add_action
from meetings.minutes import minutes_to_adopt
from meetings.minutes_content import digest
from meetings.minutes_public import warnings_of
from meetings.models import AdoptedMinutes, MeetingDecision, MinutesCorrection, PublicMinutes
from meetings.states import Attendance, CorrectionState, MeetingState, MinutesState
from portal.access import Refused
from portal.models import Message
from portal.tasks import deliver
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def held(council, saskia, chair, fatma):
    meeting = MeetingFactory(council=council, state=MeetingState.HELD, starts_at=days_ago(20), title="Overleg van mei")
    for user in (saskia, chair, fatma):
        meeting.invitees.create(person=user.person, council=council, attendance=Attendance.PRESENT)
    return meeting


@pytest.fixture
def item(held, saskia):
    made = AgendaItemFactory(meeting=held, position=1, title="Vervoer")
    return writing.write_item(
        made, report="Fatma vertelde over de bus.", decision="Wij sturen een brief.\n\nWij bellen de wethouder.",
        public_report="Wij spraken over de bus.", version=0, by=saskia.person,
    )  # fmt: skip


@pytest.fixture
def later(council):
    meeting = MeetingFactory(council=council, state=MeetingState.HELD, starts_at=days_ago(1), title="Overleg van juni")
    return AgendaItemFactory(meeting=meeting, position=1, title="Verslag van de vorige vergadering")


@pytest.fixture
def minutes(item, saskia):
    return correcting.ask_corrections(item.meeting, by=saskia.person)


@pytest.fixture
def adopted(minutes, later, saskia):
    return adopting.adopt_minutes(minutes, item=later, by=saskia.person)


def page(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


# --- the round ---


def test_the_members_hear_of_it_once_and_read_it_until_a_last_day(minutes, saskia, fatma, chair):
    assert minutes.state == MinutesState.CORRECTION
    assert minutes.corrections_until == timezone.localdate() + timedelta(days=14)
    told = Message.objects.filter(kind="meetings.minutes_to_read")
    assert {message.person for message in told} == {fatma.person, chair.person}
    mail.outbox.clear()
    assert deliver(told.get(person=fatma.person).pk) == "sent"
    assert mail.outbox[0].subject == "Het verslag van een vergadering staat klaar om te lezen"
    assert "tot en met" in mail.outbox[0].body


def test_a_message_about_a_round_that_is_over_is_not_sent(minutes, saskia, fatma):
    correcting.take_back_draft(minutes, by=saskia.person)
    told = Message.objects.get(kind="meetings.minutes_to_read", person=fatma.person)
    assert deliver(told.pk) == "dropped"


def test_every_decision_gets_a_number_of_the_day_of_the_meeting(minutes, held):
    day = timezone.localdate(held.starts_at)
    rows = MeetingDecision.objects.order_by("number").values_list("number", "text", "decided_on")
    assert list(rows) == [
        (f"{day:%Y%m%d}-001", "Wij sturen een brief.", day), (f"{day:%Y%m%d}-002", "Wij bellen de wethouder.", day),
    ]  # fmt: skip


def test_a_decision_that_is_written_better_keeps_its_number(minutes, item, saskia):
    numbers = list(MeetingDecision.objects.order_by("number").values_list("number", flat=True))
    decision = "Wij schrijven een brief aan het college.\n\nWij bellen de wethouder."
    item = writing.write_item(item, report=item.report, decision=decision, version=1, by=saskia.person)
    rows = MeetingDecision.objects.order_by("number")
    assert [(row.number, row.text) for row in rows] == list(zip(numbers, decision.split("\n\n"), strict=True))
    with pytest.raises(Refused, match=numbers[0]):
        writing.write_item(item, report=item.report, decision="Alleen dit.", version=2, by=saskia.person)
    item.refresh_from_db()
    assert item.decision == decision


def test_nothing_is_sent_round_when_nothing_is_written(held, saskia):
    AgendaItemFactory(meeting=held, position=1)
    with pytest.raises(Refused, match="nog niets geschreven"):
        correcting.ask_corrections(held, by=saskia.person)


def test_a_member_corrects_and_reads_what_was_done_with_it(minutes, item, held, saskia, fatma, sign_in):
    fatmas = sign_in(fatma)
    assert "Klopt dit verslag?" in fatmas.get(page("report", held)).content.decode()
    form = fatmas.get(f"{page('correct', held)}?punt={item.pk}").content.decode()
    assert f'<option value="{item.pk}" selected>' in form
    sent = fatmas.post(page("correct", held), {"item": item.pk, "text": "Ik zei: de trein."})
    assert sent.status_code == 302
    correction = MinutesCorrection.objects.get()
    assert (correction.person, correction.entered_by, correction.item) == (fatma.person, fatma.person, item)
    settled = sign_in(saskia).post(
        page("settle_correction", held, correction.pk),
        {
            "taken_over": "yes", "answer": "Dank u.", "report": "Fatma vertelde over de trein.",
            "decision": item.decision, "version": "1",
        },
    )  # fmt: skip
    assert settled.status_code == 302
    item.refresh_from_db()
    correction.refresh_from_db()
    assert (item.report, item.version) == ("Fatma vertelde over de trein.", 2)
    assert item.public_report == "Wij spraken over de bus."
    assert correction.state == CorrectionState.TAKEN_OVER
    shown = fatmas.get(page("report", held)).content.decode()
    assert "Dank u." in shown
    assert "Fatma vertelde over de trein." in shown


def test_handling_a_correction_on_an_old_text_shows_both_texts(minutes, item, held, saskia, chair, fatma, sign_in):
    correction = correcting.send_correction(minutes, text="Trein.", item=item, person=fatma.person, by=fatma.person)
    writing.write_item(item, report="Van de voorzitter.", decision=item.decision, version=1, by=chair.person)
    answer = sign_in(saskia).post(
        page("settle_correction", held, correction.pk),
        {"taken_over": "yes", "report": "Van Saskia.", "decision": item.decision, "version": "1"},
    )
    assert answer.status_code == 409
    assert "Van de voorzitter." in answer.content.decode()
    assert "Van Saskia." in answer.content.decode()
    correction.refresh_from_db()
    assert correction.state == CorrectionState.OPEN


def test_who_does_not_take_over_a_correction_may_still_write_better(minutes, item, held, saskia, chair, fatma, sign_in):
    facts = {"taken_over": "no", "answer": "Het was de bus.", "decision": item.decision}
    for version, report in [("1", "Het was de bus, elk uur."), ("1", "Te laat gezien.")]:
        correction = correcting.send_correction(minutes, text=report, item=item, person=fatma.person, by=fatma.person)
        page_of = page("settle_correction", held, correction.pk)
        assert sign_in(saskia).post(page_of, facts | {"report": report, "version": version}).status_code == 302
    item.refresh_from_db()
    assert (item.report, item.version) == ("Het was de bus, elk uur.", 2)


def test_the_secretary_puts_in_a_correction_for_somebody(minutes, held, saskia, fatma, sign_in):
    sign_in(saskia).post(page("correct", held), {"text": "Per telefoon.", "person": fatma.person_id})
    correction = MinutesCorrection.objects.get()
    assert (correction.person, correction.entered_by) == (fatma.person, saskia.person)


def test_a_member_cannot_correct_in_the_name_of_another(minutes, held, saskia, fatma, sign_in):
    sign_in(fatma).post(page("correct", held), {"text": "Van mij.", "person": saskia.person_id})
    assert MinutesCorrection.objects.get().person == fatma.person


def test_not_taking_over_needs_an_answer_and_is_done_once(minutes, saskia, fatma):
    correction = correcting.send_correction(minutes, text="Anders.", person=fatma.person, by=fatma.person)
    with pytest.raises(Refused) as refused:
        correcting.settle_correction(correction, taken_over=False, answer=" ", by=saskia.person)
    assert refused.value.field == "answer"
    correcting.settle_correction(correction, taken_over=False, answer="Zo was het.", by=saskia.person)
    with pytest.raises(Refused, match="al afgehandeld"):
        correcting.settle_correction(correction, taken_over=True, answer="", by=saskia.person)


# --- adopting ---


def test_adopted_minutes_are_frozen_with_a_hash(adopted, minutes, item, later, saskia, fatma):
    minutes.refresh_from_db()
    assert (minutes.state, minutes.adopted_at_item) == (MinutesState.ADOPTED, later)
    assert minutes.adopted_on == timezone.localdate(later.meeting.starts_at)
    assert adopted.content["items"][0]["said"] == "Fatma vertelde over de bus."
    assert adopted.sha256 == digest(adopted.content)
    with pytest.raises(writing.TooLate):
        writing.write_item(item, report="Anders.", decision=item.decision, version=1, by=saskia.person)
    with pytest.raises(Refused):
        correcting.send_correction(minutes, text="Te laat.", person=fatma.person, by=fatma.person)
    with pytest.raises(Refused):
        correcting.take_back_draft(minutes, by=saskia.person)
    with pytest.raises(Refused):
        adopting.adopt_minutes(minutes, item=later, by=saskia.person)
    with pytest.raises(DatabaseError), transaction.atomic():
        AdoptedMinutes.objects.update(sha256="0" * 64)


def test_the_agenda_of_adopted_minutes_stays_as_it_is(adopted, item, saskia):
    item.refresh_from_db()
    with pytest.raises(Refused, match="agenda blijft"):
        agenda.change_item(item, title="Anders", by=saskia.person)


def test_a_decision_says_how_many_were_there(minutes):
    quorum = MeetingDecision.objects.order_by("number").first().quorum
    assert quorum["present"] == Membership.objects.filter(votes=True).count()


def test_a_text_that_arrived_for_adopted_minutes_is_shown_and_kept(adopted, item, saskia, sign_in):
    answer = sign_in(saskia).post(page("write_item", item.meeting, item.pk), {"report": "Te laat.", "version": "1"})
    assert answer.status_code == 409
    assert "Uw tekst is bewaard" in answer.content.decode()
    assert "Te laat." in answer.content.decode()
    assert item.minutes_versions.filter(version=None, report="Te laat.").exists()


def test_minutes_wait_until_every_correction_is_handled(minutes, later, saskia, fatma):
    correcting.send_correction(minutes, text="Anders.", person=fatma.person, by=fatma.person)
    with pytest.raises(Refused, match="elke correctie"):
        adopting.adopt_minutes(minutes, item=later, by=saskia.person)


def test_minutes_are_adopted_in_a_later_meeting_that_has_started(minutes, item, council, saskia):
    with pytest.raises(Refused, match="latere vergadering"):
        adopting.adopt_minutes(minutes, item=item, by=saskia.person)
    coming = AgendaItemFactory(meeting=MeetingFactory(council=council))
    with pytest.raises(Refused, match="nog niet begonnen"):
        adopting.adopt_minutes(minutes, item=coming, by=saskia.person)
    elsewhere = AgendaItemFactory(meeting=MeetingFactory(starts_at=days_ago(1)))
    with pytest.raises(Refused, match="dezelfde adviesraad"):
        adopting.adopt_minutes(minutes, item=elsewhere, by=saskia.person)


def test_the_next_agenda_is_offered_what_waits_to_be_adopted(minutes, council, later, saskia):
    assert minutes_to_adopt(council, timezone.now()) == [minutes]
    assert minutes_to_adopt(council, minutes.meeting.starts_at) == []
    adopting.adopt_minutes(minutes, item=later, by=saskia.person)
    assert minutes_to_adopt(council, timezone.now()) == []


def test_the_page_adopts_at_the_item_of_the_later_meeting(minutes, held, later, saskia, sign_in):
    client = sign_in(saskia)
    assert "Overleg van juni" not in client.get(page("adopt_minutes", held)).content.decode()
    assert "Verslag van de vorige vergadering" in client.get(page("adopt_minutes", held)).content.decode()
    assert client.post(page("adopt_minutes", held), {"item": later.pk}).status_code == 302
    assert "Dit verslag is vastgesteld" in client.get(page("report", held)).content.decode()


# --- the public version ---


@pytest.fixture
def published(adopted, saskia):
    return publishing.publish_minutes(adopted.minutes, {1: "Wij spraken over de bus."}, by=saskia.person)


def public_page(client, meeting):
    answer = client.get(page("public_minutes", meeting))
    return answer.status_code, answer.content.decode()


def test_the_public_reads_the_short_text_and_the_decisions_without_names(published, held, client, fatma, chair):
    status, shown = public_page(client, held)
    assert status == 200
    assert "Wij spraken over de bus." in shown
    assert "Wij bellen de wethouder." in shown
    assert "Fatma vertelde" not in shown
    assert not any(user.person.name in shown for user in (fatma, chair))
    assert "de voorzitter, de secretaris, 1 ander lid" in shown


def test_who_agreed_is_named(adopted, held, saskia, chair, client):
    Membership.objects.filter(person=chair.person).update(named_in_public=True)
    publishing.publish_minutes(adopted.minutes, {}, by=saskia.person)
    assert f"{chair.person.name} (voorzitter)" in public_page(client, held)[1]


def test_of_a_closed_item_only_the_ground_is_public(held, later, saskia, client):
    closed = AgendaItemFactory(
        meeting=held, position=2, title="Klacht van een lid", is_closed=True, closed_ground="persoonlijk belang",
        report="Gevoelig.", decision="Wij schrijven haar.", public_report="Mag niet.",
    )  # fmt: skip
    minutes = correcting.ask_corrections(held, by=saskia.person)
    adopted = adopting.adopt_minutes(minutes, item=later, by=saskia.person)
    publishing.publish_minutes(minutes, {1: "Toch getypt."}, by=saskia.person)
    shown = public_page(client, held)[1]
    assert "Besloten punt" in shown
    assert "persoonlijk belang" in shown
    register = client.get(reverse("meetings:public_decisions", args=[held.council.slug])).content.decode()
    for secret in (closed.title, "Gevoelig.", "Wij schrijven haar.", "Mag niet.", "Toch getypt."):
        assert secret not in shown
        assert secret not in register
    assert "Gevoelig." in str(adopted.content)


def test_names_and_addresses_in_the_public_text_are_pointed_out(adopted, held, fatma, saskia, sign_in):
    text = f"{fatma.person.name} mailt naar iemand@voorbeeld.nl of belt 06 12 34 56 78."
    answer = sign_in(saskia).post(page("publish_minutes", held), {"item_1": text, "look": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert not PublicMinutes.objects.exists()
    assert all(f"“{found}”" in shown for found in (fatma.person.name, "iemand@voorbeeld.nl", "06 12 34 56 78"))
    clean = sign_in(saskia).post(page("publish_minutes", held), {"item_1": "De bus.", "look": "1"})
    assert "vonden geen namen" in clean.content.decode()


def test_publishing_asks_to_look_first(adopted, held, saskia, sign_in):
    client = sign_in(saskia)
    assert client.post(page("publish_minutes", held), {"item_1": "De bus."}).status_code == 422
    assert not PublicMinutes.objects.exists()
    assert client.post(page("publish_minutes", held), {"item_1": "De bus.", "sure": "on"}).status_code == 302
    assert PublicMinutes.objects.get().content["items"][0]["said"] == "De bus."


def test_only_adopted_minutes_become_public(minutes, held, saskia, client):
    with pytest.raises(Refused, match="stelt de adviesraad het verslag vast"):
        publishing.publish_minutes(minutes, {}, by=saskia.person)
    assert public_page(client, held)[0] == 404


def test_a_withdrawn_report_says_since_when_and_why_and_comes_back_as_a_next_edition(published, held, saskia, client):
    minutes = published.adopted.minutes
    publishing.withdraw_minutes(minutes, why="Er stond een naam in.", by=saskia.person)
    status, shown = public_page(client, held)
    assert status == 200
    assert "Er stond een naam in." in shown
    assert "Wij spraken over de bus." not in shown
    assert client.get(page("public_minutes_pdf", held)).status_code == 404
    register = reverse("meetings:public_decisions", args=[held.council.slug])
    assert "Wij bellen de wethouder." not in client.get(register).content.decode()
    again = publishing.publish_minutes(minutes, {1: "Over de bus."}, by=saskia.person)
    assert again.edition == 2
    shown = public_page(client, held)[1]
    assert "Over de bus." in shown
    assert "Er stond een naam in." in shown
    assert "Wij bellen de wethouder." in client.get(register).content.decode()


def test_the_warnings_know_who_agreed(adopted, held, fatma):
    content = {"items": [{"number": 1, "title": "", "ground": "", "said": fatma.person.name, "decisions": []}]}
    assert warnings_of(content, held)
    Membership.objects.filter(person=fatma.person).update(named_in_public=True)
    assert warnings_of(content, held) == []


def test_an_action_of_the_item_stands_in_the_frozen_minutes(item, minutes, later, saskia, fatma):
    action = add_action(item.council, text="Bellen", owner=fatma.person, item=item, by=saskia.person)
    adopted = adopting.adopt_minutes(minutes, item=later, by=saskia.person)
    assert adopted.content["items"][0]["actions"] == [
        {"number": action.number, "text": "Bellen", "owner": fatma.person.name, "due": None}
    ]
