from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from meetings.emails.minutes import cause_of_action
from meetings.models import ActionItem
from portal.post import post

BEFORE = timedelta(days=3)
OF_USE = timedelta(days=14)  # an old list that is taken over is no reason for mail


class Command(BaseCommand):
    help = "Remind of an action three days before its last day and once after it. An action that is done is silent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it; without it, only count")

    def handle(self, *, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        waiting = ActionItem.objects.open().select_related("owner")
        near = list(waiting.filter(due_on__range=(today, today + BEFORE)))
        late = list(waiting.filter(due_on__range=(today - OF_USE, today - timedelta(days=1))))
        for kind, actions in (("meetings.action_near", near), ("meetings.action_late", late)):
            for action in actions if apply else []:
                post(kind, action.owner, about=action, cause=cause_of_action(action), council_id=action.council_id)
        self.stdout.write(f"{len(near)} near and {len(late)} late, {'reminded' if apply else 'nothing done'}")
