"""Pages of a meeting before it is held: list, page, plan, change, cancel."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import Council
from councils.rulebook import stack_of
from councils.rulebook.terms import invitations_out_by, member_papers_by
from meetings.actions import scheduling
from meetings.actions.deputies import forbids_deputies
from meetings.actions.templates import use_template
from meetings.agenda import items_with_papers
from meetings.changes import outcome_of
from meetings.forms.planning import MeetingForm
from meetings.models import Meeting, MeetingTemplate
from meetings.parts import has_news
from meetings.states import Attendance, MeetingKind, MeetingState
from meetings.terms import answer_by
from meetings.views import changing
from portal.access import PortalRequest, Refused, get_for, requires
from portal.text import whole_number


def find(request: PortalRequest, council: str, public_id: str) -> Meeting:
    return get_for(request, Meeting.objects.select_related("council"), council__slug=council, public_id=public_id)


def find_whole(request: PortalRequest, council: str, public_id: str) -> Meeting:
    """With what its own page says of it."""
    found = Meeting.objects.select_related("council", "parent__council", "authority", "chair", "contact", "minutes")
    return get_for(request, found.with_proposals(), council__slug=council, public_id=public_id)


def parts_of(meeting: Meeting) -> list[Meeting]:
    return list(meeting.parts.select_related("council", "chair").order_by("starts_at", "pk"))


@require_safe
@requires("meetings.list")
def meeting_list(request: PortalRequest, council: str) -> HttpResponse:
    """Coming, still to be invited, past and cancelled; of one kind when asked. Parts stand under their plenary."""
    found = get_for(request, Council, slug=council)
    meetings = found.meetings.whole().with_parts().with_openness()
    kind = request.GET.get("soort", "")
    if kind in MeetingKind.values:
        meetings = meetings.filter(kind=kind)
    page = Paginator(meetings.past().order_by("-starts_at"), 20).get_page(request.GET.get("page"))
    coming = list(meetings.not_over())
    return render(
        request, "meetings/list.html",
        {
            "council": found, "page_obj": page, "kinds": MeetingKind.choices, "kind": kind,
            "polls": found.date_polls.filter(closed_at=None).select_related("council").order_by("answer_by"),
            "upcoming": [one for one in coming if one.state == MeetingState.INVITED],
            "planned": [one for one in coming if one.state == MeetingState.PLANNED],
            "cancelled": [one for one in coming if one.state == MeetingState.CANCELLED],
            "last": next(iter(page.object_list), None) or next(iter(coming), None),
            "sees_fees": request.user.has_perm("meetings.see_fees", found),
            "sees_participation": request.user.has_perm("meetings.see_participation", found),
            "can_schedule": request.user.has_perm("meetings.schedule", found),
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("meetings.schedule")
def new(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    template = chosen_template(found, request.GET.get("sjabloon"))
    form = MeetingForm(request.POST or None, initial=_initial(found, template), instance=Meeting(council=found))
    if request.method == "POST" and form.is_valid():
        facts = form.facts() | {"by": request.user.person}
        meeting = use_template(template, **facts) if template else scheduling.schedule_meeting(found, **facts)
        messages.success(request, _("The meeting is saved. Nobody is invited yet: make the agenda first."))
        return redirect(meeting)
    return form_page(request, form, found, _("Plan a meeting"))


def chosen_template(council: Council, pk: str | None) -> MeetingTemplate | None:
    return council.meeting_templates.filter(pk=whole_number(pk or "")).first()


def _initial(council: Council, template: MeetingTemplate | None) -> dict[str, Any]:
    """As in the template, or else as at the last meeting."""
    if template:
        names = ("title", "kind", "working_group", "place", "online_link", "is_public", "starts", "ends")
        return {name: getattr(template, name) for name in names}
    last = council.meetings.whole().order_by("-starts_at").first()
    return {"place": last.place, "title": last.title, "is_public": last.is_public} if last else {}


@require_safe
@requires("meetings.view")
def detail(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find_whole(request, council, public_id)
    items = list(items_with_papers(meeting))
    closed = [number for number, item in enumerate(items, 1) if item.is_closed]
    meeting.has_closed_items = bool(closed)  # type: ignore[attr-defined]
    parts, can_manage = parts_of(meeting), request.user.has_perm("meetings.manage", meeting)
    invited = meeting.invitees.invited().with_letters().select_related("person", "deputy", "round")
    invitees = list(invited.order_by("person__name"))
    own = next((invitee for invitee in invitees if invitee.person_id == request.user.person_id), None)
    stack = stack_of(meeting.council)
    day = timezone.localdate(meeting.starts_at)
    return render(
        request, "meetings/detail.html",
        {
            "council": meeting.council, "meeting": meeting, "items": items, "invitees": invitees, "own": own,
            "closed_numbers": closed, "parts": parts,
            "untold": outcome_of(meeting, also=["parts"]) if can_manage and has_news(meeting, parts) else None,
            "allows_deputy": not forbids_deputies(meeting, stack),
            "coming": sum(invitee.answer == "accepted" for invitee in invitees),
            "there": sum(invitee.attendance == Attendance.PRESENT for invitee in invitees),
            "minutes": sum(item.minutes for item in items),
            "invitations_by": invitations_out_by(stack, meeting_date=day),
            "papers_by": member_papers_by(stack, meeting_date=day),
            "is_over": meeting.is_over, "answer_by": answer_by(meeting),
            "proposed": _proposed(meeting),
            "has_started": meeting.has_started,
            "can_manage": can_manage,
        },
    )  # fmt: skip


def _proposed(meeting: Meeting) -> int:
    """How many items of members wait to be decided on for this agenda."""
    has_agenda = meeting.still_comes and not meeting.parent_id
    return meeting.own_proposals + meeting.loose_proposals if has_agenda else 0


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def edit(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    if meeting.parent_id:
        return redirect("meetings:edit_part", council, public_id)
    sequence = meeting.sequence
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid() and not changing.goes_back(request):
        if step := changing.step_before(request, meeting, form):
            return step
        try:
            changed = scheduling.change_meeting(
                meeting, by=request.user.person, mail=changing.mail_choice(request), **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            told = changed.sequence > sequence
            messages.success(
                request,
                _("Saved. Everybody who was invited hears of the change.") if told else _("Saved."),
            )
            return redirect(meeting)
    return form_page(request, form, meeting.council, _("Change the meeting"), meeting)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def cancel(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    outcome = outcome_of(meeting, also=["cancelled"])
    has_left = bool(outcome.people) and not meeting.leaves_at
    if request.method == "POST":
        try:
            scheduling.cancel_meeting(meeting, by=request.user.person)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            told = _("The meeting is cancelled. Everybody who was invited gets a message.")
            messages.success(request, told if has_left else _("The meeting is cancelled. Nobody gets a message."))
        return redirect(meeting)
    context = {"meeting": meeting, "council": meeting.council, "outcome": outcome, "has_left": has_left}
    return render(request, "meetings/cancel.html", context)


def form_page(
    request: PortalRequest, form: MeetingForm, council: Council, title: str, meeting: Meeting | None = None,
) -> HttpResponse:  # fmt: skip
    form.cancel_url = meeting.get_absolute_url() if meeting else ""
    return render(
        request, "meetings/form.html",
        {"form": form, "council": council, "title": title, "meeting": meeting},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip
