from tests.access.advice_answering import COPY_AT_DESK
from tests.access.advice_drafting import on
from tests.access.advice_issuing import LETTER
from tests.access.table import PUBLIC, ROOM, Row

ROWS = {
    "advice:word_upload": Row(on("draft"), get=ROOM, post=ROOM),
    "advice:word_check": Row(on("draft"), get=ROOM, post=ROOM),
    "advice:word_draft": Row(on("draft"), get=ROOM),
    "advice:letter_word": Row(lambda w: [w.council.slug, w.letter.public_id], get=LETTER),
    "advice:desk_word": Row(lambda w: [w.authority.slug, w.open_copy.public_id], get=COPY_AT_DESK),
    "advice:public_word": Row(lambda w: [w.council.slug, w.letter.slug], get=PUBLIC),
}
