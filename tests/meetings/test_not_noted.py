"""Who was left blank does not vanish from the minutes: the secretary is warned by name, and the draft says it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.actions import adopting, correcting
from meetings.actions import minutes as writing
from meetings.actions.attendance import note_people
from meetings.actions.register import add_action
from meetings.actions.table import open_meeting
from meetings.minutes_content import content_of
from meetings.minutes_print import minutes_context
from meetings.people import not_noted
from meetings.states import Answer, Attendance, MeetingKind, MeetingState
from portal.dates import plain_date
from portal.models import Message
from portal.pdf.words import dutch_date
from tests.factories import AgendaItemFactory, MeetingFactory

HERE = Attendance.PRESENT


@pytest.fixture
def meeting(council, saskia, chair, fatma):
    starts = timezone.now() - timedelta(minutes=5)
    meeting = MeetingFactory(council=council, starts_at=starts, state=MeetingState.INVITED)
    AgendaItemFactory(meeting=meeting, position=1, title="Opening")
    open_meeting(meeting, {saskia.person.pk: HERE}, by=saskia.person)
    meeting.refresh_from_db()
    return meeting


def address(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id])


def sentence(*people):
    names = sorted((one.person.name for one in people), key=str.casefold)
    return f"Van {' en '.join(names)} is niet ingevuld of zij er waren."


def test_closing_and_sending_warn_by_name(meeting, saskia, chair, fatma, sign_in):
    client = sign_in(saskia)
    for name in ("close_meeting", "ask_corrections", "report"):
        page = client.get(address(name, meeting)).content.decode()
        assert sentence(chair, fatma) in page, name
        assert address("attendance", meeting) in page
    note_people(meeting, {fatma.person.pk: Attendance.ABSENT_NOTIFIED})
    page = client.get(address("close_meeting", meeting)).content.decode()
    assert f"Van {chair.person.name} is niet ingevuld of deze persoon er was." in page
    note_people(meeting, {chair.person.pk: HERE})
    assert "is niet ingevuld of" not in client.get(address("close_meeting", meeting)).content.decode()


def test_the_table_says_who_is_not_filled_in(meeting, council, saskia, fatma, sign_in):
    meeting.invitees.create(council=council, person=fatma.person)
    page = sign_in(saskia).get(address("lead", meeting)).content.decode()
    assert page.count("(nog niet ingevuld)") == 2  # invited without a note, and not invited
    note_people(meeting, {fatma.person.pk: Attendance.ABSENT_NOTIFIED})
    assert sign_in(saskia).get(address("lead", meeting)).content.decode().count("(nog niet ingevuld)") == 1


def test_a_draft_lists_them_and_adopted_minutes_do_not(meeting, council, saskia, chair, fatma):
    item = meeting.agenda_items.get()
    writing.write_item(item, report="Wij begonnen.", decision="", version=0, by=saskia.person)
    blank = ", ".join(sorted((chair.person.name, fatma.person.name), key=str.casefold))
    shown = minutes_context(content_of(meeting))["attendance"]
    assert {"label": "Niet ingevuld", "value": blank} in shown
    minutes = correcting.ask_corrections(meeting, by=saskia.person)
    later = MeetingFactory(council=council, starts_at=timezone.now() - timedelta(minutes=1))
    adopted = adopting.adopt_minutes(minutes, item=AgendaItemFactory(meeting=later), by=saskia.person)
    assert "Niet ingevuld" not in [row["label"] for row in adopted.content["attendance"]]


def test_of_a_board_only_who_was_invited_is_expected(meeting, council, fatma):
    meeting.kind = MeetingKind.BOARD
    assert not_noted(meeting) == []
    row = meeting.invitees.create(council=council, person=fatma.person)
    assert not_noted(meeting) == [fatma.person]
    row.withdrawn_at = timezone.now()
    row.save()
    assert not_noted(meeting) == []


def test_after_the_meeting_its_page_counts_who_were_there(meeting, council, saskia, chair, fatma, sign_in):
    for user in (chair, fatma):
        meeting.invitees.create(council=council, person=user.person)
    meeting.state = MeetingState.HELD
    meeting.save()
    page = sign_in(saskia).get(meeting.get_absolute_url()).content.decode()
    assert "1 van de 3 was er" in page or "1 van de 3 waren er" in page
    assert "van de 3 komen" not in page


def test_a_correction_about_who_was_there_leads_to_that_list_and_is_not_taken_over_by_itself(
    meeting, saskia, chair, fatma, sign_in
):
    item = meeting.agenda_items.get()
    item = writing.write_item(item, report="Wij begonnen.", decision="", version=0, by=saskia.person)
    minutes = correcting.ask_corrections(meeting, by=saskia.person)
    client, there = sign_in(saskia), address("attendance", meeting)
    assert f'href="{there}"' in client.get(address("report", meeting)).content.decode()
    said = correcting.send_correction(minutes, text="Ik was er ook.", person=fatma.person, by=fatma.person)
    handle = reverse("meetings:settle_correction", args=[meeting.council.slug, meeting.public_id, said.pk])
    assert client.get(handle).content.decode().count(f'href="{there}"') == 1
    taken = client.post(handle, {"taken_over": "yes"}, follow=True).content.decode()
    assert "Pas het verslag zelf ook aan." in taken
    said = correcting.send_correction(minutes, text="Later.", item=item, person=fatma.person, by=fatma.person)
    handle = reverse("meetings:settle_correction", args=[meeting.council.slug, meeting.public_id, said.pk])
    assert f'href="{there}"' not in client.get(handle).content.decode()
    changed = {"taken_over": "yes", "report": "Wij begonnen later.", "decision": "", "version": "1"}
    assert "Pas het verslag zelf ook aan." not in client.post(handle, changed, follow=True).content.decode()


def test_everybody_else_is_there_with_one_button(meeting, council, saskia, chair, fatma, sign_in):
    meeting.opened_at = meeting.current_item = None
    meeting.save()
    meeting.invitees.all().delete()
    meeting.invitees.create(council=council, person=fatma.person, answer=Answer.DECLINED)
    client = sign_in(saskia)
    assert 'name="others"' in client.get(address("lead", meeting)).content.decode()
    filled = {f"wie-person_{fatma.person.pk}": Attendance.ABSENT_NOTIFIED, "others": "present"}
    assert client.post(address("open_meeting", meeting), filled).status_code == 302
    noted = dict(meeting.invitees.values_list("person", "attendance"))
    away = Attendance.ABSENT_NOTIFIED
    assert noted == {saskia.person.pk: HERE, chair.person.pk: HERE, fatma.person.pk: away}


def test_table_and_report_show_the_actions_and_the_report_says_when_and_where(meeting, saskia, fatma, sign_in):
    item, day = meeting.agenda_items.get(), timezone.localdate() + timedelta(days=9)
    add_action(meeting.council, text="Bel de bus", owner=fatma.person, due_on=day, item=item, by=saskia.person)
    for name in ("lead", "report"):
        page = sign_in(saskia).get(address(name, meeting)).content.decode()
        assert "Bel de bus" in page, name
        assert f"uiterlijk {plain_date(day)}" in page, name
    assert f"{dutch_date(timezone.localdate().isoformat())}, " in page
    assert f" uur, {meeting.place}" in page


def test_the_report_says_who_gets_it_on_paper_with_the_address_until_it_is_posted(
    meeting, saskia, chair, fatma, sign_in
):
    person = fatma.person
    person.email, person.post_address = "", "Lindelaan 4\n1234 AB Testdorp"
    person.save()
    writing.write_item(meeting.agenda_items.get(), report="Wij begonnen.", decision="", version=0, by=saskia.person)
    correcting.ask_corrections(meeting, by=saskia.person)
    client, letter = sign_in(saskia), Message.objects.get(kind="meetings.minutes_to_read", person=person)
    page = client.get(address("report", meeting)).content.decode()
    assert "Wie krijgt dit verslag op papier?" in page
    assert "Lindelaan 4" in page
    act = reverse("councils:post_act", args=[meeting.council.slug, letter.public_id])
    assert act in page
    assert act not in sign_in(chair).get(address("report", meeting)).content.decode()  # the post is the secretary's
    sign_in(saskia).post(act, {"do": "posted"})
    assert "Lindelaan 4" not in sign_in(saskia).get(address("report", meeting)).content.decode()
