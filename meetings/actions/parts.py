"""Sub-sessions of a plenary: each with its own room, chair, people and report; the plenary collects what came of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.scheduling import schedule_meeting
from meetings.models import AgendaItem, Invitee, Meeting
from meetings.states import Aim, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person

OVER = (MeetingState.CANCELLED, MeetingState.HELD)


@transaction.atomic
def add_part(plenary: Meeting, *, people: Iterable[Person], by: Person, **facts: Any) -> Meeting:
    """People are invited for the whole meeting; a part only says who sits where."""
    plenary = Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=plenary.pk)
    if plenary.parent_id:
        raise Refused(_("A part has no parts of its own."))
    if plenary.state in OVER:
        raise Refused(_("This meeting is over or cancelled. It cannot be changed."))
    _on_the_same_day(plenary, facts)
    part = schedule_meeting(
        plenary.council, kind=plenary.kind, is_public=plenary.is_public, parent=plenary, by=by, **facts
    )
    _seat(part, people)
    return part


@transaction.atomic
def change_part(part: Meeting, *, people: Iterable[Person], by: Person, **facts: Any) -> Meeting:
    part = Meeting.objects.select_for_update(of=("self",)).select_related("parent").get(pk=part.pk)
    if part.parent is None:
        raise Refused(_("This is no part of a meeting."))
    if part.state in OVER:
        raise Refused(_("This meeting is over or cancelled. It cannot be changed."))
    _on_the_same_day(part.parent, facts)
    changed = {name: value for name, value in facts.items() if getattr(part, name) != value}
    for name, value in changed.items():
        setattr(part, name, value)
    if changed:
        part.changed_at, part.sequence = timezone.now(), part.sequence + 1
        part.save(update_fields=[*changed, "changed_at", "sequence"])
    _seat(part, people)
    record("meeting.changed", part, by=by)
    return part


@transaction.atomic
def write_result(part: Meeting, *, result: str, by: Person) -> Meeting:
    """What the part brings back to the plenary."""
    part = Meeting.objects.select_for_update().get(pk=part.pk)
    if part.parent_id is None:
        raise Refused(_("This is no part of a meeting."))
    part.result = result
    part.save(update_fields=["result"])
    record("meeting.result_written", part, by=by)
    return part


@transaction.atomic
def discuss_result(part: Meeting, *, by: Person) -> AgendaItem:
    """The result becomes an item on the agenda of the plenary, once."""
    if part.parent_id is None:
        raise Refused(_("This is no part of a meeting."))
    plenary = Meeting.objects.select_for_update().get(pk=part.parent_id)
    title = _("Result of %(part)s") % {"part": part.title}
    there = plenary.agenda_items.filter(title=title[:200]).first()
    if there:
        return there
    last = plenary.agenda_items.order_by("-position").values_list("position", flat=True).first() or 0
    item = AgendaItem.objects.create(
        meeting=plenary, council_id=plenary.council_id, position=last + 1, title=title[:200], aim=Aim.DISCUSS
    )
    record("agenda_item.added", item, by=by)
    return item


def _on_the_same_day(plenary: Meeting, facts: dict[str, Any]) -> None:
    day = timezone.localdate(plenary.starts_at)
    if timezone.localdate(facts["starts_at"]) != day or timezone.localdate(facts["ends_at"]) != day:
        raise Refused(_("A part is on the day of the meeting itself."), field="starts")


def _seat(part: Meeting, people: Iterable[Person]) -> None:
    wanted = {person.pk for person in people}
    seated = set(part.invitees.values_list("person_id", flat=True))
    part.invitees.filter(person__in=seated - wanted).delete()
    Invitee.objects.bulk_create(
        Invitee(meeting=part, council_id=part.council_id, person_id=pk) for pk in sorted(wanted - seated)
    )
