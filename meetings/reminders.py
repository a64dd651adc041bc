"""When somebody is reminded of a meeting: before it who is invited, after it who does the paperwork.

A row is written once per person and day that it was due; whether the mail is still needed shows when it is sent.
Of several days that were missed only the last counts, and only while it is of use.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.rules import LEADING
from councils.states import CouncilRole
from meetings.models import Invitee, Meeting
from meetings.states import Answer, Channel, InviteeRole, MeetingKind, MeetingState
from portal.models import Person

DEFAULT_DAYS: dict[str, list[int]] = {
    MeetingKind.PLENARY: [7, 1],
    MeetingKind.BOARD: [3, 1],
    MeetingKind.WORKING_GROUP: [3, 1],
    MeetingKind.CONSULTATION: [7, 1],
    MeetingKind.DIALOGUE: [7, 1],
}
DAYS = {14: _("Two weeks before"), 7: _("A week before"), 3: _("Three days before"), 1: _("The day before")}
CLOSE_AFTER, MINUTES_AFTER = 1, 7  # days after the meeting; rule books have no term for the minutes
OF_USE = timedelta(days=14)  # so long after its day a reminder to the secretary still helps


def days_of(meeting: Meeting) -> list[int]:
    """The farthest first; what was not chosen for this meeting follows its kind."""
    chosen = DEFAULT_DAYS[meeting.kind] if meeting.reminder_days is None else meeting.reminder_days
    return sorted(chosen, reverse=True)


def due_day(meeting: Meeting) -> date | None:
    """The last reminder day that has come, while the meeting has not begun."""
    if meeting.state != MeetingState.INVITED or meeting.starts_at <= timezone.now():
        return None
    starts_on, today = timezone.localdate(meeting.starts_at), timezone.localdate()
    return max((day for days in days_of(meeting) if (day := starts_on - timedelta(days=days)) <= today), default=None)


def is_last(meeting: Meeting, day: date) -> bool:
    return (timezone.localdate(meeting.starts_at) - day).days == min(days_of(meeting))


def kind_for(invitee: Invitee, day: date) -> str:
    """Who has not answered is asked each time; who comes hears it once more on the last day, and before that when
    there is something to read. The invitee is found `with_last_paper`."""
    if invitee.withdrawn_at or invitee.answer == Answer.DECLINED:
        return ""
    if invitee.answer == Answer.NONE:
        return "meetings.please_answer"
    if is_last(invitee.meeting, day):
        return "meetings.comes_soon"
    return "meetings.please_read" if has_to_read(invitee) else ""


def has_to_read(invitee: Invitee) -> bool:
    """A member opened no paper since the last one came."""
    last, opened = invitee.last_paper_at, invitee.papers_opened_at
    return invitee.role == InviteeRole.MEMBER and last is not None and (opened is None or opened < last)


def cause_of(meeting: Meeting, day: date) -> str:
    return f"reminder:{meeting.pk}:{day.isoformat()}"


def day_in(cause: str) -> date:
    return date.fromisoformat(cause.rpartition(":")[2])


def before() -> Iterator[tuple[str, Invitee, date]]:
    """Who is to be reminded now, of what, and for which day. Who was invited after that day was told just now."""
    coming = Meeting.objects.filter(state=MeetingState.INVITED, starts_at__gt=timezone.now())
    soon = coming.filter(starts_at__lte=timezone.now() + timedelta(days=max(DAYS) + 1))
    days = {meeting.pk: day for meeting in soon if (day := due_day(meeting))}
    asked = Invitee.objects.filter(meeting__in=days, withdrawn_at=None, channel=Channel.EMAIL).exclude(person__email="")
    for invitee in asked.with_last_paper().select_related("meeting", "person").order_by("meeting__starts_at", "pk"):
        day = days[invitee.meeting_id]
        kind = kind_for(invitee, day)
        if kind and timezone.localdate(invitee.invited_at) < day:
            yield kind, invitee, day


def not_closed() -> QuerySet[Meeting]:
    """Meetings that are over, of which nobody said yet that they were held."""
    return Meeting.objects.filter(state=MeetingState.INVITED, closed_at=None, parent=None)


def without_minutes() -> QuerySet[Meeting]:
    """Meetings that were held, of which the members have no minutes yet."""
    held = Meeting.objects.filter(state=MeetingState.HELD, parent=None)
    return held.exclude(minutes__sent_at__isnull=False).exclude(minutes__adopted_on__isnull=False)


AFTER = {
    "meetings.please_close": (not_closed, CLOSE_AFTER),
    "meetings.please_send_minutes": (without_minutes, MINUTES_AFTER),
}


def after() -> Iterator[tuple[str, Meeting, date]]:
    """What the secretary still has to do after a meeting, and since which day."""
    today = timezone.localdate()
    for kind, (open_meetings, days) in AFTER.items():
        earliest = timezone.now() - timedelta(days=days + 1) - OF_USE
        ended = open_meetings().filter(ends_at__lt=timezone.now(), ends_at__gte=earliest).order_by("ends_at", "pk")
        for meeting in ended.select_related("council"):
            day = timezone.localdate(meeting.ends_at) + timedelta(days=days)
            if day <= today:
                yield kind, meeting, day


def secretaries_of(meeting: Meeting) -> list[Person]:
    """Who does the paperwork; without a secretary who leads the council."""
    memberships = meeting.council.memberships.current().select_related("person").order_by("pk")
    found = [one.person for one in memberships if one.role == CouncilRole.SECRETARY]
    found = found or [one.person for one in memberships if one.role in LEADING]
    return [person for person in dict.fromkeys(found) if person.reachable_by_email]
