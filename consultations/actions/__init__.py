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
    "accept",
    "add_activity",
    "add_document",
    "add_topic",
    "answer_question",
    "answer_urgency",
    "ask_question",
    "change_activity",
    "change_topic",
    "decline",
    "delete_activity",
    "delete_topic",
    "discard_request",
    "extend",
    "mark_advised",
    "place_on_agenda",
    "register_answer",
    "register_request",
    "remove_document",
    "save_request",
    "start_request",
    "submit_request",
    "withdraw",
]
