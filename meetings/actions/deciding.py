"""A decision at an item, by a show of hands: judged by who is there then, and kept with that judgement."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from councils.ballots import Ballot, Judgement, judge_by
from meetings.actions.attendance import lock_open
from meetings.actions.minutes import write_item
from meetings.chairing import chair_at
from meetings.models import AgendaItem, MeetingDecision
from meetings.numbering import day_of, next_number
from meetings.presence import Here, book_of, presence_at
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def decide_at_item(
    item: AgendaItem, *, text: str, accepted: bool, in_favour: int, against: int, by: Person, abstained: int = 0,
    chair_in_favour: bool | None = None, without_quorum_reason: str = "",
) -> MeetingDecision:  # fmt: skip
    """In the decision register with its number, and in the minutes of the item.

    Refused is what would falsify the record; a missing quorum can stand with a reason that stays on file.
    """
    meeting = lock_open(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__council").get(pk=item.pk)
    here = presence_at(item)
    if not here.noted:
        raise Refused(_("Note first who is there."))
    chair = chair_at(item, here)
    ballot = Ballot(
        len(here.voting), in_favour, against, abstained, chair_in_favour, recused=here.recused_counted,
        chair_apart=chair.person is None and chair.missing is not None,
    )  # fmt: skip
    # Who has a vote but is no part of the quorum, such as a chair who is no member, does not make it.
    judgement = judge_by(book_of(meeting), replace(ballot, present=here.present), counted=here.counted)
    check(ballot, judgement, accepted=accepted)
    reason = without_quorum_reason.strip()
    if not here.met and not reason:
        raise Refused(here.sentence + " " + _("Does the decision stand? Then say why."), field="without_quorum_reason")
    with override("nl"):
        words = text.strip() if accepted else _("Not accepted: %(text)s") % {"text": text.strip()}
    words = "\n".join(line for line in words.replace("\r\n", "\n").split("\n") if line.strip())
    if (same := item.registered_decisions.filter(text=words).first()) and same.quorum:
        return same  # the same form sent twice
    decided = "\n\n".join(filter(None, [item.decision.strip(), words]))
    write_item(
        item, report=item.report, decision=decided, public_report=item.public_report, version=item.version, by=by
    )
    decision = item.registered_decisions.select_for_update().filter(text=words).first()
    if decision is None:
        day = day_of(item)
        decision = MeetingDecision.objects.create(
            council_id=item.council_id, item=item, number=next_number(meeting.council, day), text=words,
            decided_on=day, noted_by=by,
        )  # fmt: skip
    decision.quorum = as_judged(here, ballot, judgement, accepted=accepted, reason="" if here.met else reason)
    decision.save(update_fields=["quorum"])
    record("decision.voted", decision, by=by)
    return decision


def check(ballot: Ballot, judgement: Judgement, *, accepted: bool) -> None:
    if ballot.cast > ballot.present:
        counted = {"votes": ballot.cast, "present": ballot.present}
        raise Refused(
            _("You counted %(votes)d votes, but %(present)d members were present.") % counted, field="in_favour"
        )
    if judgement.needs_chair:
        raise Refused(
            _("There were as many votes for as against. Fill in what the chair voted."), field="chair_in_favour"
        )
    if accepted and not judgement.carried:
        raise Refused(_("By these votes it is not accepted.") + f" {judgement.sentence}", field="outcome")
    if not accepted and judgement.carried:
        raise Refused(_("By these votes it is accepted.") + f" {judgement.sentence}", field="outcome")


def as_judged(here: Here, ballot: Ballot, judgement: Judgement, *, accepted: bool, reason: str) -> dict[str, object]:
    return here.as_json() | {
        "in_favour": ballot.in_favour, "against": ballot.against, "abstained": ballot.abstained,
        "accepted": accepted, "sentence": judgement.sentence, "without_quorum_reason": reason,
    }  # fmt: skip
