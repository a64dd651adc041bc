from consultations.actions.agenda import (
    TOO_LATE_TO_CORRECT,
    announce,
    answer_talk,
    ask_from_topic,
    change_announcement,
    correct_talk,
    drop_topic,
    record_talk,
)
from consultations.actions.consenting import answer_urgency
from consultations.actions.handling import (
    accept,
    ask_question,
    decline,
    extend,
    mark_advised,
    place_on_agenda,
    withdraw,
)
from consultations.actions.heard import add_activity, change_activity, delete_activity
from consultations.actions.questions import answer_question, register_answer
from consultations.actions.reading import note_reading
from consultations.actions.registering import register_request
from consultations.actions.requests import (
    add_document,
    discard_request,
    remove_document,
    save_request,
    start_request,
    submit_request,
)
from consultations.actions.topics import add_topic, change_topic, delete_topic

__all__ = [
    "TOO_LATE_TO_CORRECT",
    "accept",
    "add_activity",
    "add_document",
    "add_topic",
    "announce",
    "answer_question",
    "answer_talk",
    "answer_urgency",
    "ask_from_topic",
    "ask_question",
    "change_activity",
    "change_announcement",
    "change_topic",
    "correct_talk",
    "decline",
    "delete_activity",
    "delete_topic",
    "discard_request",
    "drop_topic",
    "extend",
    "mark_advised",
    "note_reading",
    "place_on_agenda",
    "record_talk",
    "register_answer",
    "register_request",
    "remove_document",
    "save_request",
    "start_request",
    "submit_request",
    "withdraw",
]
