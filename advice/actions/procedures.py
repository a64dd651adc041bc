"""The written procedure (schriftelijke ronde): opening, extending, stopping and closing a vote between meetings.

Opening and closing lock the advice and then the procedure; a vote locks the procedure. The clock is the database's.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.actions.adopting import move_allowed, what_is_missing, write_decision
from advice.actions.attachments import confirm_left_out
from advice.actions.deciding import without_quorum
from advice.frozen import digest, frozen_text
from advice.models import Advice, Comment, Decision, Elector, WrittenProcedure
from advice.states import AdviceState, Manner, Outcome, VoteChoice
from advice.tally import Tally, tally
from councils.electorate import voters_on
from councils.rulebook import rulebook_for
from portal.access import Refused
from portal.audit import record
from portal.dates import as_date
from portal.models import Person
from portal.post import post


def database_now() -> datetime:
    """The time now, not that of the start of the transaction: who waited for a lock may be too late."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@transaction.atomic
def open_procedure(
    advice: Advice, *, closes_at: datetime, by: Person, reason: str = "", attachments_left_out: Collection[str] = ()
) -> WrittenProcedure:
    """Put the text to the vote. It is fixed from here on, and so is who may vote. Everybody with a vote hears of it."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("council").get(pk=advice.pk)
    if advice.state == AdviceState.VOTING:
        raise Refused(_("The council votes on this text already."))
    move_allowed(advice, AdviceState.VOTING)
    missing = what_is_missing(advice)
    if missing:
        raise Refused(" ".join(missing))
    now = database_now()
    if closes_at <= now:
        raise Refused(_("Choose a time that is still to come."), field="closes_at")
    voters = voters_on(advice.council, rulebook_for(advice.council, as_date(now)), as_date(now))
    if not any(not voter.only_on_tie for voter in voters):
        raise Refused(_("Nobody has a vote today. Look at the list of members."))
    confirm_left_out(advice, attachments_left_out, by=by)
    text = frozen_text(advice)
    procedure = WrittenProcedure.objects.create(
        advice=advice, council=advice.council, opened_at=now, opened_by=by, reason=reason.strip(), closes_at=closes_at,
        text=text, sha256=digest(text),
    )  # fmt: skip
    Elector.objects.bulk_create(
        Elector(
            procedure=procedure, council=advice.council, person_id=voter.person_id, is_chair=voter.is_chair,
            only_on_tie=voter.only_on_tie,
        )
        for voter in voters
    )  # fmt: skip
    advice.state = AdviceState.VOTING
    advice.save(update_fields=["state"])
    record("vote.opened", procedure, by=by)
    for elector in procedure.electors.select_related("person").order_by("pk"):
        cause = f"vote:{procedure.pk}"
        post("advice.vote_asked", elector.person, about=procedure, cause=cause, council_id=procedure.council_id)
    return procedure


def locked(procedure: WrittenProcedure) -> tuple[Advice, WrittenProcedure]:
    """Both, locked, in the order in which every verb locks them. Only an open procedure can be changed."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("council").get(pk=procedure.advice_id)
    procedure = WrittenProcedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    procedure.advice, procedure.council = advice, advice.council
    if procedure.closed_at is not None:
        raise Refused(_("This vote has been closed already."))
    return advice, procedure


@transaction.atomic
def extend(procedure: WrittenProcedure, *, closes_at: datetime, by: Person) -> WrittenProcedure:
    """Give more time, also after the closing time when nothing was decided yet. Who has not voted hears of it."""
    _advice, procedure = locked(procedure)
    if closes_at <= max(database_now(), procedure.closes_at):
        raise Refused(_("Choose a time after the present closing time."), field="closes_at")
    procedure.closes_at = closes_at
    procedure.save(update_fields=["closes_at"])
    record("vote.extended", procedure, by=by)
    for elector in tally(procedure).silent:
        post(
            "advice.vote_reminder", elector.person, about=procedure,
            cause=f"vote:{procedure.pk}:{closes_at.isoformat(timespec='minutes')}", council_id=procedure.council_id,
        )  # fmt: skip
    return procedure


@transaction.atomic
def stop_procedure(procedure: WrittenProcedure, *, reason: str, by: Person) -> WrittenProcedure:
    """No decision: the text is a draft again. The votes stay on file."""
    advice, procedure = locked(procedure)
    if not reason.strip():
        raise Refused(_("Say why the vote stops."), field="reason")
    procedure.closed_at, procedure.closed_by, procedure.cancelled_reason = database_now(), by, reason.strip()
    procedure.save(update_fields=["closed_at", "closed_by", "cancelled_reason"])
    advice.state = AdviceState.DRAFT
    advice.save(update_fields=["state"])
    with override("nl"):
        text = _("Vote stopped: %(reason)s") % {"reason": reason.strip()}
    Comment.objects.create(advice=advice, council_id=advice.council_id, author=by, text=text)
    record("vote.stopped", procedure, by=by)
    tell_outcome(procedure)
    return procedure


@transaction.atomic
def close_procedure(
    procedure: WrittenProcedure,
    *,
    by: Person | None,
    chair_in_favour: bool | None = None,
    without_quorum_reason: str = "",
) -> Decision:
    """Count the votes and decide by the rule book of today. `by` is None when the calendar closes.

    By hand before the closing time only when everybody voted. The calendar closes only what the rules settle.
    """
    advice, procedure = locked(procedure)
    now = database_now()
    counted = tally(procedure, book=rulebook_for(advice.council, as_date(now)), chair_in_favour=chair_in_favour)
    may_close(procedure, counted, now, by=by, without_quorum_reason=without_quorum_reason)
    procedure.closed_at, procedure.closed_by = now, by
    procedure.save(update_fields=["closed_at", "closed_by"])
    record("vote.closed", procedure, by=by)
    not_in_favour = [vote.person_id for vote in counted.votes.values() if vote.choice != VoteChoice.IN_FAVOUR]
    decision = write_decision(
        advice, counted.ballot, counted.judgement,
        outcome=Outcome.ADOPTED if counted.judgement.carried else Outcome.REJECTED,
        by=by or procedure.opened_by,
        actor=by,
        not_in_favour=not_in_favour,
        manner=Manner.WRITTEN,
        procedure=procedure,
        decided_on=as_date(now),
        without_quorum_reason="" if counted.judgement.quorum_met else without_quorum_reason.strip(),
    )  # fmt: skip
    tell_outcome(procedure)
    return decision


def may_close(
    procedure: WrittenProcedure, counted: Tally, now: datetime, *, by: Person | None, without_quorum_reason: str
) -> None:
    if now < procedure.closes_at and (by is None or not counted.everybody_voted):
        raise Refused(_("Not everybody has voted yet. Wait for the closing time, or stop the vote."))
    if by is None and not counted.is_clear:
        raise Refused(_("The rules do not settle this by themselves: the chair or the secretary closes it."))
    if not counted.votes:
        raise Refused(_("Nobody has voted. Give more time, or stop the vote."))
    if counted.judgement.needs_chair:
        raise Refused(
            _("There were as many votes for as against. Fill in what the chair decides."), field="chair_in_favour"
        )
    without_quorum(counted.judgement, without_quorum_reason)


def tell_outcome(procedure: WrittenProcedure) -> None:
    """Everyone in the room hears it once."""
    seats = procedure.council.memberships.current()
    for person in Person.objects.filter(pk__in=seats.values("person")).order_by("pk"):
        cause = f"vote:{procedure.pk}"
        post("advice.vote_outcome", person, about=procedure, cause=cause, council_id=procedure.council_id)
