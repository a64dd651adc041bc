"""Parts of a plenary, and what an authority sees of a consultation."""

from datetime import date, time, timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.actions import feeds, inviting, parts, scheduling
from meetings.emails.invitations import uid_of
from meetings.models import AgendaPaper
from meetings.parts import has_news
from portal.access import Refused
from portal.calendar import wall_clock
from portal.documents import keep
from portal.models import Message
from portal.states import MessageState
from tests.calendars import by_icalendar
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


# --- who was invited hears of the parts, once ---


@pytest.fixture
def told(plenary, council, saskia, fatma, chair):
    """Everybody is invited and has the mail."""
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        inviting.send_invitations(plenary, by=saskia.person)
        Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    plenary.refresh_from_db()
    return plenary


def add(plenary, by, title: str, people=(), hours: int = 1):
    starts = plenary.starts_at + timedelta(hours=hours)
    facts = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "place": "Zaal 3"}
    return parts.add_part(plenary, title=title, people=people, by=by, **facts)


def test_everybody_hears_of_all_parts_in_one_message(told, saskia, fatma, sign_in, committing):
    with committing():
        for title, people in {"Tafel jeugd": [fatma.person], "Tafel wonen": []}.items():
            add(told, saskia.person, title, people)
    assert mail.outbox == []
    desk, words = sign_in(saskia), "Nog niet iedereen kent deze delen"
    page = text_of(desk.get(told.get_absolute_url()))
    assert words in page and "3 mensen krijgen een mail." in page
    assert words not in text_of(sign_in(fatma).get(told.get_absolute_url()))
    with committing():
        desk = sign_in(saskia)
        desk.post(reverse("meetings:tell_parts", args=[told.council.slug, told.public_id]))
    assert words not in text_of(desk.get(told.get_absolute_url()))
    told.refresh_from_db()
    assert (len(mail.outbox), told.sequence) == (3, 1)
    hers = next(sent for sent in mail.outbox if "fatma" in sent.to[0])
    for body in (hers.body, hers.alternatives[0].content):
        assert "14.00 uur – 15.00 uur: Tafel jeugd, Zaal 3" in body and "Tafel wonen" in body
    assert hers.body.count("(u zit hier)") == 1
    assert "Tafel jeugd\\, Zaal 3" in hers.alternatives[1].content.replace("\r\n ", "")
    others = next(sent for sent in mail.outbox if "chris" in sent.to[0])
    assert "(u zit hier)" not in others.body


def test_a_part_that_changes_after_that_is_to_be_told_again(told, saskia, sign_in):
    part = add(told, saskia.person, "Tafel jeugd")
    scheduling.split_meeting(told, by=saskia.person)
    told.refresh_from_db()
    assert not has_news(told, told.parts.all())
    facts = {"title": part.title, "starts_at": part.starts_at, "ends_at": part.ends_at, "people": []}
    parts.change_part(part, place="Zaal 3", by=saskia.person, **facts)
    assert not has_news(told, told.parts.all())  # nothing is different
    changed = parts.change_part(part, place="Zaal 9", by=saskia.person, **facts)
    assert (changed.sequence, has_news(told, told.parts.all())) == (1, True)


def test_parts_move_to_the_new_day_and_are_cancelled_with_the_whole_meeting(told, saskia, fatma):
    """Over the night that summer time begins: each keeps its own time of the clock."""
    saturday = wall_clock(date(2027, 3, 27), time(13))
    with time_machine.travel("2027-03-01 12:00", tick=True):
        scheduling.change_meeting(
            told, starts_at=saturday, ends_at=saturday + timedelta(hours=4), is_public=True, by=saskia.person
        )
        told.refresh_from_db()
        part = add(told, saskia.person, "Tafel jeugd")
        sunday = wall_clock(date(2027, 3, 28), time(13))
        facts = {"starts_at": sunday, "ends_at": sunday + timedelta(hours=4)}
        scheduling.change_meeting(told, by=saskia.person, is_public=False, **facts)
        part.refresh_from_db()
        told.refresh_from_db()
        assert (part.starts_at, part.is_public, part.sequence) == (wall_clock(date(2027, 3, 28), time(14)), False, 1)
        assert not has_news(told, told.parts.all())  # the message of the new day names them
        secret = reverse("meetings:feed", args=[feeds.make_address(fatma.person, by=fatma.person)])
        assert {read.status for read in by_icalendar(Client().get(secret).content)} == {"CONFIRMED"}
        scheduling.cancel_meeting(told, by=saskia.person)
        assert [(read.uid, read.status) for read in by_icalendar(Client().get(secret).content)] == [
            (uid_of(told), "CANCELLED"), (uid_of(part), "CANCELLED"),
        ]  # fmt: skip


def test_a_part_is_changed_on_its_own_page_and_nobody_is_asked_for_it_alone(told, saskia, fatma, sign_in):
    part = add(told, saskia.person, "Tafel jeugd", [fatma.person])
    desk = sign_in(saskia)
    answer = desk.get(reverse("meetings:edit", args=[told.council.slug, part.public_id]))
    assert answer.url == reverse("meetings:edit_part", args=[told.council.slug, part.public_id])
    page = text_of(desk.get(part.get_absolute_url()))
    assert reverse("meetings:invite", args=[told.council.slug, part.public_id]) not in page
    assert "niemand uitgenodigd" not in page and "Nog geen antwoord" not in page
    assert "Komt u?" not in text_of(sign_in(fatma).get(part.get_absolute_url()))
    assert "Komt u?" in text_of(sign_in(fatma).get(told.get_absolute_url()))


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
    over = timezone.localdate() - timedelta(days=1)
    open_now = AgendaPaper.objects.create(
        item=item, document=file, title="Begroting", visibility="embargo", embargo_until=over
    )
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
    assert desk.get(reverse(paper, args=[authority.slug, open_now.pk])).status_code == 200 and "Begroting" in text
    assert desk.get(reverse(paper, args=[authority.slug, hidden.pk])).status_code == 404
    assert desk.get(meeting.get_absolute_url()).status_code == 404
