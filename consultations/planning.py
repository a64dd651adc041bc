"""What the rule book of a council makes of a request: the last days, their sums, and a meeting that reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from councils.models import Council
from councils.rulebook import Found, Outcome, Stack, stack_of, terms
from councils.rulebook.clocks import REQUEST, start_of
from councils.states import InstrumentKind
from meetings.models import Meeting
from portal.dates import plain_date
from portal.text import days, weeks


@dataclass(frozen=True)
class Plan:
    """One request at one council. What the rule book does not regulate is None."""

    council: Council
    received_on: date
    wanted_on: date | None
    term: Found | None  # the rule of the advice term
    due: Outcome | None  # of a range the earliest
    latest: Outcome | None  # the end of the range
    extended: Outcome | None
    decline_until: Outcome | None
    urgent: Outcome | None  # the last day of an urgent request
    urgent_rule: Found | None  # whether a request may be urgent, and who agrees
    chair_agrees: Found | None  # the rule that a shorter term needs the chair
    meeting: Meeting | None  # the last planned meeting that reaches the last day
    papers: Outcome | None  # when papers for that meeting must be out

    @property
    def short_days(self) -> int:
        if self.due is None or self.wanted_on is None:
            return 0
        return max((self.due.day - self.wanted_on).days, 0)

    @property
    def short_notice(self) -> str:
        """The neutral stamp that stays with the dossier and comes in the letter; empty when there is time enough.

        Dutch, as the letter is.
        """
        if not self.short_days or self.due is None or self.term is None or self.wanted_on is None:
            return ""
        asked, rule = max((self.wanted_on - self.received_on).days, 0), self.term.value
        with override("nl"):
            stamp = _("Time that was asked: %(asked)s. %(instrument)s: %(term)s (%(article)s).") % {
                "asked": days(asked),
                "instrument": InstrumentKind(self.term.kind).label,
                "term": term_in_words(rule),
                "article": article_of(self.due),
            }
            if asked >= rule["weeks"] * 7:  # a recess or a day off made the term longer
                stamp += " " + _("The last day is %(due)s.") % {"due": plain_date(self.due.day)}
        return stamp

    @property
    def may_be_urgent(self) -> bool:
        """What the rule book says; a chair may always agree to less time."""
        rule = self.urgent_rule.value if self.urgent_rule else {}
        return bool(rule) and rule.get("allowed", "weeks" in rule)

    @property
    def urgency_is_refused(self) -> bool:
        return self.urgent_rule is not None and not self.may_be_urgent

    @property
    def sum(self) -> list[dict]:
        return sum_of(self.due)


def term_in_words(rule: dict[str, Any]) -> str:
    """`6 weken`, or `4 tot 6 weken`."""
    if "max_weeks" not in rule:
        return weeks(rule["weeks"])
    return _("%(least)s to %(most)s") % {"least": rule["weeks"], "most": weeks(rule["max_weeks"])}


def article_of(outcome: Outcome) -> str:
    return outcome.article or outcome.instrument


def sum_of(outcome: Outcome | None) -> list[dict]:
    """How a date was counted, as the page shows it and the dossier keeps it."""
    if outcome is None:
        return []
    steps = [{"label": step.label, "text": step.text, "article": step.article} for step in outcome.steps]
    return steps + [{"label": _("Assumed"), "text": text, "article": None} for text in outcome.assumed]


def plan_for(
    council: Council, *, request_date: date | None, receipt_date: date, wanted_on: date | None = None,
    hurried: bool = False,
) -> Plan:  # fmt: skip
    """The dates by the rules of the day on which the clocks start. Not every letter bears a date.

    `hurried`: the council agreed to the urgent term; more time is then counted from that.
    """
    stack = stack_of(council)
    start: dict[str, Any] = {"request_date": request_date, "receipt_date": receipt_date}
    due = terms.advice_due(stack, **start)
    clock = start_of(stack, "advice_term", request_date, receipt_date, REQUEST)
    book = clock.book if clock else stack.on(receipt_date)
    term, urgent_rule = book.rule("advice_term"), book.rule("urgent")
    knows_term = urgent_rule and "weeks" in urgent_rule.value and urgent_rule.value.get("allowed", True)
    meeting, papers = meeting_before(council, stack, due.day if due else wanted_on, since=receipt_date)
    return Plan(
        council=council,
        received_on=receipt_date,
        wanted_on=wanted_on,
        term=term,
        due=due,
        latest=terms.advice_due_latest(stack, **start),
        extended=terms.advice_due_extended(stack, **start, urgent=hurried),
        decline_until=terms.decline_until(stack, **start),
        urgent=terms.advice_due(stack, **start, urgent=True) if knows_term else None,
        urgent_rule=urgent_rule,
        chair_agrees=term if term and term.value.get("shorter_only_if_chair_agrees") else None,
        meeting=meeting,
        papers=papers,
    )


def meeting_before(
    council: Council, stack: Stack, last_day: date | None, *, since: date
) -> tuple[Meeting | None, Outcome | None]:
    """The last planned meeting on or before the last day whose papers can still go out in time.

    Without a last day the first such meeting.
    """
    start = max(since, localdate())
    reached = []
    for meeting in upcoming_of(council):
        day = localdate(meeting.starts_at)
        papers = terms.invitations_out_by(stack, meeting_date=day) or terms.member_papers_by(stack, meeting_date=day)
        if day >= start and (last_day is None or day <= last_day) and (papers is None or papers.day >= start):
            reached.append((meeting, papers))
    if not reached:
        return None, None
    return reached[0] if last_day is None else reached[-1]


def upcoming_of(council: Council) -> list[Meeting]:
    loaded = getattr(council, "planned_meetings", None)
    return list(council.meetings.upcoming()) if loaded is None else loaded


def plans_for(councils: Iterable[Council], *, wanted_on: date | None, today: date | None = None) -> list[Plan]:
    """The plans of a request that is sent today."""
    today = today or localdate()
    return [plan_for(council, request_date=today, receipt_date=today, wanted_on=wanted_on) for council in councils]


def with_rules_and_meetings(councils):
    """A queryset of councils that brings what `plan_for` reads, in two queries for all of them."""
    meetings = Prefetch("meetings", queryset=Meeting.objects.upcoming(), to_attr="planned_meetings")
    return councils.prefetch_related("instruments", meetings)
