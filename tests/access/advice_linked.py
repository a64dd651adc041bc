from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row

# The authority knows that the letter exists; what the council writes about it is the council's.
LEADERS = {**ROOM_LEADERS, "civil_servant": 403}
DAY = {
    "decided_on_day": "5",
    "decided_on_month": "9",
    "decided_on_year": "2026",
    "signatories": "C. Bakker, chair",
}


def invited(world) -> list:
    """A joint letter that another council leads, in the room of this one."""
    return [world.council.slug, world.joint.invited.public_id]


ROWS: dict[str, Row] = {
    "advice:write_after": Row(
        lambda w: [w.council.slug, w.unpublished.public_id],
        get=LEADERS,
        post=LEADERS,
        data=lambda w: {"relation": "withdrawal"},
    ),
    "advice:joint": Row(invited, get=COUNCIL_ROOM),
    "advice:adopt_jointly": Row(
        invited,
        get=COUNCIL_LEADERS,
        post=COUNCIL_LEADERS,
        data=lambda w: {**DAY, "seen": w.joint.invited.adopted_texts.get().sha256},
    ),
    "advice:decline_jointly": Row(
        invited,
        get=COUNCIL_LEADERS,
        post=COUNCIL_LEADERS,
        data=lambda w: {"reason": "Te duur.", "seen": w.joint.invited.adopted_texts.get().sha256},
    ),
    "advice:joint_pdf": Row(lambda w: [w.council.slug, w.joint.sent.public_id, w.authority.slug], get=COUNCIL_ROOM),
    "advice:joint_attachment": Row(
        lambda w: [w.council.slug, w.joint.sent.public_id, w.secret_file.public_id], get=COUNCIL_ROOM
    ),
    "advice:register_jointly": Row(
        lambda w: [w.council.slug, w.joint.led.public_id, w.joint.other.slug],
        get=ROOM_SECRETARY,
        post=ROOM_SECRETARY,
        data=lambda w: {**DAY, "proof": "Mail van hun voorzitter."},
    ),
}
