from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.actions.digests import make_digest
from portal.digests import due_digests
from portal.models import Person


class Command(BaseCommand):
    help = "Send the daily and weekly overviews that are due, counted from the last one that was sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        due = due_digests(timezone.now())
        people = Person.objects.in_bulk({pk for pk, _frequency in due}) if apply else {}
        for pk, frequency in due if apply else []:
            make_digest(people[pk], frequency, by=None)
        self.stdout.write(f"{len(due)} overviews are due, {'made' if apply else 'nothing done'}")
