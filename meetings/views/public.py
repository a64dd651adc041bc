"""A public meeting as everybody may see it, and who wants to come and listen."""

from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import Council
from councils.views.public import public_desk
from meetings.actions.visitors import announce, stay_away
from meetings.agenda import public_items
from meetings.emails.invitations import gathering, organizer
from meetings.forms.needs import VisitorForm
from meetings.models import Meeting, Visitor
from meetings.states import MeetingState
from portal import calendar
from portal.access import Refused, public
from portal.mail import link

SALT = "meetings.visitor"
MOST_AN_HOUR = 10  # from one address
HOUR = 3600


def find_public(council: str, public_id: str) -> Meeting:
    found = get_object_or_404(Council, slug=council)
    return get_object_or_404(public_items(found.meetings.published().select_related("council")), public_id=public_id)


@require_http_methods(["GET", "POST"])
@public
def public_meeting(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find_public(council, public_id)
    takes_visitors = not meeting.is_over and meeting.state != MeetingState.CANCELLED
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["website"] or too_often(request):
                raise Refused(_("This cannot be done now. Try again in an hour, or call the council."))
            visitor = announce(meeting, **form.facts())
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("meetings:visit", signing.dumps(str(visitor.public_id), salt=SALT))
    return render(
        request, "meetings/public_meeting.html",
        {
            "council": meeting.council, "meeting": meeting, "desk": public_desk(request, meeting.council),
            "form": form if takes_visitors else None,
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


def too_often(request: HttpRequest) -> bool:
    """The address itself is not kept, only a digest of it, for an hour."""
    address = get_adapter(request).get_client_ip(request)  # also behind the proxy of the operator
    key = f"visitors:{sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) > MOST_AN_HOUR


@require_http_methods(["GET", "POST"])
@public
def visit(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a visitor keeps: a GET changes nothing, the button takes the announcement back."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    visitor = get_object_or_404(Visitor.objects.select_related("meeting__council"), public_id=public_id)
    if request.method == "POST":
        stay_away(visitor)
        return redirect("meetings:visit", token)
    response = render(
        request, "meetings/visit.html",
        {
            "visitor": visitor, "meeting": visitor.meeting, "council": visitor.meeting.council,
            "own_link": link(reverse("meetings:visit", args=[token])),
            "is_over": visitor.meeting.is_over,
        },
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@public
def public_calendar_file(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    """For one's own calendar, without the link of who is invited."""
    meeting = find_public(council, public_id)
    body = calendar.publish(gathering(meeting, private=False), organizer=organizer(meeting), stamp=timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vergadering.ics"'
    return response
