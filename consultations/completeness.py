"""Can this request still change anything? What weakens it, said to who asks before sending and to who is asked.

It warns; it never blocks. What a request cannot do without stands in actions.requests.missing_in.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consultations.models import AdviceRequest
from portal.dates import plain_date
from portal.text import days, plain_text

# An executive that must read the advice, weigh it and change its proposal needs two weeks.
LEAST_DAYS = 14
NOTHING = re.compile(
    r"(?:er (?:is|kan|ligt|staat) )?(?:(?:bijna )?niets|niks|geen(?: (?:enkele )?ruimte)?|nihil|nvt|n v t"
    r"|niet van toepassing|alles (?:staat|ligt|is) (?:al |nu )?(?:vast|besloten|beslist|rond))"
    r"(?: (?:meer|nu|aan|te|er|kan|worden|veranderen|veranderd|wijzigen|gewijzigd|aan te passen|aangepast))*"
)
# Words with which people write that there was something to choose.
CHOICES = re.compile(
    r"alternatie|\bvariant|\bopties?\b|\bscenario|\bkeu(?:ze|zes|s)\b|\bkiezen\b|\bmogelijkhe|\bin plaats van\b"
    r"|\bofwel\b|\bhet kan ook\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WeakPoint:
    """One thing that makes advice matter less, and the step where the authority can mend it."""

    code: str
    step: str
    sentence: str


def weak_points(request: AdviceRequest, *, papers: int, advice_by: date | None, on: date) -> list[WeakPoint]:
    """As it stood on the day `on`. `advice_by`: when the advice is there, by its wanted date or by the rules.

    Of a registered request only the dates are judged: its words are in the letter itself.
    """
    found = time_points(request.decision_on, request.wanted_on or advice_by, on)
    found = found or too_soon_by_the_rules(request.decision_on, advice_by)
    if request.registered:
        return [point for point in found if point.code != "no_decision_date"]
    if says_nothing(request.changeable):
        found.append(WeakPoint("no_room", "room", _("It does not say what can still be changed.")))
    if not papers:
        found.append(WeakPoint("no_documents", "documents", _("There is no document with it.")))
    if not request.questions:
        found.append(WeakPoint("no_questions", "summary", _("There is no question in it.")))
    if not names_choices(request):
        found.append(WeakPoint("no_choices", "summary", _("It does not say which other choices there are.")))
    return found


def time_points(decision: date | None, advice_by: date | None, on: date) -> list[WeakPoint]:
    """At most one: the gravest."""
    if decision is None:
        return [WeakPoint("no_decision_date", "planning", _("It does not say when the decision falls."))]
    words = {"decision": plain_date(decision), "advice": plain_date(advice_by)}
    if decision < on:
        sentence = _("The decision was planned on %(decision)s. That day is over.")
        return [WeakPoint("decided", "planning", sentence % words)]
    if advice_by is None:
        return []
    left = (decision - advice_by).days
    if left <= 0:
        sentence = _("The advice comes by %(advice)s. The decision falls on %(decision)s, so not later.")
        return [WeakPoint("decided_first", "planning", sentence % words)]
    if left < LEAST_DAYS:
        sentence = _("Between the advice (%(advice)s) and the decision (%(decision)s) there is only %(days)s.")
        return [WeakPoint("little_time", "planning", sentence % {**words, "days": days(left)})]
    return []


def too_soon_by_the_rules(decision: date | None, advice_by: date | None) -> list[WeakPoint]:
    """The wanted date is in time, but the council may take longer."""
    if decision is None or advice_by is None or decision > advice_by:
        return []
    words = {"decision": plain_date(decision), "advice": plain_date(advice_by)}
    sentence = _("By the rules the council has until %(advice)s. The decision falls on %(decision)s, before that.")
    return [WeakPoint("decided_before_the_term", "planning", sentence % words)]


def says_nothing(changeable: str) -> bool:
    """Empty, or words that mean "nothing"."""
    words = re.sub(r"[^\w\s]", " ", plain_text(changeable)).casefold()
    words = " ".join(words.split())
    return not words or NOTHING.fullmatch(words) is not None


def names_choices(request: AdviceRequest) -> bool:
    return any(CHOICES.search(text) for text in [request.summary, request.changeable, *request.questions])
