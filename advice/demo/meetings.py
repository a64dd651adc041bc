"""Meetings: held with report, attendance, decisions and actions; planned; cancelled. The next one invites today."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from advice.demo.world import World, read, upload
from meetings.actions.agenda import add_item
from meetings.actions.holding import record_attendance
from meetings.actions.inviting import answer_invitation, send_invitations
from meetings.actions.minutes import write_item
from meetings.actions.papers import add_paper
from meetings.actions.register import add_action, finish_action
from meetings.actions.scheduling import cancel_meeting, schedule_meeting
from meetings.models import ActionItem, AgendaItem, Invitee, Meeting
from meetings.people import members_on_the_day
from meetings.states import Attendance, MeetingKind
from portal.documents import keep_upload
from portal.models import Person

TUESDAY = 1
ON = {
    "asw-older-past": -55,
    "asw-past": -13,
    "asw-next": 15,
    "asw-cancelled": 36,
    "prh-past": -8,
    "prh-next": 27,
    "cwiv-next": 22,
    "jwh-next": 19,
}
SECRETARY = {"asw": "saskia", "cwiv": "janwillem", "prh": "hilde", "jwh": "saskia"}


def build(world: World) -> None:
    for key, facts in read("meetings.json").items():
        by = world.people[SECRETARY[facts["council"]]]
        meeting = world.meetings[key] = schedule(world, key, facts, by)
        for item in facts["items"]:
            add(world, key, meeting, item, by)
        if key.endswith("-past"):
            hold(world, meeting, facts, by)
        if key.endswith("-cancelled"):
            cancel_meeting(meeting, by=by)


def schedule(world: World, key: str, facts: dict[str, Any], by: Person) -> Meeting:
    day = tuesday(world, ON[key])
    return schedule_meeting(
        world.councils[facts["council"]], title=facts["title"], starts_at=at(day, facts["start"]),
        ends_at=at(day, facts["end"]), place=facts["place"], online_link=facts.get("online", ""),
        kind=facts.get("kind", MeetingKind.PLENARY), is_public=facts["public"], by=by,
    )  # fmt: skip


def tuesday(world: World, offset: int) -> date:
    """The Tuesday nearest to that day."""
    day = world.today + timedelta(days=offset)
    return day + timedelta(days=(TUESDAY - day.weekday() + 3) % 7 - 3)


def at(day: date, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def add(world: World, key: str, meeting: Meeting, facts: dict[str, Any], by: Person) -> None:
    item = add_item(meeting, title=facts["title"], aim=facts["aim"], minutes=facts["minutes"], by=by)
    if "key" in facts:
        world.items[f"{key}/{facts['key']}"] = item
    if "paper" in facts:
        document = keep_upload(upload(facts["paper"]), by=by, council_id=meeting.council_id)
        add_paper(item, document, title="Toelichting bij de tekening (voorbeeld)", by=by)
    if facts.get("report"):
        write_item(item, report=facts["report"], decision=facts["decision"], version=0, by=by)
    for action in facts.get("actions", []):
        promise(world, meeting, item, action, by)


def promise(world: World, meeting: Meeting, item: AgendaItem, facts: dict[str, Any], by: Person) -> None:
    action = add_action(
        meeting.council, text=facts["text"], owner=world.people[facts["owner"]], item=item,
        due_on=world.day(facts["due"]), by=by,
    )  # fmt: skip
    if "done" in facts:
        finish_action(action, by=by)
        ActionItem.objects.filter(pk=action.pk).update(done_on=world.day(facts["done"]))


def hold(world: World, meeting: Meeting, facts: dict[str, Any], by: Person) -> None:
    """Nobody is mailed about a meeting of the past; the invitations count as sent ten days before it."""
    attendance = {person.pk: Attendance.PRESENT for person in members_on_the_day(meeting)}
    attendance |= {world.people[key].pk: Attendance(seen) for key, seen in facts["absent"].items()}
    record_attendance(meeting, attendance, by=by)
    invited_at = meeting.starts_at - timedelta(days=10)
    Meeting.objects.filter(pk=meeting.pk).update(invited_at=invited_at)
    Invitee.objects.filter(meeting=meeting).update(invited_at=invited_at)


def invite(world: World, key: str) -> None:
    meeting = world.meetings[key]
    facts = read("meetings.json")[key]
    send_invitations(meeting, by=world.people[SECRETARY[facts["council"]]], at_once=True)
    for person_key, answer in facts["answers"].items():
        person = world.people[person_key]
        answer_invitation(meeting.invitees.get(person=person), answer, by=person)
