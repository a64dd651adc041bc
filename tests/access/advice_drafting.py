from collections.abc import Callable
from datetime import date

from advice.forms.commenting import key_of
from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, ROOM, ROOM_LEADERS, Row
from tests.access.world import COUNCIL_CANARY


def on(name: str, part: str = "") -> Callable:
    """The arguments of a URL of one advice, and of one of its parts."""

    def args(world) -> list:
        parts = [getattr(world, part).public_id] if part else []
        return [world.council.slug, getattr(world, name).public_id, *parts]

    return args


def details(world) -> dict:
    return {
        "subject": "Nieuw", "document": "advice", "tenor": "none", "authorities": [world.authority.pk], "seen": "",
        "mening-TOTAL_FORMS": "0", "mening-INITIAL_FORMS": "0",
    }  # fmt: skip


SECTION = {"heading": "Aanleiding", "text": "Tekst", "version": "1"}
RECOMMENDATION = {"text": "Doe dit.", "version": "1"}

ROWS = {
    "advice:list": Row(lambda w: [w.council.slug], get=COUNCIL_ROOM),
    "advice:new": Row(
        lambda w: [w.council.slug], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS,
        data=lambda w: {"subject": "Nieuw", "document": "advice", "authorities": [w.authority.pk]},
    ),
    "advice:new_for_request": Row(
        lambda w: [w.council.slug, w.council_request.public_id], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS
    ),
    "advice:detail": Row(on("draft"), get=ROOM),
    "advice:edit_details": Row(on("draft"), get=ROOM, post=ROOM, data=details),
    "advice:comment_on_paragraph": Row(
        on("draft", "section"), get=ROOM, post=ROOM,
        data=lambda w: {"paragraph": key_of(COUNCIL_CANARY), "text": "Goed."},
    ),
    "advice:comment": Row(on("draft"), post=ROOM, data=lambda w: {"text": "Goed."}),
    "advice:saved_texts": Row(on("draft"), get=ROOM),
    "advice:add_section": Row(on("draft"), get=ROOM, post=ROOM, data=lambda w: SECTION),
    "advice:edit_section": Row(on("draft", "section"), get=ROOM, post=ROOM, data=lambda w: SECTION),
    "advice:move_section": Row(on("draft", "section"), post=ROOM, data=lambda w: {"naar": "omhoog"}),
    "advice:remove_section": Row(on("draft", "section"), post=ROOM),
    "advice:add_recommendation": Row(on("draft"), get=ROOM, post=ROOM, data=lambda w: RECOMMENDATION),
    "advice:edit_recommendation": Row(
        on("draft", "recommendation"), get=ROOM, post=ROOM, data=lambda w: RECOMMENDATION
    ),
    "advice:move_recommendation": Row(on("draft", "recommendation"), post=ROOM, data=lambda w: {"naar": "omhoog"}),
    "advice:remove_recommendation": Row(on("draft", "recommendation"), post=ROOM),
    "advice:decide": Row(
        on("draft"), get=ROOM_LEADERS, post=ROOM_LEADERS,
        data=lambda w: {"outcome": "adopted", "present": "3", "in_favour": "3", "against": "0",
                        "decided_on": date(2026, 1, 5).isoformat()},
    ),
    "advice:decided": Row(on("adopted"), get=ROOM),
    "advice:reopen": Row(on("adopted"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: {"reason": "Fout"}),
    "advice:drop": Row(on("draft"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: {"reason": "Klaar"}),
}  # fmt: skip
