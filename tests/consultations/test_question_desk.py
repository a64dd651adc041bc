"""The question desk: both sides see who asked and answered what and when, and nothing else of the room."""

from datetime import date

import pytest
import time_machine

from advice.models import Comment, MinorityView
from consultations.actions import accept, answer_question, ask_question, place_on_agenda, register_answer
from consultations.models import CouncilRequest
from tests.factories import (
    ActivityFactory,
    AdviceFactory,
    AgendaItemFactory,
    MeetingFactory,
    PolicyTopicFactory,
    RecommendationFactory,
    SectionFactory,
)

CANARY = "KANARIEVANDERAAD"


@pytest.fixture
def asked(part, saskia, victor) -> CouncilRequest:
    """Asked on 2 March, answered on the 4th; asked again on the 5th, answered by post on the 9th."""
    with time_machine.travel("2026-03-02 10:00:00+01:00", tick=False):
        part = accept(part, by=saskia.person)
        first = ask_question(part, question="Wat kost het?", by=saskia.person)
    with time_machine.travel("2026-03-04 10:00:00+01:00", tick=False):
        answer_question(first, answer="Drie ton.", by=victor.person)
    with time_machine.travel("2026-03-05 10:00:00+01:00", tick=False):
        second = ask_question(part, question="Voor hoe lang?", by=saskia.person)
    with time_machine.travel("2026-03-10 10:00:00+01:00", tick=False):
        register_answer(second, answer="Vier jaar.", received_on=date(2026, 3, 9), by=saskia.person)
    return part


ON_FILE = [
    "Wat kost het?", "maandag 2 maart 2026", "Drie ton.", "Victor Visser", "woensdag 4 maart 2026",
    "Voor hoe lang?", "donderdag 5 maart 2026", "Vier jaar.", "maandag 9 maart 2026", "Saskia de Wit",
]  # fmt: skip


def test_both_sides_see_who_asked_and_answered_what_and_when(asked, fatma, victor, sign_in):
    for user, url in [(fatma, asked.get_absolute_url()), (victor, asked.request.get_absolute_url())]:
        page = sign_in(user).get(url).content.decode()
        assert [words for words in ON_FILE if words not in page] == []


@pytest.fixture
def a_full_room(asked, authority, council, fatma, saskia) -> CouncilRequest:
    """What the council heard, writes, says and plans about this very request."""
    topic = PolicyTopicFactory(authority=authority)
    asked.request.topic = topic
    asked.request.save(update_fields=["topic"])
    ActivityFactory(council=council, title=CANARY, heard=CANARY, entered_by=fatma.person).topics.add(topic)
    advice = AdviceFactory(
        council=council, request=asked, subject=CANARY, plain_summary=CANARY, authorities=[authority]
    )
    SectionFactory(advice=advice, heading=CANARY, text=f"<p>{CANARY}</p>")
    RecommendationFactory(advice=advice, number=1, text=CANARY)
    Comment.objects.create(advice=advice, council=council, author=fatma.person, text=CANARY)
    MinorityView.objects.create(advice=advice, council=council, by=CANARY, text=CANARY)
    meeting = MeetingFactory(council=council, title=CANARY)
    item = AgendaItemFactory(meeting=meeting, title=CANARY, report=CANARY)
    return place_on_agenda(asked, meeting=meeting, item=item, by=saskia.person)


def test_the_authority_sees_nothing_else_of_the_room(a_full_room, fatma, victor, sign_in):
    desk = sign_in(victor)
    slug = a_full_room.request.authority.slug
    for url in [a_full_room.request.get_absolute_url(), f"/bestuur/{slug}/", f"/bestuur/{slug}/aanvragen/"]:
        response = desk.get(url)
        assert response.status_code == 200
        assert CANARY not in response.content.decode()
    assert desk.get(a_full_room.get_absolute_url()).status_code == 404
    # The control: in the room the same words do stand on the page.
    assert CANARY in sign_in(fatma).get(a_full_room.get_absolute_url()).content.decode()
