"""Casting a vote, or taking no part. The lock on the procedure puts every vote before or after its closing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advice.actions.procedures import database_now
from advice.models import Elector, Vote, WrittenProcedure
from advice.states import EnteredBy, VoteChoice
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


@transaction.atomic
def cast_vote(
    procedure: WrittenProcedure,
    person: Person,
    *,
    choice: str,
    by: Person,
    explanation: str = "",
    channel: str = EnteredBy.SELF,
) -> Vote:
    """One vote per person; until the closing time a new one takes the place of the old one. Nobody else replaces a vote
    that its voter gave; who changes one that came in another way does not do so in silence: that member hears of it."""
    procedure = lock(procedure)
    now = database_now()
    still_open(procedure, now)
    if choice not in VoteChoice.values:
        raise Refused(_("Choose what you vote."), field="choice")
    if (channel == EnteredBy.SELF) != (by.pk == person.pk):
        raise Refused(_("Say how you heard this vote."), field="channel")
    if elector_of(procedure, person).recused_at is not None:
        raise Refused(_("Who takes no part in a decision does not vote."))
    if by.pk != person.pk and gave_own_vote(procedure, person):
        raise Refused(_("%(name)s has voted already. Only %(name)s can change that vote.") % {"name": person.name})
    was_there = procedure.votes.filter(person=person).exists()
    vote, _is_new = Vote.objects.update_or_create(
        procedure=procedure,
        person=person,
        defaults={
            "council_id": procedure.council_id, "choice": choice, "explanation": explanation.strip(), "cast_at": now,
            "entered_by": by, "channel": channel,
        },
    )  # fmt: skip
    # The trail says that somebody voted, never what.
    if by.pk == person.pk:
        record("vote.cast", vote, by=by)
    elif not was_there:
        record("vote.entered", vote, by=by)
    else:
        record("vote.changed_for_member", vote, by=by)
        cause = f"vote:{vote.pk}:{now.isoformat()}"
        post("advice.vote_changed", person, about=vote, cause=cause, council_id=procedure.council_id)
    return vote


@transaction.atomic
def recuse(procedure: WrittenProcedure, person: Person, *, reason: str, by: Person) -> Elector:
    """Takes no part (verschoning): counts nowhere and does not vote. A vote that was there goes; that is noted."""
    procedure = lock(procedure)
    still_open(procedure, database_now())
    elector = elector_of(procedure, person)
    if elector.recused_at is not None:
        raise Refused(_("That was recorded already."))
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    removed, _rows = Vote.objects.filter(procedure=procedure, person=person).delete()
    elector.recused_at, elector.recused_by = database_now(), by
    elector.recusal_reason = reason.strip()[:300]
    elector.save(update_fields=["recused_at", "recused_by", "recusal_reason"])
    record("vote.recused_after_voting" if removed else "vote.recused", elector, by=by)
    return elector


def lock(procedure: WrittenProcedure) -> WrittenProcedure:
    return WrittenProcedure.objects.select_for_update().get(pk=procedure.pk)


def still_open(procedure: WrittenProcedure, now: datetime) -> None:
    if procedure.closed_at is not None or now >= procedure.closes_at:
        raise Refused(_("The vote has closed. A vote cannot be given or changed any more."))


def gave_own_vote(procedure: WrittenProcedure, person: Person) -> bool:
    return procedure.votes.filter(person=person, channel=EnteredBy.SELF).exists()


def elector_of(procedure: WrittenProcedure, person: Person) -> Elector:
    elector = procedure.electors.filter(person=person).first()
    if elector is None:
        raise Refused(_("Only who had a vote when it was opened votes on this text."))
    return elector
