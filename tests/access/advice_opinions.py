from tests.access.advice_drafting import on
from tests.access.table import ROOM, ROOM_LEADERS, ROOM_SECRETARY, Row
from tests.access.world import COUNCIL_CANARY

MEMBERS = {**ROOM, "secretary": 403, "official": 403}
AUTHOR = {**ROOM, "chair": 403, "secretary": 403, "official": 403}  # the member wrote it; nobody else changes it
PROPOSERS = {**ROOM, "chair": 403, "official": 403}  # of the member, entered by the secretary
PROPOSAL = {"original": COUNCIL_CANARY, "what": "remove", "why": "Te lang."}
LAST_DAY = {"closes_on_day": "1", "closes_on_month": "12", "closes_on_year": "2098"}

ROWS = {
    "advice:opinions": Row(on("draft"), get=ROOM),
    "advice:ask_members": Row(on("draft"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: LAST_DAY),
    "advice:close_round": Row(on("draft"), post=ROOM_LEADERS),
    "advice:enter_opinion": Row(
        on("draft"), get=ROOM_SECRETARY, post=ROOM_SECRETARY,
        data=lambda w: {"person": w.member.pk, "channel": "phone", "choice": "agree"},
    ),
    "advice:give_opinion": Row(on("draft"), get=MEMBERS, post=MEMBERS, data=lambda w: {"choice": "agree"}),
    "advice:opinion_why": Row(on("draft"), get=MEMBERS, post=MEMBERS, data=lambda w: {"text": "Goed."}),
    "advice:check_opinion": Row(on("draft"), get=MEMBERS, post=MEMBERS),
    "advice:opinion_given": Row(on("draft"), get=MEMBERS),
    "advice:proposals": Row(on("draft"), get=ROOM),
    "advice:propose_in_section": Row(on("draft", "section"), get=ROOM, post=ROOM, data=lambda w: PROPOSAL),
    "advice:propose_for_recommendation": Row(
        on("draft", "recommendation"), get=ROOM, post=ROOM, data=lambda w: PROPOSAL
    ),
    "advice:take_over_proposal": Row(on("draft", "proposal"), get=ROOM_LEADERS, post=ROOM_LEADERS),
    "advice:reject_proposal": Row(
        on("draft", "proposal"), get=ROOM_LEADERS, post=ROOM_LEADERS, data=lambda w: {"reason": "Te lang."}
    ),
    "advice:withdraw_proposal": Row(on("draft", "proposal"), post=PROPOSERS),
    "advice:own_view": Row(on("draft"), get=MEMBERS, post=MEMBERS, data=lambda w: {"text": "Nee.", "signed": "name"}),
    "advice:enter_view": Row(
        on("draft"), get=ROOM_SECRETARY, post=ROOM_SECRETARY,
        data=lambda w: {"person": w.member.pk, "channel": "paper", "text": "Nee.", "signed": "member"},
    ),
    "advice:change_view": Row(
        on("draft", "own_view"), get=AUTHOR, post=AUTHOR, data=lambda w: {"text": "Nee.", "signed": "name"}
    ),
}  # fmt: skip
