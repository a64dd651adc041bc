"""After the invitations a change becomes a supplement with a name by itself, and the members hear of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions.agenda import add_item
from meetings.actions.inviting import answer_invitation, send_invitations
from meetings.actions.packs import ask_pack
from meetings.actions.papers import add_paper
from meetings.actions.scheduling import cancel_meeting, change_meeting
from meetings.models import MeetingPack
from meetings.states import Answer, PackState
from meetings.supplements import supplements_due
from meetings.tasks import make_pack
from portal.documents import keep
from portal.models import Message
from portal.post import BUILDERS, NoLongerNeeded
from tests.factories import MeetingFactory

NEWS = "meetings.papers_added"


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    monkeypatch.setattr("meetings.management.commands.make_packs.ask_to_make", make_pack)


@pytest.fixture
def meeting(council, saskia, fatma, chair):
    starts = timezone.now() + timedelta(days=30)
    found = MeetingFactory(council=council, starts_at=starts, ends_at=starts + timedelta(hours=2))
    put(found, saskia, "Begroting")
    make_pack(ask_pack(found, by=saskia.person).pk)
    send_invitations(found, by=saskia.person, at_once=True)
    return found


def put(meeting, saskia, title: str):
    item = add_item(meeting, title=f"Over {title}", aim="decide", minutes=10, by=saskia.person)
    document = keep(title.encode(), f"{title}.txt", "text/plain", by=saskia.person, council_id=meeting.council_id)
    return add_paper(item, document, by=saskia.person)


def a_while_later(minutes: int = 16):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def editions(meeting) -> list[tuple[str, str]]:
    return list(meeting.packs.order_by("edition", "large").values_list("name", "state"))


def test_a_change_becomes_a_supplement_when_it_has_rested_and_each_member_hears_it_once(meeting, saskia, fatma, chair):
    answer_invitation(meeting.invitees.get(person=chair.person), Answer.DECLINED, by=chair.person)
    with a_while_later():
        call_command("make_packs", "--apply")
        assert editions(meeting) == [("Vergaderstukken", "ready")]  # nothing changed
        put(meeting, saskia, "Vervoer")
        call_command("make_packs", "--apply")
        assert len(editions(meeting)) == 1  # she may not be finished
    with a_while_later(33):
        call_command("make_packs")
        assert len(editions(meeting)) == 1  # without --apply it only counts
        for _run in range(2):
            call_command("make_packs", "--apply")
    assert editions(meeting) == [("Vergaderstukken", "ready"), ("Nagekomen stukken 1", "ready")]
    assert meeting.packs.get(edition=2).holds["changes"] == [
        "De agenda is veranderd.", "Nieuw bij punt 2: Vervoer",
    ]  # fmt: skip
    told = Message.objects.filter(kind=NEWS).values_list("person__name", flat=True)
    assert sorted(told) == ["Fatma Yılmaz", "Saskia de Wit"]  # not the chair, who does not come


def test_a_new_time_makes_the_whole_pack_again_and_the_members_hear_it(meeting, saskia, fatma):
    hour = timedelta(hours=1)
    change_meeting(meeting, starts_at=meeting.starts_at + hour, ends_at=meeting.ends_at + hour, by=saskia.person)
    with a_while_later():
        call_command("make_packs", "--apply")
        call_command("make_packs", "--apply")
    assert editions(meeting) == [("Vergaderstukken", "ready"), ("Vergaderstukken", "ready")]
    again = meeting.packs.get(edition=2)
    assert (again.is_supplement, again.parts) == (False, 2)  # with the paper that was in the first
    assert again.holds["changes"] == ["De tijd, de plaats of de titel is veranderd."]
    assert Message.objects.filter(kind=NEWS, person=fatma.person).count() == 1


def test_the_mail_names_the_supplement_and_no_paper_and_stops_when_the_meeting_does(meeting, saskia, fatma):
    put(meeting, saskia, "Vervoer")
    make_pack(ask_pack(meeting, by=saskia.person).pk)
    message = Message.objects.get(kind=NEWS, person=fatma.person)
    mail = BUILDERS[NEWS](message)
    assert "Nagekomen stukken 1:" in mail.body and "/pakket/" in mail.body
    assert "Vervoer" not in mail.message().as_string()
    cancel_meeting(meeting, by=saskia.person)
    with pytest.raises(NoLongerNeeded):
        BUILDERS[NEWS](message)


def test_before_anybody_is_invited_a_change_waits_for_the_secretary(meeting, saskia):
    type(meeting).objects.filter(pk=meeting.pk).update(invited_at=None, state="planned")
    put(meeting, saskia, "Vervoer")
    with a_while_later():
        assert supplements_due() == []
    assert Message.objects.filter(kind=NEWS).count() == 0


def test_a_supplement_that_failed_waits_for_a_human(meeting, saskia):
    put(meeting, saskia, "Vervoer")
    with a_while_later():
        assert supplements_due() == [(meeting, False)]
        pack = ask_pack(meeting, by=None)
        MeetingPack.objects.filter(pk=pack.pk).update(state=PackState.FAILED)
        assert supplements_due() == []


def test_many_meetings_cost_as_many_queries_as_one(meeting, council, saskia):
    def another() -> None:
        other = MeetingFactory(council=council, starts_at=meeting.starts_at, ends_at=meeting.ends_at, state="invited")
        other.packs.create(
            council=council, edition=1, state=PackState.READY, document=meeting.packs.get(edition=1).document,
            sent_at=timezone.now(), holds={"agenda": "", "facts": "", "papers": []},
        )  # fmt: skip
        put(other, saskia, "Iets")

    another()
    with a_while_later(), CaptureQueriesContext(connection) as few:
        assert len(supplements_due()) == 1
    for _number in range(5):
        another()
    with a_while_later(), CaptureQueriesContext(connection) as many:
        assert len(supplements_due()) == 6
    assert len(few) == len(many)


def test_members_see_what_holds_now_and_the_secretary_every_edition(meeting, saskia, fatma, sign_in):
    type(meeting).objects.filter(pk=meeting.pk).update(invited_at=None)
    make_pack(ask_pack(meeting, by=saskia.person).pk)
    page = reverse("meetings:packs", args=[meeting.council.slug, meeting.public_id])
    seen = [sign_in(user).get(page).content.decode().count("Vergaderstukken</h2>") for user in (fatma, saskia)]
    assert seen == [1, 2]
