"""Agreeing (ter akkoord): the alderman reads the answer as it would go out, and agrees or sends it back with a note."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.answer_drafts import locked_response
from advice.approvals import agreement_on, aldermen_of, draft_at, substance
from advice.models import Approval, LetterCopy, Response
from advice.states import ResponseState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


class ReadAgain(Refused):
    """The draft changed while the alderman was reading."""


@transaction.atomic
def ask_approval(copy: LetterCopy, *, by: Person) -> Response:
    """Put the draft before the alderman. Again, or when the alderman agreed already: nothing happens."""
    response = locked_response(copy, by=by)
    refuse_without_draft(response)
    aldermen = aldermen_of(response.authority_id)
    if not aldermen:
        raise Refused(_("No alderman takes part in this portal. Ask for the agreement in another way."))
    agreement = agreement_on(response)
    asked_for_this = agreement.state == "asked" and response.approval_asked_for == response.version
    if asked_for_this or agreement.state == "agreed":
        return response
    response.approval_asked_for, response.approval_asked_at = response.version, timezone.now()
    response.save(update_fields=["approval_asked_for", "approval_asked_at"])
    record("response.approval_asked", response, by=by)
    cause = f"approval:{response.pk}:{response.version}:{response.approvals.count()}"
    for person in aldermen:
        if person.reachable_by_email:
            post("advice.approval_asked", person, about=response, cause=cause, authority_id=response.authority_id)
    return response


@transaction.atomic
def judge_answer(copy: LetterCopy, *, version: int, agreed: bool, by: Person, note: str = "") -> Approval:
    """The word of the alderman on the draft as it was read. Again the same: the word that is there."""
    response = locked_response(copy, by=by)
    refuse_without_draft(response)
    note = note.strip()
    if not agreed and not note:
        raise Refused(_("Write what should change."), field="note")
    if substance(draft_at(response, version)) != substance(response.draft):
        raise ReadAgain(_("The answer was changed while you were reading. Read it again below."))
    last = response.approvals.order_by("-pk").first()
    same = last and (last.person_id, last.version, last.agreed, last.note) == (by.pk, version, agreed, note)
    if last and same and (response.approval_asked_at is None or last.given_at >= response.approval_asked_at):
        return last
    approval = Approval.objects.create(
        response=response, authority_id=response.authority_id, version=version, agreed=agreed, note=note, person=by
    )
    record("response.agreed" if agreed else "response.sent_back", approval, by=by)
    writer = response.entered_by
    if writer and writer != by and writer.reachable_by_email:
        cause = f"approval:{approval.pk}"
        post("advice.approval_given", writer, about=approval, cause=cause, authority_id=response.authority_id)
    return approval


def refuse_without_draft(response: Response) -> None:
    if response.state == ResponseState.FINAL:
        raise Refused(_("This answer was given already. It can no longer change."))
    if not response.draft:
        raise Refused(_("There is no text yet. Save the answer first."))
