"""What this floor puts on the home pages: `{% load meetings_desk %}`."""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q
from django.template import Context
from django.utils import timezone

from councils.models import Council
from councils.querysets import facts_of
from meetings.models import ActionItem, DateAnswer, DatePoll, Invitee, Meeting, MinutesCorrection
from meetings.polls import BOARD
from meetings.rules import RUNS
from meetings.states import Answer, CorrectionState, MeetingKind, MeetingState, MinutesState

register = template.Library()
OF_USE = timedelta(days=90)  # older minutes that were never sent are no work of today


@register.inclusion_tag("meetings/_desk.html", takes_context=True)
def meetings_desk(context: Context, council: Council) -> dict[str, Any]:
    """To-do items: invitations and date polls to answer, minutes to read, own actions; for who runs meetings, reports
    to write and corrections that wait."""
    user = context["request"].user
    now, runs = timezone.now(), facts_of(user).holds(RUNS, council.pk)
    silent = Invitee.objects.invited().filter(meeting=OuterRef("pk"), person=user.person_id, answer=Answer.NONE)
    asked = Q(Exists(silent), state=MeetingState.INVITED, starts_at__gt=now, opened_at=None)
    corrections = MinutesCorrection.objects.filter(
        minutes__meeting=OuterRef("pk"), minutes__state=MinutesState.CORRECTION, state=CorrectionState.OPEN
    )
    if runs:
        not_sent = Q(minutes=None) | Q(minutes__state=MinutesState.DRAFT)
        asked |= Q(state__in=[MeetingState.INVITED, MeetingState.PLANNED], ends_at__lt=now)
        asked |= Q(not_sent, state=MeetingState.HELD, parent=None, ends_at__gt=now - OF_USE) | Q(Exists(corrections))
    else:
        today = timezone.localdate()
        asked |= Q(minutes__state=MinutesState.CORRECTION, minutes__corrections_until__gte=today)
    found = Meeting.objects.filter(asked, council=council).annotate(has_corrections=Exists(corrections))
    meetings = list(found.select_related("council", "minutes").order_by("starts_at"))
    over = [meeting for meeting in meetings if meeting.has_started]
    answered = DateAnswer.objects.filter(option__poll=OuterRef("pk"), person=user.person_id)
    polls = DatePoll.objects.filter(~Exists(answered), council=council, closed_at=None).order_by("answer_by", "pk")
    of_board = facts_of(user).holds(BOARD, council.pk)
    return {
        "council": council,
        "polls": [poll for poll in polls if of_board or poll.kind != MeetingKind.BOARD],
        "to_answer": [meeting for meeting in meetings if not meeting.has_started],
        "own_actions": ActionItem.objects.open().filter(council=council, owner=user.person_id),
        "to_report": [meeting for meeting in over if runs and not meeting.has_corrections],
        "to_correct": [meeting for meeting in over if runs and meeting.has_corrections],
        "to_read": [] if runs else over,
    }


@register.inclusion_tag("meetings/_next.html", takes_context=True)
def meetings_next(context: Context, council: Council) -> dict[str, Any]:
    """The next meeting as a card."""
    meeting = Meeting.objects.upcoming().whole().filter(council=council).select_related("council").first()
    return {"meeting": meeting, "council": council}
