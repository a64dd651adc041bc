import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from councils.models import Council
from meetings.actions.register import import_action
from portal.access import Refused
from portal.models import Person


class Command(BaseCommand):
    help = "Take over an older action list; each keeps its number. CSV: number;text;owner (e-mail);due;done (ISO days)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council", help="the address name of the council")
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="do it; without it, only check")

    def handle(self, *, council: str, file: Path, apply: bool, **options: Any) -> None:
        found = Council.objects.filter(slug=council).first()
        if found is None:
            raise CommandError(f"there is no council {council}")
        with file.open(encoding="utf-8-sig", newline="") as source, transaction.atomic():
            rows = list(csv.DictReader(source, delimiter=";"))
            for line, row in enumerate(rows, 2):
                try:
                    import_action(
                        found, number=row["number"].strip(), text=row["text"].strip(),
                        owner=Person.objects.get(email__iexact=row["owner"].strip()), due_on=day(row.get("due")),
                        done_on=day(row.get("done")), by=None,
                    )  # fmt: skip
                except (KeyError, ValueError, Refused, Person.DoesNotExist) as fault:
                    raise CommandError(f"line {line}: {type(fault).__name__}: {fault}") from fault
            if not apply:
                transaction.set_rollback(True)
        self.stdout.write(f"{len(rows)} actions {'taken over' if apply else 'are in order, nothing done'}")


def day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()) if text and text.strip() else None
