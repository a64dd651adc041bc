from tests.access.table import AUTHORITY_DESK, COUNCIL_LEADERS, COUNCIL_ROOM, COUNCIL_SECRETARY, Row


def at_desk(world):
    return [world.authority.slug]


def desk_topic(world):
    return [world.authority.slug, world.topic.public_id]


def desk_talk(world):
    return [*desk_topic(world), world.talk.public_id]


def in_room(world):
    return [world.council.slug]


def room_topic(world):
    return [world.council.slug, world.topic.public_id]


def room_talk(world):
    return [*room_topic(world), world.talk.public_id]


def announced(world):
    return {"name": "Vervoer", "phase": "preparation", "request_expected_on": "2027-03-01"}


def reason(world):
    return {"reason": "Het gaat niet door."}


def talked(world):
    return {"held_on": "2026-01-05", "said": "Houd de bus."}


def taken(world):
    return {"taken_along": "De bus blijft."}


# The authority takes part, so it keeps the agenda itself: the secretary is sent back to the list.
ROWS: dict[str, Row] = {
    "consultations:agenda": Row(at_desk, get=AUTHORITY_DESK),
    "consultations:announce": Row(at_desk, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=announced),
    "consultations:topic": Row(desk_topic, get=AUTHORITY_DESK),
    "consultations:change_announcement": Row(desk_topic, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=announced),
    "consultations:drop_topic": Row(desk_topic, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=reason),
    "consultations:ask_from_topic": Row(desk_topic, post=AUTHORITY_DESK),
    "consultations:record_talk": Row(desk_topic, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=talked),
    "consultations:answer_talk": Row(desk_talk, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=taken),
    "consultations:correct_talk": Row(desk_talk, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=talked),
    "consultations:council_agenda": Row(in_room, get=COUNCIL_ROOM),
    "consultations:council_announce": Row(in_room, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY, data=announced),
    "consultations:council_topic": Row(room_topic, get=COUNCIL_ROOM),
    "consultations:council_change_announcement": Row(
        room_topic, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY, data=announced
    ),
    "consultations:council_drop_topic": Row(room_topic, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY, data=reason),
    "consultations:council_record_talk": Row(room_topic, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=talked),
    "consultations:council_correct_talk": Row(room_talk, get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=talked),
    "consultations:council_answer_talk": Row(room_talk, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY, data=taken),
}
