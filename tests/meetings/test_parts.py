"""Parts of a plenary, and what an authority sees of a consultation."""

from datetime import time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import parts
from meetings.models import AgendaPaper
from portal.access import Refused
from portal.calendar import wall_clock
from portal.documents import keep
from tests.factories import AgendaItemFactory, MeetingFactory


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def plenary(council):
    day = timezone.localdate() + timedelta(days=20)
    starts, ends = wall_clock(day, time(13)), wall_clock(day, time(17))
    return MeetingFactory(council=council, title="Algemeen Beraad", starts_at=starts, ends_at=ends)


def test_a_part_has_its_own_room_chair_and_people_and_brings_back_its_result(
    plenary, council, saskia, fatma, chair, sign_in
):
    desk = sign_in(saskia)
    data = {
        "title": "Tafel jeugd", "starts": "14.00", "ends": "15.00", "place": "Zaal 3", "chair": chair.person_id,
        "people": [fatma.person_id],
    }  # fmt: skip
    desk.post(reverse("meetings:add_part", args=[council.slug, plenary.public_id]), data)
    part = plenary.parts.get()
    assert (part.place, part.chair, part.starts_at) == ("Zaal 3", chair.person, plenary.starts_at + timedelta(hours=1))
    assert [invitee.person for invitee in part.invitees.all()] == [fatma.person]
    desk.post(reverse("meetings:part_result", args=[council.slug, part.public_id]), {"result": "Meer buurthuizen."})
    page = text_of(sign_in(fatma).get(plenary.get_absolute_url()))
    assert "Tafel jeugd" in page and "Zaal 3" in page and "Chris Bakker zit voor" in page
    assert "Meer buurthuizen." in page and "valt buiten de tijd" not in page
    discuss = reverse("meetings:discuss_result", args=[council.slug, part.public_id])
    desk.post(discuss)
    desk.post(discuss)
    assert [item.title for item in plenary.agenda_items.all()] == ["Uitkomst van Tafel jeugd"]


def test_a_part_on_another_day_or_of_a_part_is_refused(plenary, saskia):
    facts = {"title": "Tafel", "people": [], "by": saskia.person}
    later = plenary.starts_at + timedelta(days=1)
    with pytest.raises(Refused, match="op de dag van de vergadering"):
        parts.add_part(plenary, starts_at=later, ends_at=later + timedelta(hours=1), **facts)
    part = parts.add_part(plenary, starts_at=plenary.starts_at, ends_at=plenary.ends_at, **facts)
    with pytest.raises(Refused, match="zelf geen delen"):
        parts.add_part(part, starts_at=plenary.starts_at, ends_at=plenary.ends_at, **facts)
    with pytest.raises(Refused, match="geen deel"):
        parts.write_result(plenary, result="Nee", by=saskia.person)


def test_a_part_that_a_moved_plenary_left_behind_is_pointed_out(plenary, council, saskia, sign_in):
    MeetingFactory(
        council=council, parent=plenary, title="Tafel", starts_at=plenary.ends_at,
        ends_at=plenary.ends_at + timedelta(hours=1),
    )  # fmt: skip
    assert "Dit deel valt buiten de tijd" in text_of(sign_in(saskia).get(plenary.get_absolute_url()))


def test_an_authority_sees_of_a_consultation_what_is_open_and_only_after_the_invitation(
    council, authority, saskia, victor, sign_in
):
    meeting = MeetingFactory(
        council=council, kind="consultation", authority=authority, title="Bestuurlijk overleg",
        online_link="https://bellen.test/x",
    )  # fmt: skip
    item = AgendaItemFactory(meeting=meeting, title="Vervoer", report="VERSLAG")
    AgendaItemFactory(meeting=meeting, title="PERSOON", is_closed=True, closed_ground="Privacy")
    file = keep(b"stuk", "stuk.txt", "text/plain", by=saskia.person, council_id=council.pk)
    shown = AgendaPaper.objects.create(item=item, document=file, title="Notitie")
    hidden = AgendaPaper.objects.create(item=item, document=file, title="X", visibility="confidential")
    MeetingFactory(council=council, title="PLENAIR", state="invited", invited_at=timezone.now())
    page = reverse("meetings:consultations", args=[authority.slug])
    desk = sign_in(victor)
    assert "Bestuurlijk overleg" not in text_of(desk.get(page))
    meeting.state, meeting.invited_at = "invited", timezone.now()
    meeting.save()
    text = text_of(desk.get(page))
    assert "Bestuurlijk overleg" in text and "Vervoer" in text
    assert not [word for word in ("PERSOON", "VERSLAG", "PLENAIR", "bellen.test") if word in text]
    paper = "meetings:consultation_paper"
    assert desk.get(reverse(paper, args=[authority.slug, shown.pk])).status_code == 200
    assert desk.get(reverse(paper, args=[authority.slug, hidden.pk])).status_code == 404
    assert desk.get(meeting.get_absolute_url()).status_code == 404
