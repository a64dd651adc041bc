from tests.access.advice_drafting import RECOMMENDATION, SECTION, on
from tests.access.table import ROOM, Row

ROWS = {
    "advice:keep_new_section": Row(on("draft"), post=ROOM, data=lambda w: SECTION),
    "advice:keep_section": Row(on("draft", "section"), post=ROOM, data=lambda w: SECTION),
    "advice:keep_new_recommendation": Row(on("draft"), post=ROOM, data=lambda w: RECOMMENDATION),
    "advice:keep_recommendation": Row(on("draft", "recommendation"), post=ROOM, data=lambda w: RECOMMENDATION),
}
