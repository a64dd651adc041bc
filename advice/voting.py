"""What the rule book makes of the votes on an advice, in words that stay on file. Judges only; the verb refuses."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from councils.models import Council
from councils.rulebook import RuleBook, rulebook_for, voting
from councils.rulebook.outcome import Outcome
from councils.states import CouncilRole, SecretaryKind


@dataclass(frozen=True)
class Ballot:
    """The votes as they were counted. `chair_in_favour` matters only where votes are equal."""

    present: int
    in_favour: int
    against: int
    abstained: int
    chair_in_favour: bool | None = None

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Judgement:
    carried: bool
    needs_chair: bool  # votes are equal, the chair decides, and it is not known what the chair voted
    quorum: Outcome | None
    quorum_met: bool
    sentence: str


def judge(council: Council, ballot: Ballot, *, on: date) -> Judgement:
    book = rulebook_for(council, on)
    with override("nl"):  # the sentence is kept, and letters and minutes are Dutch
        quorum = voting.quorum_needed(book, members=members_counted(council, book, on))
        met = quorum is None or ballot.present >= int(quorum.value)  # type: ignore[arg-type]
        carried, needs_chair, words = judge_votes(book, ballot)
        sentences = [votes_sentence(ballot), *words, *quorum_sentences(quorum, met)]
    return Judgement(carried, needs_chair, quorum, met, " ".join(dict.fromkeys(sentences)))


def judge_votes(book: RuleBook, ballot: Ballot) -> tuple[bool, bool, list[str]]:
    """Carried or not, whether the chair's vote is missing, and the sentences that say why."""
    if ballot.in_favour == 0:
        return False, False, [_("Nobody voted in favour.")]
    rule, assumed = book.rule("decides_by"), []
    if rule is None:
        assumed = [_("The rules do not say how the council decides; a simple majority was taken for granted.")]
    if ballot.in_favour == ballot.against and (rule is None or rule.value != "two_thirds"):
        carried, needs_chair, words = judge_tie(book, ballot)
        return carried, needs_chair, assumed + words
    verdict = voting.judge_vote(book, votes_for=ballot.in_favour, votes_against=ballot.against)
    if rule is None or verdict is None:
        return ballot.in_favour > ballot.against, False, assumed + abstentions(ballot)
    key = "consensus_or_majority" if rule.value == "consensus" and book.rule("tie") else rule.value
    words = [str(NEEDED[key]) % {"article": in_brackets(rule.article)}]
    if not verdict.carried:
        words.append(_("That was not reached."))
    return bool(verdict.carried), False, words + abstentions(ballot)


NEEDED = {
    "consensus": gettext_lazy("Needed was that nobody is against%(article)s."),
    "consensus_or_majority": gettext_lazy("Needed was that nobody is against, or else a majority%(article)s."),
    "majority": gettext_lazy("Needed was a majority%(article)s."),
    "two_thirds": gettext_lazy("Needed was two thirds of the votes%(article)s."),
}


def judge_tie(book: RuleBook, ballot: Ballot) -> tuple[bool, bool, list[str]]:
    tie, chair = book.rule("tie"), book.rule("chair")
    found = tie or (chair if chair and chair.value.get("vote") == "tie_only" else None)
    words = [_("There were as many votes for as against.")]
    if found is None:
        return False, False, [*words, _("The rules do not say what happens then: it is not adopted.")]
    article = in_brackets(found.article)
    if found is tie and tie.value != "chair_decides":
        return False, False, [*words, _("Then it is not adopted%(article)s.") % {"article": article}]
    words.append(_("Then the chair decides%(article)s.") % {"article": article})
    if ballot.chair_in_favour is None:
        return False, True, words
    said = _("The chair voted in favour.") if ballot.chair_in_favour else _("The chair voted against.")
    return ballot.chair_in_favour, False, [*words, said]


def in_brackets(article: str | None) -> str:
    return f" ({article})" if article else ""


def abstentions(ballot: Ballot) -> list[str]:
    return [_("Abstentions do not count.")] if ballot.abstained else []


def votes_sentence(ballot: Ballot) -> str:
    favour = ngettext("%d member voted in favour", "%d members voted in favour", ballot.in_favour) % ballot.in_favour
    against = _("%d against") % ballot.against
    if not ballot.abstained:
        return f"{favour}, {against}."
    abstained = ngettext("%d member abstained", "%d members abstained", ballot.abstained) % ballot.abstained
    return f"{favour}, {against}, {abstained}."


def quorum_sentences(quorum: Outcome | None, met: bool) -> list[str]:
    if quorum is None:
        return [_("A quorum is not regulated.")]
    said = _("The quorum of %(needed)s was met%(article)s.")
    if not met:
        said = _("The quorum of %(needed)s was not met%(article)s.")
    return [said % {"needed": quorum.value, "article": in_brackets(quorum.article)}, *quorum.assumed]


# --- who counts ---


def members_counted(council: Council, book: RuleBook, on: date) -> int | None:
    """As many as the quorum rule is a part of. None when nobody is entered yet for that day."""
    of = (book.get("quorum") or {}).get("of")
    return (voting_members(council, on) if of == "voting_members" else sitting_members(council, book, on)) or None


def voting_members(council: Council, on: date) -> int:
    return council.memberships.current(on).voting().values("person").distinct().count()


def sitting_members(council: Council, book: RuleBook, on: date) -> int:
    """A secretary or minute taker is none, unless a member votes as one; the chair is, unless the rules differ."""
    people = set()
    for membership in council.memberships.current(on):
        outside = membership.role in (CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER) and not (
            membership.votes or membership.secretary_kind == SecretaryKind.MEMBER
        )
        chair_apart = membership.role == CouncilRole.CHAIR and book.get("chair_counts_as_member") is False
        if not outside and not chair_apart:
            people.add(membership.person_id)
    return len(people)
