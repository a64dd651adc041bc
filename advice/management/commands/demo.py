"""`script/manage demo`: the example data, the same every time."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from advice import demo
from advice.models import Advice
from portal.models import Message
from portal.states import MessageState


class Command(BaseCommand):
    help = (
        "Load the example: fictional municipalities, councils, people and advices. Once; a second time changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE_INSTALLATION:
            raise CommandError("This is no example installation: the accounts of the example have known passwords.")
        if demo.exists():
            self.say("The example is there already; nothing was changed.", options)
            return
        world = demo.build()
        advices = Advice.objects.filter(council__in=world.councils.values()).count()
        mails = Message.objects.filter(
            state=MessageState.WAITING, council_id__in=[c.pk for c in world.councils.values()]
        )
        self.say(
            f"Made {len(world.authorities)} authorities, {len(world.councils)} councils, {len(world.people)} people"
            f" and {advices} advices. {mails.count()} mails wait for the worker.",
            options,
        )

    def say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(text)
