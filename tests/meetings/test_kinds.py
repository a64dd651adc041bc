"""Kinds of meeting, who may listen, and the one next step on the page of a meeting."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.forms.planning import MeetingForm
from meetings.models import Meeting, Minutes
from meetings.states import MeetingState, Openness
from tests.factories import AgendaItemFactory, AuthorityFactory, MeetingFactory

BASE = {"title": "Overleg", "day": "2027-03-09", "starts": "19.30", "ends": "21.30"}


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def form(council, **more) -> MeetingForm:
    return MeetingForm({**BASE, **more}, instance=Meeting(council=council))


def test_a_working_group_has_a_name_and_another_kind_does_not(council):
    nameless = form(council, kind="working_group")
    assert nameless.errors == {"working_group": ["Vul in welke werkgroep dit is."]}
    named = form(council, kind="working_group", working_group="Vervoer")
    assert named.is_valid() and named.facts()["working_group"] == "Vervoer"
    plenary = form(council, kind="plenary", working_group="Vervoer")
    assert plenary.is_valid() and plenary.facts()["working_group"] == ""


def test_one_consults_only_with_an_authority_that_the_council_advises(council, authority):
    elsewhere = AuthorityFactory()
    assert form(council, kind="consultation").errors == {"authority": ["Kies met welk bestuur u overlegt."]}
    assert form(council, kind="consultation", authority=authority.pk).is_valid()
    assert "authority" in form(council, kind="consultation", authority=elsewhere.pk).errors
    board = form(council, kind="board", authority=authority.pk)
    assert board.is_valid() and board.facts()["authority"] is None


def test_the_chair_of_a_meeting_is_somebody_of_the_council(council, fatma, victor):
    assert form(council, kind="board", chair=fatma.person_id).is_valid()
    assert "chair" in form(council, kind="board", chair=victor.person_id).errors


@pytest.mark.parametrize(
    ("is_public", "closed_item", "expected"),
    [
        (True, False, Openness.PUBLIC),
        (True, True, Openness.PARTLY),
        (False, False, Openness.CLOSED),
        (False, True, Openness.CLOSED),
    ],
)
def test_who_may_listen_follows_from_the_meeting_and_its_items(council, is_public, closed_item, expected):
    meeting = MeetingFactory(council=council, is_public=is_public)
    AgendaItemFactory(meeting=meeting)
    if closed_item:
        AgendaItemFactory(meeting=meeting, is_closed=True, closed_ground="Persoonsgegevens")
    assert meeting.openness == expected
    assert Meeting.objects.with_openness().get(pk=meeting.pk).openness == expected


def test_the_page_names_the_item_at_which_nobody_may_listen(council, fatma, sign_in):
    meeting = MeetingFactory(council=council, is_public=True, kind="working_group", working_group="Vervoer")
    AgendaItemFactory(meeting=meeting, position=1)
    AgendaItemFactory(meeting=meeting, position=2, is_closed=True, closed_ground="Persoonsgegevens")
    page = text_of(sign_in(fatma).get(meeting.get_absolute_url()))
    assert "Iedereen mag komen luisteren, behalve bij agendapunt 2." in page
    assert "Deels openbaar" in page and "Werkgroep Vervoer" in page


STEPS = {
    "agenda": "Maak de agenda.",
    "invite": "Controleer de agenda en nodig de leden uit.",
    "papers": "1 besluit heeft nog geen stuk.",
    "hold": "Houd de vergadering.",
    "minutes": "Schrijf het verslag.",
    "send": "Stuur het verslag aan de leden.",
}


@pytest.mark.parametrize("step", STEPS)
def test_the_secretary_reads_one_next_step(council, saskia, fatma, sign_in, step):
    meeting = MeetingFactory(council=council)
    if step != "agenda":
        AgendaItemFactory(meeting=meeting, aim="decide" if step == "papers" else "inform")
    if step == "hold":
        Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=5), state=MeetingState.INVITED)
    if step == "send":
        meeting.agenda_items.update(report="Besproken.")
        Minutes.objects.create(meeting=meeting, council=council)
    if step in ("minutes", "send"):
        Meeting.objects.update(
            starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1),
            state=MeetingState.HELD,
        )  # fmt: skip
    page = text_of(sign_in(saskia).get(meeting.get_absolute_url()))
    assert page.count("Volgende stap") == 1
    assert [name for name, words in STEPS.items() if words in page] == [step]
    assert "Volgende stap" not in text_of(sign_in(fatma).get(meeting.get_absolute_url()))


def test_the_list_has_parts_under_their_plenary_and_asks_as_much_for_many(council, saskia, sign_in):
    def fill(count: int) -> None:
        for number in range(count):
            plenary = MeetingFactory(council=council, title=f"Beraad {number}")
            MeetingFactory(council=council, parent=plenary, title=f"Deel {number}")

    client, url = sign_in(saskia), reverse("meetings:list", args=[council.slug])
    fill(2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    fill(20)
    with CaptureQueriesContext(connection) as many:
        page = text_of(client.get(url))
    assert len(many) == len(few)
    assert page.count("Beraad 19") == 1 and page.count("Deel 19") == 1
    assert page.count('class="portal-result"') == 22


def test_the_list_shows_one_kind_when_asked(council, fatma, sign_in):
    MeetingFactory(council=council, title="Bestuurlijk", kind="board")
    MeetingFactory(council=council, title="Voltallig", kind="plenary", state="invited")
    url = reverse("meetings:list", args=[council.slug])
    page = text_of(sign_in(fatma).get(url))
    assert page.index("Voltallig") < page.index("In de planning") < page.index("Bestuurlijk")
    board = text_of(sign_in(fatma).get(url + "?soort=board"))
    assert "Bestuurlijk" in board and "Voltallig" not in board
