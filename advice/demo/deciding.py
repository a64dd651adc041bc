"""A vote in writing that is under way, a decision that the board took by mandate, and the words of a council."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from advice.actions.mandate import decide_by_mandate
from advice.actions.procedures import open_procedure
from advice.actions.votes import cast_vote
from advice.actions.words import start_word_list, write_rather
from advice.demo.world import World
from advice.models import Advice, Vote, WrittenProcedure
from advice.states import EnteredBy, VoteChoice

CLOSES_IN = timedelta(days=5)
VOTES = {"henk": VoteChoice.IN_FAVOUR, "lukasz": VoteChoice.IN_FAVOUR, "anneke": VoteChoice.ABSTAINED}
RATHER = {"conform": "volgens", "uitstroom": "wie stopt met de hulp", "toegankelijkheid": "of iedereen erin kan"}


def put_to_vote(world: World, advice: Advice, *, on: int) -> None:
    """Opened some days ago; a few have voted, one of them on paper. The others are still asked."""
    saskia = world.people["saskia"]
    evening = datetime.combine(world.today + CLOSES_IN, time(20))
    procedure = open_procedure(
        advice, closes_at=timezone.make_aware(evening), by=saskia,
        reason="De gemeente stelt de lichten volgende week opnieuw in. Dat is voor onze vergadering.",
    )  # fmt: skip
    for name, choice in VOTES.items():
        cast_vote(procedure, world.people[name], choice=choice, by=world.people[name])
    cast_vote(
        procedure, world.people["riet"], choice=VoteChoice.IN_FAVOUR, by=saskia, channel=EnteredBy.PAPER,
        explanation="Ik steek daar elke dag over.",
    )  # fmt: skip
    WrittenProcedure.objects.filter(pk=procedure.pk).update(opened_at=world.moment(on))
    Vote.objects.filter(procedure=procedure).update(cast_at=world.moment(on + 1))


def by_mandate(world: World, advice: Advice) -> None:
    """It could not wait; the next meeting still has to ratify it."""
    people = world.people
    decide_by_mandate(
        advice, reason="Bewoners komen niet naar buiten. De vergadering is pas over drie weken.",
        agreed=[people["pieter"], people["joke"]], decided_on=world.day(-3), by=people["hilde"],
    )  # fmt: skip


def keep_words(world: World) -> None:
    council, saskia = world.councils["asw"], world.people["saskia"]
    start_word_list(council, by=saskia)
    for hard, plain in RATHER.items():
        write_rather(council, hard=hard, plain=plain, by=saskia)
