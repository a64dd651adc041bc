"""Where a request stands: asked, heard, advised, answered, done. Built from what both sides may know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.models import CouncilRequest
from consultations.states import RequestState
from councils.models import Authority
from portal.dates import day_month


@dataclass(frozen=True)
class Outcome:
    """The issued letter on a request, and the answer to it. Known to both sides."""

    reference: str
    dated_on: date
    response_due_on: date | None
    answered_on: date | None
    open_commitments: int
    lapsed: bool  # the letter was corrected or withdrawn: no answer has to come
    advice_public_id: str
    copy_public_id: str


def outcome_of(part: CouncilRequest, authority: Authority | None = None) -> Outcome | None:
    """The floor above hangs its letters under the request; only what was sent and given counts.

    Of a request of several authorities each has its own copy and its own answer; without one named that of who leads,
    or of the first who asks along when the council does not advise who leads.
    """
    if authority is not None:
        return outcome_for(part, authority.pk)
    found = outcome_for(part, part.request.authority_id)
    if found is None and part.state == RequestState.ADVISED:
        along = part.request.also_for.order_by("name").values_list("pk", flat=True)
        found = next(filter(None, (outcome_for(part, one) for one in along)), None)
    return found


def outcome_for(part: CouncilRequest, authority_id: int) -> Outcome | None:
    letters = part.advices.filter(letter__copies__authority=authority_id).values(
        "public_id",
        "letter__reference",
        "letter__dated_on",
        "letter__copies__public_id",
        "letter__copies__response_due_on",
        "letter__copies__response__state",
        "letter__copies__response__extended_until",
        "letter__copies__response__dated_on",
    )
    found = letters.order_by("letter__dated_on", "pk").first()
    if found is None:
        return None
    given = found["letter__copies__response__state"] == "final"
    promises = "letter__copies__response__answers__commitments"
    open_ones = Q(**{f"{promises}__isnull": False, f"{promises}__done_on__isnull": True})
    open_ones |= Q(**{f"{promises}__check_by_council": "disagreed"})
    return Outcome(
        reference=found["letter__reference"],
        dated_on=found["letter__dated_on"],
        response_due_on=found["letter__copies__response__extended_until"] or found["letter__copies__response_due_on"],
        answered_on=found["letter__copies__response__dated_on"] if given else None,
        open_commitments=letters.filter(open_ones).count() if given else 0,
        lapsed=found["letter__copies__response__state"] == "lapsed",
        advice_public_id=str(found["public_id"]),
        copy_public_id=str(found["letter__copies__public_id"]),
    )


def track_of(part: CouncilRequest, outcome: Outcome | None, *, heard: bool) -> list[dict]:
    """The steps for {% track %}. `heard`: the council noted something on the topic of the request."""
    if part.state in (RequestState.DECLINED, RequestState.WITHDRAWN):
        return []
    advised = part.state == RequestState.ADVISED
    answered = outcome.answered_on if outcome else None
    lapsed = outcome is not None and outcome.lapsed
    settled = outcome is not None and (lapsed or (answered is not None and not outcome.open_commitments))
    steps = [
        (_("Asked"), part.state != RequestState.SUBMITTED, part.received_on, None),
        (_("Heard"), advised or heard, None, None),
        (_("Advised"), advised, (outcome.dated_on if outcome else None) or part.closed_on, part.due_on),
        (_("Answered"), lapsed or answered is not None, answered, outcome.response_due_on if outcome else None),
        (pgettext("step of a request", "Done"), settled, None, None),
    ]
    track, current_found = [], False
    for label, done, done_on, due_on in steps:
        state = "done" if done else "todo"
        if not done and not current_found:
            state, current_found = "now", True
        if not done and due_on and due_on < localdate():
            state = "late"
        track.append({"label": label, "state": state, "date_text": date_text(done_on, due_on if not done else None)})
    if lapsed:
        track[3]["date_text"] = _("no longer needed")
    return track


def date_text(done_on: date | None, due_on: date | None) -> str:
    if done_on:
        return day_month(done_on)
    return _("by %(day)s at the latest") % {"day": day_month(due_on)} if due_on else ""
