"""What had to go out a day ago and did not: messages, and the commands that write reminders.

It is worked out whenever somebody asks, so it also tells when the worker or beat stands still.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.models import Message, ScheduledRun

ALARM_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Alarm:
    """How many messages are late, and which scheduled commands did not succeed for a day."""

    messages: int = 0
    commands: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.messages or self.commands)


def alarm() -> Alarm:
    moment = timezone.now() - ALARM_AFTER
    behind = ScheduledRun.objects.filter(name__in=scheduled(), succeeded_at__lte=moment).order_by("name")
    return Alarm(Message.objects.late(moment).count(), tuple(behind.values_list("name", flat=True)))


def scheduled() -> set[str]:
    """The commands that the calendar starts now; one that went with an older version is not waited for."""
    entries: list[dict[str, Any]] = list(settings.CELERY_BEAT_SCHEDULE.values())
    return {entry["args"][0] for entry in entries if entry.get("args")}
