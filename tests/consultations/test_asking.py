"""The authority asks: a draft, sent once, with its own dates at each council."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from consultations.actions import (
    add_document,
    discard_request,
    remove_document,
    save_request,
    start_request,
    submit_request,
)
from consultations.models import AdviceRequest, CouncilRequest, RequestDocument
from consultations.states import RequestState, Visibility
from meetings.states import MeetingState
from portal.access import Refused
from portal.documents import keep
from portal.models import AuditEvent, Message
from tests.consultations.conftest import events, messages_of
from tests.factories import CouncilFactory, InstrumentFactory, MeetingFactory, MembershipFactory, ServedBodyFactory


def test_a_draft_belongs_to_who_starts_it(authority, victor):
    draft = start_request(authority, by=victor.person, subject="Vervoer")
    assert draft.is_draft
    assert (draft.created_by, draft.contact) == (victor.person, victor.person)
    assert events() == ["consultations.request_started"]


def test_each_step_saves_its_own_answers(draft, council, victor):
    other = CouncilFactory()
    save_request(draft, by=victor.person, changeable="De route", fixed="De wet")
    save_request(draft, by=victor.person, councils=[other], wanted_on=date(2026, 5, 29))
    draft.refresh_from_db()
    assert (draft.changeable, draft.fixed, draft.wanted_on) == ("De route", "De wet", date(2026, 5, 29))
    assert list(draft.wanted_councils.all()) == [other]
    assert events() == ["consultations.request_saved", "consultations.request_saved"]


def test_sending_gives_each_council_its_own_last_day(monday, draft, council, authority, victor, saskia):
    quick = CouncilFactory(name="Snelle raad")
    ServedBodyFactory(council=quick, authority=authority)
    InstrumentFactory(council=quick, rules={"advice_term": {"weeks": 4}, "articles": {"advice_term": "art. 3"}})
    silent = CouncilFactory(name="Zonder regels")
    ServedBodyFactory(council=silent, authority=authority)
    draft.wanted_councils.add(quick, silent)

    submit_request(draft, by=victor.person)

    assert {
        part.council.name: (part.due_on, part.due_article, part.decline_until)
        for part in CouncilRequest.objects.select_related("council")
    } == {
        council.name: (date(2026, 5, 26), "art. 7 lid 1", date(2026, 4, 28)),  # both shift past a day off
        "Snelle raad": (date(2026, 5, 11), "art. 3", None),
        "Zonder regels": (None, "", None),
    }
    draft.refresh_from_db()
    assert draft.letter_date == monday
    part = CouncilRequest.objects.get(council=council)
    assert part.state == RequestState.SUBMITTED
    assert [step["article"] for step in part.due_steps][1] == "art. 7 lid 1"


def test_the_rules_of_the_day_count(draft, council, victor):
    instrument = council.instruments.get()
    instrument.valid_until = date(2026, 4, 30)
    instrument.save()
    InstrumentFactory(
        council=council, title="Nieuwe verordening", valid_from=date(2026, 5, 1),
        rules={"advice_term": {"weeks": 2, "starts": "receipt"}, "articles": {"advice_term": "art. 1"}},
    )  # fmt: skip
    with time_machine.travel("2026-04-29 12:00:00+02:00"):
        (old,) = submit_request(draft, by=victor.person)
    assert old.due_on == date(2026, 6, 10)
    again = start_request(draft.authority, by=victor.person, subject="B", summary="b", questions=["b"], changeable="b")
    again.wanted_councils.add(council)
    with time_machine.travel("2026-05-04 12:00:00+02:00"):
        (new,) = submit_request(again, by=victor.person)
    assert (new.due_on, new.due_article) == (date(2026, 5, 18), "art. 1")


def test_a_wanted_date_that_is_too_short_is_noted_for_good_and_never_blocks(monday, draft, victor):
    save_request(draft, by=victor.person, wanted_on=date(2026, 5, 4))
    (part,) = submit_request(draft, by=victor.person)
    assert part.short_notice == "Gevraagde termijn: 21 dagen. Verordening: 6 weken (art. 7 lid 1)."


def test_a_term_that_a_day_off_made_longer_says_its_last_day(monday, draft, victor):
    save_request(draft, by=victor.person, wanted_on=date(2026, 5, 25))  # Whit Monday
    (part,) = submit_request(draft, by=victor.person)
    assert part.short_notice == (
        "Gevraagde termijn: 42 dagen. Verordening: 6 weken (art. 7 lid 1). De laatste dag is 26 mei 2026."
    )


def test_a_wanted_date_with_time_enough_leaves_no_note(monday, draft, victor):
    save_request(draft, by=victor.person, wanted_on=date(2026, 5, 26))
    (part,) = submit_request(draft, by=victor.person)
    assert part.short_notice == ""


def test_sending_writes_a_row_for_the_request_and_one_for_each_council(draft, council, victor):
    (part,) = submit_request(draft, by=victor.person)
    assert events() == ["consultations.request_submitted", "consultations.request_received"]
    row = AuditEvent.objects.get(event="consultations.request_received")
    assert (row.actor_id, row.council_id, row.authority_id) == (victor.person.pk, council.pk, draft.authority_id)
    assert (row.object_label, row.object_id) == ("consultations.CouncilRequest", part.pk)


def test_sender_secretary_and_chair_hear_of_it_once(draft, council, victor, saskia, chair, fatma, committing):
    MembershipFactory(person=chair.person, council=council, secretary=True)  # chair and secretary in one
    with committing():
        submit_request(draft, by=victor.person)
    assert messages_of("request_sent") == ["Victor Visser"]
    assert messages_of("request_received") == ["Chris Bakker", "Saskia de Wit"]
    assert len(mail.outbox) == 3


def test_the_mails_say_what_is_asked_but_not_in_the_subject(monday, draft, council, victor, saskia, committing):
    with committing():
        submit_request(draft, by=victor.person)
    to_secretary = next(m for m in mail.outbox if "saskia" in m.to[0])
    assert "Vervoer" not in to_secretary.subject
    assert "Vervoer naar dagbesteding" in to_secretary.body
    assert "dinsdag 26 mei 2026 (art. 7 lid 1)" in to_secretary.body
    assert f"/raad/{council.slug}/verzoeken/" in to_secretary.body
    assert to_secretary.from_email.startswith(f"{council.name} <")
    assert to_secretary.reply_to == [council.email]
    receipt = next(m for m in mail.outbox if "victor" in m.to[0])
    assert f"{council.name}: advies uiterlijk dinsdag 26 mei 2026 (art. 7 lid 1)" in receipt.body
    assert f"/bestuur/{draft.authority.slug}/aanvragen/{draft.public_id}/" in receipt.alternatives[0][0]


def test_a_secretary_without_email_gets_no_paper_about_a_page(draft, council, victor):
    MembershipFactory(council=council, secretary=True, person__without_email=True)
    submit_request(draft, by=victor.person)
    assert messages_of("request_received") == []


@pytest.mark.parametrize("lacking", ["summary", "questions", "changeable"])
def test_what_is_required_is_asked_for(draft, victor, lacking):
    setattr(draft, lacking, [] if lacking == "questions" else "")
    draft.save()
    with pytest.raises(Refused):
        submit_request(draft, by=victor.person)
    assert not CouncilRequest.objects.exists()
    assert events() == []


def test_a_request_needs_a_council(draft, victor):
    draft.wanted_councils.clear()
    with pytest.raises(Refused, match="adviesraad"):
        submit_request(draft, by=victor.person)


def test_a_council_that_stopped_advising_is_named(draft, council, victor):
    council.served_bodies.update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match=council.name):
        submit_request(draft, by=victor.person)


def test_a_request_is_sent_once(draft, victor, saskia):
    submit_request(draft, by=victor.person)
    for verb in (submit_request, save_request, discard_request):
        with pytest.raises(Refused):
            verb(draft, by=victor.person)
    assert CouncilRequest.objects.count() == 1
    assert Message.objects.filter(kind="consultations.request_received").count() == 1


def test_a_failing_audit_row_sends_nothing(draft, victor, saskia, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no audit")

    monkeypatch.setattr("consultations.actions.requests.record", broken)
    with pytest.raises(RuntimeError):
        submit_request(draft, by=victor.person)
    assert not CouncilRequest.objects.exists()
    assert not Message.objects.exists()
    assert AdviceRequest.objects.get().is_draft


def test_documents_come_and_go_while_it_is_a_draft(draft, victor):
    file = keep(b"%PDF-1.7", "plan.pdf", "application/pdf", by=victor.person, authority_id=draft.authority_id)
    paper = add_document(
        draft, file, title="", visibility=Visibility.EMBARGO, embargo_until=date(2026, 6, 1), by=victor.person
    )
    assert (paper.title, paper.embargo_until) == ("plan.pdf", date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        add_document(draft, file, title="x", visibility=Visibility.EMBARGO, by=victor.person)
    assert refused.value.field == "embargo_until"
    open_paper = add_document(draft, file, title="Open", embargo_until=date(2026, 6, 1), by=victor.person)
    assert open_paper.embargo_until is None
    remove_document(open_paper, by=victor.person)
    assert list(RequestDocument.objects.all()) == [paper]
    submit_request(draft, by=victor.person)
    with pytest.raises(Refused):
        remove_document(paper, by=victor.person)
    with pytest.raises(Refused):
        add_document(draft, file, title="Later", by=victor.person)


def test_a_draft_can_be_thrown_away(draft, victor):
    file = keep(b"%PDF-1.7", "plan.pdf", "application/pdf", by=victor.person, authority_id=draft.authority_id)
    add_document(draft, file, title="", by=victor.person)
    discard_request(draft, by=victor.person)
    assert not AdviceRequest.objects.exists()
    assert events()[-1] == "consultations.request_discarded"


def test_two_presses_on_send_make_one_request(draft, victor):
    """The second waits for the first and then finds that it was sent."""
    submit_request(draft, by=victor.person)
    stale = AdviceRequest(pk=draft.pk)
    with pytest.raises(Refused):
        submit_request(stale, by=victor.person)
    assert CouncilRequest.objects.count() == 1


class TestPlanning:
    def test_the_last_meeting_that_reaches_the_date_is_shown(self, monday, council, authority):
        from consultations.planning import plan_for

        def meeting(day, **facts):
            starts = timezone.make_aware(timezone.datetime(2026, *day, 19, 30))
            return MeetingFactory(council=council, starts_at=starts, **facts)

        meeting((4, 20))  # its papers had to be out before today
        meeting((5, 12))
        best = meeting((5, 25))
        meeting((5, 26), state=MeetingState.CANCELLED)
        meeting((6, 9))  # after the last day
        plan = plan_for(council, request_date=monday, receipt_date=monday)
        assert plan.due.day == date(2026, 5, 26)
        assert plan.meeting == best
        assert (plan.papers.day, plan.papers.article) == (date(2026, 5, 15), "art. 3")

    def test_without_a_meeting_in_time_there_is_none(self, monday, council):
        from consultations.planning import plan_for

        # Its papers had to be out three days ago.
        MeetingFactory(council=council, starts_at=timezone.make_aware(timezone.datetime(2026, 4, 20, 19, 30)))
        assert plan_for(council, request_date=monday, receipt_date=monday).meeting is None
