"""The draft of an answer, on which colleagues of the authority write together. Nothing that was typed is lost."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.linking import refuse_lapsed
from advice.approvals import Typed, filled
from advice.models import LetterCopy, Response, ResponseSave
from advice.states import ResponseState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


class StaleAnswer(Exception):
    """A colleague saved first. What came too late is on file, and the draft is as the colleague left it."""

    def __init__(self, response: Response, *, based_on: int):
        super().__init__(_("A colleague saved this answer while you were writing."))
        self.response, self.based_on = response, based_on


def save_response_draft(copy: LetterCopy, typed: Typed, *, version: int, by: Person) -> Response:
    """Keep what was typed on top of the version that its writer saw, complete or not. Only the authority sees it.

    Raises StaleAnswer, or Refused when the answer was given meanwhile; by then what was typed is on file.
    """
    with transaction.atomic():
        response = locked_response(copy, by=by)
        in_time = response.state == ResponseState.DRAFT and took_its_place(response, typed, version=version, by=by)
        if not in_time:
            kept = keep(response, typed, based_on=version, by=by)
            record("response.kept", kept, by=by)
    refuse_lapsed(response)
    if response.state == ResponseState.FINAL:
        raise Refused(_("This answer was given already. It can no longer change."))
    if not in_time:
        raise StaleAnswer(response, based_on=version)
    return response


def took_its_place(response: Response, typed: Typed, *, version: int, by: Person) -> bool:
    if filled(response.draft) == filled(typed):  # such as the same form sent twice
        return True
    if response.version != version:
        return False
    keep(response, typed, based_on=version, by=by)
    response.draft = typed
    response.version = version + 1
    response.entered_by = by
    response.updated_at = timezone.now()
    response.save(update_fields=["draft", "version", "entered_by", "updated_at"])
    record("response.saved", response, by=by)
    return True


def keep(response: Response, typed: Typed, *, based_on: int, by: Person) -> ResponseSave:
    return ResponseSave.objects.create(
        response=response, authority_id=response.authority_id, author=by, based_on=based_on, typed=typed
    )


def locked_response(copy: LetterCopy, *, by: Person) -> Response:
    """The one response of this copy, held until the end. The copy itself is written once and cannot be locked."""
    Response.objects.get_or_create(
        copy=copy, defaults={"council_id": copy.council_id, "authority_id": copy.authority_id, "entered_by": by}
    )
    locked = Response.objects.select_for_update(of=("self",)).select_related("authority", "council")
    return locked.get(copy=copy)
