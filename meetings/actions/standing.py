"""The items with which every agenda of a council begins and ends."""

from typing import Any

from django.db import transaction

from councils.models import Council
from meetings.models import StandingItem
from meetings.states import Aim, ItemOrigin
from portal.audit import record
from portal.models import Person

# What Dutch councils usually have. The words are content of the agenda, so they are Dutch.
USUAL: list[tuple[str, str, int, str, bool]] = [
    ("Opening", Aim.INFORM, 5, ItemOrigin.STANDING, False),
    ("Agenda vaststellen", Aim.DECIDE, 5, ItemOrigin.STANDING, False),
    ("Verslag van de vorige vergadering", Aim.DECIDE, 10, ItemOrigin.LAST_MINUTES, False),
    ("Lijst van acties en besluiten", Aim.DISCUSS, 10, ItemOrigin.OPEN_ACTIONS, False),
    ("Mededelingen en ingekomen stukken", Aim.INFORM, 10, ItemOrigin.STANDING, False),
    ("Nieuws uit de werkgroepen", Aim.INFORM, 10, ItemOrigin.STANDING, True),
    ("Rondvraag", Aim.INFORM, 10, ItemOrigin.STANDING, True),
    ("Sluiting", Aim.INFORM, 5, ItemOrigin.STANDING, True),
]


@transaction.atomic
def start_standing(council: Council, *, by: Person) -> list[StandingItem]:
    """The usual list, for a council that has none yet."""
    lock(council)
    if council.standing_items.exists():
        return []
    made = StandingItem.objects.bulk_create(
        StandingItem(
            council=council, position=position, title=title, aim=aim, minutes=minutes, origin=origin, at_end=at_end
        )
        for position, (title, aim, minutes, origin, at_end) in enumerate(USUAL, 1)
    )
    for item in made:
        record("standing_item.saved", item, by=by)
    return made


@transaction.atomic
def save_standing(council: Council, item: StandingItem | None, *, by: Person, **facts: Any) -> StandingItem:
    """A new one comes last of its half. Agendas that exist stay as they are."""
    lock(council)
    if item is None:
        last = council.standing_items.order_by("-position").values_list("position", flat=True).first() or 0
        item = StandingItem(council=council, position=last + 1)
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    record("standing_item.saved", item, by=by)
    return item


@transaction.atomic
def move_standing(item: StandingItem, *, up: bool, by: Person) -> StandingItem:
    """One place, within its own half: what begins the agenda, or what ends it."""
    lock(item.council)
    half = list(item.council.standing_items.filter(at_end=item.at_end))
    at = [one.pk for one in half].index(item.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(half):
        return item
    half[at], half[to] = half[to], half[at]
    for position, one in enumerate(half, 1):
        one.position = position
    StandingItem.objects.bulk_update(half, ["position"])
    record("standing_item.moved", item, by=by)
    return item


@transaction.atomic
def remove_standing(item: StandingItem, *, by: Person) -> None:
    record("standing_item.removed", item, by=by)
    item.delete()


def lock(council: Council) -> None:
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
