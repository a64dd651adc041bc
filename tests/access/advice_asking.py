from tests.access.table import DESK, PUBLIC, ROOM, Row

ROWS: dict[str, Row] = {
    "advice:desk_overview": Row(lambda w: [w.authority.slug, w.request.public_id], get=DESK),
    "advice:public_request_document": Row(
        lambda w: [w.council.slug, w.letter.slug, w.public_paper.document.public_id], get=PUBLIC
    ),
    "advice:room_overview": Row(lambda w: [w.council.slug, w.council_request.public_id], get=ROOM),
}
