"""Whether a meeting may decide, and whether a vote carried, by the rule book. Rules warn; the caller refuses."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from django.utils.translation import gettext as _

from councils.rulebook.outcome import Outcome, Step
from councils.rulebook.stack import Found, RuleBook


def quorum_needed(book: RuleBook, *, members: int | None) -> Outcome | None:
    """How many must be present. `members` counts what the rule counts: sitting members, seats or voting members."""
    found = book.rule("quorum")
    if found is None:
        return None
    if "count" in found.value:
        return Outcome(found.value["count"], found.article, found.instrument, found.assumed)
    of, assumed = found.value.get("of"), list(found.assumed)
    seats = sum(seat["count"] for seat in book.get("seats", [])) if of == "seats" else 0
    counted = seats or members
    if counted is None:
        return None
    if of is None:
        assumed.append(_("The quorum is a part of the sitting members: the rule does not say of whom."))
    part = Fraction(found.value["numerator"], found.value["denominator"])
    more_than = found.value.get("more_than", False)
    needed = floor(counted * part) + 1 if more_than else ceil(counted * part)
    text = _("More than %(part)s of %(number)d.") if more_than else _("At least %(part)s of %(number)d.")
    step = Step(str(needed), text % {"part": part, "number": counted}, found.article)
    return Outcome(needed, found.article, found.instrument, tuple(assumed), (step,))


def quorum_met(book: RuleBook, *, members: int | None, present: int | None) -> Outcome | None:
    needed = quorum_needed(book, members=members)
    if needed is None or present is None:
        return None
    return Outcome(present >= needed.count, needed.article, needed.instrument, needed.assumed, needed.steps)


@dataclass(frozen=True)
class Verdict:
    """What the rule book makes of a vote. `carried` is None while the chair's casting vote is needed or unknown."""

    carried: bool | None
    reason: str
    article: str | None
    instrument: str
    assumed: tuple[str, ...] = ()


def judge_vote(
    book: RuleBook, *, votes_for: int, votes_against: int, chair_in_favour: bool | None = None
) -> Verdict | None:
    """Abstentions do not count. None when the rule book does not say how the council decides."""
    found = book.rule("decides_by")
    if found is None:
        return None
    cast = votes_for + votes_against
    assumed = (*found.assumed, _("Abstentions do not count."))

    def verdict(carried: bool | None, reason: str, rule: Found = found) -> Verdict:
        return Verdict(carried, reason, rule.article, rule.instrument, assumed)

    if votes_against == 0 and votes_for > 0:
        return verdict(True, _("Nobody is against."))
    if found.value == "two_thirds":
        enough = cast > 0 and 3 * votes_for >= 2 * cast
        return verdict(enough, _("Two thirds are in favour.") if enough else _("Fewer than two thirds are in favour."))
    tie = book.rule("tie")
    if found.value == "consensus" and tie is None and votes_for > votes_against:
        return verdict(False, _("Not everybody agrees."))
    if votes_for == votes_against:
        return _judge_tie(tie, chair_in_favour, verdict)
    carried = votes_for > votes_against
    return verdict(carried, _("A majority is in favour.") if carried else _("A majority is against."))


def _judge_tie(tie: Found | None, chair_in_favour: bool | None, verdict) -> Verdict:  # type: ignore[no-untyped-def]
    if tie is None:
        return verdict(None, _("As many for as against; a tie is not regulated."))
    if tie.value == "chair_decides":
        return verdict(chair_in_favour, _("As many for as against: the chair decides."), tie)
    return verdict(False, _("As many for as against: not adopted."), tie)
