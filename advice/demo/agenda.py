"""What is coming: the long-term agenda of the municipalities, and who thought along."""

from advice.demo.world import World, read
from consultations.actions import announce, record_talk
from consultations.models import PolicyTopic

FACTS = ["name", "laws", "groups", "phase", "summary"]


def build(world: World) -> None:
    for facts in read("agenda.json"):
        authority, by = world.authorities[facts["authority"]], world.people[facts["by"]]
        topic = announce(
            authority, by=by, contact=by, councils=[world.councils[name] for name in facts["councils"]],
            request_expected_on=world.day(facts["request"]), decision_expected_on=world.day(facts["decision"]),
            **{name: facts[name] for name in FACTS},
        )  # fmt: skip
        PolicyTopic.objects.filter(pk=topic.pk).update(announced_on=world.day(facts["announced"]))
        world.topics[f"{facts['authority']}/{facts['name']}"] = topic
        for talk in facts["talks"]:
            record_talk(
                topic, council=world.councils[facts["councils"][0]], held_on=world.day(talk["on"]), who=talk["who"],
                said=talk["said"], taken_along=talk["taken"], by=world.people[talk["by"]], at_authority=False,
            )  # fmt: skip
