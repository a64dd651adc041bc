"""What members think of a draft: asked some days ago, a few answered, the others are still asked."""

from advice.actions.opinions import enter_opinion, give_opinion, open_round
from advice.demo.world import World, read
from advice.models import Advice, Opinion, OpinionRound


def ask_members(world: World, advice: Advice, *, on: int, until: int) -> None:
    saskia = world.people["saskia"]
    round = open_round(advice, closes_on=world.day(until), by=saskia)
    for facts in read("opinions.json")["opinions"]:
        person = world.people[facts["by"]]
        said = {"choice": facts["choice"], "text": facts["text"], "in_letter": facts.get("in_letter", False)}
        if "entered_by" in facts:
            enter_opinion(round, person=person, channel=facts["channel"], by=world.people[facts["entered_by"]], **said)
        else:
            give_opinion(round, by=person, **said)
    OpinionRound.objects.filter(pk=round.pk).update(opened_at=world.moment(on))
    Opinion.objects.filter(round=round).update(given_at=world.moment(on + 2))
