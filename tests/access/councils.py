from tests.access.table import ADMINISTRATION, AUTHORITY_DESK, COUNCIL_ROOM, PUBLIC, Row


def council(world) -> list:
    return [world.council.slug]


def authority(world) -> list:
    return [world.authority.slug]


ROWS = {
    "councils:room": Row(council, get=COUNCIL_ROOM),
    "councils:rulebook": Row(council, get=COUNCIL_ROOM),
    "councils:rulebook_public": Row(council, get=PUBLIC),
    "councils:desk": Row(authority, get=AUTHORITY_DESK),
    "councils:administration": Row(get=ADMINISTRATION),
}
