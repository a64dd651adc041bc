from datetime import timedelta

from django.utils import timezone

from tests.access.advice_drafting import on
from tests.access.table import ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row


def closing(world) -> dict:
    day = timezone.localdate() + timedelta(days=9)
    return {"day": day.isoformat(), "at": "20.00", "reason": "De vergadering komt te laat."}


ROWS = {
    "advice:vote": Row(on("put_to_vote"), get=ROOM, post=ROOM, data=lambda w: {"choice": "in_favour", "sure": "1"}),
    "advice:vote_done": Row(on("put_to_vote"), get=ROOM),
    "advice:open_vote": Row(on("draft"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=closing),
    "advice:vote_for": Row(
        lambda w: [w.council.slug, w.put_to_vote.public_id, w.procedure.electors.get().pk],
        get=ROOM_SECRETARY, post=ROOM_SECRETARY, data=lambda w: {"choice": "in_favour", "channel": "phone"},
    ),
    "advice:recuse": Row(on("put_to_vote"), get=ROOM, post=ROOM, data=lambda w: {"reason": "Ik werk daar."}),
    "advice:extend_vote": Row(on("put_to_vote"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=closing),
    "advice:stop_vote": Row(
        on("put_to_vote"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: {"reason": "De tekst klopt niet."}
    ),
    "advice:close_vote": Row(on("put_to_vote"), get=ROOM_LEADERS, post=ROOM_LEADERS),
    "advice:mandate": Row(
        on("draft"), get=ROOM_LEADERS, post=ROOM_LEADERS,
        data=lambda w: {"reason": "Spoed.", "agreed": [w.secretary.pk], "decided_on": timezone.localdate().isoformat()},
    ),
    "advice:ratify": Row(
        on("mandated"), get=ROOM_LEADERS, post=ROOM_LEADERS,
        data=lambda w: {"decided_on": timezone.localdate().isoformat(), "ratified": "yes"},
    ),
    "advice:ratify_agenda": Row(on("mandated"), post=ROOM_LEADERS),
}  # fmt: skip
