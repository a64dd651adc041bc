from tests.access.table import ROOM_LEADERS, Row


def of_urgent_dossier(world):
    return [world.council.slug, world.urgent_request.public_id]


ROWS: dict[str, Row] = {
    # The chair agrees to less time, or not; the secretary records what the chair said.
    "consultations:answer_urgency": Row(
        of_urgent_dossier,
        get=ROOM_LEADERS,
        post=ROOM_LEADERS,
        data=lambda world: {"consent": "refused", "note": "Dat lukt niet."},
    ),
}
