"""Planning after an earlier meeting: a copy of it, and a template that was made of it."""

from datetime import date, time, timedelta
from html import unescape

import pytest
from django.urls import reverse

from meetings.models import Meeting, MeetingTemplate
from meetings.states import ItemOrigin, MeetingState
from portal.calendar import wall_clock
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.test_year_plan import PATTERN, rows_of


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def last(council, chair):
    starts = wall_clock(date(2026, 10, 13), time(19, 30))
    meeting = MeetingFactory(
        council=council, title="Vergadering", place="De Waag, zaal 1", is_public=True, chair=chair.person,
        starts_at=starts, ends_at=starts + timedelta(hours=2), state=MeetingState.HELD,
    )  # fmt: skip
    AgendaItemFactory(meeting=meeting, position=1, title="Opening", minutes=5, report="Gezegd", decision="Besloten")
    AgendaItemFactory(meeting=meeting, position=2, title="Open acties", origin=ItemOrigin.OPEN_ACTIONS)
    AgendaItemFactory(meeting=meeting, position=3, title="Rondvraag", minutes=15)
    return meeting


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id])


def new(council) -> Meeting:
    return council.meetings.exclude(state=MeetingState.HELD).get()


DAY = {"day_day": "9", "day_month": "2", "day_year": "2027", "starts": "19.30", "ends": "21.30"}


def test_a_copy_has_the_facts_and_the_chosen_items_but_nothing_that_was_said(last, council, saskia, chair, sign_in):
    desk = sign_in(saskia)
    form = desk.get(url("copy", last)).context["form"]
    opening, _actions, questions = last.agenda_items.all()
    assert form["items"].value() == [str(opening.pk), str(questions.pk)]
    shown = [form[name].value() for name in ("place", "starts", "day")]
    assert shown == ["De Waag, zaal 1", "19.30", None]
    data = DAY | {
        "title": last.title, "kind": last.kind, "place": last.place, "is_public": "on", "chair": chair.person_id,
        "items": [questions.pk],
    }  # fmt: skip
    refused = desk.post(url("copy", last), data | {"day_month": "13"})
    assert refused.status_code == 422 and refused.context["form"]["items"].value() == [str(questions.pk)]
    assert "Er is nog niemand uitgenodigd" in text_of(desk.post(url("copy", last), data, follow=True))
    copy = new(council)
    assert (copy.starts_at, copy.place, copy.is_public, copy.chair, copy.state, copy.sequence) == (
        wall_clock(date(2027, 2, 9), time(19, 30)), "De Waag, zaal 1", True, chair.person, MeetingState.PLANNED, 0,
    )  # fmt: skip
    assert copy.public_id != last.public_id and not copy.invitees.exists()
    assert [(item.title, item.minutes, item.report, item.decision) for item in copy.agenda_items.all()] == [
        ("Rondvraag", 15, "", ""),
    ]  # fmt: skip


def test_a_meeting_becomes_a_template_that_plans_a_meeting_and_a_year(last, council, saskia, sign_in):
    desk = sign_in(saskia)
    desk.post(url("make_template", last), {"name": "Plenair in De Waag"})
    template = MeetingTemplate.objects.get()
    assert [row["title"] for row in template.agenda] == ["Opening", "Rondvraag"]
    shown = text_of(desk.get(reverse("meetings:templates", args=[council.slug])))
    assert "Plenair in De Waag" in shown and "19.30 uur – 21.30 uur, De Waag, zaal 1" in shown
    page = reverse("meetings:new", args=[council.slug]) + f"?sjabloon={template.pk}"
    assert desk.get(page).context["form"]["place"].value() == "De Waag, zaal 1"
    desk.post(page, DAY | {"title": "Vergadering", "kind": "plenary", "place": "Elders"})
    made = new(council)
    assert (made.place, [item.title for item in made.agenda_items.all()]) == ("Elders", ["Opening", "Rondvraag"])
    year = PATTERN | rows_of("2027-03-09", "2027-04-13") | {"save": "1", "sjabloon": str(template.pk)}
    desk.post(reverse("meetings:year_plan", args=[council.slug]), year)
    assert council.meetings.filter(starts_at__year=2027, agenda_items__title="Rondvraag").count() == 3


def test_a_name_stands_once_and_a_template_of_another_council_does_not_exist(last, council, saskia, sign_in):
    desk = sign_in(saskia)
    for status in (302, 422):
        assert desk.post(url("make_template", last), {"name": "Plenair"}).status_code == status
    elsewhere = MeetingTemplate.objects.create(
        council=MeetingFactory().council, name="X", title="X", starts=time(19), ends=time(21), place="KANARIE"
    )
    page = reverse("meetings:new", args=[council.slug]) + f"?sjabloon={elsewhere.pk}"
    assert desk.get(page).context["form"]["place"].value() != "KANARIE"
    remove = [reverse("meetings:remove_template", args=[council.slug, pk]) for pk in (elsewhere.pk, 0)]
    assert [desk.post(one).status_code for one in remove] == [404, 404]
    own = council.meeting_templates.get()
    desk.post(reverse("meetings:remove_template", args=[council.slug, own.pk]))
    assert list(MeetingTemplate.objects.all()) == [elsewhere]
