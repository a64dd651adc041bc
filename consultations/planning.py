"""What the rule book of a council makes of a request: the last days, their sums, and a meeting that reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from councils.models import Council
from councils.rulebook import Found, Outcome, Stack, stack_of, terms
from meetings.models import Meeting
from portal.dates import plain_date
from portal.text import days


@dataclass(frozen=True)
class Plan:
    """One request at one council. What the rule book does not regulate is None."""

    council: Council
    wanted_on: date | None
    due: Outcome | None  # of a range the earliest
    latest: Outcome | None  # the end of the range
    extended: Outcome | None
    decline_until: Outcome | None
    urgent: Outcome | None  # the last day of an urgent request
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
        """The note that stays with the dossier, empty when there is time enough."""
        if not self.short_days or self.due is None:
            return ""
        words = {
            "wanted": plain_date(self.wanted_on),
            "due": plain_date(self.due.day),
            "article": article_of(self.due),
            "days": days(self.short_days),
        }
        return (
            _(
                "The advice is wanted by %(wanted)s. By the rules the council has until %(due)s (%(article)s)."
                " That is %(days)s too short."
            )
            % words
        )

    @property
    def sum(self) -> list[dict]:
        return sum_of(self.due)


def article_of(outcome: Outcome) -> str:
    return outcome.article or outcome.instrument


def sum_of(outcome: Outcome | None) -> list[dict]:
    """How a date was counted, as the page shows it and the dossier keeps it."""
    if outcome is None:
        return []
    steps = [{"label": step.label, "text": step.text, "article": step.article} for step in outcome.steps]
    return steps + [{"label": _("Assumed"), "text": text, "article": None} for text in outcome.assumed]


def plan_for(council: Council, *, request_date: date | None, receipt_date: date, wanted_on: date | None = None) -> Plan:
    """The dates by the rules of the day on which the clocks start. Not every letter bears a date."""
    stack = stack_of(council)
    start: dict[str, Any] = {"request_date": request_date, "receipt_date": receipt_date}
    due = terms.advice_due(stack, **start)
    book = stack.on(receipt_date)
    term, urgent_rule = book.rule("advice_term"), book.rule("urgent")
    may_be_urgent = urgent_rule and "weeks" in urgent_rule.value and urgent_rule.value.get("allowed", True)
    meeting, papers = meeting_before(council, stack, due.day if due else wanted_on, since=receipt_date)
    return Plan(
        council=council,
        wanted_on=wanted_on,
        due=due,
        latest=terms.advice_due_latest(stack, **start),
        extended=terms.advice_due_extended(stack, **start),
        decline_until=terms.decline_until(stack, **start),
        urgent=terms.advice_due(stack, **start, urgent=True) if may_be_urgent else None,
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
