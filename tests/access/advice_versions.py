from tests.access.advice_drafting import on
from tests.access.table import ROOM, Row

ROWS: dict[str, Row] = {
    "advice:versions": Row(on("draft"), get=ROOM, post=ROOM, data=lambda w: {"name": "Na het gesprek"}),
    "advice:version": Row(lambda w: [w.council.slug, w.draft.public_id, w.version.number], get=ROOM),
    "advice:compare_versions": Row(on("draft"), get=ROOM, query="?van=1&met=nu"),
}
