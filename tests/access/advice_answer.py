"""The answer: its draft, the word of the alderman, and the letter of the executive."""

from tests.access.advice_answering import COPY_AT_DESK, COPY_BOTH
from tests.access.table import PUBLIC, Row

ALDERMAN_ONLY = {**COPY_AT_DESK, "civil_servant": 403}

ROWS: dict[str, Row] = {
    "advice:answer_preview": Row(lambda w: [w.authority.slug, w.open_copy.public_id], get=COPY_AT_DESK),
    "advice:answer_preview_pdf": Row(lambda w: [w.authority.slug, w.open_copy.public_id], get=COPY_AT_DESK),
    "advice:judge_answer": Row(
        lambda w: [w.authority.slug, w.open_copy.public_id], post=ALDERMAN_ONLY, data=lambda w: {"agree": "1"}
    ),
    "advice:response_letter": Row(lambda w: [w.council.slug, w.copy.public_id], get=COPY_BOTH),
    "advice:public_answer": Row(lambda w: [w.council.slug, w.letter.slug, w.authority.slug], get=PUBLIC),
}
