from tests.access.table import ROOM_LEADERS, Row

# The authority knows that the letter exists; what the council writes about it is the council's.
ROWS: dict[str, Row] = {
    "advice:write_after": Row(
        lambda w: [w.council.slug, w.unpublished.public_id],
        get={**ROOM_LEADERS, "civil_servant": 403},
        post={**ROOM_LEADERS, "civil_servant": 403},
        data=lambda w: {"relation": "withdrawal"},
    ),
}
