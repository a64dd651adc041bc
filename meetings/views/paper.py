"""For who is not reached by e-mail: letters to print, what was posted, who is phoned."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from meetings.printing import invitation_letters
from meetings.states import Channel
from meetings.views.planning import find
from portal.access import PortalRequest, requires


@require_safe
@requires("meetings.print_post")
def letters(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """One PDF with the invitations on paper."""
    meeting = find(request, council, public_id)
    on_paper = meeting.invitees.invited().select_related("person").filter(channel=Channel.PAPER)
    people = [invitee.person for invitee in on_paper]
    if not people:
        raise Http404
    response = HttpResponse(invitation_letters(meeting, people), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="uitnodigingen.pdf"'
    return response
