"""What a council does with a request, and what the authority hears of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from consultations.actions import (
    accept,
    answer_question,
    ask_question,
    decline,
    extend,
    mark_advised,
    place_on_agenda,
    register_answer,
    withdraw,
)
from consultations.models import CouncilRequest, RequestQuestion
from consultations.states import ARROWS, RequestState
from councils.models import Appointment
from meetings.models import AgendaItem
from meetings.states import MeetingState
from portal.access import Refused
from portal.documents import keep
from portal.models import Message
from tests.consultations.conftest import events, messages_of
from tests.factories import AppointmentFactory, MeetingFactory


def test_every_state_has_its_arrows():
    assert set(ARROWS) == set(RequestState)
    closed = [RequestState.DECLINED, RequestState.ADVISED, RequestState.WITHDRAWN]
    assert all(ARROWS[state] == set() for state in closed)


def test_a_council_takes_a_request_in_hand(part, saskia):
    accepted = accept(part, by=saskia.person)
    assert (accepted.state, accepted.accepted_on, accepted.handled_by) == (
        RequestState.ACCEPTED, timezone.localdate(), saskia.person,
    )  # fmt: skip
    assert events() == ["consultations.request_accepted"]
    with pytest.raises(Refused):
        accept(part, by=saskia.person)


# --- declining ------------------------------------------------------------------------------------------------------


def test_declining_tells_the_contact_officer_why(part, saskia, committing):
    with committing():
        decline(part, reason="Dit gaat ons niet aan.", by=saskia.person)
    part.refresh_from_db()
    assert (part.state, part.close_reason, part.close_note) == (RequestState.DECLINED, "Dit gaat ons niet aan.", "")
    assert messages_of("request_declined") == ["Victor Visser"]
    assert "Dit gaat ons niet aan." in mail.outbox[0].body
    assert events() == ["consultations.request_declined"]


def test_declining_needs_a_reason(part, saskia):
    with pytest.raises(Refused) as refused:
        decline(part, reason="  ", by=saskia.person)
    assert refused.value.field == "reason"
    part.refresh_from_db()
    assert part.state == RequestState.SUBMITTED


def test_declining_after_the_term_leaves_a_note(part, saskia):
    part.received_on = part.request.letter_date = date(2026, 4, 13)
    part.decline_until = date(2026, 4, 28)
    part.save()
    part.request.save()
    with time_machine.travel("2026-04-28 23:00:00+02:00"):
        assert decline_note(part) == ""
    with time_machine.travel("2026-04-29 09:00:00+02:00"):
        declined = decline(part, reason="Te druk", by=saskia.person)
    assert declined.state == RequestState.DECLINED
    assert "28 april 2026" in declined.close_note
    assert "art. 7 lid 5" in declined.close_note


def decline_note(part) -> str:
    from consultations.actions.handling import late_note

    return late_note(part)


def test_a_closed_request_cannot_be_handled(part, saskia, victor):
    withdraw(part, reason="Niet meer nodig", by=victor.person)
    meeting = MeetingFactory(council=part.council)
    for verb, facts in [
        (accept, {}), (decline, {"reason": "x"}), (extend, {"reason": "x"}), (ask_question, {"question": "x"}),
        (withdraw, {"reason": "x"}), (place_on_agenda, {"meeting": meeting}),
    ]:  # fmt: skip
        with pytest.raises(Refused):
            verb(part, by=saskia.person, **facts)
    assert events() == ["consultations.request_withdrawn"]


# --- more time ------------------------------------------------------------------------------------------------------


def test_the_term_is_extended_once_by_the_rule_book(part, saskia, committing):
    part.received_on = part.request.letter_date = date(2026, 4, 13)
    part.due_on = date(2026, 5, 26)
    part.save()
    part.request.save()
    with committing():
        extend(part, reason="De zomer", by=saskia.person)
    part.refresh_from_db()
    assert (part.due_on, part.due_article) == (date(2026, 6, 8), "art. 7 lid 1")
    assert part.extended_on == timezone.localdate()
    assert len(part.due_steps) >= 3
    assert messages_of("request_extended") == ["Victor Visser"]
    assert "maandag 8 juni 2026 (art. 7 lid 1)" in mail.outbox[0].body
    assert "De zomer" in mail.outbox[0].body
    with pytest.raises(Refused):
        extend(part, reason="Nog eens", by=saskia.person)
    assert messages_of("request_extended") == ["Victor Visser"]


def test_without_a_rule_there_is_no_more_time(part, saskia):
    instrument = part.council.instruments.get()
    instrument.rules["advice_term"].pop("extension_weeks")
    instrument.save()
    with pytest.raises(Refused):
        extend(part, reason="De zomer", by=saskia.person)
    with pytest.raises(Refused):
        extend(part, reason="", by=saskia.person)
    assert events() == []


# --- questions ------------------------------------------------------------------------------------------------------


def test_a_question_goes_to_the_contact_and_the_answer_comes_back(part, saskia, chair, victor, committing):
    with committing():
        asked = ask_question(part, question="Wat kost het?", by=chair.person)
    assert messages_of("question_asked") == ["Victor Visser"]
    assert "Wat kost het?" in mail.outbox[0].body
    assert "Wat kost het?" not in mail.outbox[0].subject
    with committing():
        answer_question(asked, answer="Drie ton.", by=victor.person)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.received_on) == ("Drie ton.", victor.person, None)
    assert messages_of("question_answered") == ["Chris Bakker", "Saskia de Wit"]
    assert "Drie ton." not in mail.outbox[-1].body  # the page says it
    assert events() == ["consultations.question_asked", "consultations.question_answered"]
    with pytest.raises(Refused):
        answer_question(asked, answer="Nog eens", by=victor.person)


def test_a_contact_who_left_is_replaced_by_the_contact_officers(part, saskia, victor):
    Appointment.objects.filter(person=victor.person).update(ends_on=timezone.localdate() - timedelta(days=1))
    successor = AppointmentFactory(authority=part.request.authority, person__name="Opvolger")
    ask_question(part, question="Wat kost het?", by=saskia.person)
    assert messages_of("question_asked") == [successor.person.name]


def test_without_anyone_at_the_authority_the_question_is_only_on_file(part, saskia, victor):
    Appointment.objects.all().delete()
    asked = ask_question(part, question="Wat kost het?", by=saskia.person)
    assert not Message.objects.exists()
    file = keep(b"eml", "antwoord.eml", "message/rfc822", by=saskia.person, council_id=part.council_id)
    register_answer(asked, answer="", document=file, received_on=timezone.localdate(), by=saskia.person)
    asked.refresh_from_db()
    assert (asked.document, asked.received_on, asked.answered_by) == (file, timezone.localdate(), saskia.person)
    assert not Message.objects.exists()


def test_an_answer_needs_words_and_a_possible_day(part, saskia, victor):
    asked = ask_question(part, question="Wat kost het?", by=saskia.person)
    today = timezone.localdate()
    for answer, day, field in [
        ("", today, "answer"), ("x", today + timedelta(days=1), "received_on"),
        ("x", today - timedelta(days=1), "received_on"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            register_answer(asked, answer=answer, received_on=day, by=saskia.person)
        assert refused.value.field == field
    with pytest.raises(Refused):
        answer_question(asked, answer=" ", by=victor.person)
    with pytest.raises(Refused):
        ask_question(part, question=" ", by=saskia.person)
    assert RequestQuestion.objects.get().answered_at is None


def test_a_question_that_was_answered_is_not_mailed_any_more(part, saskia, victor):
    from portal.post import BUILDERS, NoLongerNeeded

    asked = ask_question(part, question="Wat kost het?", by=saskia.person)
    answer_question(asked, answer="Drie ton.", by=victor.person)
    message = Message.objects.get(kind="consultations.question_asked")
    with pytest.raises(NoLongerNeeded):
        BUILDERS[message.kind](message)


# --- agenda, withdrawal, advice -------------------------------------------------------------------------------------


def test_a_request_gets_an_item_on_the_agenda(part, saskia):
    meeting = MeetingFactory(council=part.council)
    placed = place_on_agenda(part, meeting=meeting, by=saskia.person)
    assert (placed.agenda_item.meeting, placed.agenda_item.title) == (meeting, part.request.subject)
    other = AgendaItem.objects.create(meeting=meeting, council=part.council, position=9, title="Vervoer")
    placed = place_on_agenda(part, meeting=meeting, item=other, by=saskia.person)
    assert placed.agenda_item == other
    assert events().count("consultations.request_on_agenda") == 2


def test_only_a_coming_meeting_of_the_own_council(part, saskia):
    elsewhere = MeetingFactory()
    cancelled = MeetingFactory(council=part.council, state=MeetingState.CANCELLED)
    over = MeetingFactory(council=part.council, starts_at=timezone.now() - timedelta(days=2))
    for meeting in (elsewhere, cancelled, over):
        with pytest.raises(Refused):
            place_on_agenda(part, meeting=meeting, by=saskia.person)
    mine, other = MeetingFactory(council=part.council), MeetingFactory(council=part.council)
    item = AgendaItem.objects.create(meeting=other, council=part.council, position=1, title="x")
    with pytest.raises(Refused):
        place_on_agenda(part, meeting=mine, item=item, by=saskia.person)
    part.refresh_from_db()
    assert part.agenda_item is None


def test_withdrawing_tells_secretary_and_chair(part, saskia, chair, fatma, victor, committing):
    with committing():
        withdraw(part, reason="Het plan gaat niet door.", by=victor.person)
    part.refresh_from_db()
    assert (part.state, part.closed_on) == (RequestState.WITHDRAWN, timezone.localdate())
    assert messages_of("request_withdrawn") == ["Chris Bakker", "Saskia de Wit"]
    assert "Het plan gaat niet door." in mail.outbox[0].body


def test_an_issued_letter_closes_the_request_once(part, saskia):
    assert mark_advised(part, by=saskia.person).state == RequestState.ADVISED
    assert mark_advised(part, by=saskia.person).state == RequestState.ADVISED
    assert events() == ["consultations.request_advised"]


def test_a_letter_on_a_withdrawn_request_leaves_it_withdrawn(part, saskia, victor):
    withdraw(part, reason="Niet meer nodig", by=victor.person)
    assert mark_advised(part, by=saskia.person).state == RequestState.WITHDRAWN
    assert CouncilRequest.objects.get(pk=part.pk).state == RequestState.WITHDRAWN
