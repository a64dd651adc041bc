"""Year plan, date polls, templates, copies and parts."""

from meetings.emails.polls import poll_token
from tests.access.table import AUTHORITY_DESK, COUNCIL_LEADERS, PUBLIC, ROOM, ROOM_LEADERS, Row


def council(world) -> list:
    return [world.council.slug]


def poll(world) -> list:
    return [world.council.slug, world.poll.public_id]


def part(world) -> list:
    return [world.council.slug, world.part.public_id]


ROWS = {
    "meetings:new_poll": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:poll": Row(poll, get=ROOM, post=ROOM),
    "meetings:poll_answer_for": Row(lambda world: [*poll(world), world.member.pk], get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:choose_date": Row(poll, post=ROOM_LEADERS, data=lambda world: {"option": world.option.pk}),
    "meetings:close_poll": Row(poll, post=ROOM_LEADERS),
    "meetings:poll_link": Row(lambda world: [poll_token(world.poll, world.member)], get=PUBLIC, post=PUBLIC),
    "meetings:year_plan": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:copy": Row(
        lambda world: [world.council.slug, world.meeting.public_id], get=ROOM_LEADERS, post=ROOM_LEADERS
    ),
    "meetings:make_template": Row(
        lambda world: [world.council.slug, world.meeting.public_id], get=ROOM_LEADERS, post=ROOM_LEADERS
    ),
    "meetings:templates": Row(council, get=COUNCIL_LEADERS),
    "meetings:remove_template": Row(lambda world: [world.council.slug, world.template.pk], post=COUNCIL_LEADERS),
    "meetings:add_part": Row(
        lambda world: [world.council.slug, world.meeting.public_id], get=ROOM_LEADERS, post=ROOM_LEADERS
    ),
    "meetings:tell_parts": Row(lambda world: [world.council.slug, world.public_meeting.public_id], post=ROOM_LEADERS),
    "meetings:edit_part": Row(part, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:part_result": Row(part, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:discuss_result": Row(part, post=ROOM_LEADERS),
    "meetings:consultations": Row(lambda world: [world.authority.slug], get=AUTHORITY_DESK),
    # A paper of a meeting that is no consultation does not exist at the desk.
    "meetings:consultation_paper": Row(
        lambda world: [world.authority.slug, world.paper.pk], get={**AUTHORITY_DESK, "civil_servant": 404}
    ),
}
