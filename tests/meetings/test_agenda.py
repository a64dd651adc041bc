"""Putting an agenda together: order, clock, standing items, closed items, and who may read which paper."""

from datetime import date, datetime, timedelta

import pypdfium2 as pdfium
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.actions.agenda import add_item, change_item, move_item, remove_item, start_agenda
from meetings.actions.papers import add_paper, change_paper
from meetings.agenda import agenda_told, timetable
from meetings.models import AgendaPaper, StandingItem
from meetings.printing import invitation_letters
from meetings.states import MeetingState
from portal.access import Refused
from portal.documents import keep
from tests.factories import MeetingFactory

CANARY = "KANARIEINHETSTUK"


@pytest.fixture
def meeting(council):
    starts = timezone.make_aware(datetime(2027, 5, 12, 19, 30))
    return MeetingFactory(council=council, starts_at=starts, ends_at=starts + timedelta(hours=2))


@pytest.fixture
def items(meeting, saskia):
    return [add_item(meeting, title=title, aim="inform", minutes=10, by=saskia.person) for title in "ABCD"]


def titles(meeting) -> str:
    """In order, each at the position that the page counts."""
    found = list(meeting.agenda_items.values_list("position", "title"))
    assert [position for position, _title in found] == list(range(1, len(found) + 1))
    return "".join(title for _position, title in found)


@pytest.mark.parametrize(("of", "to", "after"), [
    ("C", 1, "CABD"), ("A", 4, "BCDA"), ("B", 2, "ABCD"), ("B", 99, "ACDB"), ("D", -3, "DABC"),
])  # fmt: skip
def test_an_item_moves_to_any_place_and_stays_within_the_edges(items, meeting, saskia, of, to, after):
    move_item(items["ABCD".index(of)], to=to, by=saskia.person)
    assert titles(meeting) == after


def test_removing_an_item_leaves_no_hole(items, meeting, saskia):
    remove_item(items[1], by=saskia.person)
    assert titles(meeting) == "ACD"


def test_an_item_that_was_reported_on_stays(items, meeting, saskia):
    change_item(items[1], report="Besproken.", by=saskia.person)
    with pytest.raises(Refused, match="weghalen"):
        remove_item(items[1], by=saskia.person)
    assert titles(meeting) == "ABCD"


@pytest.mark.parametrize("at", ["from_item", "until_item"])
def test_an_item_at_which_somebody_came_or_left_stays_and_the_page_says_so(items, meeting, saskia, fatma, sign_in, at):
    invitee = meeting.invitees.create(council=meeting.council, person=fatma.person)
    invitee.presences.create(council=meeting.council, **{at: items[1]})
    url = reverse("meetings:remove_item", args=[meeting.council.slug, meeting.public_id, items[1].pk])
    page = sign_in(saskia).post(url, follow=True).content.decode()
    assert "Bij dit punt is iets vastgelegd. U kunt het niet weghalen." in page
    assert titles(meeting) == "ABCD"


def test_a_paper_of_a_meeting_that_is_over_stays(items, meeting, saskia, sign_in):
    found = paper(items[0], saskia)
    type(meeting).objects.filter(pk=meeting.pk).update(closed_at=timezone.now())
    url = reverse("meetings:remove_paper", args=[meeting.council.slug, meeting.public_id, found.pk])
    assert "voorbij of afgelast" in sign_in(saskia).post(url, follow=True).content.decode()
    found.item.meeting.refresh_from_db()
    with pytest.raises(Refused, match="voorbij of afgelast"):
        paper(found.item, saskia)
    assert AgendaPaper.objects.count() == 1


@pytest.mark.parametrize("verb", [
    lambda item, by: add_item(item.meeting, title="X", aim="inform", minutes=5, by=by),
    lambda item, by: change_item(item, title="X", by=by),
    lambda item, by: move_item(item, to=1, by=by),
    lambda item, by: remove_item(item, by=by),
])  # fmt: skip
def test_the_agenda_of_a_cancelled_meeting_stays_as_it_is(items, meeting, saskia, verb):
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    items[2].meeting.refresh_from_db()
    with pytest.raises(Refused, match="voorbij of afgelast"):
        verb(items[2], saskia.person)
    assert titles(meeting) == "ABCD"


def test_every_item_has_its_time_and_the_sum_is_held_against_the_end(items, meeting, saskia):
    table = timetable(meeting, meeting.agenda_items.all())
    assert [f"{timezone.localtime(row.starts_at):%H.%M}" for row in table.rows] == ["19.30", "19.40", "19.50", "20.00"]
    assert (table.minutes, table.spare, table.late) == (40, 80, 0)
    change_item(items[0], minutes=105, by=saskia.person)
    table = timetable(meeting, meeting.agenda_items.all())
    assert (table.minutes, table.spare, table.late) == (135, -15, 15)


def test_the_page_says_how_late_it_gets(items, meeting, saskia, sign_in):
    change_item(items[0], minutes=105, by=saskia.person)
    page = sign_in(saskia).get(page_of(meeting)).content.decode()
    assert "U bent 15 minuten te laat klaar." in page
    change_item(items[0], minutes=10, by=saskia.person)
    page = sign_in(saskia).get(page_of(meeting)).content.decode()
    assert "te laat klaar" not in page and "Er zijn nog 80 minuten over." in page


def test_the_buttons_say_where_an_item_stands_now_and_keep_the_place(items, meeting, saskia, sign_in):
    client = sign_in(saskia)
    url = reverse("meetings:order_item", args=[meeting.council.slug, meeting.public_id, items[2].pk])
    response = client.post(url, {"to": "up"})
    assert response["Location"].endswith(f"/agenda/#punt-{items[2].pk}")
    assert "Punt 3 staat nu op plaats 2: C" in client.get(page_of(meeting)).content.decode()
    assert titles(meeting) == "ACBD"
    client.post(url, {"to": "1"})
    assert titles(meeting) == "CABD"
    client.post(url, {"to": "onzin"})
    assert titles(meeting) == "CABD"


def page_of(meeting) -> str:
    return reverse("meetings:agenda", args=[meeting.council.slug, meeting.public_id])


# --- standing items -------------------------------------------------------------------------------------------------


@pytest.fixture
def standing(council):
    for position, (title, at_end, kind) in enumerate(
        [("Opening", False, ""), ("DB-zaken", False, "board"), ("Rondvraag", True, ""), ("Sluiting", True, "")], 1
    ):
        StandingItem.objects.create(council=council, position=position, title=title, at_end=at_end, kind=kind)


def test_a_new_agenda_begins_with_the_standing_items_of_its_kind(standing, meeting, saskia):
    start_agenda(meeting, by=saskia.person)
    assert [item.title for item in meeting.agenda_items.all()] == ["Opening", "Rondvraag", "Sluiting"]
    assert start_agenda(meeting, by=saskia.person) == []
    assert meeting.agenda_items.count() == 3


def test_what_is_added_comes_before_the_items_that_end_every_agenda(standing, meeting, saskia):
    start_agenda(meeting, by=saskia.person)
    add_item(meeting, title="Vervoer", aim="decide", minutes=20, by=saskia.person)
    assert [item.title for item in meeting.agenda_items.all()] == ["Opening", "Vervoer", "Rondvraag", "Sluiting"]


# --- closed items and confidential papers -----------------------------------------------------------------------------


def test_a_closed_item_needs_a_reason(items, meeting, saskia, sign_in):
    with pytest.raises(Refused) as refused:
        change_item(items[0], is_closed=True, by=saskia.person)
    assert refused.value.field == "closed_ground"
    url = reverse("meetings:edit_item", args=[meeting.council.slug, meeting.public_id, items[0].pk])
    typed = {"title": "A", "aim": "inform", "minutes": "10", "is_closed": "on", "speaker": "Mevrouw Jansen"}
    response = sign_in(saskia).post(url, typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Schrijf op waarom dit punt besloten is." in page and "Mevrouw Jansen" in page
    assert "is violated" not in page and "geschonden" not in page
    assert sign_in(saskia).post(url, typed | {"closed_ground": "Persoonsgegevens"}).status_code == 302


def paper(item, saskia, **facts) -> AgendaPaper:
    document = keep(CANARY.encode(), f"{CANARY}.txt", "text/plain", by=saskia.person, council_id=item.council_id)
    return add_paper(item, document, title=f"Stuk {CANARY}", by=saskia.person, **facts)


def seen_outside(client, meeting, found: AgendaPaper) -> tuple[bool, int]:
    listed = client.get(reverse("meetings:public_list", args=[meeting.council.slug])).content.decode()
    url = reverse("meetings:public_paper", args=[meeting.council.slug, meeting.public_id, found.document.public_id])
    return CANARY in listed, client.get(url).status_code


@pytest.mark.parametrize(("facts", "seen"), [
    ({}, True),
    ({"visibility": "confidential"}, False),
    ({"visibility": "embargo", "embargo_until": date(2027, 5, 1)}, False),
    ({"visibility": "embargo", "embargo_until": date(2027, 4, 29)}, True),
])  # fmt: skip
def test_outside_the_room_only_open_papers_exist(meeting, items, saskia, fatma, client, sign_in, facts, seen):
    type(meeting).objects.filter(pk=meeting.pk).update(is_public=True, state=MeetingState.INVITED)
    found = paper(
        items[0], saskia, **({**facts, "embargo_until": date(2027, 6, 1)} if "embargo_until" in facts else facts)
    )
    AgendaPaper.objects.filter(pk=found.pk).update(embargo_until=facts.get("embargo_until"))
    with time_machine.travel("2027-05-01 21:59:00+02:00"):
        assert seen_outside(client, meeting, found) == (seen, 200 if seen else 404)
        room = reverse("meetings:paper", args=[meeting.council.slug, meeting.public_id, found.pk])
        assert sign_in(fatma).get(room).status_code == 200


def test_an_embargo_ends_by_itself_the_day_after_its_last_day(meeting, items, saskia, client):
    type(meeting).objects.filter(pk=meeting.pk).update(is_public=True, state=MeetingState.INVITED)
    found = paper(items[0], saskia, visibility="embargo", embargo_until=date(2027, 5, 1))
    with time_machine.travel("2027-05-01 21:59:00+00:00"):  # 23.59 in Amsterdam
        assert found.is_confidential and seen_outside(client, meeting, found) == (False, 404)
    with time_machine.travel("2027-05-01 22:01:00+00:00"):
        assert not found.is_confidential and seen_outside(client, meeting, found) == (True, 200)


def test_of_a_closed_item_everybody_sees_only_the_reason(meeting, items, saskia, client):
    type(meeting).objects.filter(pk=meeting.pk).update(is_public=True, state=MeetingState.INVITED)
    change_item(items[0], title=f"Zaak {CANARY}", is_closed=True, closed_ground="Persoonsgegevens", by=saskia.person)
    found = paper(items[0], saskia)
    assert seen_outside(client, meeting, found) == (False, 404)
    page = client.get(reverse("meetings:public_list", args=[meeting.council.slug])).content.decode()
    assert "Besloten punt: Persoonsgegevens" in page
    change_item(items[0], is_closed=False, by=saskia.person)
    assert seen_outside(client, meeting, found) == (True, 200)


def test_a_paper_of_a_meeting_that_is_not_public_does_not_exist_outside(meeting, items, saskia, client):
    found = paper(items[0], saskia)
    assert seen_outside(client, meeting, found) == (False, 404)


def test_an_embargo_needs_a_day_that_is_still_to_come(meeting, items, saskia):
    found = paper(items[0], saskia)
    for day in (None, timezone.localdate() - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            change_paper(found, title="Stuk", visibility="embargo", embargo_until=day, by=saskia.person)
        assert refused.value.field == "embargo_until"
    assert AgendaPaper.objects.get(pk=found.pk).visibility == "open"


def test_several_papers_come_in_at_once_with_the_same_rule(meeting, items, saskia, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = reverse("meetings:edit_item", args=[meeting.council.slug, meeting.public_id, items[0].pk])
    files = [SimpleUploadedFile(f"{name}.txt", b"tekst") for name in ("Begroting_2027", "Toelichting")]
    data = {"title": "A", "aim": "inform", "minutes": "10", "papers": files, "visibility": "confidential"}
    assert sign_in(saskia).post(url, data).status_code == 302
    assert list(items[0].papers.order_by("pk").values_list("title", "visibility")) == [
        ("Begroting 2027", "confidential"), ("Toelichting", "confidential"),
    ]  # fmt: skip
    room = reverse("meetings:paper", args=[meeting.council.slug, meeting.public_id, items[0].papers.first().pk])
    assert "2027-05-12_punt_1_Begroting_2027.txt" in sign_in(saskia).get(room)["Content-Disposition"]


def test_a_guest_is_told_why_an_item_is_closed_and_not_what_it_is(meeting, items, saskia, fatma, stijn):
    change_item(items[0], title=f"Zaak {CANARY}", is_closed=True, closed_ground="Persoonsgegevens", by=saskia.person)
    assert [item.title for item in agenda_told(meeting, in_room=True)] == [f"Zaak {CANARY}", "B", "C", "D"]
    assert [item.title for item in agenda_told(meeting, in_room=False)] == [
        "Besloten punt: Persoonsgegevens", "B", "C", "D",
    ]  # fmt: skip
    meeting.invitees.create(council=meeting.council, person=fatma.person)
    meeting.invitees.create(council=meeting.council, person=stijn.person, role="guest")
    assert CANARY in text_of(invitation_letters(meeting, [fatma.person]))
    assert CANARY not in text_of(invitation_letters(meeting, [stijn.person]))


def text_of(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content))
