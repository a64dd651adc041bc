from tests.access.table import (
    AUTHORITY_DESK,
    COUNCIL_ROOM,
    DESK,
    OK,
    PUBLIC,
    ROOM,
    ROOM_LEADERS,
    Row,
)

# Both sides know that the promise exists; the room is the council's, the desk the authority's. The authority may not
# judge for the council, nor the council report for the authority.
IN_ROOM = {**ROOM, "civil_servant": 403}
LEADERS = {**ROOM_LEADERS, "civil_servant": 403}
AT_DESK = {**DESK, "member": 403, "chair": 403, "secretary": 403, "official": 403, "civil_servant": OK}

ROWS: dict[str, Row] = {
    "advice:commitments": Row(lambda w: [w.council.slug], get=COUNCIL_ROOM),
    "advice:commitments_csv": Row(lambda w: [w.council.slug], get=COUNCIL_ROOM),
    "advice:commitment": Row(lambda w: [w.council.slug, w.commitment.pk], get=IN_ROOM),
    "advice:commitment_done": Row(
        lambda w: [w.council.slug, w.commitment.pk],
        get=LEADERS,
        post=LEADERS,
        data=lambda w: {"done_on": "2026-10-05", "proof": "Gezien."},
    ),
    "advice:check_commitment": Row(
        lambda w: [w.council.slug, w.reported.pk],
        get=LEADERS,
        post=LEADERS,
        data=lambda w: {"agreed": "no", "why": "Er is niets te zien."},
    ),
    "advice:commitment_file": Row(lambda w: [w.council.slug, w.commitment.pk, w.following.report.pk], get=IN_ROOM),
    "advice:later_decision": Row(
        lambda w: [w.council.slug, w.later_answer.pk],
        get=LEADERS,
        post=LEADERS,
        data=lambda w: {"verdict": "adopted", "decided_on": "2026-11-02", "text": "Brief."},
    ),
    "advice:desk_commitments": Row(lambda w: [w.authority.slug], get=AUTHORITY_DESK),
    "advice:desk_commitments_csv": Row(lambda w: [w.authority.slug], get=AUTHORITY_DESK),
    "advice:desk_commitment": Row(lambda w: [w.authority.slug, w.commitment.pk], get=AT_DESK),
    "advice:report_progress": Row(
        lambda w: [w.authority.slug, w.commitment.pk],
        get=AT_DESK,
        post=AT_DESK,
        data=lambda w: {"happened_on": "2026-10-05", "text": "De proef loopt."},
    ),
    "advice:report_done": Row(
        lambda w: [w.authority.slug, w.commitment.pk],
        get=AT_DESK,
        post=AT_DESK,
        data=lambda w: {"done_on": "2026-10-05", "proof": "Zie de website."},
    ),
    "advice:move_commitment": Row(
        lambda w: [w.authority.slug, w.commitment.pk],
        get=AT_DESK,
        post=AT_DESK,
        data=lambda w: {"due_on": "2027-12-05", "owner": "Team Wmo", "reason": "De inkoop duurt langer."},
    ),
    "advice:desk_commitment_file": Row(
        lambda w: [w.authority.slug, w.commitment.pk, w.following.report.pk], get=AT_DESK
    ),
    "advice:follow_up": Row(
        lambda w: [w.council.slug, w.letter.public_id],
        get=LEADERS,
        post=LEADERS,
        data=lambda w: {"changed": "De wachttijd is korter."},
    ),
    "advice:follow_up_day": Row(
        lambda w: [w.council.slug, w.letter.public_id],
        post=LEADERS,
        data=lambda w: {"due_on": "2027-12-05"},
    ),
    "advice:what_came": Row(lambda w: [w.council.slug], get=PUBLIC),
}
