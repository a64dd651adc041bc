"""Leading a meeting at the table: one page, big buttons, no JavaScript needed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import chairing, deciding, table
from meetings.forms.attendance import ChairForm, PeopleForm, RecusalForm, expected
from meetings.forms.deciding import ItemDecisionForm
from meetings.links import links_at
from meetings.models import AgendaItem, Meeting, Recusal
from meetings.people import not_noted, people_of
from meetings.presence import presence_at
from meetings.table import table_of
from meetings.views.attendance import everybody, one_form
from meetings.views.minutes import find_item
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, get_for, requires
from portal.text import whole_number


@require_safe
@requires("meetings.manage")
def lead(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    if meeting.opened_at is None:
        return opening(request, meeting, opening_form(meeting))
    shown = table_of(meeting)
    item = shown.item
    context = {
        "council": meeting.council, "meeting": meeting, "table": shown, "item": item, "here": shown.here,
        "links": links_at(item, request.user) if item else [], "guests": meeting.guests.order_by("pk"),
        "decisions": item.registered_decisions.order_by("number") if item else [],
        "actions": item.actions.select_related("owner").order_by("number") if item else [],
        "may_reopen": table.may_reopen(meeting),
        "late": timezone.now() > meeting.ends_at and not meeting.closed_at,
    }  # fmt: skip
    return render(request, "meetings/lead.html", context)


def opening_form(meeting: Meeting, data: object = None) -> PeopleForm:
    seen = {invitee.person_id: expected(invitee) for invitee in meeting.invitees.all()}
    early = meeting.starts_at > timezone.now()
    return PeopleForm(data, people=everybody(meeting), seen=seen, early=early, prefix="wie")


def opening(request: PortalRequest, meeting: Meeting, form: PeopleForm, status: int = 200) -> HttpResponse:
    context = {
        "council": meeting.council, "meeting": meeting, "form": form,
        "early": meeting.starts_at > timezone.now(), "has_items": meeting.agenda_items.exists(),
        "may_reopen": table.may_reopen(meeting),
    }  # fmt: skip
    return render(request, "meetings/open_meeting.html", context, status=status)


@require_POST
@requires("meetings.manage")
def open_meeting(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    form = opening_form(meeting, request.POST)
    if not form.is_valid():
        return opening(request, meeting, form, status=422)
    others = not_noted(meeting) if "others" in request.POST else []
    try:
        table.open_meeting(
            meeting, form.attendance(others=others), by=request.user.person,
            although_early=bool(form.cleaned_data.get("although_early")),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return opening(request, meeting, form, status=409)
    return redirect("meetings:lead", meeting.council.slug, meeting.public_id)


@require_POST
@requires("meetings.manage")
def go_to_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    """`van` is the item that was on the screen: who presses twice moves once."""
    found = find_item(request, council, public_id, item)
    came = request.POST.get("van", "")
    try:
        now = table.go_to_item(found.meeting, found, coming_from=whole_number(came) or None, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if now.current_item_id != found.pk:
            messages.info(request, _("Somebody else went to another item. You see that item now."))
    return redirect("meetings:lead", council, public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def close_meeting(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    status, said = 200, ""
    if request.method == "POST":
        try:
            table.close_meeting(meeting, by=request.user.person, although_silent=bool(request.POST.get("toch")))
        except Refused as refused:
            status, said = 409, str(refused)
        else:
            messages.success(request, _("The meeting is closed."))
            return redirect("meetings:lead", council, public_id)
    context = {
        "council": meeting.council, "meeting": meeting, "silent": table.silent_items(meeting), "said": said,
        "not_noted": [person.name for person in not_noted(meeting)],
    }  # fmt: skip
    return render(request, "meetings/close_meeting.html", context, status=status)


@require_POST
@requires("meetings.manage")
def reopen_meeting(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Closed by mistake."""
    try:
        table.reopen_meeting(find(request, council, public_id), by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The meeting is open again."))
    return redirect("meetings:lead", council, public_id)


# --- who takes no part, who chairs -------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.view")
def recuse(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """A member for herself; who runs the meeting for everybody."""
    meeting = find(request, council, public_id)
    person = request.user.person
    runs = request.user.has_perm("meetings.manage", meeting)
    form = RecusalForm(
        request.POST or None, meeting=meeting, people=everybody(meeting), for_others=runs,
        initial={"item": request.GET.get("punt") or meeting.current_item_id},
    )  # fmt: skip

    def verb() -> str:
        given = form.cleaned_data
        chairing.recuse(given["item"], given.get("person") or person, reason=given["reason"], by=person)
        return _("Noted. This person does not count for the item.") if runs else _("Noted. You take no part.")

    title = _("Who takes no part in an item?") if runs else _("You take no part in an item")
    lead_text = _("Somebody with an interest of their own does not decide on that item.")
    return one_form(request, meeting, form, title, verb, lead=lead_text)


@require_POST
@requires("meetings.withdraw_recusal")
def withdraw_recusal(request: PortalRequest, council: str, public_id: str, recusal: int) -> HttpResponse:
    found = get_for(
        request, Recusal.objects.select_related("item__meeting__council", "person"), pk=recusal,
        item__meeting__public_id=public_id, council__slug=council,
    )  # fmt: skip
    try:
        chairing.withdraw_recusal(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed. This person takes part again."))
    meeting = found.item.meeting
    running = meeting.opened_at and not meeting.closed_at and request.user.has_perm("meetings.manage", meeting)
    return redirect("meetings:lead", council, public_id) if running else redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def choose_chair(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    form = ChairForm(
        request.POST or None, meeting=meeting, people=people_of(meeting.council), initial={"person": meeting.chair_id}
    )

    def verb() -> str:
        chairing.choose_chair(meeting, form.cleaned_data["person"], by=request.user.person)
        return _("Saved.")

    return one_form(request, meeting, form, _("Who chairs this meeting?"), verb)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def choose_item_chair(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    found = find_item(request, council, public_id, item)
    form = ChairForm(
        request.POST or None, meeting=found.meeting, people=people_of(found.council),
        initial={"person": found.deputy_chair_id},
    )  # fmt: skip

    def verb() -> str:
        chairing.choose_item_chair(found, form.cleaned_data["person"], by=request.user.person)
        return _("Saved.")

    return one_form(request, found.meeting, form, _("Who chairs this item?"), verb, lead=found.title)


# --- deciding ----------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def decide(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    """By a show of hands. The form begins with everybody in favour, which is what happens most."""
    found: AgendaItem = find_item(request, council, public_id, item)
    here = presence_at(found)
    form = ItemDecisionForm(request.POST or None, initial={"in_favour": len(here.voting)})

    def verb() -> str:
        given = dict(form.cleaned_data)
        accepted = given.pop("outcome")
        decision = deciding.decide_at_item(found, accepted=accepted, by=request.user.person, **given)
        return _("The decision is recorded with number %(number)s.") % {"number": decision.number}

    return one_form(
        request, found.meeting, form, _("Record a decision"), verb, lead=f"{found.position}. {found.title}", here=here
    )
