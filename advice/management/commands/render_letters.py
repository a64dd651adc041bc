from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from advice.models import LetterPdf
from advice.models.letters import BROUGHT_ALONG
from advice.printing import ANSWER, LARGE, LETTER, Printable
from advice.tasks import TASKS
from portal.audit import record

QUIET = timedelta(minutes=1)  # so long has the task of the letter itself
AT_ONCE = 100


class Command(BaseCommand):
    help = "Make the PDF of letters and answers that have none: after a failure, a lost queue, or an import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")
        parser.add_argument("--again", action="store_true", help="also those that failed too often and need attention")

    def handle(self, *, apply: bool, again: bool, **options: Any) -> None:
        stuck = {kind.name: kind.stuck() for kind, _task in TASKS}
        if again and apply:
            try_again(stuck)
        found = list(due({} if again else stuck))
        for task, pk in found if apply else []:
            task.delay(pk)
        self.stdout.write(f"{len(found)} without PDF, {'handed over' if apply else 'nothing done'}")
        if not again:
            for kind, _task in TASKS:
                if left := kind.missing().filter(pk__in=stuck[kind.name]).count():
                    self.stdout.write(f"{left} {kind.name} needs attention: see the log of the worker, then --again")


def try_again(stuck: dict[str, set[int]]) -> None:
    for kind, _task in TASKS:
        for row in kind.missing().filter(pk__in=stuck[kind.name]):
            record(kind.again_event, row, by=None)


def due(stuck: dict[str, set[int]]) -> Iterator[tuple[Any, int]]:
    """The letters first and large print last: nobody waits for it in a mail."""
    room = AT_ONCE
    for kind, task in TASKS:
        for pk in waiting(kind).exclude(pk__in=stuck.get(kind.name, ())).values_list("pk", flat=True)[:room]:
            room -= 1
            yield task, pk


def waiting(kind: Printable) -> QuerySet[Any]:
    missing, before = kind.missing(), timezone.now() - QUIET
    if kind is LETTER:
        return missing.filter(letter__original=None, letter__issued_at__lte=before)
    if kind is LARGE:  # once the letter itself is there
        ours = LetterPdf.objects.filter(rendered_at__lte=before).exclude(renderer=BROUGHT_ALONG)
        return missing.filter(pk__in=ours.values("copy"))
    return missing.filter(issued_at__lte=before) if kind is ANSWER else missing.filter(sent_at__lte=before)
