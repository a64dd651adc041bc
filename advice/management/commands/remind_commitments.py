from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from advice.promises import cause_of, due_for_reminder
from advice.reaching import people_of_authority
from portal.post import post


class Command(BaseCommand):
    help = "Remind the authority of its promises: two weeks before the last day, and the day after. Once per last day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        near, late = due_for_reminder()
        found = [("advice.promise_near", "before", list(near)), ("advice.promise_late", "after", list(late))]
        for kind, which, promises in found if apply else []:
            for promise in promises:
                for person in people_of_authority(promise.answer.response.copy):
                    cause = cause_of(promise, which)
                    post(kind, person, about=promise, cause=cause, authority_id=promise.authority_id)
        counts = [len(promises) for _kind, _which, promises in found]
        done = "reminded" if apply else "nothing done"
        self.stdout.write(f"{counts[0]} promises are almost due, {counts[1]} have just passed, {done}")
