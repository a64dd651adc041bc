from tests.access.table import DESK, ROOM, Row

ROWS: dict[str, Row] = {
    "advice:desk_overview": Row(lambda w: [w.authority.slug, w.request.public_id], get=DESK),
    "advice:room_overview": Row(lambda w: [w.council.slug, w.council_request.public_id], get=ROOM),
}
