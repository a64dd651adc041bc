from tests.access.table import (
    AUTHORITY_DESK,
    COUNCIL_ROOM,
    COUNCIL_SECRETARY,
    DESK,
    ROOM,
    ROOM_LEADERS,
    ROOM_SECRETARY,
    Row,
)


def of_authority(world):
    return [world.authority.slug]


def of_draft(world):
    return [world.authority.slug, world.draft_request.public_id]


def of_request(world):
    return [world.authority.slug, world.request.public_id]


def of_council(world):
    return [world.council.slug]


def of_dossier(world):
    return [world.council.slug, world.council_request.public_id]


def of_new_dossier(world):
    return [world.council.slug, world.new_request.public_id]


def of_activity(world):
    return [world.council.slug, world.activity.public_id]


def file_of_request(world):
    return [*of_request(world), world.open_file.public_id]


def question_of_request(world):
    return [*of_request(world), world.request_question.public_id]


def reason(world):
    return {"reason": "Er is geen tijd meer."}


# An authority that takes part: its policy topics are its own, the secretary is sent back to the list.
ROWS: dict[str, Row] = {
    "consultations:requests": Row(of_authority, get=AUTHORITY_DESK),
    "consultations:new_request": Row(
        of_authority, get=AUTHORITY_DESK, post=AUTHORITY_DESK, data=lambda world: {"subject": "Vervoer"}
    ),
    "consultations:request": Row(of_request, get=DESK),
    "consultations:step": Row(
        lambda world: [*of_draft(world), "ruimte"], get=DESK, post=DESK, data=lambda world: {"changeable": "Veel"}
    ),
    "consultations:draft_documents": Row(of_draft, get=DESK, post=DESK),
    "consultations:request_document": Row(file_of_request, get=DESK),
    "consultations:remove_document": Row(
        lambda world: [*of_draft(world), world.draft_document.document.public_id], post=DESK
    ),
    "consultations:check": Row(of_draft, get=DESK),
    "consultations:send": Row(of_draft, post=DESK),
    "consultations:discard": Row(of_draft, post=DESK),
    "consultations:answer_question": Row(
        question_of_request, get=DESK, post=DESK, data=lambda world: {"answer": "Ongeveer 3 ton."}
    ),
    "consultations:withdraw": Row(
        lambda world: [*of_request(world), world.council.slug], get=DESK, post=DESK, data=reason
    ),
    "consultations:topics": Row(of_authority, get=AUTHORITY_DESK),
    "consultations:add_topic": Row(
        of_authority,
        get=AUTHORITY_DESK,
        post=AUTHORITY_DESK,
        data=lambda world: {"name": "Hulp bij het huishouden", "phase": "preparation"},
    ),
    "consultations:edit_topic": Row(
        lambda world: [world.authority.slug, world.topic.public_id], get=AUTHORITY_DESK, post=AUTHORITY_DESK
    ),
    "consultations:inbox": Row(of_council, get=COUNCIL_ROOM),
    "consultations:register": Row(of_council, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY),
    "consultations:dossier": Row(of_dossier, get=ROOM),
    "consultations:accept": Row(of_new_dossier, post=ROOM_LEADERS),
    "consultations:decline": Row(of_dossier, get=ROOM_LEADERS, post=ROOM_LEADERS, data=reason),
    "consultations:extend": Row(of_dossier, get=ROOM_LEADERS, post=ROOM_LEADERS, data=reason),
    "consultations:ask": Row(
        of_dossier, get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda world: {"question": "Wat kost het?"}
    ),
    "consultations:register_answer": Row(
        lambda world: [*of_dossier(world), world.request_question.public_id], get=ROOM_SECRETARY, post=ROOM_SECRETARY
    ),
    "consultations:place_on_agenda": Row(
        of_dossier, get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda world: {"place": f"meeting:{world.meeting.pk}"}
    ),
    "consultations:register_withdrawal": Row(of_dossier, get=ROOM_SECRETARY, post=ROOM_SECRETARY, data=reason),
    "consultations:dossier_document": Row(lambda world: [*of_dossier(world), world.open_file.public_id], get=ROOM),
    "consultations:heard": Row(of_council, get=COUNCIL_ROOM),
    "consultations:add_heard": Row(
        of_council,
        get=COUNCIL_ROOM,
        post=COUNCIL_ROOM,
        data=lambda world: {
            "form": "conversation",
            "title": "Wachttijd",
            "heard": "Het duurt te lang.",
            "rung": "consult",
            "held_on": "2026-01-05",
        },
    ),
    # Fatma, the member, wrote it down; chair and secretary may change it too.
    "consultations:edit_heard": Row(of_activity, get=ROOM, post=ROOM),
    "consultations:delete_heard": Row(of_activity, post=ROOM),
    "consultations:council_topics": Row(of_council, get=COUNCIL_ROOM),
    "consultations:add_council_topic": Row(of_council, get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY),
    "consultations:edit_council_topic": Row(
        lambda world: [world.council.slug, world.topic.public_id], get=COUNCIL_SECRETARY, post=COUNCIL_SECRETARY
    ),
}
