from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meetings.tasks import TASKS
from portal.audit import record

AT_ONCE = 50


class Command(BaseCommand):
    help = "Make the PDFs of adopted minutes that have none: after a failure or a lost queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")
        parser.add_argument("--again", action="store_true", help="also those that failed too often and need attention")

    def handle(self, *, apply: bool, again: bool, **options: Any) -> None:
        count = 0
        for kind, task in TASKS:
            stuck = kind.stuck()
            if again and apply:
                for row in kind.missing().filter(pk__in=stuck):
                    record(kind.again_event, row, by=None)
            waiting = kind.missing().exclude(pk__in=() if again else stuck).values_list("pk", flat=True)[:AT_ONCE]
            for pk in waiting:
                count += 1
                if apply:
                    task.delay(pk)
            if not again and (left := kind.missing().filter(pk__in=stuck).count()):
                self.stdout.write(f"{left} {kind.name} needs attention: see the log of the worker, then --again")
        self.stdout.write(f"{count} without PDF, {'handed over' if apply else 'nothing done'}")
