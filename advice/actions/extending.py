"""The authority takes more time for its answer (verdaging). Said with a reason, never a way to be silent."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.answering import locked_response
from advice.extending import Proposal, allowed_by_rules
from advice.models import LetterCopy, Response, ResponseExtension
from advice.querysets import SETTLED
from advice.reaching import people_of_authority
from consultations.recipients import leaders_of
from portal.access import Refused
from portal.audit import record
from portal.documents import keep_given
from portal.models import Person
from portal.post import post


@transaction.atomic
def extend_response(
    copy: LetterCopy, *, until: date, reason: str, by: Person, extended_on: date | None = None,
    registered: bool = False, original: UploadedFile | None = None, anyway: bool = False,
) -> ResponseExtension:  # fmt: skip
    """The answer comes later, with the reason. `anyway`: whoever says it has read what the rules say against it.

    `registered`: the secretary enters a letter of the authority of the day `extended_on`, with the letter as a file.
    The same day and reason again: the extension that is there.
    """
    response = locked_response(copy, by=by)
    copy = LetterCopy.objects.select_related("letter", "council", "authority", "response").get(pk=copy.pk)
    if response.state in SETTLED:
        raise Refused(_("No answer to this letter is waited for any more. More time is not needed."))
    on, reason = extended_on or timezone.localdate(), reason.strip()
    known = copy.extension
    if known and (known.until, known.reason) == (until, reason):
        return known
    refuse_days(copy, until, on)
    if not reason:
        raise Refused(_("Write why it takes longer."), field="reason")
    if registered and original is None:
        raise Refused(_("Choose the letter or mail as a file."), field="original")
    proposal = Proposal(copy, until, on, allowed_by_rules(copy))
    objections = proposal.objections()
    if objections and not anyway:
        raise Refused(" ".join(objections), field="anyway")
    extension = ResponseExtension.objects.create(
        copy=copy, council_id=copy.council_id, authority_id=copy.authority_id, extended_on=on, until=until,
        reason=reason, article=proposal.article, steps=proposal.steps(), registered=registered,
        document=keep_given(original, field="original", by=by, council_id=copy.council_id), recorded_by=by,
    )  # fmt: skip
    response.extended_until = until
    response.save(update_fields=["extended_until"])
    record("response.extension_registered" if registered else "response.extended", response, by=by)
    tell(extension, response, by=by)
    return extension


def refuse_days(copy: LetterCopy, until: date, on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("This day is still to come."), field="extended_on")
    if on < min(copy.letter.dated_on, timezone.localdate(copy.letter.issued_at)):
        raise Refused(_("This day lies before the letter of the council."), field="extended_on")
    if until < on:
        raise Refused(_("This day has passed already. Choose a day that is still to come."), field="until")
    if copy.due_on and until <= copy.due_on:
        raise Refused(_("This is not later than the last day of now. Choose a later day."), field="until")


def tell(extension: ResponseExtension, response: Response, *, by: Person) -> None:
    """The council hears of it; of what its secretary registered the authority gets a confirmation."""
    cause = f"extension:{extension.pk}"
    if extension.registered:
        for person in people_of_authority(extension.copy):
            post(
                "advice.extension_registered", person, about=extension, cause=cause,
                council_id=extension.council_id, authority_id=extension.authority_id,
            )  # fmt: skip
        return
    for person in leaders_of(response.council, but=by):
        post("advice.response_extended", person, about=extension, cause=cause, council_id=extension.council_id)
