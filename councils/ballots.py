"""What the rule book makes of votes, in words that stay on file. Judges only; the verb refuses."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from councils.electorate import members_counted
from councils.models import Council
from councils.rulebook import RuleBook, rulebook_for, voting
from councils.rulebook.outcome import Outcome


@dataclass(frozen=True)
class Ballot:
    """The votes as they were counted. `chair_in_favour` and `chair_apart` matter only where votes are equal."""

    present: int
    in_favour: int
    against: int
    abstained: int
    chair_in_favour: bool | None = None
    chair_apart: bool = False  # the chair takes no part in this decision
    recused: int = 0  # who takes no part (verschoning): not present, and not in what the quorum is a part of

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
    counted = members_counted(council, book, on)
    return judge_by(book, ballot, counted=max(counted - ballot.recused, 0) if counted else None)


def judge_by(book: RuleBook, ballot: Ballot, *, counted: int | None) -> Judgement:
    """`counted` are the members that the quorum is a part of."""
    with override("nl"):  # the sentence is kept, and letters and minutes are Dutch
        quorum = voting.quorum_needed(book, members=counted)
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
    if ballot.in_favour == ballot.against and a_majority_is_enough(book):
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


def a_majority_is_enough(book: RuleBook) -> bool:
    """Consensus falls back to a majority only where the rules say what happens with equal votes."""
    rule = book.get("decides_by")
    return rule in (None, "majority") or (rule == "consensus" and book.rule("tie") is not None)


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
    if ballot.chair_apart:
        return False, False, [*words, _("The chair took no part: it is not adopted.")]
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
    said = [favour, _("%d against") % ballot.against]
    if ballot.abstained:
        said.append(ngettext("%d member abstained", "%d members abstained", ballot.abstained) % ballot.abstained)
    if ballot.recused:
        said.append(ngettext("%d member took no part", "%d members took no part", ballot.recused) % ballot.recused)
    return ", ".join(said) + "."


def quorum_sentences(quorum: Outcome | None, met: bool) -> list[str]:
    if quorum is None:
        return [_("A quorum is not regulated.")]
    said = _("The quorum of %(needed)s was met%(article)s.")
    if not met:
        said = _("The quorum of %(needed)s was not met%(article)s.")
    return [said % {"needed": quorum.value, "article": in_brackets(quorum.article)}, *quorum.assumed]
