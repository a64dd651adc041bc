from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from advice.following_up import day_of, letters_to_look_back_on
from consultations.recipients import secretaries_of
from portal.post import post


class Command(BaseCommand):
    help = "Ask the secretary to look back on a letter whose day has come. Once per letter and day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        letters = list(letters_to_look_back_on().select_related("council", "follow_up").order_by("pk"))
        for letter in letters if apply else []:
            for person in secretaries_of(letter.council):
                post(
                    "advice.look_back", person, about=letter, council_id=letter.council_id,
                    cause=f"look_back:{letter.pk}:{day_of(letter).isoformat()}",
                )  # fmt: skip
        self.stdout.write(f"{len(letters)} letters to look back on, {'asked' if apply else 'nothing done'}")
