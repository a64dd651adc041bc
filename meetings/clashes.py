"""What falls on the day of a meeting that is planned: a day off, the recess, other meetings of this and other councils.

Of another council only day and time are said, and only when it shares people or the authority: never which council.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from councils.querysets import in_force
from councils.rulebook import Stack, days_off, stack_of
from councils.rulebook.clocks import in_recess
from meetings.models import Meeting
from meetings.states import MeetingKind, MeetingState
from portal.dates import clock_time

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class YearCount:
    """How many plenary meetings a year has with the plan, beside what the rule book asks."""

    year: int
    number: int
    least: int | None
    most: int | None
    article: str | None
    instrument: str

    @property
    def too_few(self) -> bool:
        return self.least is not None and self.number < self.least

    @property
    def too_many(self) -> bool:
        return self.most is not None and self.number > self.most


def clashes_of(council: Council, spans: Sequence[Span | None], *, besides: Meeting | None = None) -> list[list[str]]:
    """Per span the sentences of what falls on its day, in three questions whatever their number."""
    days = {timezone.localdate(span[0]) for span in spans if span}
    if not days:
        return [[] for _span in spans]
    stack = stack_of(council)
    own, others = _meetings_on(council, days, besides)
    return [_of_day(stack, span, own, others) if span else [] for span in spans]


def _of_day(stack: Stack, span: Span, own: dict[date, list], others: dict[date, list]) -> list[str]:
    day = timezone.localdate(span[0])
    found = []
    name = days_off.name_of_day_off(day)
    if name:
        found.append(_("This is %(name)s.") % {"name": name})
    recess = stack.on(day).rule("recess")
    for period in recess.value if recess else []:
        if in_recess(day, period):
            label = period.get("label") or _("recess")
            found.append(
                _("In the %(label)s (%(article)s).") % {"label": label, "article": recess.article}
                if recess and recess.article
                else _("In the %(label)s.") % {"label": label}
            )
    for meeting in own.get(day, []):
        found.append(_("You have %(title)s then, %(span)s.") % {"title": meeting.title, "span": _from_until(meeting)})
    times = sorted({_from_until(meeting) for meeting in others.get(day, [])})
    found += [_("Another council meets then, %(span)s.") % {"span": span} for span in times]
    return found


def _from_until(meeting: Meeting) -> str:
    span = {"from": clock_time(meeting.starts_at), "until": clock_time(meeting.ends_at)}
    return _("%(from)s to %(until)s") % span


def _meetings_on(council: Council, days: set[date], besides: Meeting | None) -> tuple[dict, dict]:
    meetings = (
        Meeting.objects.whole().exclude(state=MeetingState.CANCELLED).filter(starts_at__date__in=days)
        .filter(Q(council=council) | Q(council__in=neighbours(council)))
        .exclude(pk=besides.pk if besides else None).order_by("starts_at")
    )  # fmt: skip
    own: dict[date, list] = {}
    others: dict[date, list] = {}
    for meeting in meetings:
        into = own if meeting.council_id == council.pk else others
        into.setdefault(timezone.localdate(meeting.starts_at), []).append(meeting)
    return own, others


def neighbours(council: Council):
    """Other councils that share somebody or an authority with this one today."""
    people = council.memberships.current().values("person")
    authorities = council.served_bodies.current().values("authority")
    shares_people = Q(pk__in=Council.objects.filter(in_force(None, "memberships__"), memberships__person__in=people))
    shares_authority = Q(
        pk__in=Council.objects.filter(in_force(None, "served_bodies__"), served_bodies__authority__in=authorities)
    )
    return Council.objects.filter(shares_people | shares_authority).exclude(pk=council.pk)


def counted_years(council: Council, days: Iterable[date]) -> list[YearCount]:
    """Plenary meetings per calendar year, those of the plan among them, where the rule book names a number."""
    days = list(days)
    stack, counts = stack_of(council), []
    years = sorted({day.year for day in days})
    planned = council.meetings.whole().filter(kind=MeetingKind.PLENARY).exclude(state=MeetingState.CANCELLED)
    for year in years:
        book = stack.on(date(year, 1, 1))
        least, most = book.rule("meetings_per_year_min"), book.rule("meetings_per_year_max")
        found = least or most
        if found:
            number = planned.filter(starts_at__year=year).count() + sum(day.year == year for day in days)
            counts.append(
                YearCount(
                    year, number, least.value if least else None, most.value if most else None, found.article,
                    found.instrument,
                )
            )  # fmt: skip
    return counts
