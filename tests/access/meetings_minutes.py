from tests.access.meetings import council
from tests.access.table import COUNCIL_ROOM, OK, PUBLIC, ROOM, ROOM_LEADERS, Row


def held(world) -> list:
    return [world.council.slug, world.held.public_id]


def held_item(world) -> list:
    return [*held(world), world.held_item.pk]


def adopted(world) -> list:
    return [world.council.slug, world.adopted_minutes.meeting.public_id]


def published(world) -> list:
    return [world.council.slug, world.published_minutes.meeting.public_id]


def action(world) -> list:
    return [world.council.slug, world.action.number]


def decision(world) -> list:
    return [world.council.slug, world.decision_row.number]


TEXT = {"report": "Besproken.", "version": "1"}
OWNER_TOO = ROOM_LEADERS | {"member": OK}  # the action is Fatma's

ROWS = {
    "meetings:report": Row(held, get=ROOM),
    "meetings:minutes_pdf": Row(adopted, get=ROOM),
    "meetings:write_item": Row(held_item, get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda world: TEXT),
    "meetings:keep_item": Row(held_item, post=ROOM_LEADERS, data=lambda world: TEXT),
    "meetings:item_versions": Row(held_item, get=ROOM_LEADERS),
    "meetings:ask_corrections": Row(held, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:take_back_minutes": Row(held, post=ROOM_LEADERS),
    "meetings:correct": Row(held, get=ROOM, post=ROOM, data=lambda world: {"text": "Anders."}),
    "meetings:settle_correction": Row(
        lambda world: [*held(world), world.correction.pk], get=ROOM_LEADERS, post=ROOM_LEADERS,
        data=lambda world: {"taken_over": "no", "answer": "Zo was het."},
    ),
    "meetings:adopt_minutes": Row(held, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:publish_minutes": Row(adopted, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:withdraw_minutes": Row(
        published, get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda world: {"why": "Fout."}
    ),
    "meetings:actions": Row(council, get=COUNCIL_ROOM, post=COUNCIL_ROOM),
    "meetings:actions_csv": Row(council, get=COUNCIL_ROOM),
    "meetings:finish_action": Row(action, post=OWNER_TOO),
    "meetings:reopen_action": Row(action, post=OWNER_TOO),
    "meetings:hand_over_action": Row(action, get=OWNER_TOO, post=OWNER_TOO),
    "meetings:decisions": Row(council, get=COUNCIL_ROOM),
    "meetings:decisions_csv": Row(council, get=COUNCIL_ROOM),
    "meetings:replace_decision": Row(decision, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:public_minutes": Row(published, get=PUBLIC),
    "meetings:public_minutes_pdf": Row(published, get=PUBLIC),
    "meetings:public_decisions": Row(council, get=PUBLIC),
}  # fmt: skip
