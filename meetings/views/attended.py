"""Fees that follow from who was there, for the secretary and each for oneself; and how often members come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.querysets import facts_of
from meetings.attended import Attended, Overview, Period, attended_in
from portal.access import PortalRequest, get_for, requires, signed_in
from portal.spreadsheet import csv_answer


def period_of(request: HttpRequest) -> Period:
    """What is asked for in the address, or this year."""
    year, quarter = year_in(request.GET.get("jaar", "")), request.GET.get("kwartaal", "")
    return Period(year or timezone.localdate().year, int(quarter) if quarter in ("1", "2", "3", "4") else None)


def year_in(typed: str) -> int | None:
    """A year of this century, or nothing."""
    is_year = len(typed) == 4 and typed.isascii() and typed.isdecimal() and 2000 <= int(typed) <= 2100
    return int(typed) if is_year else None


def choices(period: Period) -> dict[str, object]:
    now = timezone.localdate().year
    return {"period": period, "years": range(now, now - 4, -1), "quarters": range(1, 5)}


@require_safe
@requires("meetings.see_fees")
def fees(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    period = period_of(request)
    context = {"council": found, "overview": attended_in(found, period), **choices(period)}
    return render(request, "meetings/fees.html", context)


@require_safe
@requires("meetings.see_fees")
def fees_csv(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    period = period_of(request)
    overview = attended_in(found, period)
    heads = [_("Name"), _("Meetings present"), _("Meetings with a fee"), _("Amount")]
    name = f"vergoedingen-{found.slug}-{period.year}" + (f"-{period.quarter}" if period.quarter else "")
    return csv_answer(name, heads, [cells(row, overview) for row in overview.rows])


def cells(row: Attended, overview: Overview) -> list[object]:
    amount = f"{row.amount:.2f}".replace(".", ",") if overview.has_amounts else ""
    return [row.person.name, row.present, row.paid, amount]


@require_safe
@signed_in
def own_fees(request: HttpRequest) -> HttpResponse:
    """Each only one's own line, of every council one sits in."""
    person = request.user.person  # type: ignore[union-attr]
    period = period_of(request)
    councils = {one.council_id: one.council for one in facts_of(request.user).memberships}
    overviews = [(council, attended_in(council, period, only=person)) for council in councils.values()]
    return render(request, "meetings/own_fees.html", {"overviews": overviews, **choices(period)})


@require_safe
@requires("meetings.see_participation")
def participation(request: PortalRequest, council: str) -> HttpResponse:
    """Who was there how often, and who less than the rules ask."""
    found = get_for(request, Council, slug=council)
    period = period_of(request)
    overview = attended_in(found, period)
    below = {row.person.pk for row in overview.rows if row.is_below(overview.minimum)}
    context = {"council": found, "overview": overview, "below": below, **choices(period)}
    return render(request, "meetings/participation.html", context)
