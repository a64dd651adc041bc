"""The table of changes, row by row: on the verb, and on the page before saving."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from meetings import changes
from meetings.actions import inviting, scheduling
from meetings.actions.agenda import add_item, change_item
from meetings.actions.deputies import name_deputy
from meetings.actions.papers import add_paper
from meetings.forms.planning import MeetingForm
from meetings.models import Invitee, Meeting, Visitor
from meetings.states import Answer, Channel, MeetingState
from portal.calendar import wall_clock
from portal.documents import keep
from portal.models import Message
from portal.states import MessageState
from tests.factories import MeetingFactory, MembershipFactory, PersonFactory

DAY = timedelta(days=1)


@pytest.fixture
def meeting(council, saskia, fatma, chair):
    starts = wall_clock(date(2027, 3, 24), time(19, 30))
    with time_machine.travel("2027-03-01 12:00", tick=True):
        meeting = MeetingFactory(
            council=council, title="Overleg", starts_at=starts, ends_at=starts + timedelta(hours=2), place="Zaal 2",
            online_link="https://overleg.test/1", contact=saskia.person, chair=saskia.person, working_group="Vervoer",
            kind="working_group",
        )  # fmt: skip
        inviting.send_invitations(meeting, by=saskia.person)
        Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
        inviting.answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
        meeting.refresh_from_db()
        yield meeting


@dataclass(frozen=True)
class Case:
    """A change, and the row of the table that the test expects of it: typed here again, not read from there."""

    facts: Callable[[Meeting], dict[str, Any]]
    mailed: bool
    sequence: int
    reset: bool
    words: list[str]
    choice: bool  # whether the secretary may choose about the mail


def fact(**facts: Any) -> Callable[[Meeting], dict[str, Any]]:
    return lambda meeting: facts


def moved(**by: timedelta) -> Callable[[Meeting], dict[str, Any]]:
    return lambda meeting: {name: getattr(meeting, name) + step for name, step in by.items()}


def chris(name: str) -> Callable[[Meeting], dict[str, Any]]:
    return lambda meeting: {name: Invitee.objects.get(person__name="Chris Bakker").person}


HOUR = timedelta(minutes=30)
CASES = {
    "later": Case(
        moved(starts_at=HOUR, ends_at=HOUR), True, 1, True,
        ["De tijd verandert: 19.30 uur → 20.00 uur.", "De eindtijd verandert: 21.30 uur → 22.00 uur."], False,
    ),
    "starts_at": Case(moved(starts_at=HOUR), True, 1, True, ["De tijd verandert: 19.30 uur → 20.00 uur."], False),
    "ends_at": Case(moved(ends_at=HOUR), True, 1, True, ["De eindtijd verandert: 21.30 uur → 22.00 uur."], False),
    "day": Case(
        moved(starts_at=DAY, ends_at=DAY), True, 1, True,
        ["De dag verandert: woensdag 24 maart 2027 → donderdag 25 maart 2027."], False,
    ),
    "place": Case(fact(place="Bibliotheek"), True, 1, False, ["De plaats verandert: Zaal 2 → Bibliotheek."], False),
    "no place": Case(fact(place=""), True, 1, False, ["De plaats verandert: Zaal 2 → geen."], False),
    "online_link": Case(
        fact(online_link="https://overleg.test/2"), True, 1, False, ["De link om online mee te doen verandert."],
        False,
    ),
    "no online_link": Case(fact(online_link=""), True, 1, False, ["U kunt niet meer online meedoen."], False),
    "title": Case(fact(title="Beraad"), True, 1, False, ["De titel verandert: Overleg → Beraad."], True),
    "contact": Case(
        chris("contact"), True, 1, False, ["Wie u belt met vragen verandert: Saskia de Wit → Chris Bakker."], True
    ),
    "is_public": Case(fact(is_public=True), False, 0, False, ["De vergadering is nu openbaar."], True),
    "kind": Case(
        fact(kind="board"), False, 0, False,
        ["De soort vergadering verandert: Werkgroep → Overleg van het dagelijks bestuur."], True,
    ),
    "chair": Case(
        chris("chair"), False, 0, False, ["De voorzitter verandert: Saskia de Wit → Chris Bakker."], True
    ),
    "working_group": Case(
        fact(working_group="Wonen"), False, 0, False, ["De werkgroep verandert: Vervoer → Wonen."], True
    ),
    "authority": Case(
        lambda meeting: {"authority": meeting.council.authorities.get()}, False, 0, False,
        ["Met wie wij overleggen verandert: geen → Gemeente Testdorp."], True,
    ),
    "room and public": Case(
        fact(place="Bibliotheek", is_public=True), True, 1, False,
        ["De plaats verandert: Zaal 2 → Bibliotheek.", "De vergadering is nu openbaar."], False,
    ),
    "nothing": Case(fact(title="Overleg"), False, 0, False, [], True),
}  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@EACH
def test_the_verb_does_what_the_table_says(meeting, saskia, fatma, committing, case):
    with committing():
        changed = scheduling.change_meeting(meeting, by=saskia.person, **case.facts(meeting))
    assert (len(mail.outbox), changed.sequence) == (3 if case.mailed else 0, case.sequence)
    kept = meeting.invitees.get(person=fatma.person).answer
    assert kept == (Answer.NONE if case.reset else Answer.ACCEPTED)
    for sent in mail.outbox:
        assert ("Laat opnieuw weten of u komt." in sent.body) is case.reset
        for sentence in case.words:
            assert sentence in sent.body
            assert sentence in sent.alternatives[0].content


@EACH
def test_the_page_says_before_saving_what_the_table_says(meeting, saskia, case):
    outcome = changes.outcome_of(meeting, case.facts(meeting))
    assert (outcome.is_mailed, outcome.raises_sequence, outcome.asks_again) == (
        case.mailed, bool(case.sequence), case.reset,
    )  # fmt: skip
    assert list(outcome.words) == case.words
    assert (outcome.may_choose, outcome.by_email, outcome.answers) == (case.choice, 3, 1 if case.reset else 0)


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.words], ids=[n for n in CASES if n != "nothing"]
)
def test_the_secretary_chooses_only_where_the_table_lets_her(meeting, saskia, committing, case):
    for choice in (False, True):
        before = len(mail.outbox)
        facts = case.facts(Meeting.objects.get(pk=meeting.pk)) if choice else case.facts(meeting)
        with committing():
            scheduling.change_meeting(meeting, by=saskia.person, mail=choice, **facts)
        if not choice:
            assert bool(len(mail.outbox) - before) is not case.choice


def test_every_row_of_the_table_has_a_test():
    of_one_person_or_no_fact = {"agenda", "paper", "parts", "cancelled", "added", "removed"}
    assert set(MeetingForm._meta.fields) <= set(changes.TABLE)
    assert set(changes.TABLE) == (set(CASES) & set(changes.TABLE)) | of_one_person_or_no_fact


def test_cancelling_mails_everybody_and_raises_the_sequence(meeting, saskia, fatma, committing):
    assert changes.outcome_of(meeting, also=["cancelled"]).words == ("De vergadering gaat niet door.",)
    with committing():
        cancelled = scheduling.cancel_meeting(meeting, by=saskia.person)
    assert (len(mail.outbox), cancelled.sequence) == (3, 1)
    assert meeting.invitees.get(person=fatma.person).answer == Answer.ACCEPTED


def test_splitting_in_parts_mails_everybody_and_keeps_the_answers(meeting, saskia, fatma, committing):
    with committing():
        split = scheduling.split_meeting(meeting, by=saskia.person)
    assert (len(mail.outbox), split.sequence) == (3, 1)
    assert "De vergadering heeft nu delen. Elk deel heeft een eigen tijd en zaal." in mail.outbox[0].body
    assert meeting.invitees.get(person=fatma.person).answer == Answer.ACCEPTED


def test_adding_a_person_mails_only_that_person(meeting, council, saskia, committing):
    newcomer = MembershipFactory(council=council).person
    with committing():
        inviting.send_invitations(meeting, by=saskia.person)
    meeting.refresh_from_db()
    assert ([sent.to for sent in mail.outbox], meeting.sequence) == ([[f"{newcomer.name} <{newcomer.email}>"]], 0)
    assert (changes.TABLE["added"].mail, changes.TABLE["added"].sequence) == (changes.Mail.ALWAYS, False)


def test_removing_a_person_cancels_only_for_that_person_and_raises_the_sequence(meeting, saskia, fatma, committing):
    with committing():
        inviting.withdraw_invitation(meeting.invitees.get(person=fatma.person), by=saskia.person)
    meeting.refresh_from_db()
    assert ([sent.to for sent in mail.outbox], meeting.sequence) == ([["Fatma Yılmaz <fatma@testdorp.test>"]], 1)
    assert mail.outbox[0].subject.startswith("Niet meer uitgenodigd:")
    assert "METHOD:CANCEL" in mail.outbox[0].alternatives[1].content


def test_who_is_invited_again_gets_something_newer_than_the_cancellation(meeting, saskia, fatma, committing):
    invitee = meeting.invitees.get(person=fatma.person)
    with committing():
        inviting.withdraw_invitation(invitee, by=saskia.person)
    with committing():
        inviting.send_invitations(meeting, people=[inviting.Asked(fatma.person)], by=saskia.person)
    assert [
        "SEQUENCE:1" in mail.outbox[0].alternatives[1].content,
        "SEQUENCE:2" in mail.outbox[1].alternatives[1].content,
    ] == [True, True]
    assert mail.outbox[1].subject.startswith("Uitnodiging:")


def test_two_changes_tell_the_difference_with_what_was_told_last(meeting, saskia, committing):
    """The first of them was saved without a mail: the second brings it along."""
    scheduling.change_meeting(meeting, by=saskia.person, title="Beraad", mail=False)
    scheduling.change_meeting(meeting, by=saskia.person, place="Zaal 9", mail=True)
    Message.objects.filter(state=MessageState.WAITING).update(state=MessageState.DROPPED)
    mail.outbox.clear()
    with committing():
        scheduling.change_meeting(meeting, by=saskia.person, place="Bibliotheek")
    assert "De plaats verandert: Zaal 2 → Bibliotheek." in mail.outbox[0].body
    assert "De titel verandert: Overleg → Beraad." in mail.outbox[0].body


def test_who_came_later_is_invited_and_hears_of_no_change(meeting, council, saskia, committing):
    scheduling.change_meeting(meeting, by=saskia.person, place="Bibliotheek")
    MembershipFactory(council=council)
    mail.outbox.clear()
    with committing():
        inviting.send_invitations(meeting, by=saskia.person)
    assert [sent.subject.partition(":")[0] for sent in mail.outbox] == ["Uitnodiging"]


def test_an_invitation_that_waits_takes_the_new_facts_along(meeting, council, saskia, settings, committing):
    settings.MEETING_UNDO_MINUTES = 5
    MembershipFactory(council=council)
    inviting.send_invitations(meeting, by=saskia.person)
    waiting = Message.objects.get(state=MessageState.WAITING)
    with committing():
        scheduling.change_meeting(meeting, by=saskia.person, place="Bibliotheek")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.cause.rpartition(":")[2]) == (MessageState.WAITING, "1")
    assert len(mail.outbox) == 3


def test_a_cancellation_goes_only_to_who_knows_of_the_meeting(meeting, council, saskia, settings, committing):
    settings.MEETING_UNDO_MINUTES = 5
    newcomer = MembershipFactory(council=council).person
    inviting.send_invitations(meeting, by=saskia.person)
    with committing():
        scheduling.cancel_meeting(meeting, by=saskia.person)
    assert len(mail.outbox) == 3
    assert list(Message.objects.filter(person=newcomer).values_list("state", flat=True)) == [MessageState.DROPPED]


def test_who_is_phoned_has_to_be_called_again_and_paper_goes_on_paper(meeting, council, saskia, committing):
    phoned = Invitee.objects.create(
        meeting=meeting, council=council, person=PersonFactory(email="", phone="0612345678"), channel=Channel.PHONE,
        phoned_on=date(2027, 2, 1),
    )  # fmt: skip
    paper = Invitee.objects.create(meeting=meeting, council=council, person=PersonFactory(), channel=Channel.PAPER)
    outcome = changes.outcome_of(meeting, {"place": "Bibliotheek"})
    assert (outcome.by_email, outcome.on_paper, outcome.by_phone) == (3, 1, 1)
    with committing():
        scheduling.change_meeting(meeting, by=saskia.person, place="Bibliotheek")
    phoned.refresh_from_db()
    assert phoned.phoned_on is None
    assert not Message.objects.filter(person=phoned.person).exists()
    assert Message.objects.get(person=paper.person).state == MessageState.PAPER


# --- the page ---


def typed(meeting: Meeting, **other: str) -> dict[str, str]:
    form = MeetingForm(instance=meeting)
    day, starts, ends = (form.initial[name] for name in ("day", "starts", "ends"))
    return {
        "title": meeting.title, "kind": meeting.kind, "place": meeting.place, "online_link": meeting.online_link,
        "working_group": meeting.working_group, "chair": meeting.chair_id or "", "contact": meeting.contact_id or "",
        "day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year),
        "starts": starts.strftime("%H.%M"), "ends": ends.strftime("%H.%M"), **other,
    }  # fmt: skip


@pytest.fixture
def send(meeting, saskia, sign_in):
    client, page = sign_in(saskia), reverse("meetings:edit", args=[meeting.council.slug, meeting.public_id])
    return lambda **data: client.post(page, typed(meeting, **data))


def test_the_first_press_shows_what_happens_and_saves_nothing(meeting, send):
    response = send(starts="20.00")
    page = response.content.decode()
    for words in ("De tijd verandert: 19.30 uur → 20.00 uur.", "3 mensen krijgen een mail.", "1 antwoord vervalt."):
        assert words in page
    assert 'name="starts" value="20.00"' in page
    meeting.refresh_from_db()
    assert (meeting.sequence, timezone.localtime(meeting.starts_at).hour) == (0, 19)


def test_visitors_who_get_no_message_are_named_before_a_move_and_before_cancelling(meeting, send, saskia, sign_in):
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)
    for people, gone in ((2, None), (1, timezone.now())):
        Visitor.objects.create(council=meeting.council, meeting=meeting, people=people, withdrawn_at=gone)
    words = "2 bezoekers hebben zich gemeld. Zij krijgen geen bericht van ons. Bel of mail zelf."
    where = reverse("meetings:visitors", args=[meeting.council.slug, meeting.public_id])
    cancel = sign_in(saskia).get(reverse("meetings:cancel", args=[meeting.council.slug, meeting.public_id]))
    for page in (send(starts="20.00", is_public="on"), cancel):
        assert words in page.content.decode() and where in page.content.decode()
    assert "bezoeker" not in send(title="Beraad", is_public="on").content.decode()


def test_the_second_press_saves(meeting, send, committing):
    seal = send(starts="20.00").context["outcome"].seal()
    with committing():
        response = send(starts="20.00", _gezien=seal)
    meeting.refresh_from_db()
    assert (response.status_code, meeting.sequence, len(mail.outbox)) == (302, 1, 3)


def test_back_to_the_form_keeps_what_was_typed(meeting, send):
    response = send(starts="20.00", title="Beraad", _gezien="x", _terug="1")
    assert response.status_code == 200
    assert 'value="Beraad"' in response.content.decode()
    assert response.context["form"]["starts"].value() == "20.00"


def test_what_changed_meanwhile_is_shown_again(meeting, send, council):
    seal = send(starts="20.00").context["outcome"].seal()
    Invitee.objects.create(meeting=meeting, council=council, person=PersonFactory())
    response = send(starts="20.00", _gezien=seal)
    assert "4 mensen krijgen een mail." in response.content.decode()
    assert "Er is intussen iets veranderd" in response.content.decode()


@pytest.mark.parametrize(("data", "mails"), [({"_mailen": "nee"}, 0), ({"_mailen": "ja"}, 3), ({}, 3)])
def test_a_new_title_is_mailed_unless_the_secretary_chooses_not_to(meeting, send, committing, data, mails):
    first = send(title="Beraad")
    assert "Moet iedereen dit horen?" in first.content.decode()
    with committing():
        send(title="Beraad", _gezien=first.context["outcome"].seal(), **data)
    assert (len(mail.outbox), Meeting.objects.get().title) == (mails, "Beraad")


def test_a_new_room_cannot_be_kept_from_people(meeting, send, committing):
    first = send(place="Bibliotheek")
    assert "Moet iedereen dit horen?" not in first.content.decode()
    with committing():
        send(place="Bibliotheek", _gezien=first.context["outcome"].seal(), _mailen="nee")
    assert len(mail.outbox) == 3


def test_other_days_to_remind_are_saved_at_once_because_nobody_hears_of_them(meeting, send, committing):
    with committing():
        response = send(reminder_days="3")
    meeting.refresh_from_db()
    assert (response.status_code, meeting.reminder_days, meeting.sequence, mail.outbox) == (302, [3], 0, [])


def test_the_agenda_and_a_new_paper_mail_nobody_and_leave_the_calendar_as_it_is(meeting, saskia, fatma, committing):
    """Rows "agenda" and "paper" of the table: the supplement of the pack tells of these."""
    with committing():
        item = add_item(meeting, title="Vervoer", aim="inform", minutes=10, by=saskia.person)
        file = keep(b"stuk", "stuk.txt", "text/plain", by=saskia.person, council_id=meeting.council_id)
        add_paper(item, file, title="Notitie", by=saskia.person)
        change_item(item, title="Regiotaxi", by=saskia.person)
    meeting.refresh_from_db()
    answer = meeting.invitees.get(person=fatma.person).answer
    assert (mail.outbox, meeting.sequence, answer) == ([], 0, Answer.ACCEPTED)
    for name in ("agenda", "paper"):
        effect = changes.TABLE[name]
        assert (effect.mail, effect.sequence, effect.asks_again) == (changes.Mail.NO, False, False)


def test_a_new_day_releases_who_would_come_instead(meeting, saskia, fatma, chair, committing):
    with committing():
        name_deputy(meeting.invitees.get(person=fatma.person), chair.person, by=fatma.person)
    mail.outbox.clear()
    with committing():
        scheduling.change_meeting(meeting, by=saskia.person, **moved(starts_at=DAY, ends_at=DAY)(meeting))
    invitee = meeting.invitees.get(person=fatma.person)
    assert (invitee.answer, invitee.deputy) == (Answer.NONE, None)
    assert sorted(sent.subject.partition(":")[0] for sent in mail.outbox) == ["Gewijzigd"] * 3 + ["Vervanging"]


def test_cancelling_before_the_invitations_left_tells_nobody_and_the_page_says_so(
    council, saskia, settings, sign_in, committing
):
    settings.MEETING_UNDO_MINUTES = 5
    fresh = MeetingFactory(council=council)
    inviting.send_invitations(fresh, by=saskia.person)
    client, page = sign_in(saskia), reverse("meetings:cancel", args=[council.slug, fresh.public_id])
    assert "De uitnodigingen zijn nog niet weg." in client.get(page).content.decode()
    with committing():
        answer = client.post(page, follow=True)
    assert "De vergadering gaat niet door. Niemand krijgt bericht." in answer.content.decode()
    assert mail.outbox == []


def test_a_meeting_that_nobody_is_invited_to_is_saved_at_once(meeting, send):
    meeting.invitees.all().delete()
    Meeting.objects.update(state=MeetingState.PLANNED)
    assert send(starts="20.00").status_code == 302
