from tests.access.meetings import meeting
from tests.access.table import GONE, ROOM, ROOM_LEADERS, Row


def item(world) -> list:
    return [*meeting(world), world.item.pk]


def paper(world) -> list:
    return [*meeting(world), world.paper.pk]


ROWS = {
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
