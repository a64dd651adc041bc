from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Exists, OuterRef
from django.utils import timezone

from advice.models import Elector, Vote
from portal.post import post

BEFORE = timedelta(days=2)  # so long before the closing time
AFTER_OPENING = timedelta(days=1)  # and never so soon after the first message


class Command(BaseCommand):
    help = "Remind who has not voted, some days before the closing time. Once per closing time; a vote cancels it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        now = timezone.now()
        voted = Vote.objects.filter(procedure=OuterRef("procedure"), person=OuterRef("person"))
        silent = Elector.objects.filter(
            ~Exists(voted), recused_at=None, procedure__closed_at=None, procedure__closes_at__gt=now,
            procedure__closes_at__lte=now + BEFORE, procedure__opened_at__lte=now - AFTER_OPENING,
        )  # fmt: skip
        due = list(silent.select_related("procedure", "person").order_by("pk"))
        for elector in due if apply else []:
            procedure = elector.procedure
            post(
                "advice.vote_reminder", elector.person, about=procedure,
                cause=f"vote:{procedure.pk}:before:{procedure.closes_at.isoformat(timespec='minutes')}",
                council_id=procedure.council_id,
            )  # fmt: skip
        self.stdout.write(f"{len(due)} have not voted, {'reminded' if apply else 'nothing done'}")
