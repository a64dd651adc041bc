"""The votes of a written procedure counted, and what the rules make of them so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.models import Elector, Vote, WrittenProcedure
from advice.states import VoteChoice
from councils.ballots import Ballot, Judgement, in_brackets, judge_by
from councils.electorate import sitting_people
from councils.rulebook import RuleBook, rulebook_for
from portal.dates import as_date


@dataclass(frozen=True)
class Tally:
    """Needs the electors and votes of one procedure. Who is recused is in neither."""

    electors: list[Elector]  # who takes part
    recused: list[Elector]
    votes: dict[int, Vote]  # by person
    ballot: Ballot
    judgement: Judgement

    @property
    def silent(self) -> list[Elector]:
        return [elector for elector in self.electors if elector.person_id not in self.votes]

    @property
    def everybody_voted(self) -> bool:
        """A chair who votes only on a tie keeps nobody waiting, unless there is one."""
        waiting = [elector for elector in self.silent if not elector.only_on_tie]
        return not waiting and bool(self.votes) and not self.judgement.needs_chair

    @property
    def is_clear(self) -> bool:
        """The calendar may close it: the rules say what was decided."""
        return self.judgement.quorum_met and not self.judgement.needs_chair and bool(self.votes)

    @property
    def turnout(self) -> str:
        asked = sum(not elector.only_on_tie for elector in self.electors)
        words = ngettext(
            "%(voted)d of %(asked)d member has voted.", "%(voted)d of %(asked)d members have voted.", asked
        )
        return words % {"voted": self.ballot.present, "asked": asked}

    @property
    def not_counted(self) -> list[str]:
        """Who stands in the list and not in the turnout: a chair who votes only on a tie, who takes no part."""
        apart = [elector for elector in self.electors if elector.only_on_tie]
        return sorted(elector.person.name for elector in [*apart, *self.recused])

    @property
    def quorum_line(self) -> str:
        return quorum_so_far(self.ballot, self.judgement)


def count(electors: Iterable[Elector], votes: Iterable[Vote], *, chair_in_favour: bool | None = None) -> Ballot:
    """One vote per elector who takes part. The vote of a chair who votes only on a tie counts nowhere else.

    `chair_in_favour` is what the chair said at the closing; a vote that the chair gave goes before it.
    """
    electors = list(electors)
    by_person = {vote.person_id: vote.choice for vote in votes}
    taking_part = [elector for elector in electors if elector.recused_at is None]
    cast = [by_person[e.person_id] for e in taking_part if not e.only_on_tie and e.person_id in by_person]
    chairs = [elector for elector in electors if elector.is_chair]
    says = {by_person.get(chair.person_id) for chair in chairs if chair.recused_at is None}
    own = says.pop() if len(says) == 1 else None
    if own in (VoteChoice.IN_FAVOUR, VoteChoice.AGAINST):
        chair_in_favour = own == VoteChoice.IN_FAVOUR
    return Ballot(
        present=len(cast),
        in_favour=cast.count(VoteChoice.IN_FAVOUR),
        against=cast.count(VoteChoice.AGAINST),
        abstained=cast.count(VoteChoice.ABSTAINED),
        chair_in_favour=chair_in_favour,
        chair_apart=bool(chairs) and all(chair.recused_at for chair in chairs),
        recused=len(electors) - len(taking_part),
    )


def counted_for_quorum(procedure: WrittenProcedure, book: RuleBook, electors: Iterable[Elector]) -> int | None:
    """What the quorum is a part of: as it was when the procedure opened, without who takes no part."""
    electors = list(electors)
    recused = {elector.person_id for elector in electors if elector.recused_at}
    if (book.get("quorum") or {}).get("of") == "voting_members":
        return sum(not e.only_on_tie and e.person_id not in recused for e in electors)
    opened_on: date = as_date(procedure.opened_at)
    return len(sitting_people(procedure.council, book, opened_on) - recused) or None


def tally(procedure: WrittenProcedure, *, book: RuleBook | None = None, chair_in_favour: bool | None = None) -> Tally:
    """Two queries, and what the quorum asks. The rule book is that of today, the day of closing."""
    electors = list(procedure.electors.select_related("person", "recused_by").order_by("person__name", "pk"))
    votes = list(procedure.votes.select_related("person", "entered_by").order_by("pk"))
    book = book or rulebook_for(procedure.council)
    ballot = count(electors, votes, chair_in_favour=chair_in_favour)
    return Tally(
        electors=[elector for elector in electors if elector.recused_at is None],
        recused=[elector for elector in electors if elector.recused_at],
        votes={vote.person_id: vote for vote in votes},
        ballot=ballot,
        judgement=judge_by(book, ballot, counted=counted_for_quorum(procedure, book, electors)),
    )


def meter(ballot: Ballot, judgement: Judgement) -> str:
    """In a sentence what the rules make of the votes so far, while others can still vote."""
    if not ballot.cast:
        return " ".join([_("Nobody has voted yet."), quorum_so_far(ballot, judgement)])
    said = [_("%d in favour") % ballot.in_favour, _("%d against") % ballot.against]
    if ballot.abstained:
        said.append(ngettext("%d abstains", "%d abstain", ballot.abstained) % ballot.abstained)
    return " ".join([", ".join(said) + ".", quorum_so_far(ballot, judgement), stands_so_far(ballot, judgement)])


def quorum_so_far(ballot: Ballot, judgement: Judgement) -> str:
    quorum = judgement.quorum
    if quorum is None:
        return _("A quorum is not regulated.")
    facts = {"needed": quorum.value, "article": in_brackets(quorum.article), "more": quorum.count - ballot.present}
    if judgement.quorum_met:
        return _("The quorum of %(needed)s has been reached%(article)s.") % facts
    return _("For the quorum %(needed)s votes are needed%(article)s: %(more)s to go.") % facts


def stands_so_far(ballot: Ballot, judgement: Judgement) -> str:
    if judgement.needs_chair:
        return _("There are now as many votes in favour as against. Does it stay so? Then the chair decides.")
    if not judgement.carried:
        return _("Does it stay so? Then the advice is not adopted.")
    if judgement.quorum is None or judgement.quorum_met:
        return _("Does it stay so? Then the advice is adopted.")
    more = judgement.quorum.count - ballot.present
    return (
        ngettext(
            "Does it stay so? Then the advice is adopted if %d more member votes.",
            "Does it stay so? Then the advice is adopted if %d more members vote.",
            more,
        )
        % more
    )
