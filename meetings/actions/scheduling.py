"""Making, changing and cancelling a meeting."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.agenda import start_agenda
from meetings.actions.deputies import release
from meetings.changes import Outcome, outcome_of, plain, rows_of
from meetings.models import Meeting, MeetingChange
from meetings.states import ARROWS, CANCELLATION, INVITATION, Answer, Channel, MeetingKind, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.post import post_all
from portal.states import MessageState

OVER = (MeetingState.CANCELLED, MeetingState.HELD)
NOT_LEFT = (MessageState.WAITING, MessageState.HELD, MessageState.COLLECTED)


@transaction.atomic
def schedule_meeting(
    council: Council, *, title: str, starts_at: datetime, ends_at: datetime, by: Person, place: str = "",
    online_link: str = "", kind: str = MeetingKind.PLENARY, is_public: bool = False, standing: bool = True,
    **more: Any,
) -> Meeting:  # fmt: skip
    """Plan a meeting. Nobody is invited yet. Its agenda begins with the standing items, unless it has one of its own
    (`standing`) or is a sub-session. `more`: working_group, authority, chair, contact, parent, public_id."""
    if ends_at <= starts_at:
        raise Refused(_("The end must be later than the start."), field="ends_at")
    meeting = Meeting.objects.create(
        council=council, title=title, starts_at=starts_at, ends_at=ends_at, place=place, online_link=online_link,
        kind=kind, is_public=is_public, **more,
    )  # fmt: skip
    record("meeting.scheduled", meeting, by=by)
    if standing and not meeting.parent_id:
        start_agenda(meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: Person, mail: bool | None = None, **facts: object) -> Meeting:
    """Change facts of a meeting. What that does stands in meetings.changes; `mail` is what the secretary chose, and
    cannot keep a new time or place from who is invited."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state in OVER:
        raise Refused(_("This meeting is over or cancelled. It cannot be changed."))
    outcome = outcome_of(meeting, facts, mail=mail)
    for name, (_old, new) in outcome.facts.items():
        setattr(meeting, name, new)
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The end must be later than the start."), field="ends_at")
    if outcome.facts:
        _carry_out(meeting, outcome, by=by)
        _take_parts_along(meeting, outcome)
        record("meeting.changed", meeting, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person) -> Meeting:
    """Cancel. Who knows of the invitation gets a cancellation for the calendar."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    outcome = outcome_of(meeting, also=["cancelled"])
    move(meeting, MeetingState.CANCELLED)
    _carry_out(meeting, outcome, by=by)
    record("meeting.cancelled", meeting, by=by)
    for part in meeting.parts.exclude(state__in=OVER).select_for_update():
        _save_part(part, meeting, state=MeetingState.CANCELLED)
        record("meeting.cancelled", part, by=by)
    return meeting


@transaction.atomic
def split_meeting(meeting: Meeting, *, by: Person) -> Meeting:
    """The meeting has parts now, each a meeting of its own with this one as its parent: tell who was invited."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state in OVER:
        raise Refused(_("This meeting is over or cancelled. It cannot be changed."))
    _carry_out(meeting, outcome_of(meeting, also=["parts"]), by=by)
    record("meeting.split", meeting, by=by)
    return meeting


def _take_parts_along(meeting: Meeting, outcome: Outcome) -> None:
    """Parts are on the day of the whole meeting, each at its own time, and as public as it is."""
    if not {"day", "is_public"} & set(outcome.rows):
        return
    day = timezone.localdate(meeting.starts_at)
    for part in meeting.parts.exclude(state__in=OVER).select_for_update():
        starts_at, ends_at = (
            timezone.localtime(moment).replace(year=day.year, month=day.month, day=day.day)
            for moment in (part.starts_at, part.ends_at)
        )
        _save_part(part, meeting, starts_at=starts_at, ends_at=ends_at, is_public=meeting.is_public)


def _save_part(part: Meeting, meeting: Meeting, **facts: object) -> None:
    for name, value in facts.items():
        setattr(part, name, value)
    part.changed_at, part.sequence = meeting.changed_at, part.sequence + 1
    part.save(update_fields=[*facts, "changed_at", "sequence"])


def raise_sequence(meeting: Meeting) -> None:
    """Of one person something changes: the next message about it must be newer than all before."""
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])


def _carry_out(meeting: Meeting, outcome: Outcome, *, by: Person) -> None:
    """Save the meeting and do what the table says."""
    meeting.changed_at = timezone.now()
    meeting.sequence += outcome.raises_sequence
    meeting.save(update_fields=[*outcome.facts, "state", "sequence", "changed_at"])
    others = {name: [None, None] for name in outcome.rows if name not in rows_of(outcome.facts)}
    MeetingChange.objects.create(
        meeting=meeting, council=meeting.council, sequence=meeting.sequence, is_mailed=outcome.is_mailed,
        facts=plain(outcome.facts) | others, made_at=meeting.changed_at, made_by=by,
    )  # fmt: skip
    if outcome.asks_again:
        for invitee in meeting.invitees.all():
            if invitee.deputy_id:
                release(invitee, invitee.deputy_id)
        meeting.invitees.update(
            answer=Answer.NONE, answered_at=None, answered_by=None, answered_via="", deputy=None, note="",
            asked_sequence=meeting.sequence,
        )  # fmt: skip
    if outcome.is_mailed:
        _tell(meeting, is_cancelled=meeting.state == MeetingState.CANCELLED)


def _tell(meeting: Meeting, *, is_cancelled: bool) -> None:
    """Everybody who is invited hears of it, each by the own way. An invitation that still waits for its moment takes
    the new facts along; when the meeting is cancelled it does not go at all."""
    invited = meeting.invitees.invited()
    invited.exclude(channel=Channel.EMAIL).update(phoned_on=None, posted_on=None)
    told = list(invited.exclude(channel=Channel.PHONE).select_related("person"))
    about = Message.objects.filter(kind__in=(INVITATION, CANCELLATION), about_id__in=[one.pk for one in told])
    waiting = about.filter(state__in=NOT_LEFT)
    if is_cancelled:
        known = set(about.exclude(state__in=[*NOT_LEFT, MessageState.DROPPED]).values_list("about_id", flat=True))
        never_left = list(waiting.exclude(about_id__in=known).select_for_update().values_list("pk", "about_id"))
        Message.objects.filter(pk__in=[pk for pk, _about in never_left]).update(state=MessageState.DROPPED)
        spared = {invitee for _pk, invitee in never_left}
    else:
        later = waiting.filter(next_try_at__gt=timezone.now(), kind=INVITATION, attempts=0)
        rows = list(later.select_for_update().values_list("pk", "about_id", "cause"))
        for cause in {cause for _pk, _about, cause in rows}:
            newer = f"{cause.rpartition(':')[0]}:{meeting.sequence}"
            Message.objects.filter(pk__in=[pk for pk, _about, of in rows if of == cause]).update(cause=newer)
        spared = {invitee for _pk, invitee, _cause in rows}
    post_all(
        CANCELLATION if is_cancelled else INVITATION,
        [(invitee.person, invitee) for invitee in told if invitee.pk not in spared],
        cause=f"meeting:{meeting.pk}:{meeting.sequence}", council_id=meeting.council_id,
        on_paper={invitee.person_id for invitee in told if invitee.channel == Channel.PAPER},
    )  # fmt: skip


def move(meeting: Meeting, to: MeetingState) -> None:
    """Follow an arrow of the meeting, or say why it does not exist."""
    if to not in ARROWS[MeetingState(meeting.state)]:
        raise Refused(
            _("A meeting that is “%(now)s” cannot become “%(to)s”.")
            % {"now": meeting.get_state_display().lower(), "to": to.label.lower()}
        )
    meeting.state = to
