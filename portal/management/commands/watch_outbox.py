import structlog
from django.core.management.base import BaseCommand, CommandParser

from portal.alarm import alarm

log = structlog.get_logger("portal.alarm")


class Command(BaseCommand):
    help = "Say what had to go out a day ago and did not; with --apply as an error in the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="log it as an error; without it, only print")

    def handle(self, *, apply: bool, **options: object) -> None:
        found = alarm()
        if found and apply:
            log.error("post is late", messages=found.messages, commands=list(found.commands))
        names = ", ".join(found.commands) or "none"
        self.stdout.write(f"{found.messages} messages late, commands behind: {names}")
