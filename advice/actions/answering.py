"""Answering (reactie): the verdict of the executive on every recommendation, given once or registered from a letter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.answer_drafts import StaleAnswer, locked_response
from advice.actions.linking import refuse_lapsed
from advice.actions.steps import record_step
from advice.answer_text import answer_text
from advice.approvals import agreement_on
from advice.frozen import digest
from advice.letter_text import recommendations_by_number
from advice.models import Answer, Commitment, LetterCopy, Response, ResponseLetter
from advice.states import NEEDS_REASON, LetterStepKind, ResponseState, Verdict
from advice.steps import newest, sent_on
from advice.tasks import ask_to_render_response
from consultations.recipients import leaders_of, secretaries_of
from councils.models import Council
from portal.access import Refused
from portal.audit import record
from portal.dates import plain_date
from portal.documents import keep_given
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
    for field, day in (("dated_on", dated_on), ("decided_on", decided_on)):
        if day and day > timezone.localdate():
            yield field, _("This day is still to come.")
        elif day and day < sent_on(copy):
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


def faults_of_offer(offered_on: date | None, reason: str, *, known: date | None) -> Iterator[Fault]:
    """No advice may stay unseen: on which day the executive got it, or why it did not. `known`: the day on file."""
    if offered_on is None and not reason.strip():
        yield "offered_on", _("Fill in on which day the executive got the advice. Or write below why it did not.")
    elif offered_on and reason.strip():
        yield "not_offered_reason", _("Fill in the day or the reason, not both.")
    elif reason.strip() and known:
        message = _("It is on file that the executive got the advice on %(day)s. Is that wrong? Take it back first.")
        yield "not_offered_reason", message % {"day": plain_date(known)}


def numbers_of(copy: LetterCopy) -> list[int]:
    return list(recommendations_by_number(copy.letter.text))


def refuse_faults(faults: Iterable[Fault]) -> None:
    for field, message in faults:
        raise Refused(message, field=field or None)


# --- the authority answers --------------------------------------------------


@transaction.atomic
def give_response(
    copy: LetterCopy, *, answers: Sequence[AnswerGiven], dated_on: date, decided_on: date, by: Person,
    reference: str = "", text: str = "", offered_on: date | None = None, not_offered_reason: str = "",
    form: str = "", approval_outside: bool = False, version: int | None = None,
) -> Response:  # fmt: skip
    """The answer of the executive, once and final, as one letter. Again: the answer that is there.

    `version`: of the draft that was read; a colleague who saved meanwhile is not overwritten (StaleAnswer).
    """
    response = locked_response(copy, by=by)
    refuse_lapsed(response)
    if response.state == ResponseState.FINAL:
        return response
    if version is not None and version != response.version:
        raise StaleAnswer(response, based_on=version)
    refuse_faults(faults_of(copy, answers, dated_on=dated_on, decided_on=decided_on, text=text))
    offer(copy, response, offered_on=offered_on, reason=not_offered_reason, by=by)
    agreed = agreement_on(response).state == "agreed"
    response.draft = {}
    response.approval_outside = approval_outside and not agreed
    make_final(
        response, answers, dated_on=dated_on, decided_on=decided_on, reference=reference, text=text, by=by,
        registered=False,
    )  # fmt: skip
    record("response.given", response, by=by)
    if not agreed and not approval_outside:
        record("response.given_without_approval", response, by=by)
    found = answer_text(
        copy, answers, form=form or response.authority.answer_form, dated_on=dated_on, decided_on=decided_on,
        reference=reference, text=text,
    )  # fmt: skip
    send_answer_letter(freeze_answer(response, found), by=by)
    return response


def offer(copy: LetterCopy, response: Response, *, offered_on: date | None, reason: str, by: Person) -> None:
    """Put on file when the advice was offered to the executive, or why it was not (see `faults_of_offer`)."""
    known = newest(copy, LetterStepKind.OFFERED)
    if offered_on is None and not reason.strip() and known:
        offered_on = known.happened_on
    refuse_faults(faults_of_offer(offered_on, reason, known=known.happened_on if known else None))
    response.not_offered_reason = reason.strip()
    if offered_on and (known is None or known.happened_on != offered_on):
        try:
            record_step(copy, LetterStepKind.OFFERED, happened_on=offered_on, by=by, by_council=False)
        except Refused as refused:
            raise Refused(str(refused), field="offered_on") from refused


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
        registered=True, original=keep_given(original, field="original", by=by, council_id=copy.council_id),
    )  # fmt: skip
    record("response.registered", response, by=by)
    tell_council(response, by=by)
    return response


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
    """Of a registered answer: one message to the chair, for the secretary entered it."""
    for person in secretaries_of(response.council, but=by):
        post("advice.response", person, about=response, cause=f"response:{response.pk}", council_id=response.council_id)


# --- the letter of the executive --------------------------------------------


def freeze_answer(response: Response, text: dict[str, Any]) -> ResponseLetter:
    letter = ResponseLetter.objects.create(
        response=response, council_id=response.council_id, authority_id=response.authority_id, form=text["form"],
        text=text, sha256=digest(text),
    )  # fmt: skip
    record("response.frozen", letter, by=response.entered_by)
    return letter


def send_answer_letter(letter: ResponseLetter, *, by: Person) -> None:
    """To the secretary, the chair and the mailbox of the council. Where nobody reads mail, on paper."""
    transaction.on_commit(lambda: ask_to_render_response(letter.pk), robust=True)
    people = leaders_of(letter.council, but=by)
    addresses = {person.email.lower() for person in people}
    if not people or (letter.council.email and letter.council.email.lower() not in addresses):
        people.append(mailbox_of(letter.council))
    for person in people:
        post(
            "advice.response_letter", person, about=letter, cause=f"response:{letter.response_id}",
            council_id=letter.council_id, authority_id=letter.authority_id,
        )  # fmt: skip


def mailbox_of(council: Council) -> Person:
    """The council itself, as who gets letters; without an e-mail address they go on paper."""
    known = Person.objects.filter(is_office=True, name=council.name, email__iexact=council.email, office_of=None)
    found = known.order_by("pk").first() or Person(is_office=True, name=council.name, email=council.email)
    found.post_address = council.post_address
    found.save()
    return found
