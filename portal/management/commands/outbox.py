import json
import sys
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count
from django.utils import timezone

from portal.alarm import ALARM_AFTER
from portal.models import Message
from portal.states import MessageState


class Command(BaseCommand):
    help = "How many messages are in each state, what waits longest, and how many are late."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a program")
        parser.add_argument("--fail-after", type=float, metavar="HOURS", help="exit 1 when one waits longer than this")

    def handle(self, *, json: bool, fail_after: float | None, **options: Any) -> None:
        facts = measured(timezone.now())
        self.stdout.write(dumped(facts) if json else table(facts))
        oldest = facts["oldest_waiting"]
        if fail_after is not None and oldest and oldest["seconds"] > fail_after * 3600:
            sys.exit(1)


def measured(now: datetime) -> dict[str, Any]:
    counted = dict(Message.objects.values_list("state").annotate(number=Count("pk")))
    oldest = Message.objects.late(now).order_by("due_at", "pk").first()
    return {
        "states": {state.value: counted.get(state.value, 0) for state in MessageState},
        "oldest_waiting": oldest
        and {
            "id": str(oldest.public_id),
            "kind": oldest.kind,
            "seconds": int((now - oldest.due_at).total_seconds()),
        },
        "overdue": Message.objects.late(now - ALARM_AFTER).count(),
    }


def dumped(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=2)


def table(facts: dict[str, Any]) -> str:
    lines = [f"{state:<10}{number:>8}" for state, number in facts["states"].items()]
    oldest = facts["oldest_waiting"]
    waits = f"{timedelta(seconds=oldest['seconds'])}  {oldest['kind']} {oldest['id']}" if oldest else "nothing"
    return "\n".join([*lines, f"waits longest: {waits}", f"late (24 hours): {facts['overdue']}"])
