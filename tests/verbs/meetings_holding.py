"""Holding a meeting: who is there, who takes no part, who chairs, from item to item."""

from django.db import transaction
from django.utils import timezone

from meetings.actions import attendance, chairing, deciding, table
from meetings.states import Attendance, MeetingState

NOTED = Attendance.PRESENT


@transaction.atomic
def at_first_item(w, verb):
    """At a meeting that is open at its first item."""
    w.meeting.opened_at, w.meeting.current_item = timezone.now(), w.item
    w.meeting.save()
    return verb(w.meeting)


@transaction.atomic
def member_leaves(w):
    w.held.invitees.filter(pk=w.held_invitee.pk).update(attendance=NOTED)
    return attendance.leave(w.held, w.member, item=w.held_item, stays_for_item=True, by=w.secretary)


@transaction.atomic
def closed_by_mistake(w):
    w.meeting.state, w.meeting.invited_at, w.meeting.closed_at = MeetingState.HELD, timezone.now(), timezone.now()
    w.meeting.save()
    return table.reopen_meeting(w.meeting, by=w.secretary)


@transaction.atomic
def decide(w):
    attendance.note_people(w.meeting, {w.member.pk: NOTED})
    return deciding.decide_at_item(
        w.empty_item, text="Een brief.", accepted=True, in_favour=1, against=0, without_quorum_reason="Spoed.",
        by=w.secretary,
    )  # fmt: skip


VERBS = {
    "note who came in": lambda w: attendance.arrive(w.meeting, w.member, item=w.item, by=w.secretary),
    "note who left": member_leaves,
    "correct who was there": lambda w: attendance.correct_presence(
        w.held_invitee, attendance=NOTED, stretches=[(w.held_item, None)], by=w.secretary
    ),
    "send a deputy": lambda w: attendance.send_deputy(w.held_invitee, w.secretary, by=w.secretary),
    "add a guest": lambda w: attendance.add_guest(w.meeting, name="Gast", by=w.secretary),
    "remove a guest": lambda w: attendance.remove_guest(w.guest, by=w.secretary),
    "take no part in an item": lambda w: chairing.recuse(w.item, w.secretary, reason="Belang", by=w.secretary),
    "take part after all": lambda w: chairing.withdraw_recusal(w.recusal, by=w.secretary),
    "choose who chairs": lambda w: chairing.choose_chair(w.meeting, w.member, by=w.secretary),
    "choose who chairs an item": lambda w: chairing.choose_item_chair(w.item, w.secretary, by=w.secretary),
    "open a meeting": lambda w: table.open_meeting(
        w.meeting, {w.member.pk: NOTED}, by=w.secretary, although_early=True
    ),
    "go to the next item": lambda w: at_first_item(
        w, lambda meeting: table.go_to_item(meeting, w.empty_item, coming_from=w.item.pk, by=w.secretary)
    ),
    "close a meeting": lambda w: at_first_item(
        w, lambda meeting: table.close_meeting(meeting, by=w.secretary, although_silent=True)
    ),
    "open a meeting again": closed_by_mistake,
    "decide at an item": decide,
}
