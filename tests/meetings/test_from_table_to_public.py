"""One meeting through its pages: held, written, corrected, offered for the next one, adopted there, public."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import ActionItem, Meeting, MeetingDecision, MinutesFile
from meetings.states import MeetingState
from tests.browser.conftest import text_of
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def first(council, saskia, chair, fatma):
    starts = timezone.now() - timedelta(minutes=5)
    meeting = MeetingFactory(
        council=council, title="Overleg van mei", starts_at=starts, state=MeetingState.INVITED, is_public=True
    )
    for position, title in enumerate(["Opening", "Vervoer"], 1):
        AgendaItemFactory(meeting=meeting, position=position, title=title)
    for user in (saskia, chair, fatma):
        meeting.invitees.create(council=council, person=user.person, answer="accepted")
    return meeting


@pytest.fixture
def second(council):
    return MeetingFactory(council=council, title="Overleg van juni", starts_at=timezone.now() + timedelta(days=20))


def of(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id, *more])


def home(client, council):
    return client.get(reverse("councils:room", args=[council.slug])).content.decode()


def hold(client, meeting, people):
    """Open it, and close it again."""
    seats = {f"wie-person_{user.person_id}": "present" for user in people}
    assert client.post(of("open_meeting", meeting), seats).status_code == 302


def days_later(meeting, days):
    """Time passes: all that was planned comes nearer."""
    for one in Meeting.objects.filter(council=meeting.council):
        one.starts_at, one.ends_at = one.starts_at - timedelta(days=days), one.ends_at - timedelta(days=days)
        one.save()


def test_minutes_and_actions_go_from_one_meeting_to_the_next(
    council, first, second, saskia, chair, fatma, sign_in, client
):
    secretary, member = sign_in(saskia), sign_in(fatma)
    opening, transport = first.agenda_items.all()

    # Held: a vote, what was said, an action; closed.
    hold(secretary, first, (saskia, chair, fatma))
    secretary.post(of("go_to_item", first, transport.pk), {"van": opening.pk})
    votes = {"text": "Wij sturen een brief.", "outcome": "yes", "in_favour": "2", "against": "0"}
    assert secretary.post(of("decide_at_item", first, transport.pk), votes).status_code == 302
    day = f"{timezone.localdate(first.starts_at):%Y%m%d}"
    transport.refresh_from_db()
    said = {
        "report": f"{fatma.person.name} vertelde over de bus.", "decision": transport.decision, "version": "1",
        "public_report": "Wij spraken over de bus.", "to_do": "Brief schrijven", "owner": fatma.person_id,
    }  # fmt: skip
    assert secretary.post(of("write_item", first, transport.pk), said).status_code == 302
    assert [MeetingDecision.objects.get().number, ActionItem.objects.get().number] == [f"{day}-001", f"{day}-002"]
    assert secretary.post(of("close_meeting", first), {"toch": "1"}).status_code == 302

    # To the members: each home says what is asked.
    assert "Schrijf het verslag van" in home(secretary, council)
    assert "Klopt het?" not in home(member, council)
    until = timezone.localdate() + timedelta(days=14)
    assert secretary.post(of("ask_corrections", first), {"until": until.isoformat()}).status_code == 302
    assert "Klopt het?" in home(member, council)
    assert "Schrijf het verslag van" not in home(secretary, council)
    member.post(of("correct", first), {"item": transport.pk, "text": "De trein, niet de bus."})
    assert "wachten op u" in home(secretary, council)
    link = re.search(r'href="([^"]*/verslag/correctie/\d+/)"', secretary.get(of("report", first)).content.decode())[1]
    transport.refresh_from_db()
    settled = {
        "taken_over": "yes", "report": "Wij spraken over de trein.", "decision": transport.decision,
        "version": transport.version,
    }  # fmt: skip
    assert secretary.post(link, settled).status_code == 302
    assert "wachten op u" not in home(secretary, council)

    # The next agenda is offered both by itself.
    agenda = secretary.get(of("agenda", second)).content.decode()
    assert "Verslag van" in agenda
    assert "Open acties: 1." in agenda
    assert secretary.post(of("place_offer", second), {"offer": "all"}).status_code == 302
    adopts, actions = second.agenda_items.all()
    assert [adopts.origin, actions.origin] == ["last_minutes", "open_actions"]

    # Adopted there, from the page at the table and back to it.
    days_later(first, 21)
    hold(secretary, second, (saskia, chair, fatma))
    table = secretary.get(of("lead", second))
    (link,) = table.context["links"]
    assert (link.action, link.url) == ("Stel het verslag vast", f"{of('adopt_minutes', first)}?punt={adopts.pk}")
    assert f'<option value="{adopts.pk}" selected>' in secretary.get(link.url).content.decode()
    back = secretary.post(link.url, {"item": adopts.pk})
    assert back.url == of("lead", second)
    secretary.post(of("go_to_item", second, actions.pk), {"van": adopts.pk})
    (link,) = secretary.get(of("lead", second)).context["links"]
    assert "Brief schrijven" in secretary.get(link.url).content.decode()
    assert secretary.post(of("close_meeting", second), {"toch": "1"}).status_code == 302

    # Not done: it comes back, with its number; done: it does not.
    third = MeetingFactory(council=council, title="Overleg van juli", starts_at=timezone.now() + timedelta(days=20))
    assert "Open acties: 1." in secretary.get(of("agenda", third)).content.decode()
    assert f"{day}-002" in member.get(reverse("meetings:actions", args=[council.slug])).content.decode()
    member.post(reverse("meetings:finish_action", args=[council.slug, f"{day}-002"]), {"note": "Verstuurd."})
    assert "Open acties" not in secretary.get(of("agenda", third)).content.decode()

    # Public: the short text and the decision; the two PDFs were made by the worker.
    assert secretary.post(of("publish_minutes", first), {"item_2": "Over de trein.", "sure": "on"}).status_code == 302
    page = client.get(of("public_minutes", first)).content.decode()
    assert "Over de trein." in page
    assert "Wij sturen een brief." in page
    assert fatma.person.name not in page
    public = b"".join(client.get(of("public_minutes_pdf", first)).streaming_content)
    assert "Over de trein." in text_of(public)
    assert f"Besluit {day}-001" in text_of(public)
    whole = b"".join(member.get(of("minutes_pdf", first)).streaming_content)
    assert "Wij spraken over de trein." in text_of(whole)
    assert MinutesFile.objects.filter(publication=None, large=False).count() == 1
    assert client.get(reverse("meetings:public_decisions", args=[council.slug])).content.decode().count(day) == 1
