from tests.access.table import AUTHORITY_DESK, ROOM, ROOM_SECRETARY, Row

# The council knows that the copy exists; the desk is the authority's.
COPY_AT_DESK = {**ROOM, "member": 403, "chair": 403, "secretary": 403, "official": 403, "civil_servant": ROOM["member"]}
COPY_SECRETARY = {**ROOM_SECRETARY, "civil_servant": 403}
COPY_BOTH = {**ROOM, "civil_servant": ROOM["member"]}
GIVEN = {
    "verdict_1": "adopted", "decided_on": "2026-10-01", "dated_on": "2026-10-01", "text": "Antwoord.",
}  # fmt: skip

ROWS: dict[str, Row] = {
    "advice:desk_list": Row(lambda w: [w.authority.slug], get=AUTHORITY_DESK),
    "advice:desk_letter": Row(lambda w: [w.authority.slug, w.open_copy.public_id], get=COPY_AT_DESK),
    "advice:answer": Row(
        lambda w: [w.authority.slug, w.open_copy.public_id],
        get=COPY_AT_DESK,
        post=COPY_AT_DESK,
        data=lambda w: GIVEN,
    ),
    "advice:register_response": Row(
        lambda w: [w.council.slug, w.open_copy.public_id],
        get=COPY_SECRETARY,
        post=COPY_SECRETARY,
        data=lambda w: GIVEN,
    ),
    "advice:response_original": Row(lambda w: [w.council.slug, w.copy.public_id], get=COPY_BOTH),
}
