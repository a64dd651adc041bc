"""A secret ballot for persons. Who voted is known; which vote is whose is not in the database.

Every verb locks the election first: a vote waits for who closes, and after the closing there is no vote any more.
"""

import random
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count as CountOf
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.election_count import Count, Result, result_of
from councils.models import Candidate, Council, Election, ElectionVoter, SecretVote
from councils.rulebook import rulebook_for
from portal.access import Refused
from portal.audit import record
from portal.models import Person, User
from portal.post import post

FEWEST_VOTERS = 3  # with fewer everybody knows what everybody voted


class TooLate(Refused):
    """The ballot is closed."""


# --- opening ---


@transaction.atomic
def open_election(
    council: Council, *, role: str, candidates: Iterable[Person], closes_at: datetime, by: Person
) -> Election:
    """The voting members of this moment are the electorate, also when the list of members changes afterwards."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    standing = list(dict.fromkeys(candidates))
    voters = set(council.memberships.current().voting().values_list("person", flat=True))
    if not standing:
        raise Refused(_("Choose at least one candidate."), field="candidates")
    if closes_at <= timezone.now():
        raise Refused(_("Choose a moment that is still to come."), field="closes_at")
    if council.elections.filter(role=role, closed_at=None).exists():
        raise Refused(_("There is a ballot for this function already. Wait until it is closed."), field="role")
    if len(voters) < FEWEST_VOTERS:
        raise Refused(_("There are fewer than 3 members who vote. Then a vote is never secret."))
    members = set(council.memberships.current().values_list("person", flat=True))
    if any(person.pk not in members for person in standing):
        raise Refused(_("Only who is a member now can be a candidate."), field="candidates")
    election = Election.objects.create(council=council, role=role, closes_at=closes_at, opened_by=by)
    Candidate.objects.bulk_create(Candidate(election=election, council=council, person=one) for one in standing)
    ElectionVoter.objects.bulk_create(
        ElectionVoter(election=election, council=council, person_id=pk) for pk in sorted(voters)
    )
    record("election.opened", election, by=by)
    tell(election, cause=f"election:{election.pk}:opened")
    return election


def tell(election: Election, *, cause: str) -> int:
    """A message to who has not voted yet; whether it is still needed is asked again when it is sent."""
    silent = election.voters.filter(has_voted=False).select_related("person").order_by("pk")
    for voter in silent:
        post("councils.election", voter.person, about=election, cause=cause, council_id=election.council_id)
    return len(silent)


@transaction.atomic
def remind(election: Election, *, by: Person | None) -> int:
    """Once a day at most. `by` is None when the calendar does it."""
    election = locked_open(election.pk)
    record("election.reminded", election, by=by)
    return tell(election, cause=f"election:{election.pk}:reminder:{timezone.localdate()}")


def locked_open(election_id: int) -> Election:
    election = lock(election_id)
    if election.closed_at or election.closes_at <= timezone.now():
        raise TooLate(_("This ballot is closed. You can no longer vote."))
    return election


def lock(election_id: int) -> Election:
    return Election.objects.select_for_update().get(pk=election_id)


# --- voting ---


@transaction.atomic
def cast_vote(election: Election, *, voter: Person, candidate: Candidate | None, by: Person) -> None:
    """One vote for each voter, by herself. For somebody without an account the secretary may put it in."""
    election = locked_open(election.pk)
    found = election.voters.select_for_update().filter(person=voter).first()
    if found is None:
        raise Refused(_("You are not on the list of voters of this ballot."))
    if found.has_voted:
        raise Refused(_("This person voted already. Everybody votes once."))
    if candidate is not None and candidate.election_id != election.pk:
        raise Refused(_("Choose one of the candidates, or vote blank."), field="candidate")
    if voter != by and User.objects.filter(person=voter).exists():
        raise Refused(_("This person has an account and votes in person."), field="voter")
    found.has_voted, found.on_behalf = True, voter != by
    found.save(update_fields=["has_voted", "on_behalf"])
    SecretVote.objects.create(election=election, council_id=election.council_id, candidate=candidate)
    shuffle(election)
    record("election.voted", found, by=by)  # that there was a vote, never which


def shuffle(election: Election) -> None:
    """Write all votes anew, in another order and with other names.

    A row tells in which transaction it was written (xmin) and where it lies (ctid). Written together, all votes tell
    the same: the vote of who voted last looks as old as that of who voted first.
    """
    votes = list(election.votes.values_list("candidate_id", flat=True))
    random.SystemRandom().shuffle(votes)
    election.votes.all().delete()
    SecretVote.objects.bulk_create(
        SecretVote(election=election, council_id=election.council_id, candidate_id=candidate) for candidate in votes
    )


# --- closing ---


@transaction.atomic
def close_election(election: Election, *, by: Person | None) -> Election:
    """By hand when everybody voted, by the calendar (`by` is None) when its moment has passed. It appoints nobody."""
    election = lock(election.pk)
    if election.closed_at:
        raise TooLate(_("This ballot is closed already."))
    if election.closes_at > timezone.now() and (by is None or election.voters.filter(has_voted=False).exists()):
        raise Refused(_("Not everybody has voted yet. The ballot closes by itself."))
    shuffle(election)
    result = counted(election)
    election.closed_at, election.closed_by = timezone.now(), by
    election.elected, election.sentence = result.elected, result.sentence
    election.save(update_fields=["closed_at", "closed_by", "elected", "sentence"])
    record("election.closed", election, by=by)
    return election


def counted(election: Election) -> Result:
    return result_of(count_of(election), rulebook_for(election.council))


def count_of(election: Election) -> Count:
    """Only for a ballot that is closed, or that is being closed."""
    found = dict(election.votes.order_by().values_list("candidate").annotate(number=CountOf("pk")))
    votes = {one.person: found.get(one.pk, 0) for one in election.candidates.select_related("person")}
    return Count(voters=election.voters.count(), votes=votes, blank=found.get(None, 0))
