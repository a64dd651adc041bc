"""Answering (reactie): the verdict of the executive on every recommendation, given once or registered from a letter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.linking import refuse_lapsed
from advice.models import Answer, Commitment, LetterCopy, Response
from advice.states import NEEDS_REASON, ResponseState, Verdict
from consultations.recipients import secretaries_of
from portal.access import Refused
from portal.audit import record
from portal.documents import keep_upload
from portal.models import Document, Person
from portal.post import post


@dataclass(frozen=True)
class AnswerGiven:
    """The answer to one recommendation. A commitment has its text, owner and last day; or none of these."""

    number: int
    verdict: str = ""
    motivation: str = ""
    decide_by: date | None = None
    commitment: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def lacks_reason(self) -> bool:
        return self.verdict in NEEDS_REASON and not self.motivation.strip()

    @property
    def promises(self) -> bool:
        return bool(self.commitment.strip() or self.owner.strip() or self.due_on)


Fault = tuple[str, str]  # the field of the form, and the sentence


# --- what can be wrong ------------------------------------------------------


def faults_of(
    copy: LetterCopy, answers: Sequence[AnswerGiven], *, dated_on: date | None, decided_on: date | None, text: str = "",
    registered: bool = False, has_original: bool = False,
) -> Iterator[Fault]:  # fmt: skip
    """Everything that keeps a response from being final. Form and verb ask the same.

    A letter that the secretary registers says what it says: a reason or a date that it lacks is no fault.
    """
    yield from faults_of_dates(copy, dated_on, decided_on, registered=registered)
    wanted, given = numbers_of(copy), [answer.number for answer in answers]
    for number in wanted:
        if number not in given:
            yield f"verdict_{number}", _("Choose an answer to recommendation %(number)s.") % {"number": number}
    if set(given) - set(wanted) or len(given) != len(set(given)):
        yield "", _("An answer belongs to a recommendation of the letter, and each has one.")
    for answer in answers:
        yield from faults_of_answer(answer, dated_on, registered=registered)
    if registered and not has_original and not text.strip():
        yield "original", _("Choose the letter as a file, or type over what it says.")
    elif not registered and not wanted and not text.strip():
        yield "text", _("Write the answer. This letter has no recommendations to answer one by one.")


def faults_of_dates(
    copy: LetterCopy, dated_on: date | None, decided_on: date | None, *, registered: bool
) -> Iterator[Fault]:
    sent_on = min(copy.letter.dated_on, timezone.localdate(copy.letter.issued_at))
    for field, day in (("dated_on", dated_on), ("decided_on", decided_on)):
        if day and day > timezone.localdate():
            yield field, _("This day is still to come.")
        elif day and day < sent_on:
            yield field, _("This day lies before the letter of the council.")
    if dated_on is None:
        yield "dated_on", _("Fill in the date of the answer.")
    if decided_on is None and not registered:
        yield "decided_on", _("Fill in when the executive decided. Without this date the answer cannot be given.")
    if decided_on and dated_on and decided_on > dated_on:
        yield "decided_on", _("The decision cannot be later than the date of the answer.")


def faults_of_answer(answer: AnswerGiven, dated_on: date | None, *, registered: bool) -> Iterator[Fault]:
    number = {"number": answer.number}
    if answer.verdict not in Verdict.values:
        yield f"verdict_{answer.number}", _("Choose an answer to recommendation %(number)s.") % number
    if answer.lacks_reason and not registered:
        if answer.verdict == Verdict.REJECTED:
            message = _("Write why recommendation %(number)s is not adopted.")
        else:
            message = _("Write why recommendation %(number)s is adopted only in part.")
        yield f"motivation_{answer.number}", message % number
    if answer.verdict == Verdict.LATER:
        field = f"decide_by_{answer.number}"
        if answer.decide_by is None and not registered:
            yield field, _("Fill in the last day of the decision on recommendation %(number)s.") % number
        elif answer.decide_by and dated_on and answer.decide_by < dated_on:
            message = _("The last day at recommendation %(number)s lies before the date of the answer.")
            yield field, message % number
    if answer.promises:
        yield from faults_of_commitment(answer, registered=registered)


def faults_of_commitment(answer: AnswerGiven, *, registered: bool) -> Iterator[Fault]:
    number = {"number": answer.number}
    if not answer.commitment.strip():
        yield f"commitment_{answer.number}", _("Write what is promised at recommendation %(number)s.") % number
    if not answer.owner.strip() and not registered:
        yield f"owner_{answer.number}", _("Write who does what is promised at recommendation %(number)s.") % number
    if answer.due_on is None:
        yield f"due_on_{answer.number}", _("Fill in when the promise at recommendation %(number)s is done.") % number


def numbers_of(copy: LetterCopy) -> list[int]:
    found = copy.letter.text.get("recommendations") or []
    return [part.get("number") or place for place, part in enumerate(found, 1)]


def refuse_faults(faults: Iterable[Fault]) -> None:
    for field, message in faults:
        raise Refused(message, field=field or None)


# --- the authority answers --------------------------------------------------


@transaction.atomic
def save_response_draft(copy: LetterCopy, typed: dict[str, Any], *, by: Person) -> Response:
    """Keep what was typed, complete or not. Only the authority sees it."""
    response = locked_response(copy, by=by)
    refuse_lapsed(response)
    if response.state == ResponseState.FINAL:
        raise Refused(_("This answer was given already. It can no longer change."))
    response.draft = typed
    response.entered_by = by
    response.updated_at = timezone.now()
    response.save(update_fields=["draft", "entered_by", "updated_at"])
    record("response.saved", response, by=by)
    return response


@transaction.atomic
def give_response(
    copy: LetterCopy, *, answers: Sequence[AnswerGiven], dated_on: date, decided_on: date, by: Person,
    reference: str = "", text: str = "",
) -> Response:  # fmt: skip
    """The answer of the executive, once and final. Again: the answer that is there."""
    response = locked_response(copy, by=by)
    refuse_lapsed(response)
    if response.state == ResponseState.FINAL:
        return response
    refuse_faults(faults_of(copy, answers, dated_on=dated_on, decided_on=decided_on, text=text))
    response.draft = {}
    make_final(
        response, answers, dated_on=dated_on, decided_on=decided_on, reference=reference, text=text, by=by,
        registered=False,
    )  # fmt: skip
    record("response.given", response, by=by)
    tell_council(response, by=by)
    return response


@transaction.atomic
def register_response(
    copy: LetterCopy, *, answers: Sequence[AnswerGiven], dated_on: date, by: Person, decided_on: date | None = None,
    reference: str = "", text: str = "", original: UploadedFile | None = None,
) -> Response:  # fmt: skip
    """The secretary enters a letter of the executive. A reason that was due and is not there is noted as such.

    A draft of the authority stays what it is, unseen.
    """
    response = locked_response(copy, by=by)
    refuse_lapsed(response, dated_on=dated_on)
    if response.state == ResponseState.FINAL:
        return response
    refuse_faults(
        faults_of(
            copy, answers, dated_on=dated_on, decided_on=decided_on, text=text, registered=True,
            has_original=original is not None,
        )
    )  # fmt: skip
    make_final(
        response, answers, dated_on=dated_on, decided_on=decided_on, reference=reference, text=text, by=by,
        registered=True, original=kept(original, copy, by=by),
    )  # fmt: skip
    record("response.registered", response, by=by)
    tell_council(response, by=by)
    return response


def kept(original: UploadedFile | None, copy: LetterCopy, *, by: Person) -> Document | None:
    if original is None:
        return None
    try:
        return keep_upload(original, by=by, council_id=copy.council_id)
    except Refused as refused:
        raise Refused(str(refused), field="original") from refused


def locked_response(copy: LetterCopy, *, by: Person) -> Response:
    """The one response of this copy, held until the end. The copy itself is written once and cannot be locked."""
    Response.objects.get_or_create(
        copy=copy, defaults={"council_id": copy.council_id, "authority_id": copy.authority_id, "entered_by": by}
    )
    locked = Response.objects.select_for_update(of=("self",)).select_related("authority", "council")
    return locked.get(copy=copy)


def make_final(
    response: Response, answers: Sequence[AnswerGiven], *, dated_on: date, decided_on: date | None, reference: str,
    text: str, by: Person, registered: bool, original: Document | None = None,
) -> None:  # fmt: skip
    response.state = ResponseState.FINAL
    response.registered = registered
    response.dated_on, response.decided_on = dated_on, decided_on
    response.reference, response.text, response.original = reference.strip(), text.strip(), original
    response.signed_by = response.authority.addressee
    response.entered_by = by
    response.given_at = response.updated_at = timezone.now()
    response.save()
    response.answers.all().delete()
    for answer in answers:
        write_answer(response, answer)


def write_answer(response: Response, given: AnswerGiven) -> None:
    answer = Answer.objects.create(
        response=response,
        number=given.number,
        verdict=given.verdict,
        motivation=given.motivation.strip(),
        decide_by=given.decide_by if given.verdict == Verdict.LATER else None,
        no_reason_given=given.lacks_reason,
    )
    if given.promises:
        Commitment.objects.create(
            answer=answer, council_id=response.council_id, authority_id=response.authority_id,
            text=given.commitment.strip(), owner=given.owner.strip(), due_on=given.due_on,
        )  # fmt: skip


def tell_council(response: Response, *, by: Person) -> None:
    """One message, to the secretary's desk; without a secretary (or when she registered it) to the chair."""
    for person in secretaries_of(response.council, but=by):
        post("advice.response", person, about=response, cause=f"response:{response.pk}", council_id=response.council_id)
