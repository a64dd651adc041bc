"""What this floor puts on the home pages: `{% load meetings_desk %}`."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q
from django.template import Context
from django.utils import timezone

from councils.models import Council
from councils.querysets import facts_of
from meetings.models import ActionItem, DateAnswer, DatePoll, Invitee, Meeting
from meetings.polls import BOARD
from meetings.rules import RUNS
from meetings.states import Answer, MeetingKind, MeetingState

register = template.Library()


@register.inclusion_tag("meetings/_desk.html", takes_context=True)
def meetings_desk(context: Context, council: Council) -> dict[str, Any]:
    """To-do items: invitations and date polls to answer, own actions; for who runs meetings, reports to write."""
    user = context["request"].user
    now = timezone.now()
    silent = Invitee.objects.filter(meeting=OuterRef("pk"), person=user.person_id, answer=Answer.NONE)
    asked = Q(Exists(silent), state=MeetingState.INVITED, starts_at__gt=now)
    if facts_of(user).holds(RUNS, council.pk):
        asked |= Q(state__in=[MeetingState.INVITED, MeetingState.PLANNED], ends_at__lt=now)
    meetings = list(Meeting.objects.filter(asked, council=council).select_related("council").order_by("starts_at"))
    answered = DateAnswer.objects.filter(option__poll=OuterRef("pk"), person=user.person_id)
    polls = DatePoll.objects.filter(~Exists(answered), council=council, closed_at=None).order_by("answer_by", "pk")
    of_board = facts_of(user).holds(BOARD, council.pk)
    return {
        "council": council,
        "polls": [poll for poll in polls if of_board or poll.kind != MeetingKind.BOARD],
        "to_answer": [meeting for meeting in meetings if meeting.starts_at > now],
        "own_actions": ActionItem.objects.open().filter(council=council, owner=user.person_id),
        "to_report": [meeting for meeting in meetings if meeting.ends_at < now],
    }


@register.inclusion_tag("meetings/_next.html", takes_context=True)
def meetings_next(context: Context, council: Council) -> dict[str, Any]:
    """The next meeting as a card."""
    meeting = Meeting.objects.upcoming().whole().filter(council=council).select_related("council").first()
    return {"meeting": meeting, "council": council}
