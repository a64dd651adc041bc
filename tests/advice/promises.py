"""What the tests about promises share: a promise in an answer that was given, and files that were sent along."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from advice.actions.answering import AnswerGiven
from advice.models import Commitment, LetterCopy
from advice.states import Verdict
from tests.advice.answers import answered, sent

TODAY = timezone.localdate()


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def promised(council, authority, saskia, victor, *, due: int = 30, published: bool = False) -> Commitment:
    """A letter of today, answered today: the first recommendation with a promise, the second not adopted."""
    copy = sent(council, authority, saskia, published=published)
    return promise_on(copy, victor, due=due)


def promise_on(copy: LetterCopy, victor, *, due: int = 30) -> Commitment:
    given = AnswerGiven(1, Verdict.ADOPTED, commitment="Een nieuw busje", owner="Team Wmo", due_on=days(due))
    answered(copy, victor, given, AnswerGiven(2, Verdict.REJECTED, "Dit is te duur."))
    return Commitment.objects.get(answer__response__copy=copy)


def paper(name: str = "bewijs.txt", content: bytes = b"Gezien") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def many_promises(copies, number: int) -> None:
    """As rows: `number` promises on each answered copy, spread over the four lists."""
    answers = [copy.response.answers.first() for copy in copies if hasattr(copy, "response")]
    stands = [{}, {"done_on": TODAY}, {"done_on": TODAY, "check_by_council": "disagreed"},
              {"done_on": TODAY, "check_by_council": "agreed"}]  # fmt: skip
    Commitment.objects.bulk_create(
        Commitment(
            answer=answer, council_id=answer.response.council_id, authority_id=answer.response.authority_id,
            text=f"Toezegging {n}", owner="Team Wmo", due_on=days(n % 5 - 2), proof="Gezien.", **stands[n % 4],
        )
        for answer in answers
        for n in range(number)
    )  # fmt: skip
