"""Year plan, date polls, templates, copies and parts."""

from meetings.emails.polls import poll_token
from tests.access.table import COUNCIL_LEADERS, PUBLIC, ROOM, ROOM_LEADERS, Row


def council(world) -> list:
    return [world.council.slug]


def poll(world) -> list:
    return [world.council.slug, world.poll.public_id]


ROWS = {
    "meetings:new_poll": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:poll": Row(poll, get=ROOM, post=ROOM),
    "meetings:poll_answer_for": Row(lambda world: [*poll(world), world.member.pk], get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:choose_date": Row(poll, post=ROOM_LEADERS, data=lambda world: {"option": world.option.pk}),
    "meetings:close_poll": Row(poll, post=ROOM_LEADERS),
    "meetings:poll_link": Row(lambda world: [poll_token(world.poll, world.member)], get=PUBLIC, post=PUBLIC),
    "meetings:year_plan": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
}
