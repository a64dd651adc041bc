from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from advice.models import LetterPdf
from advice.printing import ANSWER, LARGE, LETTER, Printable
from advice.tasks import TASKS

QUIET = timedelta(minutes=1)  # so long has the task of the letter itself
AT_ONCE = 100


class Command(BaseCommand):
    help = "Make the PDF of letters and answers that have none: after a failure, a lost queue, or an import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        found = list(due())
        for task, pk in found if apply else []:
            task.delay(pk)
        self.stdout.write(f"{len(found)} without PDF, {'handed over' if apply else 'nothing done'}")


def due() -> Iterator[tuple[Any, int]]:
    """The letters first and large print last: nobody waits for it in a mail."""
    room = AT_ONCE
    for kind, task in TASKS:
        for pk in waiting(kind).values_list("pk", flat=True)[:room]:
            room -= 1
            yield task, pk


def waiting(kind: Printable) -> QuerySet[Any]:
    missing, before = kind.missing(), timezone.now() - QUIET
    if kind is LETTER:
        return missing.filter(letter__original=None, letter__issued_at__lte=before)
    if kind is LARGE:  # once the letter itself is there
        return missing.filter(pk__in=LetterPdf.objects.filter(rendered_at__lte=before).values("copy"))
    return missing.filter(issued_at__lte=before) if kind is ANSWER else missing.filter(sent_at__lte=before)
