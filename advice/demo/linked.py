"""A letter that was withdrawn by a new one, and an advice of two councils of which one still has to adopt it."""

from advice.actions.letter_details import details_of, save_details, seen_digest
from advice.actions.linking import start_linked
from advice.actions.saving import save_section
from advice.demo import advices
from advice.demo.world import World
from advice.interchange import html_of
from advice.models import Advice
from advice.states import Relation

WHY = (
    "De vervoerder heeft de bushalte zelf al teruggezet. Sinds deze week stopt lijn 4 weer bij het gezondheidscentrum. "
    "U hoeft ons dus geen antwoord meer te geven."
)


def withdraw(world: World) -> None:
    """The stop came back before the municipality had answered."""
    advice = advices.write(world, "bushalte", council="asw", by="riet", on=-84, authorities=["waterveen"])
    advices.decide(world, advice, by="saskia", on=-80, present=8, in_favour=8)
    letter = advices.send(world, advice, on=-78, by="saskia", published=-76)
    withdrawal = start_linked(letter, Relation.WITHDRAWAL, by=world.people["saskia"])
    say_why(world, withdrawal)
    advices.decide(world, withdrawal, by="saskia", on=-68, present=8, in_favour=8)
    advices.send(world, withdrawal, on=-67, by="saskia", published=-66)


def say_why(world: World, withdrawal: Advice) -> None:
    saskia = world.people["saskia"]
    for part in withdrawal.sections.all():
        text = html_of(WHY)
        save_section(withdrawal, part, heading=part.heading, text=text, version=part.version, by=saskia)
    details = details_of(withdrawal) | {"plain_summary": "De bushalte is terug. Ons advies is niet meer nodig."}
    save_details(withdrawal, details, seen=seen_digest(withdrawal), by=saskia)


def write_together(world: World) -> None:
    """Adopted by the council that leads; the other one is asked to adopt the same text."""
    advice = advices.write(world, "achttien-jaar", council="asw", by="roshni", on=-16, authorities=["waterveen"])
    advice.joint_with.add(world.councils["jwh"])
    advices.decide(world, advice, by="saskia", on=-4, present=8, in_favour=8)
