"""Who was at how many meetings in a period, and what that comes to by the rule book of each day.

Only meetings that were held count; the parts of a plenary meeting belong to it and count once, with the whole.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from councils.models import Council, Membership
from councils.rulebook import Found, Stack, stack_of
from councils.states import CouncilRole, SecretaryKind
from meetings.models import Invitee, Meeting
from meetings.states import Attendance, InviteeRole, MeetingState
from portal.models import Person


@dataclass(frozen=True)
class Period:
    """A year, or a quarter of it."""

    year: int
    quarter: int | None = None

    @property
    def months(self) -> range:
        return range(3 * self.quarter - 2, 3 * self.quarter + 1) if self.quarter else range(1, 13)


@dataclass
class Attended:
    """`meetings` are those of the time that this person was a member; `paid` those with a fee."""

    person: Person
    meetings: int = 0
    present: int = 0
    paid: int = 0
    amount: Decimal = field(default_factory=Decimal)
    days: list[date] = field(default_factory=list)

    def is_below(self, rule: Found | None) -> bool:
        if rule is None or not self.meetings:
            return False
        return Fraction(self.present, self.meetings) < Fraction(rule.value["numerator"], rule.value["denominator"])


@dataclass(frozen=True)
class Overview:
    rows: list[Attended]
    meetings: int
    fee: Found | None  # the last rule by which a meeting of the period is paid, for its article
    minimum: Found | None  # at the end of the period

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal())

    @property
    def has_amounts(self) -> bool:
        return self.fee is not None and self.fee.value["scheme"] == "per_meeting" and "amount" in self.fee.value


def attended_in(council: Council, period: Period, *, only: Person | None = None) -> Overview:
    """As many queries for a year of a large council as for one meeting."""
    meetings = list(held_in(council, period))
    days = {meeting.pk: timezone.localdate(meeting.starts_at) for meeting in meetings}
    came = Invitee.objects.filter(meeting__in=meetings, role=InviteeRole.MEMBER, attendance=Attendance.PRESENT)
    present: dict[int, set[int]] = defaultdict(set)
    for person_id, meeting_id in came.values_list("person", "meeting"):
        present[person_id].add(meeting_id)
    memberships = list(council.memberships.select_related("person").order_by("person__name", "person", "pk"))
    stack = stack_of(council)
    rows: dict[int, Attended] = {}
    for meeting in meetings:
        day = days[meeting.pk]
        sitting = {
            one.person_id: one.person
            for one in memberships
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on) and is_member(one)
        }
        for person_id, person in sitting.items():
            row = rows.setdefault(person_id, Attended(person))
            row.meetings += 1
            if meeting.pk in present[person_id]:
                row.present += 1
                row.days.append(day)
                fee = fee_of(stack, day, meeting.kind)
                row.paid += fee is not None
                row.amount += fee or 0
    wanted = [row for row in rows.values() if only is None or row.person == only]
    last = days[meetings[-1].pk] if meetings else timezone.localdate()
    paying = [days[one.pk] for one in meetings if fee_of(stack, days[one.pk], one.kind) is not None]
    return Overview(
        sorted(wanted, key=lambda row: row.person.name.casefold()), len(meetings),
        stack.on(paying[-1] if paying else last).rule("attendance_fee"), stack.on(last).rule("attendance_minimum"),
    )  # fmt: skip


def is_member(membership: Membership) -> bool:
    """A secretary or minute taker is none, unless a member does that work."""
    works = membership.role in (CouncilRole.SECRETARY, CouncilRole.MINUTE_TAKER)
    return not works or membership.votes or membership.secretary_kind == SecretaryKind.MEMBER


def held_in(council: Council, period: Period) -> QuerySet[Meeting]:
    held = Meeting.objects.filter(council=council, state=MeetingState.HELD, parent=None)
    return held.filter(starts_at__year=period.year, starts_at__month__in=period.months).order_by("starts_at", "pk")


def fee_of(stack: Stack, day: date, kind: str) -> Decimal | None:
    """What one meeting pays, by the rules of its day."""
    rule = stack.on(day).rule("attendance_fee")
    if rule is None or rule.value["scheme"] != "per_meeting" or "amount" not in rule.value:
        return None
    if kind not in rule.value.get("kinds", [kind]):
        return None
    return Decimal(str(rule.value["amount"]))
