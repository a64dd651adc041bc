"""The clock of the answer: more time, and what the council does when no answer comes."""

from tests.access.advice_answering import COPY_AT_DESK, COPY_BOTH, COPY_SECRETARY
from tests.access.table import Row

NEW_DAY = {"until_day": "1", "until_month": "3", "until_year": "2030", "reason": "Er is overleg nodig.", "anyway": "on"}

ROWS: dict[str, Row] = {
    "advice:extend_response": Row(
        lambda w: [w.authority.slug, w.open_copy.public_id], get=COPY_AT_DESK, post=COPY_AT_DESK, data=lambda w: NEW_DAY
    ),
    "advice:register_extension": Row(
        lambda w: [w.council.slug, w.open_copy.public_id], get=COPY_SECRETARY, post=COPY_SECRETARY,
        data=lambda w: NEW_DAY,
    ),
    "advice:extension_original": Row(
        lambda w: [w.council.slug, w.open_copy.public_id, w.extension_with_letter.pk], get=COPY_BOTH
    ),
}  # fmt: skip
