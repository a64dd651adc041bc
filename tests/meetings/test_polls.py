"""Which day suits? Asked by mail, answered per day, and one day becomes the meeting."""

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import polls
from meetings.emails.polls import poll_token
from meetings.forms.year import PREFIX
from meetings.models import DateAnswer, DatePoll, Meeting
from meetings.polls import asked_people, standings_of
from meetings.states import MeetingState
from portal.access import Refused
from portal.calendar import wall_clock
from portal.models import Message
from portal.states import MessageState
from portal.tasks import deliver
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def span(days: int) -> tuple:
    day = timezone.localdate() + timedelta(days=days)
    return wall_clock(day, time(19, 30)), wall_clock(day, time(21, 30))


@pytest.fixture
def poll(council, saskia, fatma, chair) -> DatePoll:
    return polls.open_poll(
        council, title="Extra overleg", kind="plenary", place="Zaal 2", spans=[span(30), span(31)],
        answer_by=timezone.localdate() + timedelta(days=7), by=saskia.person,
    )  # fmt: skip


def url(name: str, poll: DatePoll, *more: object) -> str:
    return reverse(f"meetings:{name}", args=[poll.council.slug, poll.public_id, *more])


def answers(poll: DatePoll, *said: str) -> dict:
    return {f"dag-{option.pk}": one for option, one in zip(poll.options.all(), said, strict=True)}


def asked_by_mail(poll: DatePoll, kind: str = "meetings.date_poll") -> set:
    return set(Message.objects.filter(kind=kind, about_id=poll.pk).values_list("person__name", flat=True))


def test_everybody_but_who_asks_gets_one_mail_with_the_days_and_a_link(poll, fatma, django_capture_on_commit_callbacks):
    assert asked_by_mail(poll) == {"Fatma Yılmaz", "Chris Bakker"}
    with django_capture_on_commit_callbacks(execute=True):
        deliver(Message.objects.get(person=fatma.person, kind="meetings.date_poll").pk)
    letter = mail.outbox[-1]
    assert letter.subject.startswith("Welke dag past u? Antwoord uiterlijk ")
    assert "Extra overleg" not in letter.subject and "Fatma" not in letter.subject
    assert letter.body.count("om 19.30 uur") == 2 and "/datum/" in letter.body
    assert re.search(r"U krijgt deze mail|Deze mail hoort bij", letter.body)


def test_the_link_answers_with_the_button_only_and_mails_nobody(poll, fatma):
    page = reverse("meetings:poll_link", args=[poll_token(poll, fatma.person)])
    before = Message.objects.count()
    seen = Client().get(page)
    assert seen.status_code == 200 and "Fatma Yılmaz" in text_of(seen)
    assert not DateAnswer.objects.exists()
    done = text_of(Client().post(page, answers(poll, "yes", "no")))
    assert "uw antwoorden zijn opgeslagen" in done
    assert list(DateAnswer.objects.order_by("option__starts_at").values_list("answer", flat=True)) == ["yes", "no"]
    Client().post(page, answers(poll, "maybe", "no"))
    assert DateAnswer.objects.count() == 2 and DateAnswer.objects.filter(answer="maybe").count() == 1
    assert Message.objects.count() == before


def test_a_link_that_we_did_not_make_or_of_somebody_who_left_opens_nothing(poll, fatma):
    token = poll_token(poll, fatma.person)
    assert Client().get(reverse("meetings:poll_link", args=[token[:-2] + "xx"])).status_code == 404
    fatma.person.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Client().get(reverse("meetings:poll_link", args=[token])).status_code == 404


def test_an_answer_is_asked_for_each_day_and_what_was_chosen_stays(poll, fatma, sign_in):
    first = poll.options.first()
    page = sign_in(fatma).post(url("poll", poll), {f"dag-{first.pk}": "maybe"})
    assert page.status_code == 422 and "Kies een antwoord bij" in text_of(page)
    assert re.search(rf'name="dag-{first.pk}" value="maybe" checked', page.content.decode())


def test_the_secretary_answers_for_somebody_and_a_member_does_not(poll, saskia, fatma, sign_in):
    page = url("poll_answer_for", poll, fatma.person_id)
    assert sign_in(fatma).post(page, answers(poll, "yes", "yes")).status_code == 403
    sign_in(saskia).post(page, answers(poll, "yes", "no"))
    answer = DateAnswer.objects.filter(person=fatma.person).first()
    assert answer and answer.answered_by == saskia.person


def test_each_day_says_who_can_and_whether_the_quorum_is_reached(poll, council, saskia, fatma, chair):
    members = [MembershipFactory(council=council).person for _ in range(2)]
    first, second = poll.options.all()
    for person, said in zip(
        [fatma.person, chair.person, *members], [("yes", "yes"), ("yes", "maybe"), ("yes", "maybe"), ("no", "no")],
        strict=True,
    ):  # fmt: skip
        polls.answer_poll(poll, person, {first.pk: said[0], second.pk: said[1]}, by=person)
    one, two = standings_of(poll, asked_people(poll))
    assert one.words == "3 kunnen, 0 als het moet, 1 niet, 1 zonder antwoord"
    assert one.quorum == "Het quorum is gehaald (3, art. 5)."
    assert two.quorum == "Het quorum is alleen gehaald met wie kan als het moet (3, art. 5)."
    polls.answer_poll(poll, members[0], {first.pk: "no", second.pk: "no"}, by=members[0])
    assert standings_of(poll, asked_people(poll))[0].quorum == "Het quorum is niet gehaald (3, art. 5)."


def test_the_chosen_day_becomes_the_meeting_once_and_its_invitation_is_shown(poll, saskia, fatma, sign_in):
    option = poll.options.first()
    polls.answer_poll(poll, fatma.person, {option.pk: "yes"}, by=fatma.person)
    desk = sign_in(saskia)
    chosen = desk.post(url("choose_date", poll), {"option": option.pk})
    meeting = Meeting.objects.get()
    assert chosen.url == reverse("meetings:invite", args=[poll.council.slug, meeting.public_id])
    assert (meeting.title, meeting.place, meeting.starts_at) == ("Extra overleg", "Zaal 2", option.starts_at)
    assert meeting.state == MeetingState.PLANNED and not meeting.invitees.exists()
    desk.post(url("choose_date", poll), {"option": poll.options.last().pk})
    assert Meeting.objects.count() == 1
    with pytest.raises(Refused):
        polls.answer_poll(poll, fatma.person, {option.pk: "no"}, by=fatma.person)
    assert "De datum is gekozen" in text_of(sign_in(fatma).get(url("poll", poll)))


def test_after_closing_a_waiting_question_is_not_sent(poll, fatma, saskia, django_capture_on_commit_callbacks):
    message = Message.objects.get(person=fatma.person, kind="meetings.date_poll")
    polls.close_poll(poll, by=saskia.person)
    with django_capture_on_commit_callbacks(execute=True):
        deliver(message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.DROPPED and not mail.outbox
    with pytest.raises(Refused):
        polls.close_poll(poll, by=saskia.person)


def test_who_is_silent_two_days_before_the_last_day_is_reminded_once(poll, fatma, chair, saskia):
    call_command("remind_date_polls", "--apply")
    assert asked_by_mail(poll, "meetings.date_poll_reminder") == set()
    option = poll.options.first()
    polls.answer_poll(poll, fatma.person, {option.pk: "yes"}, by=fatma.person)
    DatePoll.objects.update(
        answer_by=timezone.localdate() + timedelta(days=2), opened_at=timezone.now() - timedelta(days=3)
    )
    call_command("remind_date_polls")
    assert asked_by_mail(poll, "meetings.date_poll_reminder") == set()
    call_command("remind_date_polls", "--apply")
    call_command("remind_date_polls", "--apply")
    assert asked_by_mail(poll, "meetings.date_poll_reminder") == {"Chris Bakker", "Saskia de Wit"}
    assert Message.objects.filter(kind="meetings.date_poll_reminder").count() == 2


def test_a_poll_for_the_board_asks_the_board(council, saskia, fatma, chair, sign_in):
    poll = polls.open_poll(
        council, title="Bestuur", kind="board", spans=[span(30), span(31)], by=saskia.person,
        answer_by=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    assert asked_by_mail(poll) == {"Chris Bakker"}
    with pytest.raises(Refused):
        polls.answer_poll(poll, fatma.person, {poll.options.first().pk: "yes"}, by=fatma.person)
    assert "Welke dag past u" not in text_of(sign_in(fatma).get(reverse("councils:room", args=[council.slug])))
    assert "Welke dag past u: Bestuur" in text_of(sign_in(chair).get(reverse("councils:room", args=[council.slug])))


POLL = {"title": "Extra overleg", "kind": "plenary", "answer_by": "2027-01-05"}


@pytest.mark.parametrize(
    ("days", "answer_by", "sentence"),
    [
        (["2027-02-01"], "2027-01-05", "Stel ten minste twee data voor."),
        (["2027-02-01", "2027-02-02"], "2020-01-05", "De laatste dag om te antwoorden is al voorbij."),
        (["2027-02-01", "2027-02-02"], "2027-02-01", "De laatste dag om te antwoorden ligt voor de eerste datum."),
    ],
)
def test_a_poll_that_cannot_be_is_refused_and_nothing_is_lost(council, saskia, sign_in, days, answer_by, sentence):
    data = POLL | {"answer_by": answer_by, f"{PREFIX}-TOTAL_FORMS": len(days), f"{PREFIX}-INITIAL_FORMS": 0}
    for number, day in enumerate(days):
        data |= {f"{PREFIX}-{number}-day": day, f"{PREFIX}-{number}-starts": "19.30", f"{PREFIX}-{number}-ends": "21"}
    page = sign_in(saskia).post(reverse("meetings:new_poll", args=[council.slug]), data)
    assert page.status_code == 422 and sentence in text_of(page) and 'value="Extra overleg"' in text_of(page)
    assert not DatePoll.objects.exists()


def test_the_secretary_asks_on_the_page_and_an_empty_row_is_no_date(council, saskia, fatma, sign_in):
    data = POLL | {f"{PREFIX}-TOTAL_FORMS": 3, f"{PREFIX}-INITIAL_FORMS": 0}
    for number, day in enumerate(["2027-02-01", "2027-02-02", ""]):
        data |= {f"{PREFIX}-{number}-day": day, f"{PREFIX}-{number}-starts": "19.30", f"{PREFIX}-{number}-ends": "21"}
    asked = sign_in(saskia).post(reverse("meetings:new_poll", args=[council.slug]), data, follow=True)
    assert "De vraag is verstuurd." in text_of(asked)
    assert DatePoll.objects.get().options.count() == 2


def test_the_page_asks_as_much_for_many_people(poll, council, saskia, sign_in):
    desk = sign_in(saskia)

    def ask() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(url("poll", poll)).status_code == 200
        return len(found)

    ask()
    few = ask()
    for _ in range(20):
        person = MembershipFactory(council=council).person
        polls.answer_poll(poll, person, {option.pk: "yes" for option in poll.options.all()}, by=person)
    assert ask() == few


def test_the_day_of_the_poll_is_the_clock_on_the_wall(poll):
    assert {timezone.localtime(option.starts_at).time() for option in poll.options.all()} == {time(19, 30)}
    assert isinstance(timezone.localdate(poll.options.first().starts_at), date)
