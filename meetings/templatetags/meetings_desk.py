"""What this floor puts on the home pages: `{% load meetings_desk %}`."""

from datetime import timedelta
from typing import Any

from django import template
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.template import Context
from django.utils import timezone

from councils.models import Council
from councils.querysets import facts_of
from councils.states import CouncilRole
from meetings.models import ActionItem, DateAnswer, DatePoll, Invitee, ItemProposal, Meeting, MinutesCorrection
from meetings.polls import BOARD
from meetings.rules import RUNS
from meetings.states import Answer, CorrectionState, MeetingKind, MeetingState, MinutesState
from meetings.terms import answer_by
from portal.models import User

register = template.Library()
OF_USE = timedelta(days=90)  # older minutes that were never sent are no work of today


@register.inclusion_tag("meetings/_desk.html", takes_context=True)
def meetings_desk(context: Context, council: Council) -> dict[str, Any]:
    """To-do items: invitations and date polls to answer, minutes to read, own actions; for who runs meetings, items
    that members proposed, letters to post, reports to write and corrections that wait."""
    user = context["request"].user
    runs = facts_of(user).holds(RUNS, council.pk)
    meetings = _meetings_that_ask(user, council)
    coming = [meeting for meeting in meetings if not meeting.has_started]
    over = [meeting for meeting in meetings if meeting.has_started]
    answered = DateAnswer.objects.filter(option__poll=OuterRef("pk"), person=user.person_id)
    polls = DatePoll.objects.filter(~Exists(answered), council=council, closed_at=None).order_by("answer_by", "pk")
    of_board = facts_of(user).holds(BOARD, council.pk)
    return {
        "council": council, "today": timezone.localdate(),
        "polls": [poll for poll in polls if of_board or poll.kind != MeetingKind.BOARD],
        "to_answer": [(meeting, answer_by(meeting)) for meeting in coming if meeting.waits_for_me],
        "to_post": [meeting for meeting in coming if runs and meeting.has_letters],
        **(proposals_to_decide(council, coming) if runs else {}),
        "own_actions": ActionItem.objects.open().filter(council=council, owner=user.person_id),
        "to_report": [meeting for meeting in over if runs and not meeting.has_corrections],
        "to_correct": [meeting for meeting in over if runs and meeting.has_corrections],
        "to_read": [] if runs else over,
    }  # fmt: skip


def _meetings_that_ask(user: User, council: Council) -> list[Any]:
    """In one question, with what each asks."""
    now, this = timezone.now(), OuterRef("pk")
    silent = Invitee.objects.invited().filter(meeting=this, person=user.person_id, answer=Answer.NONE)
    waits_for_me = Q(Exists(silent), state=MeetingState.INVITED, starts_at__gt=now, opened_at=None)
    corrections = MinutesCorrection.objects.filter(
        minutes__meeting=this, minutes__state=MinutesState.CORRECTION, state=CorrectionState.OPEN
    )
    found: Any = (
        Meeting.objects.filter(council=council).select_related("council", "minutes").order_by("starts_at", "pk")
    )
    found = found.annotate(waits_for_me=Case(When(waits_for_me, then=True), default=False))
    if not facts_of(user).holds(RUNS, council.pk):
        to_read = Q(minutes__state=MinutesState.CORRECTION, minutes__corrections_until__gte=timezone.localdate())
        return list(found.filter(Q(waits_for_me=True) | to_read))
    letters = Invitee.objects.invited().on_paper().filter(meeting=this, posted_on=None).exclude(round__sends_at__gt=now)
    to_post = Q(Exists(letters), state=MeetingState.INVITED, parent=None, starts_at__gt=now, opened_at=None)
    posts = facts_of(user).holds({CouncilRole.SECRETARY}, council.pk)
    has_letters = Case(When(to_post, then=True), default=False) if posts else Value(False)
    coming = Meeting.objects.coming().whole().filter(council=council)
    proposed = ItemProposal.objects.open().filter(meeting__in=coming.order_by())
    not_sent = Q(minutes=None) | Q(minutes__state=MinutesState.DRAFT)
    found = found.with_proposals().annotate(has_letters=has_letters, has_corrections=Exists(corrections))
    return list(found.filter(
        Q(waits_for_me=True) | Q(has_letters=True) | Q(has_corrections=True)
        | Q(pk=Subquery(coming.values("pk")[:1])) | Q(pk__in=proposed.values("meeting"))
        | Q(state__in=[MeetingState.INVITED, MeetingState.PLANNED], ends_at__lt=now)
        | Q(not_sent, state=MeetingState.HELD, parent=None, ends_at__gt=now - OF_USE)
    ))  # fmt: skip


def proposals_to_decide(council: Council, meetings: list[Any]) -> dict[str, Any]:
    """Per agenda how many wait for it; what is for no meeting in particular waits for the first one that comes.
    Without one they are counted apart: that question is asked only then."""
    coming = [meeting for meeting in meetings if meeting.still_comes and not meeting.parent_id]
    if not coming:
        return {"proposals_nowhere": ItemProposal.objects.open().filter(council=council).count()}
    counts = [(one, one.own_proposals + (one.loose_proposals if one is coming[0] else 0)) for one in coming]
    return {"to_decide": [(one, count) for one, count in counts if count]}


@register.inclusion_tag("meetings/_next.html", takes_context=True)
def meetings_next(context: Context, council: Council) -> dict[str, Any]:
    """The next meeting as a card."""
    meeting = Meeting.objects.upcoming().whole().filter(council=council).select_related("council").first()
    return {"meeting": meeting, "council": council}
