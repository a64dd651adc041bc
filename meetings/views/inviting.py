"""Inviting in two steps: whom, then what each gets. Until the round sends, everything can be taken back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.models import Appointment
from councils.querysets import in_force
from councils.rulebook import stack_of
from councils.rulebook.terms import invitations_out_by
from meetings.actions import inviting
from meetings.actions.inviting import Asked
from meetings.emails.invitations import gathering, organizer
from meetings.forms.inviting import GuestForm, WhoForm
from meetings.models import InvitationRound, Meeting
from meetings.recipients import mails_to_show, recipients
from meetings.states import Channel
from meetings.views.changing import goes_back
from meetings.views.planning import find
from portal import calendar
from portal.access import PortalRequest, Refused, requires
from portal.actions.people import add_person
from portal.dates import clock_time
from portal.models import Person


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def invite(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Whom? Then, after a POST that changes nothing: who gets what."""
    meeting = find(request, council, public_id)
    possible = _possible(request, meeting)
    again = {} if request.method == "POST" else {"own_words": inviting.words_taken_back(meeting)}
    form = WhoForm(request.POST or None, possible=possible, initial=again)
    if request.method == "POST" and form.is_valid():
        if not goes_back(request):
            return _preview(request, meeting, form)
        form = WhoForm(initial=form.cleaned_data, possible=possible)
    form.cancel_url = meeting.get_absolute_url()
    form.cancel_label = _("Not yet")
    return render(
        request, "meetings/invite.html",
        {"council": meeting.council, "meeting": meeting, "form": form, **_term(meeting)},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


def _preview(request: PortalRequest, meeting: Meeting, form: WhoForm) -> HttpResponse:
    sees_needs = request.user.has_perm("meetings.see_needs", meeting)
    listed = recipients(meeting, form.asked(), with_needs=sees_needs)
    own_words = form.cleaned_data["own_words"]
    return render(
        request, "meetings/invite_check.html",
        {
            "council": meeting.council, "meeting": meeting, "recipients": listed, **_term(meeting),
            "own_words": own_words, "mails": mails_to_show(meeting, listed, own_words=own_words),
            "undo_minutes": settings.MEETING_UNDO_MINUTES,
            "on_paper": sum(one.channel == Channel.PAPER for one in listed),
            "by_phone": sum(one.channel == Channel.PHONE for one in listed),
            "lacking": [one for one in listed if one.lacks],
            "can_mend": request.user.has_perm("councils.manage_members", meeting.council),
        },
    )  # fmt: skip


def _term(meeting: Meeting) -> dict:
    out_by = invitations_out_by(stack_of(meeting.council), meeting_date=timezone.localdate(meeting.starts_at))
    return {"out_by": out_by, "is_late": bool(out_by and out_by.day and out_by.day < timezone.localdate())}


def _possible(request: PortalRequest, meeting: Meeting) -> list[Asked]:
    """The members of the day and who was put on the list, without whom is invited already."""
    known = set(meeting.invitees.invited().values_list("person_id", flat=True))
    # Whose invitation was withdrawn is asked again only when somebody puts her on the list.
    withdrawn = set(meeting.invitees.exclude(withdrawn_at=None).values_list("person_id", flat=True))
    people = [Asked(person) for person in inviting.members_on_the_day(meeting) if person.pk not in known | withdrawn]
    extra = {pk: role for pk, role in request.session.get(_list_of(meeting), []) if pk not in known}
    people += [Asked(person, role=extra[person.pk]) for person in Person.objects.filter(pk__in=extra)]
    return sorted(people, key=lambda one: one.person.name)


def _list_of(meeting: Meeting) -> str:
    return f"to_invite_{meeting.pk}"


@require_POST
@requires("meetings.manage")
def send(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    form = WhoForm(request.POST, possible=_possible(request, meeting))
    if not form.is_valid():
        messages.error(request, _("Nobody new was chosen. Nothing was sent."))
        return redirect("meetings:invite", council, public_id)
    try:
        count = inviting.send_invitations(
            meeting, by=request.user.person, people=form.asked(), own_words=form.cleaned_data["own_words"]
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(meeting)
    request.session.pop(_list_of(meeting), None)
    messages.success(request, _said_of(meeting, count))
    return redirect(meeting)


def _said_of(meeting: Meeting, count: int) -> str:
    """Nobody is invited yet while it can be undone."""
    round = inviting.waiting_round(meeting)
    if round is None:
        return ngettext("%(count)s person is invited.", "%(count)s people are invited.", count) % {"count": count}
    words = ngettext("%(count)s invitation is ready.", "%(count)s invitations are ready.", count) % {"count": count}
    return words + " " + _("It leaves at %(time)s. Until then you can undo it.") % {"time": clock_time(round.sends_at)}


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def add_guest(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """A guest, or somebody on behalf of the authority. Nothing is sent yet."""
    meeting = find(request, council, public_id)
    served = meeting.council.authorities.advised_by(meeting.council)
    offices = Appointment.objects.filter(in_force(), authority__in=served).select_related("person")
    officers = sorted({office.person for office in offices}, key=lambda person: person.name)
    form = GuestForm(request.POST or None, officers=officers)
    form.cancel_url = "../"
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        person = form.officers.get(answers.get("officer", "")) or add_person(
            answers["name"], by=request.user.person, email=answers["email"], phone=answers["phone"],
            post_address=answers["post_address"],
        )  # fmt: skip
        key = _list_of(meeting)
        request.session[key] = [*request.session.get(key, []), [person.pk, answers["role"]]]
        messages.success(request, _("%(name)s is on the list. Nothing is sent yet.") % {"name": person.name})
        return redirect("meetings:invite", council, public_id)
    return render(
        request, "meetings/guest.html", {"council": meeting.council, "meeting": meeting, "form": form},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.manage")
def undo(request: PortalRequest, council: str, public_id: str, round: int) -> HttpResponse:
    meeting, found = _round(request, council, public_id, round)
    try:
        inviting.undo_round(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. Nothing was sent, and nobody is told."))
    return redirect(meeting)


@require_POST
@requires("meetings.manage")
def send_now(request: PortalRequest, council: str, public_id: str, round: int) -> HttpResponse:
    meeting, found = _round(request, council, public_id, round)
    try:
        held = inviting.send_round_now(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        _say_what_leaves(request, found, held)
    return redirect(meeting)


def _say_what_leaves(request: PortalRequest, round: InvitationRound, held: int) -> None:
    if held < round.invitees.exclude(channel=Channel.PHONE).count():
        messages.success(request, _("The invitations leave now."))
    if held:
        words = ngettext(
            "%(n)s invitation is held back. Let it go in the outbox.",
            "%(n)s invitations are held back. Let them go in the outbox.", held,
        )  # fmt: skip
        messages.warning(request, words % {"n": held})


def _round(request: PortalRequest, council: str, public_id: str, pk: int) -> tuple[Meeting, InvitationRound]:
    meeting = find(request, council, public_id)
    return meeting, get_object_or_404(meeting.invitation_rounds, pk=pk)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def withdraw(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    """Asks first, because a cancellation cannot be called back."""
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.invitees.select_related("person"), pk=invitee)
    if request.method == "POST":
        try:
            inviting.withdraw_invitation(found, by=request.user.person)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("%(name)s is no longer invited.") % {"name": found.person.name})
        return redirect(f"{meeting.get_absolute_url()}#wie")
    return render(request, "meetings/withdraw.html", {"council": meeting.council, "meeting": meeting, "invitee": found})


@require_safe
@requires("meetings.view")
def calendar_file(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    meeting = find(request, council, public_id)
    body = calendar.publish(gathering(meeting), organizer=organizer(meeting), stamp=timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vergadering.ics"'
    return response
