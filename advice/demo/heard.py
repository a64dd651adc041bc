"""What was heard: activities of every form, linked to the topics."""

from advice.demo.world import World, read, same_id
from consultations.actions import add_activity
from consultations.models import Activity


def build(world: World) -> None:
    for facts in read("activities.json"):
        key, on = facts.pop("key"), facts.pop("on")
        activity = add_activity(
            world.councils[facts.pop("council")], by=world.people[facts.pop("by")],
            topics=[world.topics[facts.pop("topic")]], public_id=same_id(key), held_on=world.day(on), **facts,
        )  # fmt: skip
        Activity.objects.filter(pk=activity.pk).update(entered_at=world.moment(on))  # the verb knows only this moment
        world.activities[key] = activity
