from django.core.management.base import BaseCommand, CommandParser

from portal.models import Message
from portal.tasks import deliver

MOST = 2000
EXPIRES = 60  # seconds: a slow mail server must not fill the queue with the same messages three times a minute


class Command(BaseCommand):
    help = "Hand every message that is due to the queue again, so that a wiped queue only delays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: object) -> None:
        # Fresh mail first: what failed before, often at one slow or refusing domain, holds up no other.
        fresh_first = Message.objects.due().order_by("attempts", "next_try_at", "pk")
        due = list(fresh_first.values_list("pk", flat=True)[:MOST])
        for message_id in due if apply else []:
            deliver.apply_async([message_id], expires=EXPIRES)
        self.stdout.write(f"{len(due)} due, {'handed over' if apply else 'nothing done'}")
