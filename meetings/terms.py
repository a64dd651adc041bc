"""What must be out by when before a meeting, by the rules of the council, and what is late. It warns, nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.rulebook import stack_of
from councils.rulebook.terms import invitations_out_by, member_papers_by
from meetings.models import AgendaPaper, Meeting
from meetings.states import MeetingState
from portal.dates import long_date

ANSWER_DAYS = 5  # before the meeting: a slip has to come back by post


@dataclass(frozen=True)
class Term:
    text: str
    is_late: bool
    steps: tuple


def terms_of(meeting: Meeting) -> list[Term]:
    """Of a meeting that is still to come."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED) or meeting.ends_at <= timezone.now():
        return []
    stack, day, today = stack_of(meeting.council), timezone.localdate(meeting.starts_at), timezone.localdate()
    found = []
    if out := invitations_out_by(stack, meeting_date=day):
        sent = timezone.localdate(meeting.invited_at) if meeting.invited_at else None
        text, is_late = invitation_words(out.day, article(out.article), sent, today)
        found.append(Term(text, is_late, out.steps))
        if late := papers_after(meeting, out.day):
            words = ngettext(
                "%(count)d paper came after that day.", "%(count)d papers came after that day.", late
            ) % {"count": late}  # fmt: skip
            found.append(Term(words, True, ()))
    if papers := member_papers_by(stack, meeting_date=day):
        words = _("Papers of members come in no later than %(day)s%(article)s.") % {
            "day": long_date(papers.day), "article": article(papers.article),
        }  # fmt: skip
        found.append(Term(words, False, papers.steps))
    return found


def invitation_words(last: date, article: str, sent: date | None, today: date) -> tuple[str, bool]:
    days = ((sent or today) - last).days
    facts = {"day": long_date(last), "article": article, "count": days}
    if days <= 0:
        if sent:
            return _("The invitation went out in time, before %(day)s%(article)s.") % facts, False
        return _("The invitation and the papers go out no later than %(day)s%(article)s.") % facts, False
    if sent:
        sentence = ngettext(
            "The invitation had to be out no later than %(day)s%(article)s. It went out %(count)d day too late.",
            "The invitation had to be out no later than %(day)s%(article)s. It went out %(count)d days too late.", days,
        )  # fmt: skip
    else:
        sentence = ngettext(
            "The invitation had to be out no later than %(day)s%(article)s. You are %(count)d day too late.",
            "The invitation had to be out no later than %(day)s%(article)s. You are %(count)d days too late.", days,
        )  # fmt: skip
    return sentence % facts, True


def article(name: str | None) -> str:
    return f" ({name})" if name else ""


def papers_after(meeting: Meeting, last: date) -> int:
    return AgendaPaper.objects.filter(item__meeting=meeting, added_at__date__gt=last).count()


def answer_by(meeting: Meeting) -> date:
    """Until when who is invited says whether she comes: on paper, by mail and on the home the same day. Who is asked
    later than that answers today."""
    return max(timezone.localdate(), timezone.localdate(meeting.starts_at) - timedelta(days=ANSWER_DAYS))


def is_late_for(meeting: Meeting) -> str:
    """What a member who proposes an item now is told; empty when it is in time or not regulated."""
    day = timezone.localdate(meeting.starts_at)
    by = member_papers_by(stack_of(meeting.council), meeting_date=day)
    if by is None or timezone.localdate() <= by.day:
        return ""
    told = _("Proposals for this meeting came in until %(day)s%(article)s. The secretary decides whether it can still.")
    return told % {"day": long_date(by.day), "article": article(by.article)}
