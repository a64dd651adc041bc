"""How the answers of an authority look."""

from tests.access.table import DESK, OK, Row

ROWS: dict[str, Row] = {
    "councils:answer_letter": Row(
        lambda w: [w.authority.slug],
        get={**DESK, "administrator": OK},
        post={**DESK, "administrator": OK},
        data=lambda w: {"form": "table", "name_1": "K. de Boer", "role_1": "burgemeester"},
    ),
}
