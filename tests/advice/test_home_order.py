"""What is asked at home stands in the order of its last day, whichever app asks it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.models import Letter, LetterCopy
from advice.states import AdviceState
from consultations.models import RequestQuestion
from councils.views.welcome import in_order_of_day
from meetings.models import Invitee
from meetings.states import MeetingState
from tests import factories
from tests.advice.opinions import in_days

pytestmark = pytest.mark.django_db


def titles(page) -> list[str]:
    found = re.findall(r'portal-todo__title">(.*?)</h3>', page.content.decode(), re.DOTALL)
    return [title.strip().split(":")[0] for title in found]


def draft_for(council, authority, subject, days, state=AdviceState.DRAFT):
    part = factories.CouncilRequestFactory(
        council=council, request__authority=authority, request__subject=subject, due_on=in_days(days), accepted=True
    )
    return factories.AdviceFactory(council=council, authorities=[authority], subject=subject, request=part, state=state)


def test_the_home_of_a_council_shows_first_what_must_be_done_first(council, authority, saskia, fatma, sign_in):
    factories.AdviceFactory(council=council, authorities=[authority], subject="Zonder dag")
    draft_for(council, authority, "Later", 14)
    draft_for(council, authority, "Al voorbij", -3)
    meeting = factories.MeetingFactory(
        council=council, state=MeetingState.INVITED, starts_at=timezone.now() + timedelta(days=9)
    )
    Invitee.objects.create(meeting=meeting, council=council, person=saskia.person)
    draft_for(council, authority, "Versturen", 2, AdviceState.ADOPTED)
    page = sign_in(saskia).get(reverse("councils:room", args=[council.slug]))
    assert titles(page) == [
        "Maak het concept “Al voorbij” af",
        "Verstuur het advies “Versturen”",
        "Laat weten of u komt",
        "Maak het concept “Later” af",
        "Maak het concept “Zonder dag” af",
        "De adviesraad heeft te weinig leden",
    ]
    assert page.context["asked_count"] == 6
    buttons = re.findall("utrecht-button-link--(primary|secondary)-action", page.context["asked"])
    assert buttons == ["primary"] + 5 * ["secondary"]  # one obvious next step


def test_the_home_of_an_authority_too(council, authority, victor, saskia, sign_in):
    for number, days in enumerate((20, 5, -1), 1):
        advice = factories.AdviceFactory(council=council, authorities=[authority], state=AdviceState.ISSUED)
        letter = Letter.objects.create(
            advice=advice, council=council, year=2026, serial=number, reference=f"2026-{number}", slug=f"2026-{number}",
            dated_on=timezone.localdate(), subject=f"Advies {number}", text={}, sha256="a" * 64,
            issued_by=saskia.person,
        )  # fmt: skip
        LetterCopy.objects.create(
            letter=letter, council=council, authority=authority, addressee=["College"], response_due_on=in_days(days)
        )
    part = factories.CouncilRequestFactory(
        council=council, request__authority=authority, request__subject="Hulp", accepted=True
    )
    RequestQuestion.objects.create(council_request=part, question="Hoeveel?", asked_by=saskia.person)
    page = sign_in(victor).get(reverse("councils:desk", args=[authority.slug]))
    asked = titles(page)
    assert asked[:3] == [f"Beantwoord het advies “Advies {number}”" for number in (3, 2, 1)]
    assert set(asked[3:]) == {"Hulp"}  # what has no last day


def test_without_a_day_the_order_of_the_apps_stays():
    def todo(name, day=""):
        return f'<li class="portal-todo"{day}>\n{name}</li>'

    asked = "\n".join([todo("a"), todo("b", ' data-day="2026-05-26"'), todo("c"), todo("d", ' data-day="2026-05-02"')])
    assert [item.split("\n")[1][0] for item in in_order_of_day(asked)] == ["d", "b", "a", "c"]
