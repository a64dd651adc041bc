from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from advice.models import LetterCopy
from advice.reaching import people_of_authority
from advice.terms import PASSED, cause_of, stage_of, waiting_copies
from consultations.recipients import leaders_of
from portal.post import post


class Command(BaseCommand):
    help = (
        "Remind the authority of the last day of its answer: two weeks and three days before, and the day after; then "
        "the council hears too which step is ready. Once per last day; of what was missed only the newest."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        today, near, late = timezone.localdate(), 0, 0
        for copy in waiting_copies(today):
            stage = stage_of(copy, today)
            near, late = near + (stage not in ("", PASSED)), late + (stage == PASSED)
            if stage and apply:
                remind(copy, stage)
        done = "reminded" if apply else "nothing done"
        self.stdout.write(f"{near} answers are almost due, {late} have just passed, {done}")


def remind(copy: LetterCopy, stage: str) -> None:
    cause = cause_of(copy, stage)
    kind = "advice.response_overdue" if stage == PASSED else "advice.response_reminder"
    for person in people_of_authority(copy):
        post(kind, person, about=copy, cause=cause, authority_id=copy.authority_id)
    for person in leaders_of(copy.council) if stage == PASSED else []:
        post("advice.response_silence", person, cause=cause, about=copy, council_id=copy.council_id)
