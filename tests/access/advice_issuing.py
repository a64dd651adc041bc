from tests.access.table import COUNCIL_SECRETARY, ROOM, ROOM_SECRETARY, Row

# Both the council and the authority know that the letter exists; its page is the council's.
LETTER = {**ROOM, "civil_servant": 403}
LETTER_SECRETARY = {**ROOM_SECRETARY, "civil_servant": 403}
LETTER_COPY = {**ROOM, "civil_servant": ROOM["member"]}

SHORT = {"for_whom": "Reizigers", "what_we_ask": "Korter wachten."}

ROWS: dict[str, Row] = {
    "advice:issue": Row(
        lambda w: [w.council.slug, w.adopted.public_id],
        get=ROOM_SECRETARY,
        post=ROOM_SECRETARY,
        data=lambda w: {"dated_on_day": "5", "dated_on_month": "9", "dated_on_year": "2026", "place": "Testdorp"},
    ),
    "advice:issue_preview": Row(lambda w: [w.council.slug, w.adopted.public_id], get=ROOM),
    "advice:letter": Row(lambda w: [w.council.slug, w.unpublished.public_id], get=LETTER),
    "advice:letter_pdf": Row(lambda w: [w.council.slug, w.open_copy.public_id], get=LETTER_COPY),
    "advice:letter_original": Row(lambda w: [w.council.slug, w.old_letter.public_id], get=LETTER),
    "advice:publish": Row(
        lambda w: [w.council.slug, w.unpublished.public_id],
        post=LETTER_SECRETARY,
        data=lambda w: {"plain_summary": "Kort gezegd.", **SHORT},
    ),
    "advice:short_answers": Row(
        lambda w: [w.council.slug, w.letter.public_id],
        get=LETTER_SECRETARY,
        post=LETTER_SECRETARY,
        data=lambda w: SHORT,
    ),
    "advice:letter_on_paper": Row(
        lambda w: [w.council.slug, w.unpublished.public_id],
        post=LETTER_SECRETARY,
        data=lambda w: {"message": w.refused_mail.public_id},
    ),
    "advice:print_run": Row(lambda w: [w.council.slug], get=COUNCIL_SECRETARY),
    "advice:print_run_pdf": Row(lambda w: [w.council.slug], get=COUNCIL_SECRETARY),
    "advice:slips_pdf": Row(lambda w: [w.council.slug], get=COUNCIL_SECRETARY),
    "advice:mark_posted": Row(lambda w: [w.council.slug], post=COUNCIL_SECRETARY),
}
