"""The letters when no answer comes: offered and sent by who leads the council, read by both sides."""

from tests.access.advice_answering import COPY_BOTH
from tests.access.table import ROOM_LEADERS, Row

LEADERS = {**ROOM_LEADERS, "civil_servant": 403}

ROWS: dict[str, Row] = {
    "advice:ladder": Row(
        lambda w: [w.council.slug, w.open_copy.public_id, "alderman"], get=LEADERS, post=LEADERS,
        data=lambda w: {"subject": "Geen antwoord", "text": "Wij wachten op uw antwoord."},
    ),
    "advice:ladder_pdf": Row(lambda w: [w.council.slug, w.open_copy.public_id, "reminder"], get=COPY_BOTH),
}  # fmt: skip
