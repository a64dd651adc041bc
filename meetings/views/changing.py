"""The step before a change of a meeting is saved: what it will do, in words and numbers."""

from django.http import HttpResponse
from django.shortcuts import render

from meetings.changes import Outcome, outcome_of
from meetings.forms.planning import MeetingForm
from meetings.models import Meeting
from portal.access import PortalRequest

MAIL, SEAL, BACK = "_mailen", "_gezien", "_terug"
OWN = {MAIL, SEAL, BACK, "csrfmiddlewaretoken"}


def mail_choice(request: PortalRequest) -> bool | None:
    """Whether the secretary wants the change mailed; None when that was not asked."""
    return {"ja": True, "nee": False}.get(request.POST.get(MAIL, ""))


def goes_back(request: PortalRequest) -> bool:
    """Back from the step to the form, with everything that was typed."""
    return BACK in request.POST


def step_before(request: PortalRequest, meeting: Meeting, form: MeetingForm) -> HttpResponse | None:
    """The page that says what saving will do. None when nobody is touched by it, or when just that was seen."""
    stored = Meeting.objects.get(pk=meeting.pk)  # the form has filled in its own copy already
    outcome = outcome_of(stored, form.facts())
    if not outcome.rows or not outcome.people:
        return None
    seen = request.POST.get(SEAL, "")
    if seen == outcome.seal():
        return None
    return render(request, "meetings/change.html", {
        "meeting": stored, "council": meeting.council, "outcome": outcome, "typed": typed(request),
        "changed_meanwhile": bool(seen), "mail": mailed_by_default(outcome, mail_choice(request)),
    })  # fmt: skip


def typed(request: PortalRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]


def mailed_by_default(outcome: Outcome, chosen: bool | None) -> bool:
    return outcome.is_mailed if chosen is None else chosen
