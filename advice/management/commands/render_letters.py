from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from advice.models import LetterCopy
from advice.tasks import render_copy

QUIET = timedelta(minutes=1)  # so long has the task of the letter itself
AT_ONCE = 100


class Command(BaseCommand):
    help = "Make the PDF of letters that have none: after a failure, a lost queue, or an import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        without = LetterCopy.objects.filter(pdf=None, letter__original=None).order_by("pk")
        due = list(without.filter(letter__issued_at__lte=timezone.now() - QUIET).values_list("pk", flat=True)[:AT_ONCE])
        for copy_id in due if apply else []:
            render_copy.delay(copy_id)
        self.stdout.write(f"{len(due)} without PDF, {'handed over' if apply else 'nothing done'}")
