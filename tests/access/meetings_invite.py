from django.core import signing

from meetings.views.public import SALT
from tests.access.table import COUNCIL_ROOM, COUNCIL_SECRETARY, OK, PUBLIC, ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row


def meeting(world) -> list:
    return [world.council.slug, world.meeting.public_id]


def invitee(world) -> list:
    return [*meeting(world), world.invitee.pk]


def round(world) -> list:
    return [*meeting(world), world.round.pk]


def council(world) -> list:
    return [world.council.slug]


def public(world) -> list:
    return [world.council.slug, world.public_meeting.public_id]


# The chair may choose somebody on behalf of a member, as the member may herself.
OWN_OR_LEADERS = {**ROOM, "member": OK}

ROWS = {
    "meetings:send_invitations": Row(meeting, post=ROOM_LEADERS),
    "meetings:add_guest": Row(meeting, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:undo_invitations": Row(round, post=ROOM_LEADERS),
    "meetings:send_invitations_now": Row(round, post=ROOM_LEADERS),
    "meetings:withdraw_invitation": Row(invitee, get=ROOM_LEADERS, post=ROOM_LEADERS),
    "meetings:deputy": Row(invitee, get=OWN_OR_LEADERS, post=OWN_OR_LEADERS),
    # What people need: the secretary and nobody else of the room, of another council or of the authority.
    "meetings:care_list": Row(meeting, get=ROOM_SECRETARY),
    "meetings:visitors": Row(public, get=ROOM_SECRETARY),
    "meetings:needs_of": Row(
        lambda world: [world.council.slug, world.member_membership.public_id],
        get=COUNCIL_SECRETARY,
        post=COUNCIL_SECRETARY,
    ),
    "meetings:own_needs": Row(council, get=COUNCIL_ROOM, post=COUNCIL_ROOM),
    "meetings:posted": Row(meeting, get=ROOM_SECRETARY, post=ROOM_SECRETARY),
    "meetings:call_list": Row(meeting, get=ROOM_SECRETARY),
    "meetings:phoned": Row(invitee, post=ROOM_SECRETARY),
    "meetings:public_meeting": Row(public, get=PUBLIC, post=PUBLIC),
    "meetings:public_calendar_file": Row(public, get=PUBLIC),
    "meetings:visit": Row(
        lambda world: [signing.dumps(str(world.unseen_visitor.public_id), salt=SALT)], get=PUBLIC, post=PUBLIC
    ),
    "meetings:letters": Row(
        lambda world: [world.council.slug, world.paper_invitee.meeting.public_id], get=ROOM_SECRETARY
    ),
}
