"""The example installation: fictional municipalities, councils and advices, built with the verbs of all floors.

Texts stand in data/; the order of events in story.py. Days are counted from today, so that the example stays fresh.
"""

from django.db import transaction
from django.utils import timezone, translation

from advice.demo import agenda, councils, heard, meetings, minutes, people, preparing, settling, story
from advice.demo.world import World
from councils.models import Council


def exists() -> bool:
    return Council.objects.filter(name=councils.COUNCILS["asw"]["name"]).exists()


@transaction.atomic
def build() -> World:
    """All of it or nothing. Mails of the past count as sent; only those of today go out."""
    with translation.override("nl"):
        world = World(timezone.localdate())
        people.appoint_administrator(world)
        councils.build(world)
        people.build(world)
        councils.add_topics(world)
        agenda.build(world)
        heard.build(world)
        meetings.build(world)
        minutes.build(world)
        preparing.build(world)
        story.tell(world)
        settling.send_off_the_past(world)
        story.tell_today(world)
        preparing.tell_today(world)
    return world
