"""Pages for what happens at a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import Council
from councils.views.public import public_desk
from meetings.actions import holding
from meetings.agenda import public_items
from meetings.forms.holding import AttendanceForm
from meetings.models import Meeting
from meetings.people import people_of
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, public, requires
from portal.models import Person


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def attendance(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Who was there."""
    meeting = find(request, council, public_id)
    seen = dict(meeting.invitees.values_list("person_id", "attendance"))
    people = list({person.pk: person for person in [*_invited(meeting), *people_of(meeting.council)]}.values())
    form = AttendanceForm(request.POST or None, people=people, seen=seen, prefix="wie")
    if request.method == "POST" and form.is_valid():
        try:
            holding.record_attendance(meeting, form.attendance(), by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings:report", meeting.council.slug, meeting.public_id)
    context = {"council": meeting.council, "meeting": meeting, "form": form}
    return render(request, "meetings/attendance.html", context, status=422 if form.is_bound else 200)


def _invited(meeting: Meeting) -> list[Person]:
    return [invitee.person for invitee in meeting.invitees.select_related("person").order_by("person__name")]


@require_safe
@public
def public_list(request: HttpRequest, council: str) -> HttpResponse:
    """Public meetings of a council: when, where and what about."""
    found = get_object_or_404(Council, slug=council)
    published = found.meetings.published()
    return render(
        request, "meetings/public_list.html",
        {
            "council": found, "desk": public_desk(request, found),
            "past": published.past().select_related("minutes")[:20],
            "upcoming": public_items(published.filter(ends_at__gte=timezone.now()).order_by("starts_at")),
        },
    )  # fmt: skip
