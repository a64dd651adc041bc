"""What the rule book makes of a secret ballot for persons. Pure: numbers in, an outcome and a Dutch sentence out."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from councils.rulebook import RuleBook
from councils.rulebook.voting import quorum_needed
from portal.text import listed


@dataclass(frozen=True)
class Count:
    """`votes` per candidate, whoever that is; blank votes count for the quorum only."""

    voters: int
    votes: dict[Any, int]
    blank: int

    @property
    def cast(self) -> int:
        return sum(self.votes.values()) + self.blank


@dataclass
class Result:
    elected: Any = None
    sentences: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return " ".join(self.sentences)


def result_of(count: Count, book: RuleBook) -> Result:
    """Enough voters? Then the most votes win, or a majority or two thirds when the rules say so."""
    result = Result()
    with override("nl"):  # what is kept is Dutch, whatever the language of who closes
        told = ngettext(
            "%(cast)d of %(voters)d members has voted.", "%(cast)d of %(voters)d members have voted.", count.cast
        )
        result.sentences.append(told % {"cast": count.cast, "voters": count.voters})
        quorum = quorum_needed(book, members=count.voters)
        if quorum and count.cast < quorum.count:
            told = _("At least %(number)d must vote%(article)s. Nobody is elected.")
            result.sentences.append(told % {"number": quorum.count, "article": behind(quorum.article)})
            return result
        most = max(count.votes.values(), default=0)
        first = [person for person, votes in count.votes.items() if votes == most]
        if most == 0:
            result.sentences.append(
                _("There are blank votes only. Nobody is elected.") if count.blank else _("Nobody is elected.")
            )
        elif len(first) > 1:
            told = _("%(names)s have equally many votes: %(votes)d each. Nobody is elected.")
            result.sentences.append(told % {"names": listed(sorted(map(str, first))), "votes": most})
        else:
            decide(result, first[0], most, sum(count.votes.values()), book)
        if count.blank:
            told = ngettext("%(number)d vote was blank.", "%(number)d votes were blank.", count.blank)
            result.sentences.append(told % {"number": count.blank})
    return result


def decide(result: Result, person: Any, votes: int, cast: int, book: RuleBook) -> None:
    rule = book.rule("decides_by")
    facts = {"name": str(person), "votes": votes, "cast": cast, "article": behind(rule.article if rule else None)}
    if rule and rule.value == "two_thirds" and 3 * votes < 2 * cast:
        told = _("%(name)s has the most votes: %(votes)d of %(cast)d. Two thirds are needed%(article)s.")
    elif rule and rule.value in ("majority", "consensus") and 2 * votes <= cast:
        told = _("%(name)s has the most votes: %(votes)d of %(cast)d. More than half is needed%(article)s.")
    else:
        result.elected = person
        told = (
            _("%(name)s is elected with %(votes)d of %(cast)d votes%(article)s.")
            if rule
            else _("%(name)s is elected with %(votes)d of %(cast)d votes: the most votes.")
        )
    result.sentences.append(told % facts)
    if result.elected is None:
        result.sentences.append(_("Nobody is elected."))


def behind(article: str | None) -> str:
    return f" ({article})" if article else ""
