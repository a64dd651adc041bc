"""The year plan: a pattern gives days, all days stand in one table, and what is kept becomes separate meetings."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from councils.models import Council
from meetings.actions.year import plan_year, was_planned
from meetings.clashes import clashes_of, counted_years
from meetings.forms.when import clock_of
from meetings.forms.year import PREFIX, DateRows, PatternForm, default_period, first_rows, with_spare_row
from meetings.models import MeetingTemplate
from meetings.states import MeetingKind
from meetings.views.planning import chosen_template
from portal.access import PortalRequest, Refused, get_for, requires

PLAN = "plan"


@require_http_methods(["GET", "POST"])
@requires("meetings.schedule")
def year_plan(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    template = chosen_template(found, request.POST.get("sjabloon") or request.GET.get("sjabloon"))
    form = PatternForm(
        request.POST if request.method == "POST" else None,
        council=found,
        prefix=PLAN,
        initial=_initial(found, template),
    )
    form.cancel_url = reverse("meetings:list", args=[found.slug])
    if request.method != "POST" or "pattern" in request.POST or not form.is_valid():
        refused = request.method == "POST" and "pattern" not in request.POST
        templates = found.meeting_templates.order_by("name")
        context = {"council": found, "form": form, "template": template, "templates": templates}
        return render(request, "meetings/year_pattern.html", context, status=422 if refused else 200)
    return _table(request, found, form, template)


def _table(
    request: PortalRequest, council: Council, form: PatternForm, template: MeetingTemplate | None
) -> HttpResponse:
    said = form.cleaned_data
    first_time = f"{PREFIX}-TOTAL_FORMS" not in request.POST or "show" in request.POST
    data = (
        first_rows(form.pattern().days(), said["starts"], said["ends"]) if first_time else with_spare_row(request.POST)
    )
    rows = DateRows(data, prefix=PREFIX)
    valid = rows.is_valid()
    clashes = clashes_of(council, [one.span for one in rows.forms])
    unseen = [one for one, found in zip(rows.forms, clashes, strict=True) if found and not one.was_seen]
    unseen = [] if was_planned(_key(request)) else [one for one in unseen if not one.is_left_out]
    refusal = ""
    if "save" in request.POST and valid and not unseen:
        try:
            made, is_new = plan_year(
                council, rows.spans(), key=_key(request), by=request.user.person,
                agenda=template.agenda if template else [], **form.facts(),
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            _say(request, len(made), is_new)
            return redirect("meetings:list", council.slug)
    days = [timezone.localdate(span[0]) for span in rows.spans()]
    return render(
        request, "meetings/year_table.html",
        {
            "council": council, "form": form, "rows": rows, "key": _key(request), "template": template,
            "table": [{"form": one, "clashes": found} for one, found in zip(rows.forms, clashes, strict=True)],
            "hidden": [(name, one) for name, all in request.POST.lists() for one in all if name.startswith(f"{PLAN}-")],
            "count": len(days), "refusal": refusal, "look_again": bool("save" in request.POST and valid and unseen),
            "years": counted_years(council, days) if said["kind"] == MeetingKind.PLENARY else [],
        },
        status=422 if refusal or not valid else 200,
    )  # fmt: skip


def _say(request: PortalRequest, number: int, is_new: bool) -> None:
    if is_new:
        text = ngettext(
            "%(n)s meeting is planned. Nobody is invited yet.", "%(n)s meetings are planned. Nobody is invited yet.",
            number,
        )  # fmt: skip
    else:
        text = ngettext(
            "This plan was saved already: %(n)s meeting.", "This plan was saved already: %(n)s meetings.", number
        )
    messages.success(request, text % {"n": number})


def _key(request: PortalRequest) -> UUID:
    """Made with the first table and sent along after that: see plan_year."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _initial(council: Council, template: MeetingTemplate | None) -> dict[str, Any]:
    first, last = default_period()
    initial: dict[str, Any] = {"first": first, "last": last, "nth": 2, "weekday": 1, "weeks": 6}
    names = ("title", "kind", "working_group", "place", "online_link", "is_public")
    if template:
        return initial | {name: getattr(template, name) for name in (*names, "starts", "ends")}
    meeting = council.meetings.whole().filter(kind=MeetingKind.PLENARY).order_by("-starts_at").first()
    if meeting:
        clock = clock_of(meeting.starts_at, meeting.ends_at)
        initial |= {name: getattr(meeting, name) for name in names if name != "online_link"}
        initial |= {"starts": clock["starts"], "ends": clock["ends"], "weekday": clock["day"].weekday()}
    return initial
