"""`script/manage demo_accounts [--json]`: with whom a newcomer can sign in."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advice.demo.accounts import accounts

COLUMNS = ["email", "password", "role", "council"]


class Command(BaseCommand):
    help = "List the accounts of the example: e-mail, password, role and council."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE_INSTALLATION:
            raise CommandError("This is no example installation: it has no accounts to try.")
        found = accounts()
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        elif not found:
            self.stdout.write("There are no example accounts. Make them with: script/manage demo")
        else:
            self.stdout.write(table(found))


def table(found: list[dict[str, str]]) -> str:
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *found]
    widths = {column: max(len(row[column]) for row in rows) for column in COLUMNS}
    return "\n".join("  ".join(row[column].ljust(widths[column]) for column in COLUMNS).rstrip() for row in rows)
