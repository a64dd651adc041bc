from tests.access.table import OK, ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row


def meeting(world) -> list:
    return [world.council.slug, world.meeting.public_id]


def invitee(world) -> list:
    return [*meeting(world), world.invitee.pk]


def round(world) -> list:
    return [*meeting(world), world.round.pk]


# Nobody of the cast in this meeting is invited on paper, so there are no letters.
NO_LETTERS = {**ROOM_SECRETARY, "secretary": 404, "official": 404}
# The chair may choose somebody on behalf of a member, as the member may herself.
OWN_OR_LEADERS = {**ROOM, "member": OK}

ROWS = {
    "meetings:send_invitations": Row(meeting, post=ROOM_LEADERS),
    "meetings:add_guest": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:undo_invitations": Row(round, post=ROOM_LEADERS),
    "meetings:send_invitations_now": Row(round, post=ROOM_LEADERS),
    "meetings:withdraw_invitation": Row(invitee, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:deputy": Row(invitee, get=OWN_OR_LEADERS, post=OWN_OR_LEADERS),
    "meetings:letters": Row(meeting, get=NO_LETTERS),
}
