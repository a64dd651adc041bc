from tests.access.meetings import council, meeting
from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, GONE, ROOM, ROOM_LEADERS, Row


def item(world) -> list:
    return [*meeting(world), world.item.pk]


def paper(world) -> list:
    return [*meeting(world), world.paper.pk]


def standing(world) -> list:
    return [*council(world), world.standing.pk]


def pack(world) -> list:
    return [*meeting(world), world.pack.public_id]


ROWS = {
    "meetings:packs": Row(meeting, get=ROOM),
    "meetings:ask_pack": Row(meeting, post=ROOM_LEADERS),
    "meetings:pack_file": Row(pack, get=ROOM),
    "meetings:retry_pack": Row(pack, post=ROOM_LEADERS),
    "meetings:pack_sent": Row(pack, post=ROOM_LEADERS),
    "meetings:standing": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:start_standing": Row(council, post=COUNCIL_LEADERS),
    "meetings:edit_standing": Row(standing, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:order_standing": Row(standing, post=COUNCIL_LEADERS),
    "meetings:remove_standing": Row(standing, post=COUNCIL_LEADERS),
    "meetings:propose": Row(council, get=COUNCIL_ROOM, post=COUNCIL_ROOM),
    "meetings:decline_proposal": Row(
        lambda world: [*council(world), world.item_proposal.public_id], get=ROOM_LEADERS, post=ROOM_LEADERS
    ),
    "meetings:place_offer": Row(meeting, post=ROOM_LEADERS, data=lambda world: {"offer": "all"}),
    "meetings:agenda": Row(meeting, get=ROOM_LEADERS),
    "meetings:add_item": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:edit_item": Row(item, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:order_item": Row(item, post=ROOM_LEADERS),
    "meetings:remove_item": Row(item, post=ROOM_LEADERS),
    "meetings:paper": Row(paper, get=ROOM),
    "meetings:edit_paper": Row(paper, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:remove_paper": Row(paper, post=ROOM_LEADERS),
    # The meeting of the world is not public: its papers do not exist for everybody.
    "meetings:public_paper": Row(lambda world: [*meeting(world), world.secret_file.public_id], get=GONE),
}
