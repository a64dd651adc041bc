"""A poll for the date of a meeting: opening, answering, choosing the day, closing without one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.scheduling import schedule_meeting
from meetings.models import DateAnswer, DateOption, DatePoll, Meeting
from meetings.polls import asked_people, silent_people
from meetings.states import DateAnswerChoice
from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.post import post

FEWEST = 2


@transaction.atomic
def open_poll(
    council: Council, *, title: str, kind: str, answer_by: date, spans: Sequence[tuple[datetime, datetime]], by: Person,
    place: str = "",
) -> DatePoll:  # fmt: skip
    """Ask everybody who would be invited. Whoever opens it is asked on the page, not by mail."""
    if len(spans) < FEWEST:
        raise Refused(_("Propose at least two dates. For one date you can plan the meeting at once."))
    if answer_by < timezone.localdate():
        raise Refused(_("The last day to answer has passed already."), field="answer_by")
    if answer_by >= timezone.localdate(min(spans)[0]):
        raise Refused(_("The last day to answer comes before the first date."), field="answer_by")
    poll = DatePoll.objects.create(
        council=council, title=title, kind=kind, place=place, answer_by=answer_by, opened_by=by
    )
    DateOption.objects.bulk_create(
        DateOption(poll=poll, council=council, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in spans
    )
    record("date_poll.opened", poll, by=by)
    for person in asked_people(poll).exclude(pk=by.pk):
        post("meetings.date_poll", person, about=poll, cause=f"poll:{poll.pk}", council_id=council.pk)
    return poll


@transaction.atomic
def answer_poll(poll: DatePoll, person: Person, answers: Mapping[int, str], *, by: Person) -> None:
    """What this person says of each day (by the id of the option); the last answer counts. Nobody is mailed."""
    poll = _open(poll)
    if not asked_people(poll).filter(pk=person.pk).exists():
        raise Refused(_("This question is for the people of the council."))
    options = {option.pk: option for option in poll.options.all()}
    for pk, answer in answers.items():
        DateAnswer.objects.update_or_create(
            option=options[pk], person=person,
            defaults={
                "answer": DateAnswerChoice(answer), "answered_at": timezone.now(), "answered_by": by,
                "council_id": poll.council_id,
            },
        )  # fmt: skip
    record("date_poll.answered", poll, by=by)


@transaction.atomic
def choose_date(option: DateOption, *, by: Person) -> Meeting:
    """The day becomes the meeting and the poll closes. Pressing twice gives the same meeting."""
    poll = DatePoll.objects.select_for_update().get(pk=option.poll_id)
    if poll.meeting_id:
        return Meeting.objects.get(pk=poll.meeting_id)
    poll = _open(poll)
    if option.starts_at <= timezone.now():
        raise Refused(_("This date has passed. Choose another one."))
    council = Council.objects.get(pk=poll.council_id)
    meeting = schedule_meeting(
        council, title=poll.title, kind=poll.kind, place=poll.place, starts_at=option.starts_at,
        ends_at=option.ends_at, by=by,
    )  # fmt: skip
    poll.meeting, poll.closed_at = meeting, timezone.now()
    poll.save(update_fields=["meeting", "closed_at"])
    record("date_poll.chosen", poll, by=by)
    return meeting


@transaction.atomic
def close_poll(poll: DatePoll, *, by: Person) -> DatePoll:
    """Without a date: no day suits. Questions and reminders that still wait are not sent any more."""
    poll = _open(poll)
    poll.closed_at = timezone.now()
    poll.save(update_fields=["closed_at"])
    record("date_poll.closed", poll, by=by)
    return poll


@transaction.atomic
def remind_poll(poll: DatePoll) -> int:
    """Once, to who did not answer; the builder asks again at send time."""
    poll = _open(poll)
    kind, cause = "meetings.date_poll_reminder", f"poll:{poll.pk}"
    reminded = Message.objects.filter(kind=kind, cause=cause).values("person")
    silent = list(silent_people(poll).exclude(pk__in=reminded))
    for person in silent:
        post(kind, person, about=poll, cause=cause, council_id=poll.council_id)
    if silent:
        record("date_poll.reminded", poll, by=None)
    return len(silent)


def _open(poll: DatePoll) -> DatePoll:
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    if poll.closed_at:
        raise Refused(_("This poll is closed. The date has been chosen, or no date suited."))
    return poll
