from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meetings.reminders import after, before, cause_of, secretaries_of
from portal.post import post


class Command(BaseCommand):
    help = (
        "Remind of meetings: who has not answered, who has to read, who comes, and afterwards the secretary of "
        "closing and minutes. Once per person, meeting and day; of days that were missed only the last, while it is "
        "of use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        found = [
            (kind, invitee.person, invitee, invitee.meeting, day) for kind, invitee, day in before()
        ] + [
            (kind, person, meeting, meeting, day)
            for kind, meeting, day in after() for person in secretaries_of(meeting)
        ]  # fmt: skip
        for kind, person, about, meeting, day in found if apply else []:
            post(kind, person, about=about, cause=cause_of(meeting, day), council_id=meeting.council_id)
        self.stdout.write(f"{len(found)} reminders, {'written once each' if apply else 'nothing done'}")
