"""The long-term agenda: who keeps it, who sees it, who hears of it, and what the rule book says of the dates."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from consultations import recipients
from consultations.actions import (
    announce,
    answer_talk,
    ask_from_topic,
    change_announcement,
    correct_talk,
    drop_topic,
    record_talk,
)
from consultations.agenda_emails import topic_for_others, topic_moved
from consultations.lead_times import lead_notices
from consultations.models import PolicyTopic
from consultations.states import Law
from portal.access import Refused
from portal.models import AuditEvent, Message
from portal.post import NoLongerNeeded
from tests.consultations.conftest import events, messages_of
from tests.factories import (
    AppointmentFactory,
    CouncilFactory,
    InstrumentFactory,
    MembershipFactory,
    PersonFactory,
    PolicyTopicFactory,
    ServedBodyFactory,
)

MARCH, JULY = date(2027, 3, 1), date(2027, 7, 1)


@pytest.fixture
def second(authority):
    """Another council of the same authority, with a secretary of its own."""
    council = CouncilFactory(name="Jongerenraad Testdorp", slug="jongerenraad")
    ServedBodyFactory(council=council, authority=authority)
    MembershipFactory(council=council, secretary=True, person=PersonFactory(name="Jos Jong"))
    return council


@pytest.fixture
def topic(authority, council, saskia, chair, victor) -> PolicyTopic:
    found = announce(
        authority, name="Vervoer", request_expected_on=MARCH, decision_expected_on=JULY, by=victor.person,
        contact=victor.person, laws=[Law.WMO], groups="Ouderen", summary="De bus stopt.",
    )  # fmt: skip
    Message.objects.all().delete()
    return found


# --- announcing -----------------------------------------------------------------------------------------------------


def test_announcing_tells_secretary_and_chair_of_every_council_once(authority, council, second, saskia, chair, victor):
    topic = announce(authority, name="Vervoer", request_expected_on=MARCH, by=victor.person)
    assert topic.announced_on is not None
    assert messages_of("topic_announced") == ["Chris Bakker", "Jos Jong", "Saskia de Wit"]
    change_announcement(topic, summary="Meer uitleg.", by=victor.person)
    assert len(messages_of("topic_announced")) == 3
    assert messages_of("topic_moved") == []
    assert events()[-2:] == ["consultations.topic_announced", "consultations.announcement_changed"]


def test_only_the_councils_that_are_named_hear_of_it_and_see_it(authority, council, second, saskia, victor):
    topic = announce(authority, name="School", request_expected_on=MARCH, councils=[second], by=victor.person)
    assert messages_of("topic_announced") == ["Jos Jong"]
    assert list(PolicyTopic.objects.on_agenda().for_council(second)) == [topic]
    assert list(PolicyTopic.objects.on_agenda().for_council(council)) == []
    everyone = announce(authority, name="Vervoer", request_expected_on=MARCH, by=victor.person)
    assert list(PolicyTopic.objects.on_agenda().for_council(council)) == [everyone]


def test_a_council_that_advised_before_does_not_see_it(authority, council, topic):
    council.served_bodies.update(ends_on=date(2025, 1, 1))
    assert not PolicyTopic.objects.on_agenda().for_council(council).exists()


def test_a_topic_of_the_list_is_announced_under_its_name(authority, victor):
    listed = PolicyTopicFactory(authority=authority, name="Vervoer")
    assert announce(authority, name="vervoer", request_expected_on=MARCH, by=victor.person) == listed


def test_a_topic_is_announced_once_and_again_after_it_went_off(authority, topic, victor):
    with pytest.raises(Refused) as refused:
        announce(authority, name="VERVOER", request_expected_on=MARCH, by=victor.person)
    assert refused.value.field == "name"
    drop_topic(topic, reason="Gaat niet door.", by=victor.person)
    again = announce(authority, name="Vervoer", request_expected_on=MARCH, by=victor.person)
    assert (again.pk, again.dropped_on, again.drop_reason) == (topic.pk, None, "")
    assert messages_of("topic_announced") == ["Chris Bakker", "Saskia de Wit"]


@pytest.mark.parametrize(
    ("dates", "field"),
    [({"request_expected_on": None}, "request_expected_on"),
     ({"request_expected_on": JULY, "decision_expected_on": MARCH}, "decision_expected_on")],
)  # fmt: skip
def test_dates_that_cannot_be_are_refused(authority, victor, dates, field):
    with pytest.raises(Refused) as refused:
        announce(authority, name="Vervoer", by=victor.person, **dates)
    assert refused.value.field == field


def test_only_councils_that_advise_can_be_named(authority, victor):
    with pytest.raises(Refused) as refused:
        announce(authority, name="Vervoer", request_expected_on=MARCH, councils=[CouncilFactory()], by=victor.person)
    assert refused.value.field == "councils"
    assert not PolicyTopic.objects.exists()


# --- changing and taking off ----------------------------------------------------------------------------------------


def test_another_date_goes_out_once_with_what_it_was(topic, victor, committing):
    with committing():
        change_announcement(topic, request_expected_on=date(2027, 4, 5), by=victor.person)
    assert messages_of("topic_moved") == ["Chris Bakker", "Saskia de Wit"]
    assert mail.outbox == []  # some minutes later, with what may change meanwhile
    with committing():
        change_announcement(topic, request_expected_on=date(2027, 4, 6), by=victor.person)
        change_announcement(topic, request_expected_on=date(2027, 4, 5), by=victor.person)
    Message.objects.update(next_try_at=timezone.now())
    call_command("sweep_outbox", "--apply")
    assert len(mail.outbox) == 2
    body = mail.outbox[0].body
    assert "Aanvraag verwacht: maandag 5 april 2027 (dit was maandag 1 maart 2027)" in body
    assert "Besluit verwacht" not in body
    assert "Vervoer" not in mail.outbox[0].subject
    assert "/raad/adviesraad-testdorp/langetermijnagenda/" in body


def test_a_date_that_went_back_before_the_mail_left_is_no_news(topic, victor):
    change_announcement(topic, request_expected_on=date(2027, 4, 5), by=victor.person)
    first = set(Message.objects.values_list("pk", flat=True))
    change_announcement(topic, request_expected_on=MARCH, by=victor.person)
    with pytest.raises(NoLongerNeeded):
        topic_moved(Message.objects.get(pk=min(first)))


def test_a_council_that_comes_in_hears_of_the_topic_and_not_of_the_dates(topic, second, victor, council):
    change_announcement(topic, councils=[council], by=victor.person)
    Message.objects.all().delete()
    change_announcement(topic, councils=[council, second], request_expected_on=date(2027, 4, 5), by=victor.person)
    assert messages_of("topic_announced") == ["Jos Jong"]
    assert messages_of("topic_moved") == ["Chris Bakker", "Saskia de Wit"]


def test_taking_off_needs_a_reason_and_tells_it(topic, victor, committing):
    with pytest.raises(Refused) as refused:
        drop_topic(topic, reason="  ", by=victor.person)
    assert refused.value.field == "reason"
    with committing():
        drop_topic(topic, reason="Het geld is op.", by=victor.person)
    assert "Het geld is op." in mail.outbox[0].body
    assert "Het geld is op." not in mail.outbox[0].subject
    for verb in (
        lambda: change_announcement(topic, groups="Jongeren", by=victor.person),
        lambda: drop_topic(topic, reason="Nog eens", by=victor.person),
        lambda: ask_from_topic(topic, by=victor.person),
    ):
        with pytest.raises(Refused):
            verb()


def test_what_was_never_announced_is_announced_first(authority, council, saskia, victor):
    listed = PolicyTopicFactory(authority=authority)
    for verb in (
        lambda: change_announcement(listed, groups="Jongeren", by=victor.person),
        lambda: drop_topic(listed, reason="Weg.", by=victor.person),
        lambda: ask_from_topic(listed, by=victor.person),
        lambda: talk_of(listed, council, saskia),
    ):
        with pytest.raises(Refused):
            verb()


# --- what the rule book says ----------------------------------------------------------------------------------------


@pytest.fixture
def lead_council(council):
    """A rule book that wants a request eight weeks before the decision."""
    council.instruments.all().delete()
    InstrumentFactory(
        council=council,
        rules={
            "request_lead_weeks": 8,
            "advice_term": {"weeks": 6, "starts": "receipt"},
            "articles": {"request_lead_weeks": "art. 6 lid 2", "advice_term": "art. 7 lid 1"},
        },
    )
    return council


@pytest.mark.parametrize(
    ("decision", "articles"),
    [
        (date(2027, 4, 26), []),  # eight weeks to the day
        (date(2027, 4, 25), ["art. 6 lid 2"]),
        (date(2027, 4, 12), ["art. 6 lid 2", "art. 7 lid 1"]),  # six weeks: the advice comes on the day itself
        (None, []),
    ],
)
def test_too_little_time_before_the_decision_is_said_with_its_article(authority, lead_council, decision, articles):
    topic = PolicyTopicFactory(authority=authority, request_expected_on=MARCH, decision_expected_on=decision)
    found = lead_notices(topic, lead_council, today=date(2026, 11, 25))
    assert [notice.article for notice in found] == articles


def test_a_request_that_is_late_is_counted_from_today(authority, lead_council):
    topic = PolicyTopicFactory(
        authority=authority, request_expected_on=MARCH, decision_expected_on=date(2027, 4, 26)
    )  # fmt: skip
    found = lead_notices(topic, lead_council, today=date(2027, 3, 2))
    assert "1 maart 2027" in found[0].sentence and "8 weken" in found[0].sentence


def test_a_rule_book_without_terms_says_nothing(authority):
    topic = PolicyTopicFactory(authority=authority, request_expected_on=MARCH, decision_expected_on=date(2027, 3, 2))
    assert lead_notices(topic, CouncilFactory(), today=MARCH) == []


# --- from topic to request ------------------------------------------------------------------------------------------


def test_a_request_begins_with_all_that_the_agenda_knows(topic, council, second, victor):
    change_announcement(topic, councils=[council], by=victor.person)
    draft = ask_from_topic(topic, by=victor.person)
    assert (draft.topic, draft.subject, draft.laws, draft.groups) == (topic, "Vervoer", ["wmo"], "Ouderen")
    assert (draft.summary, draft.decision_on, draft.contact) == ("De bus stopt.", JULY, victor.person)
    assert list(draft.wanted_councils.all()) == [council]
    assert draft.is_draft
    assert ask_from_topic(topic, by=victor.person) == draft


def test_without_named_councils_the_request_is_for_all_of_them(topic, council, second, victor):
    assert set(ask_from_topic(topic, by=victor.person).wanted_councils.all()) == {council, second}


def test_a_contact_officer_who_left_is_not_put_on_the_request(topic, victor, authority):
    colleague = AppointmentFactory(authority=authority).person
    victor.person.appointments.update(ends_on=date(2025, 1, 1))
    assert ask_from_topic(topic, by=colleague).contact == colleague


# --- thinking along -------------------------------------------------------------------------------------------------


def talk_of(topic, council, by, **facts):
    held = {"held_on": date(2026, 1, 5), "said": "Houd de bus.", "at_authority": False}
    return record_talk(topic, council=council, by=by.person, **{**held, **facts})


def test_a_talk_of_the_council_is_told_to_the_contact_officer_and_the_answer_comes_back(
    topic, council, saskia, victor, committing
):
    with committing():
        talk = talk_of(topic, council, saskia)
    assert messages_of("talk_recorded") == ["Victor Visser"]
    assert "/bestuur/testdorp/agenda/" in mail.outbox[0].body
    assert "Houd de bus." not in mail.outbox[0].body  # the page says it
    with committing():
        answer_talk(talk, taken_along="De bus blijft tot juli.", by=victor.person)
    assert messages_of("talk_answered") == ["Chris Bakker", "Saskia de Wit"]
    assert "/raad/adviesraad-testdorp/langetermijnagenda/" in mail.outbox[-1].body
    answer_talk(talk, taken_along="De bus blijft tot juli.", by=victor.person)
    assert len(messages_of("talk_answered")) == 2
    assert AuditEvent.objects.filter(event="consultations.talk_answered").count() == 1


def test_a_talk_of_the_authority_is_told_to_the_council(topic, council, victor):
    talk_of(topic, council, victor, at_authority=True)
    assert messages_of("talk_recorded") == ["Chris Bakker", "Saskia de Wit"]


@pytest.mark.parametrize(
    ("facts", "field"), [({"held_on": date(2099, 1, 1)}, "held_on"), ({"said": " "}, "said")]
)  # fmt: skip
def test_a_talk_was_held_and_something_was_said(topic, council, saskia, facts, field):
    with pytest.raises(Refused) as refused:
        talk_of(topic, council, saskia, **facts)
    assert refused.value.field == field


def test_a_talk_is_with_a_council_that_the_topic_is_for(topic, council, second, saskia, victor):
    change_announcement(topic, councils=[second], by=victor.person)
    with pytest.raises(Refused) as refused:
        talk_of(topic, council, saskia)
    assert refused.value.field == "council"
    assert list(recipients.councils_of(topic)) == [second]


def test_an_answer_says_something(topic, council, saskia, victor):
    talk = talk_of(topic, council, saskia)
    with pytest.raises(Refused) as refused:
        answer_talk(talk, taken_along=" ", by=victor.person)
    assert refused.value.field == "taken_along"


def test_a_talk_that_is_sent_twice_is_on_file_once(topic, council, saskia, victor):
    assert talk_of(topic, council, saskia) == talk_of(topic, council, saskia)
    assert topic.talks.count() == 1
    assert messages_of("talk_recorded") == ["Victor Visser"]


def mended(talk, by, **facts):
    given = {"held_on": talk.held_on, "said": "Houd de bus tot juli.", "at_authority": False}
    return correct_talk(talk, by=by.person, **{**given, **facts})


def test_who_wrote_a_talk_down_corrects_it_the_same_day_and_the_other_side_hears(topic, council, saskia, victor):
    talk = talk_of(topic, council, saskia)
    assert mended(talk, saskia).said == "Houd de bus tot juli."
    assert messages_of("talk_recorded") == ["Victor Visser", "Victor Visser"]
    mended(talk, saskia)
    assert AuditEvent.objects.filter(event="consultations.talk_corrected").count() == 1
    with pytest.raises(Refused) as refused:
        mended(talk, saskia, held_on=date(2099, 1, 1))
    assert refused.value.field == "held_on"


def test_a_talk_is_not_corrected_by_another_nor_the_next_day_nor_after_the_answer(
    topic, council, saskia, chair, victor
):
    talk = talk_of(topic, council, saskia)
    with pytest.raises(Refused):
        mended(talk, chair)
    talk.entered_at = timezone.now() - timedelta(days=1)
    talk.save()
    with pytest.raises(Refused):
        mended(talk, saskia)
    talk.entered_at = timezone.now()
    talk.save()
    answer_talk(talk, taken_along="De bus blijft.", by=victor.person)
    with pytest.raises(Refused):
        mended(talk, saskia)
    talk.refresh_from_db()
    assert talk.said == "Houd de bus."


def test_the_authority_corrects_a_talk_that_it_wrote_down_with_its_answer(topic, council, saskia, victor):
    talk = talk_of(topic, council, victor, at_authority=True, taken_along="De bus blijft.")
    assert mended(talk, victor, at_authority=True).taken_along == "De bus blijft."
    assert messages_of("talk_recorded") == ["Chris Bakker", "Chris Bakker", "Saskia de Wit", "Saskia de Wit"]


def test_a_council_that_goes_out_hears_that_the_topic_is_for_others(topic, council, second, saskia, victor, committing):
    with committing():
        change_announcement(topic, councils=[second], by=victor.person)
    assert messages_of("topic_for_others") == ["Chris Bakker", "Saskia de Wit"]
    assert messages_of("topic_announced") == messages_of("topic_moved") == []
    assert mail.outbox[0].subject == "Een onderwerp is niet meer voor uw adviesraad"
    assert "/raad/adviesraad-testdorp/langetermijnagenda/\n" in mail.outbox[0].body


def test_a_council_that_is_back_before_the_mail_left_hears_nothing(topic, council, second, saskia, victor):
    change_announcement(topic, councils=[second], by=victor.person)
    change_announcement(topic, councils=[], by=victor.person)
    with pytest.raises(NoLongerNeeded):
        topic_for_others(Message.objects.filter(kind="consultations.topic_for_others").first())


# --- a council that keeps the agenda for its authority ----------------------------------------------------------------


def test_a_council_that_keeps_the_agenda_touches_no_topic_of_another(authority, council, second, saskia):
    other = PolicyTopicFactory(authority=authority, name="School", summary="Van de jongeren.")
    other.councils.set([second])
    with pytest.raises(Refused) as refused:
        announce(authority, name="school", request_expected_on=MARCH, keeper=council, by=saskia.person)
    assert refused.value.field == "name"
    other.refresh_from_db()
    assert (other.summary, other.announced_on, list(other.councils.all())) == ("Van de jongeren.", None, [second])


def test_a_council_that_keeps_the_agenda_does_not_shut_itself_out(authority, council, second, topic, saskia):
    with pytest.raises(Refused) as refused:
        change_announcement(topic, councils=[second], keeper=council, by=saskia.person)
    assert refused.value.field == "councils"
    change_announcement(topic, councils=[second, council], keeper=council, by=saskia.person)


def test_announced_again_a_topic_stays_with_the_councils_that_it_names(authority, council, second, victor):
    topic = announce(authority, name="School", request_expected_on=MARCH, councils=[second], by=victor.person)
    drop_topic(topic, reason="Later.", by=victor.person)
    announce(authority, name="School", request_expected_on=MARCH, topic=topic, by=victor.person)
    assert list(topic.councils.all()) == [second]
