from tests.access.advice_drafting import on
from tests.access.advice_issuing import LETTER_COPY
from tests.access.table import COUNCIL_SECRETARY, PUBLIC, ROOM, ROOM_LEADERS, Row

ROWS: dict[str, Row] = {
    "advice:versions": Row(on("draft"), get=ROOM, post=ROOM, data=lambda w: {"name": "Na het gesprek"}),
    "advice:version": Row(lambda w: [w.council.slug, w.draft.public_id, w.version.number], get=ROOM),
    "advice:compare_versions": Row(on("draft"), get=ROOM, query="?van=1&met=nu"),
    "advice:version_file": Row(
        lambda w: [w.council.slug, w.draft.public_id, w.with_file.number, w.secret_file.public_id], get=ROOM
    ),
    "advice:editorial": Row(on("adopted"), get=ROOM),
    "advice:edit_editorial": Row(
        on("adopted"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: {"reason": "Typefout.", "seen": "e" * 64}
    ),
    "advice:sources": Row(
        on("draft", "recommendation"), get=ROOM, post=ROOM, data=lambda w: {"kind": "other", "title": "Rapport"}
    ),
    "advice:drop_source": Row(on("draft", "source"), post=ROOM),
    "advice:templates": Row(lambda w: [w.council.slug], get=COUNCIL_SECRETARY),
    "advice:edit_template": Row(
        lambda w: [w.council.slug, "questions"],
        get=COUNCIL_SECRETARY,
        post=COUNCIL_SECRETARY,
        data=lambda w: {
            "deel-TOTAL_FORMS": "1",
            "deel-INITIAL_FORMS": "0",
            "deel-0-heading": "Vragen",
            "deel-0-hint": "Welke?",
        },
    ),
    "advice:restore_template": Row(lambda w: [w.council.slug, "questions"], post=COUNCIL_SECRETARY),
    "advice:use_template": Row(on("draft"), post=ROOM),
    "advice:attachments": Row(on("draft"), get=ROOM, post=ROOM, data=lambda w: {"title": "Lijst", "text": "Ritten."}),
    "advice:edit_attachment": Row(
        on("draft", "attachment"), get=ROOM, post=ROOM, data=lambda w: {"title": "Lijst", "text": "Ritten."}
    ),
    "advice:move_attachment": Row(on("draft", "attachment"), post=ROOM, data=lambda w: {"naar": "omlaag"}),
    "advice:remove_attachment": Row(on("draft", "attachment"), post=ROOM),
    "advice:attachment_file": Row(on("draft", "file_attachment"), get=ROOM),
    "advice:letter_attachment": Row(
        lambda w: [w.council.slug, w.open_copy.public_id, w.pdf.public_id], get=LETTER_COPY
    ),
    "advice:public_attachment": Row(lambda w: [w.council.slug, w.letter.slug, w.pdf.public_id], get=PUBLIC),
}
