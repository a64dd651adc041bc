"""Reminders of a meeting: each once, whatever the calendar does, and only to who needs it when it is sent."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meetings.actions.inviting import answer_invitation
from meetings.actions.scheduling import cancel_meeting, change_meeting
from meetings.forms.planning import MeetingForm
from meetings.models import Invitee, Meeting, Minutes
from meetings.reminders import days_of
from meetings.states import Answer, Channel, MeetingKind, MeetingState, MinutesState
from portal.actions.choosing import choose
from portal.calendar import wall_clock
from portal.documents import keep
from portal.models import Message
from portal.tasks import deliver
from tests.factories import AgendaItemFactory, MeetingFactory, MembershipFactory, PersonFactory

STARTS = wall_clock(date(2027, 3, 30), time(19, 30))  # a Tuesday, two days after summer time began
INVITED = wall_clock(date(2027, 3, 1), time(9, 0))


@pytest.fixture
def meeting(council, saskia) -> Meeting:
    return MeetingFactory(
        council=council, title="Vergadering maart", starts_at=STARTS, ends_at=STARTS + timedelta(hours=2),
        place="Gemeentehuis, zaal 2", state=MeetingState.INVITED, invited_at=INVITED,
    )  # fmt: skip


def invite(meeting, person, answer=Answer.NONE, **facts) -> Invitee:
    invited = {"council": meeting.council, "invited_at": INVITED, "answer": answer, **facts}
    return Invitee.objects.create(meeting=meeting, person=person, **invited)


@pytest.fixture
def silent(meeting, fatma) -> Invitee:
    return invite(meeting, fatma.person)


@pytest.fixture
def coming(meeting, chair) -> Invitee:
    return invite(meeting, chair.person, Answer.ACCEPTED)


def beat(*, sends: bool = True) -> None:
    call_command("remind_meetings", "--apply", verbosity=0)
    if sends:
        call_command("sweep_outbox", "--apply", verbosity=0)


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


def on(day: int, hour: int = 9, month: int = 3) -> datetime:
    return wall_clock(date(2027, month, day), time(hour, 0))


def hourly(start: datetime, until: datetime, *, away: tuple[datetime, datetime] | None = None, twice: bool = False):
    """Beat every hour; `away` is a stretch in which it stood still. What was sent, as (day, subject, to)."""
    sent: list[tuple[int, str, str]] = []
    with time_machine.travel(start, tick=False) as clock:
        while timezone.now() < until:
            if not (away and away[0] <= timezone.now() < away[1]):
                before = len(mail.outbox)
                for _run in range(2 if twice else 1):
                    beat()
                day = timezone.localdate().day
                sent += [
                    (day, one.subject.partition(" ")[0], one.to[0].partition(" ")[0]) for one in mail.outbox[before:]
                ]
            clock.shift(timedelta(hours=1))
    return sent


ONCE_EACH = [(23, "Wilt", "Fatma"), (29, "Wilt", "Fatma"), (29, "Herinnering:", "Chris")]


@pytest.mark.parametrize(
    "faults",
    [
        {}, {"twice": True}, {"away": (on(22, 23), on(23, 2))}, {"away": (on(29, 0), on(29, 2)), "twice": True},
    ],
)  # fmt: skip
def test_each_goes_once_whatever_the_calendar_does(silent, coming, faults):
    found = hourly(on(20), on(30, 19), **faults)
    assert sorted(found) == sorted(ONCE_EACH)


def test_a_calendar_that_stood_still_over_the_day_sends_the_late_one_once(silent, coming):
    late = hourly(on(20), on(30, 19), away=(on(22), on(26)))
    assert sorted(late) == sorted([(26, "Wilt", "Fatma"), *ONCE_EACH[1:]])
    mail.outbox.clear()
    Message.objects.all().delete()
    of_both_days = hourly(on(20), on(30, 19), away=(on(22), on(30, 7)))
    assert sorted(of_both_days) == [(30, "Herinnering:", "Chris"), (30, "Wilt", "Fatma")]  # the last day only


def test_after_the_meeting_began_a_late_reminder_is_of_no_use(silent, coming):
    assert hourly(on(20), on(30, 22), away=(on(22), on(30, 20))) == []


def test_the_reminder_tells_when_where_and_how_to_answer(silent, coming):
    with at(on(29)):
        beat()
    asked, comes = (next(one for one in mail.outbox if name in one.to[0]) for name in ("Fatma", "Chris"))
    assert comes.subject == "Herinnering: vergadering op dinsdag 30 maart 2027 om 19.30 uur"
    assert asked.subject == "Wilt u zeggen of u komt op dinsdag 30 maart 2027?"
    for part in (comes.body, comes.alternatives[0].content):
        assert "Morgen is uw vergadering" in part
        assert "Gemeentehuis, zaal 2" in part and "dinsdag 30 maart 2027 om 19.30 uur" in part
    assert "/antwoord/" in asked.body and "List-Unsubscribe" in asked.extra_headers


def test_who_answered_one_second_earlier_is_not_reminded(silent, fatma):
    with at(on(23)):
        beat(sends=False)
        message = Message.objects.get(kind="meetings.please_answer")  # decided when written, this one would go
        answer_invitation(silent, Answer.DECLINED, by=fatma.person)
        assert deliver(message.pk) == "dropped"
    assert [one for one in mail.outbox if "Wilt u zeggen" in one.subject] == []


def test_who_did_not_answer_is_reminded(silent):
    """The control of the one above."""
    with at(on(23)):
        beat(sends=False)
        assert deliver(Message.objects.get(kind="meetings.please_answer").pk) == "sent"


@pytest.fixture
def paper(meeting, saskia):
    item = AgendaItemFactory(meeting=meeting)
    document = keep(b"tekst", "Begroting.txt", "text/plain", by=saskia.person, council_id=meeting.council_id)
    return item.papers.create(document=document, title="Begroting", added_at=INVITED)


def test_who_comes_is_reminded_of_what_is_to_be_read_and_the_last_day_of_the_meeting(coming, paper):
    sent = hourly(on(20), on(30, 19))
    assert sent == [(23, "Stukken", "Chris"), (29, "Herinnering:", "Chris")]
    read = mail.outbox[0]
    assert read.subject == "Stukken om te lezen: vergadering op dinsdag 30 maart 2027"
    assert "Over 7 dagen is uw vergadering. Er zijn stukken om te lezen." in read.body


@pytest.mark.parametrize(("opened", "state"), [(on(10), "dropped"), (None, "sent")], ids=["read", "not-read"])
def test_who_read_the_papers_meanwhile_is_not_reminded(coming, chair, paper, sign_in, opened, state):
    with at(on(23)):
        beat(sends=False)
        message = Message.objects.get(kind="meetings.please_read")
        if opened:
            url = reverse("meetings:paper", args=[coming.council.slug, coming.meeting.public_id, paper.pk])
            assert sign_in(chair).get(url).status_code == 200
        assert deliver(message.pk) == state


def test_what_came_after_the_reading_is_to_be_read(coming, paper):
    Invitee.objects.update(papers_opened_at=INVITED + timedelta(hours=1))
    with at(on(23)):
        beat(sends=False)
    assert Message.objects.count() == 0
    type(paper).objects.update(added_at=INVITED + timedelta(hours=2))
    with at(on(23)):
        beat(sends=False)
    assert Message.objects.get().kind == "meetings.please_read"


@pytest.mark.parametrize("what", ["cancelled", "moved", "withdrawn", "begun"])
def test_what_changed_before_the_mail_left_stops_it(meeting, coming, saskia, what):
    with at(on(29)):
        beat(sends=False)
        message = Message.objects.get(kind="meetings.comes_soon")
        if what == "cancelled":
            cancel_meeting(meeting, by=saskia.person)
        if what == "moved":
            later = timedelta(days=7)
            change_meeting(meeting, by=saskia.person, starts_at=STARTS + later, ends_at=meeting.ends_at + later)
        if what == "withdrawn":
            Invitee.objects.update(withdrawn_at=timezone.now())
    with at(on(30, 20) if what == "begun" else on(29, 10)):
        assert deliver(message.pk) == "dropped"


def test_who_was_invited_on_the_day_itself_or_without_mail_is_not_reminded(meeting, fatma, chair):
    invite(meeting, fatma.person, invited_at=on(29, 8))
    invite(meeting, chair.person, channel=Channel.PAPER)
    invite(meeting, PersonFactory(without_email=True))
    invite(meeting, PersonFactory(), answer=Answer.DECLINED)
    with at(on(29)):
        beat()
    assert not Message.objects.exists()


def test_who_wants_no_reminders_gets_none(silent, fatma):
    choose(fatma.person, "reminders", "never", by=fatma.person)
    assert hourly(on(20), on(30, 19)) == []


def test_nothing_is_written_without_apply(silent, capsys):
    with at(on(23)):
        call_command("remind_meetings")
    assert capsys.readouterr().out == "1 reminders, nothing done\n" and not Message.objects.exists()


# --- which days -------------------------------------------------------------


def test_the_days_follow_the_kind_until_somebody_chooses():
    assert days_of(Meeting(kind=MeetingKind.PLENARY)) == [7, 1]
    assert days_of(Meeting(kind=MeetingKind.BOARD)) == [3, 1]
    assert days_of(Meeting(kind=MeetingKind.BOARD, reminder_days=[1, 14])) == [14, 1]
    assert days_of(Meeting(kind=MeetingKind.BOARD, reminder_days=[])) == []


def test_no_days_means_no_reminders(meeting, silent, coming):
    Meeting.objects.update(reminder_days=[])
    assert hourly(on(20), on(30, 19)) == []


@pytest.mark.parametrize(("ticked", "kept"), [(["7", "1"], None), (["1", "7"], None), (["14", "3"], [14, 3]), ([], [])])
def test_the_form_keeps_a_choice_and_leaves_the_default_to_the_kind(meeting, ticked, kept):
    day = {"day_day": "30", "day_month": "3", "day_year": "2027", "starts": "19.30", "ends": "21.30"}
    facts = {"title": "Vergadering", "kind": "plenary", "reminder_days": ticked, **day}
    form = MeetingForm(facts, instance=meeting)
    assert form.is_valid(), form.errors
    assert form.facts()["reminder_days"] == kept


# --- afterwards -------------------------------------------------------------


def test_the_secretary_is_asked_to_close_the_meeting_and_later_to_send_the_minutes(meeting, saskia):
    assert hourly(on(30, 20), on(2, month=4)) == [(31, "Wilt", "Saskia")]
    assert mail.outbox[-1].subject == "Wilt u de vergadering van dinsdag 30 maart 2027 afsluiten?"
    Meeting.objects.update(state=MeetingState.HELD)
    assert hourly(on(2, month=4), on(20, month=4)) == [(6, "Wilt", "Saskia")]
    assert mail.outbox[-1].subject == "Wilt u het verslag van de vergadering van dinsdag 30 maart 2027 versturen?"


@pytest.mark.parametrize("kind", ["meetings.please_close", "meetings.please_send_minutes"])
def test_who_did_it_one_second_earlier_is_not_asked(meeting, saskia, kind):
    held = kind.endswith("minutes")
    Meeting.objects.update(state=MeetingState.HELD if held else MeetingState.INVITED)
    with at(on(6, 10, month=4)):
        beat(sends=False)
        message = Message.objects.get(kind=kind)
        if held:
            Minutes.objects.create(
                meeting=meeting, council=meeting.council, state=MinutesState.CORRECTION, sent_at=timezone.now()
            )
        else:
            Meeting.objects.update(state=MeetingState.HELD)
        assert deliver(message.pk) == "dropped"


def test_of_an_old_meeting_nobody_is_reminded(meeting, saskia):
    assert hourly(on(1, month=6), on(2, month=6)) == []


def test_the_run_costs_the_same_for_many(meeting, django_assert_max_num_queries):
    for _ in range(40):
        invite(meeting, MembershipFactory(council=meeting.council).person)
    with at(on(23)), django_assert_max_num_queries(5):
        call_command("remind_meetings")


# --- a change that follows a change -------------------------------------------


def test_three_changes_within_five_minutes_are_one_mail_to_who_had_none_yet(meeting, silent, saskia, fatma):
    with time_machine.travel(on(10), tick=False) as clock:
        for place in ("Zaal 3", "Zaal 4", "Zaal 5"):
            change_meeting(Meeting.objects.get(), by=saskia.person, place=place)
            clock.shift(timedelta(minutes=2))
        call_command("sweep_outbox", "--apply", verbosity=0)
    to_fatma = [one for one in mail.outbox if "Fatma" in one.to[0]]
    assert len(to_fatma) == 1 and "Zaal 5" in to_fatma[0].body and "Zaal 3" not in to_fatma[0].body
