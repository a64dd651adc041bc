from tests.access.table import COUNCIL_ROOM, DESK, PUBLIC, ROOM, Row

ROWS: dict[str, Row] = {
    "advice:desk_overview": Row(lambda w: [w.authority.slug, w.request.public_id], get=DESK),
    "advice:public_request_document": Row(
        lambda w: [w.council.slug, w.letter.slug, w.public_paper.document.public_id], get=PUBLIC
    ),
    "advice:figures": Row(lambda w: [w.council.slug, 2026], get=COUNCIL_ROOM),
    "advice:figure_list": Row(lambda w: [w.council.slug, 2026, "gevraagd"], get=COUNCIL_ROOM),
    "advice:public_figures": Row(lambda w: [w.council.slug, 2026], get=PUBLIC),
    "advice:room_overview": Row(lambda w: [w.council.slug, w.council_request.public_id], get=ROOM),
}
