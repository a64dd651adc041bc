"""The council decides about an advice at a meeting; it opens a text again, or stops with it."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advice.actions.adopting import move_allowed, what_is_missing, write_decision
from advice.actions.attachments import confirm_left_out
from advice.models import Advice, Comment, Decision, MinorityView
from advice.states import AdviceState, Manner, Outcome
from councils.ballots import Ballot, Judgement, judge
from councils.electorate import voters_on
from councils.models import Council
from councils.rulebook import rulebook_for
from meetings.models import AgendaItem, Meeting
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def record_decision(
    advice: Advice,
    *,
    outcome: str,
    present: int,
    in_favour: int,
    against: int,
    by: Person,
    abstained: int = 0,
    recused: int = 0,
    meeting: Meeting | None = None,
    agenda_item: AgendaItem | None = None,
    decided_on: date | None = None,
    chair_in_favour: bool | None = None,
    minority_by: str = "",
    minority_text: str = "",
    without_quorum_reason: str = "",
    attachments_left_out: Collection[str] = (),
) -> Decision:
    """Record what was decided, at a meeting or in writing. Adopted: the text is frozen with its hash.

    Refused is what would falsify the record. A missing quorum can stand with a reason that stays on file.
    """
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    move_allowed(advice, AdviceState.ADOPTED)
    missing = what_is_missing(advice)
    if missing:
        raise Refused(" ".join(missing))
    decided_on = day_of(advice, meeting, agenda_item, decided_on)
    ballot = Ballot(present, in_favour, against, abstained, chair_in_favour, recused=recused)
    check_ballot(advice.council, ballot, decided_on)
    judgement = judge(advice.council, ballot, on=decided_on)
    check_outcome(judgement, outcome, without_quorum_reason)
    if outcome == Outcome.ADOPTED:
        confirm_left_out(advice, attachments_left_out, by=by)
    if minority_text.strip():
        MinorityView.objects.create(
            advice=advice,
            council_id=advice.council_id,
            by=minority_by.strip() or one_member(),
            text=minority_text.strip(),
        )
    return write_decision(
        advice, ballot, judgement, outcome=outcome, by=by, actor=by,
        manner=Manner.MEETING if meeting else Manner.WRITTEN,
        meeting=meeting,
        agenda_item=agenda_item,
        decided_on=decided_on,
        without_quorum_reason="" if judgement.quorum_met else without_quorum_reason.strip(),
    )  # fmt: skip


@transaction.atomic
def reopen(advice: Advice, *, reason: str, by: Person) -> Advice:
    """Back to a draft before it is issued; the council decides again. The reason stays with the comments."""
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    move_allowed(advice, AdviceState.DRAFT)
    if not reason.strip():
        raise Refused(_("Say why the text has to change."), field="reason")
    advice.state = AdviceState.DRAFT
    advice.save(update_fields=["state"])
    with override("nl"):
        text = _("Opened again: %(reason)s") % {"reason": reason.strip()}
    Comment.objects.create(advice=advice, council_id=advice.council_id, author=by, text=text)
    record("advice.reopened", advice, by=by)
    return advice


@transaction.atomic
def drop(advice: Advice, *, reason: str, by: Person) -> Advice:
    """The council stops writing this one. What was written stays to be read."""
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    move_allowed(advice, AdviceState.DROPPED)
    if not reason.strip():
        raise Refused(_("Say why the council stops with this advice."), field="reason")
    advice.state = AdviceState.DROPPED
    advice.save(update_fields=["state"])
    with override("nl"):
        text = _("Stopped: %(reason)s") % {"reason": reason.strip()}
    Comment.objects.create(advice=advice, council_id=advice.council_id, author=by, text=text)
    record("advice.dropped", advice, by=by)
    return advice


def day_of(advice: Advice, meeting: Meeting | None, item: AgendaItem | None, decided_on: date | None) -> date:
    today = timezone.localdate()
    if meeting is not None:
        decided_on = meeting_was_held(advice, meeting, decided_on)
    if item is not None and (meeting is None or item.meeting_id != meeting.pk):
        raise Refused(_("Choose an item of the agenda of this meeting."), field="agenda_item")
    if decided_on is None:
        raise Refused(_("Choose the meeting, or fill in the day of the decision."), field="decided_on")
    if decided_on > today:
        raise Refused(_("A decision cannot lie in the future."), field="decided_on")
    if advice.request is not None and decided_on < advice.request.received_on:
        told = _("The request was received after this day. Choose the meeting at which you decided on this advice.")
        later = _("The request was received after this day. Fill in a later day.")
        raise Refused(told if meeting else later, field="meeting" if meeting else "decided_on")
    return decided_on


def meeting_was_held(advice: Advice, meeting: Meeting, decided_on: date | None) -> date:
    """The day of a meeting of this council that took place."""
    if meeting.council_id != advice.council_id or meeting.state == MeetingState.CANCELLED:
        raise Refused(_("Choose a meeting of your council that took place."), field="meeting")
    day = timezone.localdate(meeting.starts_at)
    if day > timezone.localdate():
        raise Refused(_("This meeting has not been held yet. Record the decision afterwards."), field="meeting")
    if decided_on not in (None, day):
        raise Refused(
            _("The meeting was on another day. Leave the date open, or choose no meeting."), field="decided_on"
        )
    return day


def check_ballot(council: Council, ballot: Ballot, on: date) -> None:
    if ballot.cast > ballot.present:
        counted = {"votes": ballot.cast, "present": ballot.present}
        raise Refused(
            _("You counted %(votes)d votes, but %(present)d members were present.") % counted, field="in_favour"
        )
    voting = len(voters_on(council, rulebook_for(council, on), on))
    if 0 < voting < ballot.present + ballot.recused:
        raise Refused(
            ngettext(
                "On that day the council had %d member with a vote. Look at the list of members.",
                "On that day the council had %d members with a vote. Look at the list of members.",
                voting,
            )
            % voting,
            field="present",
        )


def check_outcome(judgement: Judgement, outcome: str, without_quorum_reason: str) -> None:
    if judgement.needs_chair:
        raise Refused(
            _("There were as many votes for as against. Fill in what the chair voted."), field="chair_in_favour"
        )
    if outcome == Outcome.ADOPTED and not judgement.carried:
        raise Refused(_("By these votes the advice is not adopted.") + f" {judgement.sentence}", field="outcome")
    if outcome == Outcome.REJECTED and judgement.carried:
        raise Refused(_("By these votes the advice is adopted.") + f" {judgement.sentence}", field="outcome")
    without_quorum(judgement, without_quorum_reason)


def without_quorum(judgement: Judgement, reason: str) -> None:
    if not judgement.quorum_met and not reason.strip():
        raise Refused(
            _("There were too few members to decide.")
            + f" {judgement.sentence} "
            + _("Does the decision stand? Then say why."),
            field="without_quorum_reason",
        )


def one_member() -> str:
    with override("nl"):
        return _("A minority of the members")
