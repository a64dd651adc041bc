from tests.access.table import PUBLIC, Row

ROWS = {
    "portal:healthz": Row(get=PUBLIC, post=None),
}
