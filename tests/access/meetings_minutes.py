from tests.access.meetings import council
from tests.access.table import COUNCIL_ROOM, OK, ROOM, ROOM_LEADERS, Row


def held(world) -> list:
    return [world.council.slug, world.held.public_id]


def held_item(world) -> list:
    return [*held(world), world.held_item.pk]


TEXT = {"report": "Besproken.", "version": "1"}

ROWS = {
    "meetings:report": Row(held, get=ROOM),
    "meetings:write_item": Row(held_item, get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda world: TEXT),
    "meetings:keep_item": Row(held_item, post=ROOM_LEADERS, data=lambda world: TEXT),
    "meetings:item_versions": Row(held_item, get=ROOM_LEADERS),
    "meetings:actions": Row(council, get=COUNCIL_ROOM, post=COUNCIL_ROOM),
    "meetings:finish_action": Row(
        lambda world: [world.council.slug, world.action.number], post=ROOM_LEADERS | {"member": OK}
    ),
}
