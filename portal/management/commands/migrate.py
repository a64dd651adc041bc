"""Django's migrate, as the owner of the tables. The runtime role may use what the owner makes, and owns nothing."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

PRIVILEGES = [
    "GRANT USAGE ON SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {role}",
]


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = connections[options["database"]]
        role = connections["default"].settings_dict["USER"]
        if not options["check_unapplied"] and not options["plan"] and role not in ("", owner.settings_dict["USER"]):
            with owner.cursor() as cursor:
                for privilege in PRIVILEGES:
                    cursor.execute(privilege.format(role=owner.ops.quote_name(role)))
        super().handle(*args, **options)
