from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from meetings.actions.packs import ask_pack
from meetings.models import MeetingPack
from meetings.states import PackState
from meetings.supplements import supplements_due
from meetings.tasks import ask_to_make, fail
from portal.access import Refused

QUIET = timedelta(minutes=1)  # so long has the task of the pack itself
GIVE_UP = timedelta(hours=6)  # a pack that takes every worker down is not tried for ever


class Command(BaseCommand):
    help = (
        "Make the packs that were asked and are not there, after a lost queue or a worker that was killed; and the "
        "supplement of what changed after a pack went out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        now = timezone.now()
        waiting = MeetingPack.objects.filter(
            state__in=[PackState.WAITING, PackState.WORKING], asked_at__lte=now - QUIET
        )
        left = list(waiting.select_related("meeting").order_by("asked_at"))
        for pack in left if apply else []:
            if pack.asked_at < now - GIVE_UP:
                fail(pack, "time")
            else:
                ask_to_make(pack.pk)
        changed = supplements_due()
        for meeting, large in changed if apply else []:
            with suppress(Refused):  # somebody was before us
                ask_to_make(ask_pack(meeting, large=large, by=None).pk)
        done = "handed over" if apply else "nothing done"
        self.stdout.write(f"{len(left)} packs to make, {done}")
        self.stdout.write(f"{len(changed)} supplements to make, {done}")
