"""What lies ready for later: the usual agenda, needs, a year of meetings, a question about dates, a proposal."""

from datetime import date, datetime, timedelta

from advice.demo.meetings import SECRETARY, at, tuesday
from advice.demo.world import World, same_id
from meetings.actions.needs import state_needs
from meetings.actions.polls import answer_poll, open_poll
from meetings.actions.proposing import propose_item
from meetings.actions.visitors import announce
from meetings.actions.year import plan_year
from meetings.states import Aim, DateAnswerChoice, MeetingKind
from portal.models import Person

# What they need, of who said so.
NEEDS = {
    "riet": {"papers_on_paper": True, "large_print": True, "call_before": True},
    "kees": {"papers_on_paper": True, "taxi": True},
    "lukasz": {"wheelchair": True, "companion": True},
    "sjukje": {"hearing_loop": True},
}
YES, MAYBE, NO = DateAnswerChoice.YES, DateAnswerChoice.MAYBE, DateAnswerChoice.NO
SUIT = {"henk": (YES, YES, NO), "lukasz": (NO, YES, MAYBE), "roshni": (YES, YES, YES)}
MEETINGS_A_YEAR = 8
WEEKS_BETWEEN = 6


def build(world: World) -> None:
    saskia = world.people[SECRETARY["asw"]]
    for key, needs in NEEDS.items():
        state_needs(world.councils["asw"], world.people[key], by=saskia, **needs)
    plan_ahead(world, saskia)
    ask_for_dates(world, saskia)


def plan_ahead(world: World, by: Person) -> None:
    """Concepts, all of them on a Tuesday evening."""
    first = 15 + WEEKS_BETWEEN * 7
    days = [tuesday(world, first + number * WEEKS_BETWEEN * 7) for number in range(MEETINGS_A_YEAR)]
    plan_year(
        world.councils["asw"], [(at(day, "19:30"), at(day, "21:30")) for day in days], key=same_id("asw-year"), by=by,
        title="Vergadering adviesraad", kind=MeetingKind.PLENARY, is_public=True,
        place="Gemeentehuis Waterveen, zaal De Dijk (voorbeeld)",
    )  # fmt: skip


def ask_for_dates(world: World, by: Person) -> None:
    first = tuesday(world, 20)
    spans = [span(first + timedelta(days=later), clock) for later, clock in enumerate(("10:00", "14:00", "19:30"))]
    poll = open_poll(
        world.councils["asw"], title="Werkgroep vervoer", kind=MeetingKind.WORKING_GROUP, spans=spans, by=by,
        answer_by=world.today + timedelta(days=9), place="Buurthuis De Ark (voorbeeld)",
    )  # fmt: skip
    options = list(poll.options.order_by("starts_at"))
    for key, said in SUIT.items():
        person = world.people[key]
        answer_poll(poll, person, {one.pk: answer for one, answer in zip(options, said, strict=True)}, by=person)


def span(day: date, clock: str) -> tuple[datetime, datetime]:
    starts_at = at(day, clock)
    return starts_at, starts_at + timedelta(hours=2)


def tell_today(world: World) -> None:
    """After the invitations: somebody proposes an item, and somebody from the town comes to listen."""
    fatma, meeting = world.people["fatma"], world.meetings["asw-next"]
    propose_item(
        meeting.council, title="Bankjes bij de bushalte", why="Veel mantelzorgers moeten daar lang staan.",
        aim=Aim.DISCUSS, minutes=15, person=fatma, meeting=meeting, by=fatma,
    )  # fmt: skip
    announce(meeting, name="Familie Visscher (voorbeeld)", people=2, needs="Een plek vooraan, ik hoor slecht.")
