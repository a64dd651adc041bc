"""For who is not reached by e-mail: letters to print, what was posted, who is phoned."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.views.answers import done
from meetings.actions import posting
from meetings.forms.needs import PostedForm
from meetings.printing import not_right, print_run
from meetings.states import Channel, MeetingState
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, requires


@require_safe
@requires("meetings.print_post")
def letters(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One PDF: of each person the letter, the answer slip, and the papers when there are. Papers that do not hold any
    more, or not in the size that somebody reads, are made first."""
    meeting = find(request, council, public_id)
    with_papers = request.GET.get("stukken") != "nee"
    wrong = not_right(meeting) if with_papers else None
    if wrong:
        context = {"council": meeting.council, "meeting": meeting, "wrong": wrong}
        return render(request, "meetings/letters_wait.html", context, status=409)
    content = print_run(meeting, two_sided=request.GET.get("dubbelzijdig") == "ja", with_papers=with_papers)
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="uitnodigingen.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@requires("meetings.print_post")
def posted(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """On which day the letters went in the post."""
    meeting = find(request, council, public_id)
    form = PostedForm(request.POST or None, initial={"on": timezone.localdate()})
    form.cancel_url = meeting.get_absolute_url()
    counted: list[int] = []

    def verb() -> None:
        counted.append(posting.mark_posted(meeting, on=form.cleaned_data["on"], by=request.user.person))

    if request.method == "POST" and done(form, verb):
        words = ngettext("%(n)s letter is in the post.", "%(n)s letters are in the post.", counted[0])
        messages.success(request, words % {"n": counted[0]})
        return redirect(meeting)
    on_paper = meeting.invitees.invited().on_paper().select_related("person").order_by("person__name")
    return render(
        request, "meetings/posted.html",
        {
            "council": meeting.council, "meeting": meeting, "form": form, "on_paper": on_paper,
            "wrong": not_right(meeting),
        },
        status=422 if form.is_bound and form.errors else 200,
    )  # fmt: skip


@require_safe
@requires("meetings.print_post")
def call_list(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Name, number and what to say; to be printed too. When the meeting is cancelled, of who gets post as well."""
    meeting = find(request, council, public_id)
    ways = [Channel.PHONE, Channel.PAPER] if meeting.state == MeetingState.CANCELLED else [Channel.PHONE]
    rows = meeting.invitees.invited().filter(channel__in=ways).select_related("person").order_by("person__name")
    return render(
        request, "meetings/call_list.html", {"council": meeting.council, "meeting": meeting, "invitees": list(rows)}
    )


@require_POST
@requires("meetings.print_post")
def phoned(request: PortalRequest, council: str, public_id: str, invitee: int) -> HttpResponse:
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.invitees.invited(), pk=invitee)
    try:
        posting.mark_phoned(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Noted: this person was called today."))
    return redirect("meetings:call_list", council, public_id)
