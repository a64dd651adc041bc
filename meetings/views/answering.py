"""Answering: on the page, by the signed link without signing in, or entered by the secretary."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import deputies, inviting
from meetings.emails.invitations import invitee_of
from meetings.forms.inviting import AnswerForm, DeputyForm
from meetings.models import Invitee
from meetings.states import Answer, AnsweredVia, MeetingState
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.models import Message
from portal.states import MessageState


@require_POST
@requires("meetings.view")
def answer(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One's own answer."""
    meeting = find(request, council, public_id)
    invitee = get_object_or_404(meeting.invitees.invited(), person_id=request.user.person_id)
    return _take_answer(request, invitee, meeting.get_absolute_url())


@require_POST
@requires("meetings.manage")
def answer_for(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    """The secretary enters what a member said by telephone or wrote on the slip."""
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.invitees.invited(), pk=invitee)
    return _take_answer(request, found, f"{meeting.get_absolute_url()}#wie")


def _take_answer(request: PortalRequest, invitee: Invitee, back: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(word for words in form.errors.values() for word in words))
        return redirect(back)
    try:
        answered = inviting.answer_invitation(
            invitee, form.cleaned_data["answer"], by=request.user.person, note=form.noted()
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The answer is saved. It can be changed until the meeting."))
        if form.noted() and not answered.note:
            words = _("What was told to the secretary belonged to the earlier answer. It no longer stands.")
            messages.info(request, words)
    return redirect(back)


def was_told_before(invitee: Invitee) -> bool:
    """An earlier invitation went out: what changed since asks for a new answer."""
    told = Message.objects.filter(kind=inviting.INVITATION, about_id=invitee.pk)
    return told.filter(state__in=[MessageState.SENT, MessageState.POSTED]).count() > 1


@require_http_methods(["GET", "HEAD", "POST"])
@public
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail. A GET changes nothing: mail scanners open links. The button answers."""
    invitee = invitee_of(token)
    if invitee is None:
        raise Http404
    meeting = invitee.meeting
    given = invitee.answer if invitee.answer != Answer.NONE else ""
    form = AnswerForm(
        request.POST or None, initial={"answer": request.GET.get("antwoord", given), "note": invitee.note}
    )
    if given:
        form.submit_label = gettext_lazy("Change my answer")
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            invitee = inviting.answer_invitation(
                invitee, form.cleaned_data["answer"], by=invitee.person, via=AnsweredVia.LINK, note=form.noted()
            )
            done = True
        except Refused as refused:
            form.refuse(refused)
    response = render(
        request, "meetings/answer.html",
        {
            "form": form, "meeting": meeting, "council": meeting.council, "invitee": invitee, "done": done,
            "answered": bool(given), "is_over": meeting.is_over,
            "is_cancelled": meeting.state == MeetingState.CANCELLED,
            "asked_again": not given and not done and was_told_before(invitee),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@requires("meetings.answer")
def deputy(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    """A fellow member comes instead: chosen by the member herself, or on her behalf."""
    invitees = Invitee.objects.select_related("meeting__council", "person").filter(
        meeting__council__slug=council, meeting__public_id=public_id
    )
    found = get_for(request, invitees, pk=invitee)
    meeting = found.meeting
    form = DeputyForm(request.POST or None, possible=deputies.possible_deputies(found, meeting))
    form.cancel_url = meeting.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            deputies.name_deputy(found, form.chosen(), by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(name)s comes instead and hears of it.") % {"name": form.chosen().name})
            return redirect(meeting)
    return render(
        request, "meetings/deputy.html",
        {
            "council": meeting.council, "meeting": meeting, "invitee": found, "form": form,
            "rule": deputies.words_of_rule(meeting), "allowed": deputies.may_send_deputy(found, meeting),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip
