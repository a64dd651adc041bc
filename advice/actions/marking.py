"""What the council finds of an answer: whether it answers the advice, per recommendation, and its reply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.models import Answer, AnswerMark, LetterCopy, Response
from advice.states import Mark, ResponseState
from portal.access import Refused
from portal.audit import record
from portal.models import Person

LONGEST_REPLY = 2000


@dataclass(frozen=True)
class MarkGiven:
    number: int  # of the recommendation
    mark: str
    note: str = ""


@transaction.atomic
def mark_answers(copy: LetterCopy, marks: Sequence[MarkGiven], *, by: Person) -> int:
    """Set or change the marks of these recommendations; the others stay. Returns how many changed."""
    response = Response.objects.select_for_update(of=("self",)).filter(copy=copy, state=ResponseState.FINAL).first()
    if response is None:
        raise Refused(_("There is no answer yet."))
    answers = {answer.number: answer for answer in response.answers.select_related("mark")}
    for given in marks:
        refuse(given, answers.keys())
    changed = 0
    for given in marks:
        changed += set_mark(answers[given.number], given, response, by=by)
    if changed:
        record("answers.marked", response, by=by)
    return changed


def refuse(given: MarkGiven, numbers: Collection[int]) -> None:
    if given.number not in numbers:
        raise Refused(_("A mark belongs to a recommendation that was answered."))
    if given.mark not in Mark.values:
        message = _("Choose what you find of the answer to recommendation %(number)s.")
        raise Refused(message % {"number": given.number}, field=f"mark_{given.number}")
    if len(given.note) > LONGEST_REPLY:
        message = _("Write at most %(most)s characters.") % {"most": LONGEST_REPLY}
        raise Refused(message, field=f"note_{given.number}")


def set_mark(answer: Answer, given: MarkGiven, response: Response, *, by: Person) -> bool:
    known = getattr(answer, "mark", None)
    note = given.note.strip()
    if known and (known.mark, known.note) == (given.mark, note):
        return False
    AnswerMark.objects.update_or_create(
        answer=answer,
        defaults={
            "council_id": response.council_id, "mark": given.mark, "note": note, "marked_on": timezone.localdate(),
            "marked_by": by,
        },
    )  # fmt: skip
    return True
