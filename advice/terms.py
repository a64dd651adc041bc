"""Which reminder of the last day of an answer is due: two weeks before, three days before, and once it has passed."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from advice.models import LetterCopy
from advice.querysets import DUE_ON

TWO_WEEKS, THREE_DAYS, PASSED = "14", "3", "passed"
LOOK_BACK = timedelta(days=14)  # a portal that was away so long does not start with mails about long ago


def stage_of(copy: LetterCopy, today: date) -> str:
    """The newest stage that has come; earlier ones that were missed are not sent after all. Empty: none.

    A stage that lies before the letter itself is left out: who just got the letter needs no reminder of it.
    """
    due = copy.due_on
    if due is None:
        return ""
    left = (due - today).days
    for days, stage in ((-1, PASSED), (3, THREE_DAYS), (14, TWO_WEEKS)):
        if left <= days:
            return stage if due - timedelta(days=days) > copy.letter.dated_on else ""
    return ""


def cause_of(copy: LetterCopy, stage: str) -> str:
    """Once per person, stage and last day: more time brings new reminders."""
    return f"answer-term:{copy.pk}:{copy.due_on}:{stage}"


def waiting_copies(today: date | None = None) -> QuerySet[LetterCopy]:
    """The copies without an answer whose last day is near or has just passed."""
    today = today or timezone.localdate()
    found = LetterCopy.objects.unanswered().filter(letter__imported=False).alias(due=DUE_ON)
    near = found.filter(due__gte=today - LOOK_BACK, due__lte=today + timedelta(days=14))
    return near.select_related("letter__advice__request__request", "council", "authority__office", "response")
