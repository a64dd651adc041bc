from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from advice.actions.procedures import close_procedure
from advice.models import WrittenProcedure
from councils.rules import LEADING
from portal.access import Refused
from portal.post import post


class Command(BaseCommand):
    help = "Close the votes whose closing time has passed. What the rules do not settle waits for the chair."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        over = WrittenProcedure.objects.filter(closed_at=None, closes_at__lte=timezone.now())
        due = list(over.select_related("council").order_by("closes_at"))
        closed = waiting = 0
        for procedure in due if apply else []:
            try:
                close_procedure(procedure, by=None)
                closed += 1
            except Refused:
                ask_leaders(procedure)
                waiting += 1
        done = f"{closed} closed, {waiting} for the chair" if apply else "nothing done"
        self.stdout.write(f"{len(due)} due, {done}")


def ask_leaders(procedure: WrittenProcedure) -> None:
    leaders = procedure.council.memberships.current().filter(role__in=LEADING).select_related("person")
    for person in {membership.person for membership in leaders}:
        post(
            "advice.vote_waits", person, about=procedure,
            cause=f"vote:{procedure.pk}:{procedure.closes_at.isoformat(timespec='minutes')}",
            council_id=procedure.council_id,
        )  # fmt: skip
