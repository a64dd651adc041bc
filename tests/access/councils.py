from tests.access.table import ADMINISTRATION, AUTHORITY_DESK, COUNCIL_ROOM, Row


def council(world) -> list:
    return [world.council.slug]


def authority(world) -> list:
    return [world.authority.slug]


ROWS = {
    "councils:room": Row(council, get=COUNCIL_ROOM),
    "councils:desk": Row(authority, get=AUTHORITY_DESK),
    "councils:administration": Row(get=ADMINISTRATION),
}
