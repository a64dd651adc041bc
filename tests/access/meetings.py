from meetings.emails.invitations import answer_token
from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, OK, PUBLIC, ROOM, ROOM_LEADERS, Row


def meeting(world) -> list:
    return [world.council.slug, world.meeting.public_id]


def council(world) -> list:
    return [world.council.slug]


INVITED = {"answer": "accepted"}
# Fatma is invited and everybody else of the room is not.
ONLY_INVITED = {**ROOM, "chair": 404, "secretary": 404, "official": 404}

ROWS = {
    "meetings:list": Row(council, get=COUNCIL_ROOM),
    "meetings:new": Row(council, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS),
    "meetings:detail": Row(meeting, get=ROOM),
    "meetings:edit": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:cancel": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:invite": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:answer": Row(meeting, post=ONLY_INVITED, data=lambda world: INVITED),
    "meetings:answer_for": Row(
        lambda world: [*meeting(world), world.invitee.pk], post=ROOM_LEADERS, data=lambda world: INVITED
    ),
    "meetings:calendar_file": Row(meeting, get=ROOM),
    "meetings:report": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:actions": Row(council, get=COUNCIL_ROOM, post=COUNCIL_ROOM),
    "meetings:finish_action": Row(
        lambda world: [world.council.slug, world.action.number], post=ROOM_LEADERS | {"member": OK}
    ),
    "meetings:answer_link": Row(lambda world: [answer_token(world.invitee)], get=PUBLIC, post=PUBLIC),
    "meetings:public_list": Row(council, get=PUBLIC),
}
