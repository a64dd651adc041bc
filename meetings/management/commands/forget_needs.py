from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from meetings.actions.needs import forget, needs_to_forget, notes_to_forget, visitors_to_forget
from meetings.models import AccessNeeds, Invitee, Visitor


class Command(BaseCommand):
    help = "Forget what people need after their term, and what visitors and invitees told after the meeting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        needs, visitors, notes = needs_to_forget(today), visitors_to_forget(today), notes_to_forget(today)
        everything: list[AccessNeeds | Visitor | Invitee] = [*needs, *visitors, *notes]
        for row in everything if apply else []:
            forget(row, by=None)
        done = "forgotten" if apply else "nothing done"
        self.stdout.write(f"{len(needs)} needs, {len(visitors)} visitors, {len(notes)} notes: {done}")
