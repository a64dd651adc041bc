from tests.access.advice_answering import COPY_AT_DESK, COPY_BOTH, COPY_SECRETARY
from tests.access.table import ROOM_LEADERS, Row

DAY = {"happened_on_day": "3", "happened_on_month": "9", "happened_on_year": "2026"}

COPY_LEADERS = {**ROOM_LEADERS, "civil_servant": 403}

ROWS: dict[str, Row] = {
    "advice:record_step": Row(
        lambda w: [w.council.slug, w.open_copy.public_id, "ontvangen"],
        get=COPY_SECRETARY,
        post=COPY_SECRETARY,
        data=lambda w: {**DAY, "note": "mail"},
    ),
    "advice:take_back_step": Row(
        lambda w: [w.council.slug, w.copy.public_id, "ontvangen"],
        get=COPY_SECRETARY,
        post=COPY_SECRETARY,
        data=lambda w: {"reason": "Vergissing."},
    ),
    "advice:step_file": Row(lambda w: [w.council.slug, w.copy.public_id, w.following.step.pk], get=COPY_BOTH),
    "advice:mark_answers": Row(
        lambda w: [w.council.slug, w.copy.public_id],
        get=COPY_LEADERS,
        post=COPY_LEADERS,
        data=lambda w: {"mark_1": "answered"},
    ),
    "advice:confirm_receipt": Row(lambda w: [w.authority.slug, w.open_copy.public_id], post=COPY_AT_DESK),
    "advice:desk_step": Row(
        lambda w: [w.authority.slug, w.open_copy.public_id, "aangeboden"],
        get=COPY_AT_DESK,
        post=COPY_AT_DESK,
        data=lambda w: DAY,
    ),
    "advice:desk_take_back_step": Row(
        lambda w: [w.authority.slug, w.copy.public_id, "ontvangen"],
        get=COPY_AT_DESK,
        post=COPY_AT_DESK,
        data=lambda w: {"reason": "Vergissing."},
    ),
}
