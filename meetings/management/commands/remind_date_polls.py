from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from meetings.actions.polls import remind_poll
from meetings.models import DatePoll

AHEAD = timedelta(days=2)


class Command(BaseCommand):
    help = "Remind who did not answer a date poll, two days before its last day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        soon = DatePoll.objects.filter(
            closed_at=None, answer_by__range=(today, today + AHEAD), opened_at__date__lt=today
        )
        polls = list(soon.order_by("pk"))
        reminded = sum(remind_poll(poll) for poll in polls) if apply else 0
        self.stdout.write(f"{len(polls)} polls end soon, {reminded} people reminded")
