"""The council decides about an advice. Adopting freezes the text; what the rules make of the votes stays on file."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advice.actions.attachments import confirm_left_out
from advice.frozen import digest, frozen_text
from advice.models import AdoptedText, Advice, Comment, Decision, MinorityView
from advice.states import ARROWS, AdviceState, Outcome
from advice.voting import Ballot, Judgement, judge, voting_members
from councils.models import Council
from meetings.models import AgendaItem, Meeting
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


def what_is_missing(advice: Advice) -> list[str]:
    """What has to be written before the council can adopt this advice, as sentences."""
    missing = []
    if not advice.subject.strip():
        missing.append(_("The advice has no subject yet."))
    if not advice.authorities.all():
        missing.append(_("It is not clear yet for whom the advice is."))
    recommendations = list(advice.recommendations.all())
    if not recommendations and not any(section.text.strip() for section in advice.sections.all()):
        missing.append(_("There is no text yet: write at least one part or one recommendation."))
    missing += [
        _("Recommendation %(number)d has no text yet.") % {"number": recommendation.number}
        for recommendation in recommendations
        if not recommendation.text.strip()
    ]
    return missing


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
    ballot = Ballot(present, in_favour, against, abstained, chair_in_favour)
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
    decision = Decision.objects.create(
        advice=advice,
        council_id=advice.council_id,
        meeting=meeting,
        agenda_item=agenda_item,
        decided_on=decided_on,
        present=present,
        in_favour=in_favour,
        against=against,
        abstained=abstained,
        outcome=outcome,
        quorum_needed=judgement.quorum.value if judgement.quorum else None,
        quorum_article=(judgement.quorum.article or "") if judgement.quorum else "",
        without_quorum_reason="" if judgement.quorum_met else without_quorum_reason.strip(),
        sentence=judgement.sentence,
        recorded_by=by,
    )
    if outcome == Outcome.ADOPTED:
        text = frozen_text(advice)
        AdoptedText.objects.create(
            advice=advice, council_id=advice.council_id, decision=decision, text=text, sha256=digest(text)
        )
        advice.state = AdviceState.ADOPTED
        advice.save(update_fields=["state"])
    record(f"advice.{outcome}", advice, by=by)
    return decision


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


def move_allowed(advice: Advice, to: AdviceState) -> None:
    if to in ARROWS[AdviceState(advice.state)]:
        return
    raise Refused(
        {
            AdviceState.ADOPTED: _("Only a draft can be adopted. This advice is no draft any more."),
            AdviceState.DRAFT: _("Only an advice that is adopted and not yet sent can be opened again."),
            AdviceState.DROPPED: _("Only a draft can be stopped."),
        }[to]
    )


def day_of(advice: Advice, meeting: Meeting | None, item: AgendaItem | None, decided_on: date | None) -> date:
    today = timezone.localdate()
    if meeting is not None:
        if meeting.council_id != advice.council_id or meeting.state == MeetingState.CANCELLED:
            raise Refused(_("Choose a meeting of your council that took place."), field="meeting")
        day = timezone.localdate(meeting.starts_at)
        if day > today:
            raise Refused(_("This meeting has not been held yet. Record the decision afterwards."), field="meeting")
        if decided_on not in (None, day):
            raise Refused(
                _("The meeting was on another day. Leave the date open, or choose no meeting."), field="decided_on"
            )
        decided_on = day
    if item is not None and (meeting is None or item.meeting_id != meeting.pk):
        raise Refused(_("Choose an item of the agenda of this meeting."), field="agenda_item")
    if decided_on is None:
        raise Refused(_("Choose the meeting, or fill in the day of the decision."), field="decided_on")
    if decided_on > today:
        raise Refused(_("A decision cannot lie in the future."), field="decided_on")
    if advice.request is not None and decided_on < advice.request.received_on:
        raise Refused(
            _("The request was received after this day. Choose the meeting at which you decided on this advice."),
            field="meeting" if meeting else "decided_on",
        )
    return decided_on


def check_ballot(council: Council, ballot: Ballot, on: date) -> None:
    if ballot.cast > ballot.present:
        counted = {"votes": ballot.cast, "present": ballot.present}
        raise Refused(
            _("You counted %(votes)d votes, but %(present)d members were present.") % counted, field="in_favour"
        )
    voting = voting_members(council, on)
    if 0 < voting < ballot.present:
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
    if not judgement.quorum_met and not without_quorum_reason.strip():
        raise Refused(
            _("There were too few members to decide.")
            + f" {judgement.sentence} "
            + _("Does the decision stand? Then say why."),
            field="without_quorum_reason",
        )


def one_member() -> str:
    with override("nl"):
        return _("A minority of the members")
