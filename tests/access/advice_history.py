from tests.access.table import COUNCIL_SECRETARY, Row

ROWS: dict[str, Row] = {
    "advice:add_history": Row(lambda w: [w.council.slug], get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY),
}
