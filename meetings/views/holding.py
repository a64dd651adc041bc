"""Pages for the report of a meeting and the action list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.models import Council
from councils.views.public import public_desk
from meetings.actions import holding
from meetings.forms.holding import ActionForm, AttendanceForm, ReportForm
from meetings.models import ActionItem, Meeting
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.models import Person


def people_of(council: Council) -> list[Person]:
    memberships = council.memberships.current().select_related("person").order_by("person__name")
    return list({membership.person_id: membership.person for membership in memberships}.values())


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def report(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Who was there, and per item what was said and decided: one form."""
    meeting = find(request, council, public_id)
    seen = dict(meeting.invitees.values_list("person_id", "attendance"))
    people = list({person.pk: person for person in [*_invited(meeting), *people_of(meeting.council)]}.values())
    attendance = AttendanceForm(request.POST or None, people=people, seen=seen, prefix="wie")
    items = [
        (item, ReportForm(request.POST or None, instance=item, prefix=f"punt-{item.pk}"))
        for item in meeting.agenda_items.all()
    ]
    if request.method == "POST" and attendance.is_valid() and all(form.is_valid() for _item, form in items):
        by = request.user.person
        try:
            holding.record_attendance(meeting, attendance.attendance(), by=by)
        except Refused as refused:
            attendance.refuse(refused)
        else:
            for item, form in items:
                if form.has_changed():
                    holding.write_report(item, by=by, **form.cleaned_data)
            messages.success(request, _("The report is saved."))
            return redirect(meeting)
    return render(
        request, "meetings/report.html",
        {"council": meeting.council, "meeting": meeting, "attendance": attendance, "items": items},
        status=422 if attendance.is_bound else 200,
    )  # fmt: skip


def _invited(meeting: Meeting) -> list[Person]:
    return [invitee.person for invitee in meeting.invitees.select_related("person").order_by("person__name")]


@require_http_methods(["GET", "POST"])
@requires("meetings.list")
def action_list(request: PortalRequest, council: str) -> HttpResponse:
    """The open actions, wherever they were made; they stay until they are done."""
    found = get_for(request, Council, slug=council)
    can_add = request.user.has_perm("meetings.schedule", found)
    form = ActionForm(request.POST or None, people=people_of(found)) if can_add else None
    if request.method == "POST" and form and form.is_valid():
        holding.add_action(found, by=request.user.person, **form.cleaned_data)
        messages.success(request, _("The action is on the list."))
        return redirect("meetings:actions", found.slug)
    return render(
        request, "meetings/actions.html",
        {
            "council": found, "form": form, "open_actions": found.action_items.open().select_related("owner"),
            "done_actions": found.action_items.filter(done_on__isnull=False).select_related("owner").order_by(
                "-done_on", "-number"
            )[:20],
        },
        status=422 if form and form.is_bound else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.finish_action")
def finish_action(request: PortalRequest, council: str, number: str) -> HttpResponse:
    action = get_for(request, ActionItem, council__slug=council, number=number)
    holding.finish_action(action, by=request.user.person)
    messages.success(request, _("Action %(number)s is done.") % {"number": number})
    return redirect("meetings:actions", council)


@require_safe
@public
def public_list(request: HttpRequest, council: str) -> HttpResponse:
    """Public meetings of a council: when, where and what about."""
    found = get_object_or_404(Council, slug=council)
    published = found.meetings.published()
    return render(
        request, "meetings/public_list.html",
        {
            "council": found, "desk": public_desk(request, found), "past": published.past()[:20],
            "upcoming": published.filter(ends_at__gte=timezone.now()).order_by("starts_at").prefetch_related(
                "agenda_items"
            ),
        },
    )  # fmt: skip
