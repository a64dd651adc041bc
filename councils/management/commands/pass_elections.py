from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from councils.actions.elections import TooLate, close_election, remind
from councils.models import Election
from portal.models import AuditEvent

BEFORE = timedelta(days=1)  # so long before the end who has not voted hears of it


class Command(BaseCommand):
    help = "Close the secret ballots whose moment has passed, and remind who has not voted a day before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        now = timezone.now()
        still_open = Election.objects.filter(closed_at=None).order_by("pk")
        over = list(still_open.filter(closes_at__lte=now))
        ending = [one for one in still_open.filter(closes_at__gt=now, closes_at__lte=now + BEFORE) if to_remind(one)]
        for election in over if apply else []:
            try:
                close_election(election, by=None)
            except TooLate:  # somebody closed it at this very moment
                continue
        for election in ending if apply else []:
            try:
                remind(election, by=None)
            except TooLate:
                continue
        done = "done" if apply else "nothing done"
        self.stdout.write(f"{len(over)} to close, {len(ending)} to remind of, {done}")


def to_remind(election: Election) -> bool:
    """By the calendar once; and not who heard of it today."""
    if election.opened_at > timezone.now() - BEFORE / 2:
        return False
    told = AuditEvent.objects.filter(
        event="election.reminded", object_label=election._meta.label, object_id=election.pk, actor_id=None
    )
    return not told.exists()
