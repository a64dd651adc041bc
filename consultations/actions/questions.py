"""The answer to a question that a council asked back."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import recipients
from consultations.models import RequestQuestion
from portal.access import Refused
from portal.audit import record
from portal.models import Document, Person
from portal.post import post


@transaction.atomic
def answer_question(
    question: RequestQuestion, *, answer: str, by: Person, document: Document | None = None
) -> RequestQuestion:
    """The civil servant answers; the secretary and who asked hear of it. Answered once: a new question asks more."""
    question = lock(question)
    fill_in(question, answer, by, document)
    question.save(update_fields=["answer", "answered_by", "answered_at", "document"])
    record("consultations.question_answered", question.council_request, by=by)
    part = question.council_request
    readers = {person.pk: person for person in recipients.secretaries_of(part.council, but=by)}
    if question.asked_by.reachable_by_email:
        readers.setdefault(question.asked_by_id, question.asked_by)
    for person in readers.values():
        post(
            "consultations.question_answered", person, about=question, cause=f"question:{question.pk}:answered",
            council_id=part.council_id,
        )  # fmt: skip
    return question


@transaction.atomic
def register_answer(
    question: RequestQuestion, *, answer: str, received_on: date, by: Person, document: Document | None = None
) -> RequestQuestion:
    """The secretary records an answer that came by mail, post or telephone. Nobody gets a message."""
    question = lock(question)
    if received_on > timezone.localdate():
        raise Refused(_("The day of receipt lies in the future. Check the date."), field="received_on")
    if received_on < timezone.localdate(question.asked_at):
        raise Refused(_("The answer cannot be older than the question. Check the date."), field="received_on")
    fill_in(question, answer, by, document)
    question.received_on = received_on
    question.save(update_fields=["answer", "answered_by", "answered_at", "received_on", "document"])
    record("consultations.answer_registered", question.council_request, by=by)
    return question


def lock(question: RequestQuestion) -> RequestQuestion:
    locked = RequestQuestion.objects.select_for_update(of=("self",))
    question = locked.select_related("council_request__council", "council_request__request", "asked_by").get(
        pk=question.pk
    )
    if question.answered_at:
        raise Refused(_("This question has been answered."))
    return question


def fill_in(question: RequestQuestion, answer: str, by: Person, document: Document | None) -> None:
    if not answer.strip() and document is None:
        raise Refused(_("Write down the answer."), field="answer")
    question.answer, question.document = answer.strip(), document
    question.answered_by, question.answered_at = by, timezone.now()
