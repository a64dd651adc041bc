"""Promises (toezeggingen) as pages show them: the lists, their counts, and one promise with what was said of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advice.models import Commitment, CommitmentReport
from advice.querysets import PROMISES
from advice.states import ReportKind

AHEAD = timedelta(days=14)  # so long before the last day the authority is reminded
BEHIND = timedelta(days=7)  # so long after it the reminder is still sent, when the portal was away on the day itself

# The lists of both sides: the word in the address, its name, and which promises stand in it.
LISTS = {
    "open": (_("Not kept yet"), "open"),
    "kijken": (_("For the council to check"), "check"),
    "oneens": (_("Council does not agree"), "disputed"),
    "klaar": (pgettext_lazy("promises", "Kept"), "kept"),
}
ORDER = {
    "open": ["due_on", "pk"],  # what is late comes first
    "check": ["done_on", "pk"],
    "disputed": ["done_on", "pk"],
    "kept": ["-done_on", "-pk"],
}


def counts_of(promises: QuerySet[Commitment]) -> dict[str, int]:
    """How many stand in each list, and how many of the open ones are late, in one query."""
    late = PROMISES["open"] & Q(due_on__lt=timezone.localdate())
    wanted = {state: Count("pk", filter=which) for state, which in PROMISES.items()}
    return promises.aggregate(**wanted, late=Count("pk", filter=late))


def listed(promises: QuerySet[Commitment], state: str) -> QuerySet[Commitment]:
    rows = with_letter(promises.standing(state))  # type: ignore[attr-defined]
    return rows.prefetch_related("reports").order_by(*ORDER[state])


def with_letter(promises: QuerySet[Commitment]) -> QuerySet[Commitment]:
    related = promises.select_related("answer__response__copy__letter", "authority", "council")
    return related.defer("answer__response__copy__letter__text", "answer__response__draft", "answer__response__text")


def said_of(commitment: Commitment) -> dict[str, CommitmentReport | None]:
    """The newest word that counts: how it was done, why the council disagrees, and the first day it moved from.

    From the reports that were read along; it asks nothing.
    """
    reports = sorted(commitment.reports.all(), key=lambda one: one.pk)  # type: ignore[attr-defined]
    last_of = {kind: newest(reports, kind) for kind in (ReportKind.DONE, ReportKind.DISAGREED)}
    moved = next((one for one in reports if one.due_before), None)
    return {
        "done": last_of[ReportKind.DONE] if commitment.done_on else None,
        "disagreed": last_of[ReportKind.DISAGREED] if commitment.is_disputed else None,
        "moved": moved,
    }


def followed(promises: list[Commitment]) -> list[Commitment]:
    """Each with what was said of it, for advice/_answer_promises.html."""
    for one in promises:
        one.said = said_of(one)  # type: ignore[attr-defined]
    return promises


def newest(reports: Iterable[CommitmentReport], kind: str) -> CommitmentReport | None:
    return next((one for one in reversed(list(reports)) if one.kind == kind), None)


def due_for_reminder(today: date | None = None) -> tuple[QuerySet[Commitment], QuerySet[Commitment]]:
    """The open promises whose last day comes near, and those whose last day has just passed."""
    today = today or timezone.localdate()
    found = Commitment.objects.open().select_related(
        "authority",
        "council",
        "answer__response__copy__authority__office",
        "answer__response__copy__letter__advice__request__request",
    )
    rows = found.defer("answer__response__copy__letter__text").order_by("pk")
    near = rows.filter(due_on__range=(today, today + AHEAD), answer__response__given_at__date__lt=today)
    return near, rows.filter(due_on__range=(today - BEHIND, today - timedelta(days=1)))


def cause_of(commitment: Commitment, which: str) -> str:
    """Once for each last day: a promise that moves is reminded of again."""
    return f"promise:{commitment.pk}:{which}:{commitment.due_on.isoformat()}"


def as_rows(promises: Iterable[Commitment]) -> Iterable[list[Any]]:
    """For a spreadsheet."""
    for one in promises:
        letter = one.answer.response.copy.letter
        said = said_of(one)
        yield [
            letter.reference, letter.subject, one.answer.number, one.text, one.owner, one.authority.name,
            one.council.name, one.due_on, one.done_on, one.proof, one.get_check_by_council_display(),
            said["disagreed"].text if said["disagreed"] else "",
        ]  # fmt: skip
