"""Who has a vote on a day: the facts of membership, and what the rule book says of the chair."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from councils.models import Council, Membership
from councils.rulebook import RuleBook
from councils.states import CouncilRole, SecretaryKind


@dataclass(frozen=True)
class Voter:
    person_id: int
    is_chair: bool = False
    only_on_tie: bool = False


def voters_on(council: Council, book: RuleBook, on: date) -> list[Voter]:
    """One per person. Of the chair the rule book says it; where it is silent, the membership does."""
    roles: dict[int, list[Membership]] = defaultdict(list)
    for membership in council.memberships.current(on).order_by("pk"):
        roles[membership.person_id].append(membership)
    found = []
    for person_id, memberships in roles.items():
        votes = any(membership.votes for membership in memberships)
        if any(membership.role == CouncilRole.CHAIR for membership in memberships):
            votes, only_on_tie = vote_of_chair(book, votes)
            if votes:
                found.append(Voter(person_id, is_chair=True, only_on_tie=only_on_tie))
        elif votes:
            found.append(Voter(person_id))
    return found


def vote_of_chair(book: RuleBook, votes: bool) -> tuple[bool, bool]:
    """Has a vote, and only when votes are equal. A rule that lets the chair settle a tie gives that vote."""
    says = (book.get("chair") or {}).get("vote")
    if says == "tie_only":
        return True, True
    if says in ("full", "none"):
        votes = says == "full"
    if not votes and book.get("tie") == "chair_decides":
        return True, True
    return votes, False


def sitting_people(council: Council, book: RuleBook, on: date) -> set[int]:
    """A secretary or minute taker is none, unless a member votes as one; the chair is, unless the rules differ."""
    people = set()
    for membership in council.memberships.current(on):
        outside = membership.role in (CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER) and not (
            membership.votes or membership.secretary_kind == SecretaryKind.MEMBER
        )
        chair_apart = membership.role == CouncilRole.CHAIR and book.get("chair_counts_as_member") is False
        if not outside and not chair_apart:
            people.add(membership.person_id)
    return people


def counts_for_quorum(council: Council, book: RuleBook, on: date) -> set[int]:
    """The people that the quorum is a part of. A chair who votes only on a tie is none of the voting members."""
    if (book.get("quorum") or {}).get("of") == "voting_members":
        return {voter.person_id for voter in voters_on(council, book, on) if not voter.only_on_tie}
    return sitting_people(council, book, on)


def members_counted(council: Council, book: RuleBook, on: date) -> int | None:
    """As many as the quorum rule is a part of. None when nobody is entered yet for that day."""
    return len(counts_for_quorum(council, book, on)) or None
