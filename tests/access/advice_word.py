from tests.access.advice_drafting import on
from tests.access.table import ROOM, Row

ROWS = {
    "advice:word_upload": Row(on("draft"), get=ROOM, post=ROOM),
    "advice:word_check": Row(on("draft"), get=ROOM, post=ROOM),
    "advice:word_draft": Row(on("draft"), get=ROOM),
}
