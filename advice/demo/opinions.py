"""What members think of a draft: asked some days ago, a few answered, the others are still asked. Two propose."""

from advice.actions.opinions import enter_opinion, give_opinion, open_round
from advice.actions.proposals import propose
from advice.demo.world import World, read
from advice.models import Advice, Opinion, OpinionRound, Proposal
from advice.states import ProposalAction


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
    propose_texts(world, advice, on=on + 3)


def propose_texts(world: World, advice: Advice, *, on: int) -> None:
    for facts in read("opinions.json")["proposals"]:
        part = advice.recommendations.get(number=facts["recommendation"])
        person, by = world.people[facts["by"]], world.people[facts.get("entered_by", facts["by"])]
        on_behalf = {"person": person, "channel": facts["channel"]} if "entered_by" in facts else {}
        propose(
            advice, part=part, original=part.text, action=ProposalAction.REPLACE, text=facts["text"],
            why=facts["why"], by=by, **on_behalf,
        )  # fmt: skip
    Proposal.objects.filter(advice=advice).update(proposed_at=world.moment(on))
