from tests.access.advice_drafting import on
from tests.access.table import COUNCIL_LEADERS, COUNCIL_ROOM, PUBLIC, ROOM, Row

TERM = {"term": "inkoop", "explanation": "De gemeente kiest wie de hulp geeft."}
SUGGESTION = {"hard": "inzake", "plain": "over"}

ROWS = {
    "advice:reading": Row(on("draft"), get=ROOM),
    "advice:words": Row(lambda w: [w.council.slug], get=COUNCIL_ROOM),
    "advice:start_words": Row(lambda w: [w.council.slug], post=COUNCIL_LEADERS),
    "advice:add_term": Row(
        lambda w: [w.council.slug], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=lambda w: TERM
    ),
    "advice:edit_term": Row(
        lambda w: [w.council.slug, w.term.public_id], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=lambda w: TERM
    ),
    "advice:remove_term": Row(lambda w: [w.council.slug, w.term.public_id], post=COUNCIL_LEADERS),
    "advice:add_suggestion": Row(
        lambda w: [w.council.slug], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS, data=lambda w: SUGGESTION
    ),
    "advice:edit_suggestion": Row(
        lambda w: [w.council.slug, w.suggestion.public_id], get=COUNCIL_LEADERS, post=COUNCIL_LEADERS,
        data=lambda w: SUGGESTION,
    ),
    "advice:remove_suggestion": Row(lambda w: [w.council.slug, w.suggestion.public_id], post=COUNCIL_LEADERS),
    "advice:public_glossary": Row(lambda w: [w.council.slug], get=PUBLIC),
}  # fmt: skip
