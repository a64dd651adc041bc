from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from advice.actions.opinions import forget_private, remind
from advice.models import Advice, OpinionRound
from advice.states import AdviceState

AHEAD = timedelta(days=2)
DECIDED = [AdviceState.ADOPTED, AdviceState.ISSUED, AdviceState.DROPPED]


class Command(BaseCommand):
    help = "Remind who is not heard, two days before the last day; forget what was for the chair alone once decided."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        soon = OpinionRound.objects.filter(
            closed_at=None, closes_on__range=(today, today + AHEAD), opened_at__date__lt=today,
            advice__state=AdviceState.DRAFT,
        )  # fmt: skip
        decided = Advice.objects.filter(
            state__in=DECIDED, opinion_rounds__in=OpinionRound.objects.filter(totals__isnull=True)
        )
        rounds, advices = list(soon.order_by("pk")), list(decided.distinct().order_by("pk"))
        if apply:
            for round in rounds:
                remind(round)
            for advice in advices:
                forget_private(advice, by=None)
        done = "done" if apply else "nothing done"
        self.stdout.write(f"{len(rounds)} rounds end soon, {len(advices)} to settle, {done}")
