from tests.access.table import PUBLIC, Row

ROWS: dict[str, Row] = {
    "councils:front": Row(get=PUBLIC),
    "councils:public": Row(lambda w: [w.council.slug], get=PUBLIC),
    "advice:check": Row(get=PUBLIC, post=PUBLIC, data=lambda w: {"reference": "2026-01", "code": "0" * 16}),
    "advice:public_list": Row(lambda w: [w.council.slug], get=PUBLIC),
    "advice:public": Row(lambda w: [w.council.slug, w.letter.slug], get=PUBLIC),
    "advice:public_pdf": Row(lambda w: [w.council.slug, w.letter.slug, w.authority.slug], get=PUBLIC),
    "advice:public_original": Row(lambda w: [w.council.slug, w.old_public.slug], get=PUBLIC),
}
