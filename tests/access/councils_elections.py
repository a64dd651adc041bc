from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row


def ballot(world) -> list:
    return [world.council.slug, world.election.public_id]


ROWS = {
    "councils:elections": Row(lambda w: [w.council.slug], get=COUNCIL_ROOM),
    "councils:election_open": Row(
        lambda w: [w.council.slug], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=lambda w: {"role": "chair"}
    ),
    "councils:election": Row(ballot, get=ROOM),
    "councils:election_vote": Row(
        ballot, get=ROOM, post=ROOM, data=lambda w: {"candidate": w.election.candidates.get().pk, "sure": "1"}
    ),
    "councils:election_for_other": Row(ballot, get=ROOM_SECRETARY, post=ROOM_SECRETARY),
    "councils:election_close": Row(ballot, post=ROOM_LEADERS),
    "councils:election_remind": Row(ballot, post=ROOM_LEADERS),
}
