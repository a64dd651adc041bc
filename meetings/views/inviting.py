"""Pages for inviting and answering, also by a signed link without signing in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.rulebook import stack_of
from councils.rulebook.terms import invitations_out_by
from meetings.actions import inviting
from meetings.emails.invitations import gathering, invitee_of, organizer
from meetings.forms.inviting import AnswerForm
from meetings.models import Invitee
from meetings.printing import invitation_letters
from meetings.states import MeetingState
from meetings.views.planning import find
from portal import calendar
from portal.access import PortalRequest, Refused, public, requires


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def invite(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Shows who gets what, then sends."""
    meeting = find(request, council, public_id)
    if request.method == "POST":
        try:
            count = inviting.send_invitations(meeting, by=request.user.person)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("%(count)s people are invited.") % {"count": count})
            if meeting.invitees.filter(person__email="").exists():
                messages.info(request, _("Who has no e-mail gets a letter. Print the letters below, for the post."))
        return redirect(meeting)
    known = set(meeting.invitees.values_list("person_id", flat=True))
    people = [person for person in inviting.members_on_the_day(meeting) if person.pk not in known]
    day = timezone.localdate(meeting.starts_at)
    out_by = invitations_out_by(stack_of(meeting.council), meeting_date=day)
    return render(
        request, "meetings/invite.html",
        {
            "council": meeting.council, "meeting": meeting, "people": people,
            "on_paper": [person for person in people if not person.reachable_by_email],
            "out_by": out_by, "is_late": bool(out_by and out_by.day and out_by.day < timezone.localdate()),
        },
    )  # fmt: skip


@require_POST
@requires("meetings.view")
def answer(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One's own answer."""
    meeting = find(request, council, public_id)
    invitee = get_object_or_404(meeting.invitees, person_id=request.user.person_id)
    return _take_answer(request, invitee, meeting.get_absolute_url())


@require_POST
@requires("meetings.manage")
def answer_for(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    """The secretary enters what a member said by telephone."""
    meeting = find(request, council, public_id)
    return _take_answer(request, get_object_or_404(meeting.invitees, pk=invitee), f"{meeting.get_absolute_url()}#wie")


def _take_answer(request: PortalRequest, invitee: Invitee, back: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether you are coming."))
        return redirect(back)
    try:
        inviting.answer_invitation(invitee, form.cleaned_data["answer"], by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The answer is saved. It can be changed until the meeting."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
@public
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail. A GET changes nothing: mail scanners open links. The button answers."""
    invitee = invitee_of(token)
    if invitee is None:
        raise Http404
    meeting = invitee.meeting
    form = AnswerForm(request.POST or None, initial={"answer": request.GET.get("antwoord", invitee.answer)})
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            invitee = inviting.answer_invitation(invitee, form.cleaned_data["answer"], by=invitee.person)
            done = True
        except Refused as refused:
            form.refuse(refused)
    closed = meeting.state == MeetingState.CANCELLED or meeting.ends_at <= timezone.now()
    return render(
        request, "meetings/answer.html",
        {
            "form": form, "meeting": meeting, "council": meeting.council, "invitee": invitee, "done": done,
            "closed": closed,
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


@require_safe
@requires("meetings.manage")
def letters(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One PDF with the invitations for members without e-mail."""
    meeting = find(request, council, public_id)
    people = [invitee.person for invitee in meeting.invitees.select_related("person").filter(person__email="")]
    if not people:
        raise Http404
    response = HttpResponse(invitation_letters(meeting, people), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="uitnodigingen.pdf"'
    return response


@require_safe
@requires("meetings.view")
def calendar_file(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    meeting = find(request, council, public_id)
    body = calendar.publish(gathering(meeting), organizer=organizer(meeting), stamp=timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vergadering.ics"'
    return response
