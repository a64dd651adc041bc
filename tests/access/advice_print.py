from tests.access.table import PUBLIC, ROOM, Row

ROWS: dict[str, Row] = {
    # Of a letter that is not public everybody gets a page, and who may not read it learns nothing.
    "advice:short": Row(lambda w: [w.unpublished.code], get=PUBLIC),
    "advice:letter_large": Row(
        lambda w: [w.council.slug, w.copy.public_id], get={**ROOM, "civil_servant": ROOM["member"]}
    ),
    "advice:public_large": Row(lambda w: [w.council.slug, w.letter.slug, w.authority.slug], get=PUBLIC),
}
