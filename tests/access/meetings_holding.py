from meetings.states import Attendance
from tests.access.table import COUNCIL_LEADERS, COUNCIL_SECRETARY, ROOM, ROOM_LEADERS, SIGNED_IN, Row


def meeting(world) -> list:
    return [world.council.slug, world.meeting.public_id]


def item(world) -> list:
    return [*meeting(world), world.item.pk]


def held(world) -> list:
    return [world.council.slug, world.held.public_id]


def invitee(world) -> list:
    return [*held(world), world.held_invitee.pk]


FORM = {"get": ROOM_LEADERS, "post": ROOM_LEADERS}


def council(world) -> list:
    return [world.council.slug]


ROWS = {
    "meetings:fees": Row(council, get=COUNCIL_SECRETARY),
    "meetings:fees_csv": Row(council, get=COUNCIL_SECRETARY),
    "meetings:participation": Row(council, get=COUNCIL_LEADERS),
    "meetings:own_fees": Row(get=SIGNED_IN),
    "meetings:lead": Row(meeting, get=ROOM_LEADERS),
    "meetings:open_meeting": Row(meeting, post=ROOM_LEADERS, data=lambda world: {"wie-although_early": "on"}),
    "meetings:go_to_item": Row(item, post=ROOM_LEADERS),
    "meetings:close_meeting": Row(meeting, **FORM),
    "meetings:reopen_meeting": Row(held, post=ROOM_LEADERS),
    "meetings:decide_at_item": Row(item, **FORM),
    "meetings:choose_chair": Row(meeting, **FORM),
    "meetings:choose_item_chair": Row(item, **FORM),
    "meetings:recuse": Row(
        meeting, get=ROOM, post=ROOM, data=lambda world: {"item": world.empty_item.pk, "reason": "Belang"}
    ),
    # The recusal is the member's own.
    "meetings:withdraw_recusal": Row(lambda world: [*meeting(world), world.recusal.pk], post=ROOM),
    "meetings:attendance": Row(held, **FORM),
    "meetings:arrive": Row(held, **FORM),
    "meetings:leave": Row(held, **FORM),
    "meetings:presence": Row(invitee, **FORM, data=lambda world: {"attendance": Attendance.PRESENT}),
    "meetings:note_deputy": Row(invitee, **FORM),
    "meetings:note_guest": Row(held, **FORM, data=lambda world: {"name": "Gast", "capacity": "guest"}),
    "meetings:remove_guest": Row(lambda world: [*held(world), world.guest.pk], post=ROOM_LEADERS),
}
