"""Who is there: the list, coming and going, guests, deputies. One form, one page, back to the table."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import attendance as noting
from meetings.actions import holding
from meetings.actions.deputies import words_of_rule
from meetings.forms.attendance import (
    ArriveForm,
    DeputyForm,
    GuestForm,
    LeaveForm,
    PeopleForm,
    PresenceForm,
    expected,
)
from meetings.minutes import is_adopted
from meetings.models import Guest, Invitee, Meeting, Presence
from meetings.people import people_of
from meetings.views.planning import find
from meetings.views.steps import form_page
from portal.access import PortalRequest, Refused, requires
from portal.forms import PortalForm
from portal.models import Person


def everybody(meeting: Meeting) -> list[Person]:
    """Who was invited, and who sits in the council."""
    invited = [one.person for one in meeting.invitees.invited_or_there().select_related("person")]
    people = {person.pk: person for person in [*invited, *people_of(meeting.council)]}
    return sorted(people.values(), key=lambda person: person.name.casefold())


def place(meeting: Meeting) -> str:
    """To the table while the meeting goes on, else to the list of who was there."""
    name = "meetings:lead" if meeting.opened_at and not meeting.closed_at else "meetings:attendance"
    return reverse(name, args=[meeting.council.slug, meeting.public_id])


def one_form(
    request: PortalRequest, meeting: Meeting, form: PortalForm, title: str, verb: Callable[[], str], *,
    lead: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form, with the way back to the table."""
    runs = request.user.has_perm("meetings.manage", meeting)
    back = place(meeting) if runs else meeting.get_absolute_url()
    context = {"council": meeting.council, "meeting": meeting, "title": title, "lead": lead, **more}
    return form_page(request, "meetings/table_form.html", form, verb, back=back, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def attendance(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Who was there. Can be corrected until the minutes are adopted."""
    meeting = find(request, council, public_id)
    stretches = Prefetch("presences", Presence.objects.select_related("from_item", "until_item").order_by("pk"))
    invitees = meeting.invitees.invited_or_there().select_related("person", "deputy").prefetch_related(stretches)
    rows = sorted(invitees, key=lambda one: one.person.name.casefold())
    seen = {invitee.person_id: expected(invitee) for invitee in rows}
    form = PeopleForm(request.POST or None, people=everybody(meeting), seen=seen, prefix="wie")

    def verb() -> str:
        holding.record_attendance(meeting, form.attendance(), by=request.user.person)
        return _("Saved. You see below who was there.")

    return form_page(
        request, "meetings/attendance.html", form, verb, back=request.path, council=meeting.council, meeting=meeting,
        rows=rows, adopted=is_adopted(meeting), guests=meeting.guests.order_by("pk"),
        back_to=place(meeting) if meeting.opened_at else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def arrive(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    form = ArriveForm(
        request.POST or None, meeting=meeting, people=everybody(meeting), initial={"item": meeting.current_item_id}
    )

    def verb() -> str:
        person, item = form.cleaned_data["person"], form.cleaned_data["item"]
        noting.arrive(meeting, person, item=item, by=request.user.person)
        return _("%(name)s is here from item %(number)d.") % {"name": person.name, "number": item.position}

    return one_form(request, meeting, form, _("Somebody comes in"), verb)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def leave(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    initial = {"item": meeting.current_item_id, "person": request.GET.get("wie")}
    form = LeaveForm(request.POST or None, meeting=meeting, people=everybody(meeting), initial=initial)

    def verb() -> str:
        given = form.cleaned_data
        stays = given["stays"] == "yes"
        noting.leave(meeting, given["person"], item=given["item"], stays_for_item=stays, by=request.user.person)
        said = _("%(name)s leaves after this item.") if stays else _("%(name)s is no longer here.")
        return said % {"name": given["person"].name}

    return one_form(request, meeting, form, _("Somebody leaves"), verb)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def presence(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    """Correct afterwards when somebody was there."""
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.invitees.select_related("person"), pk=invitee)
    rows = list(found.presences.order_by("pk"))
    initial: dict[str, Any] = {"attendance": found.attendance}
    if rows:
        initial |= {"from_item": rows[0].from_item_id, "until_item": rows[0].until_item_id}
    if len(rows) > 1:
        initial["again_from"] = rows[-1].from_item_id
    form = PresenceForm(request.POST or None, meeting=meeting, initial=initial)

    def verb() -> str:
        noting.correct_presence(
            found, attendance=form.cleaned_data["attendance"], stretches=form.stretches(), by=request.user.person
        )
        return _("Saved.")

    return one_form(request, meeting, form, found.person.name, verb, lead=_("When was this person there?"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def deputy(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found: Invitee = get_object_or_404(meeting.invitees.select_related("person"), pk=invitee)
    others = [person for person in everybody(meeting) if person.pk != found.person_id]
    form = DeputyForm(request.POST or None, meeting=meeting, people=others, initial={"deputy": found.deputy_id})

    def verb() -> str:
        noting.send_deputy(found, form.cleaned_data["deputy"], by=request.user.person)
        return _("Saved.")

    title = _("Who is there instead of %(name)s?") % {"name": found.person.name}
    lead = _("A deputy has only a vote of his or her own. The vote of who is absent does not count.")
    return one_form(request, meeting, form, title, verb, lead=f"{lead} {words_of_rule(meeting)}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def guest(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    form = GuestForm(request.POST or None)

    def verb() -> str:
        noting.add_guest(meeting, by=request.user.person, **form.cleaned_data)
        return _("The guest is noted.")

    return one_form(request, meeting, form, _("Who else is here?"), verb)


@require_POST
@requires("meetings.manage")
def remove_guest(request: PortalRequest, council: str, public_id: str, guest: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found: Guest = get_object_or_404(meeting.guests, pk=guest)
    found.meeting = meeting
    try:
        noting.remove_guest(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The guest is removed."))
    return redirect(place(meeting))
