"""Templates of meetings, and a new meeting after an earlier one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.scheduling import schedule_meeting
from meetings.models import AgendaItem, Meeting, MeetingTemplate
from meetings.states import Aim, ItemOrigin
from portal.access import Refused
from portal.audit import record
from portal.models import Person


def put_on_agenda(meeting: Meeting, agenda: Iterable[Mapping[str, Any]]) -> None:
    """Items of a template or of an earlier meeting, after what stands on the agenda already."""
    last = meeting.agenda_items.order_by("-position").values_list("position", flat=True).first() or 0
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, council_id=meeting.council_id, position=position, title=row["title"],
            aim=row.get("aim", Aim.INFORM), minutes=row.get("minutes", 10), owner_id=row.get("owner_id"),
            is_closed=row.get("is_closed", False), closed_ground=row.get("closed_ground", ""),
            origin=row.get("origin", ItemOrigin.TYPED),
        )
        for position, row in enumerate(agenda, last + 1)
    )  # fmt: skip


def template_of(meeting: Meeting) -> MeetingTemplate:
    """Not saved yet and without a name: what this meeting has that may come back."""
    fields = ("kind", "title", "place", "online_link", "is_public", "working_group")
    back = meeting.agenda_items.filter(origin__in=(ItemOrigin.TYPED, ItemOrigin.STANDING)).order_by("position")
    return MeetingTemplate(
        council=meeting.council, starts=timezone.localtime(meeting.starts_at).time(),
        ends=timezone.localtime(meeting.ends_at).time(),
        agenda=[{"title": item.title, "aim": item.aim, "minutes": item.minutes} for item in back],
        **{name: getattr(meeting, name) for name in fields},
    )  # fmt: skip


@transaction.atomic
def use_template(template: MeetingTemplate, *, by: Person, **facts: Any) -> Meeting:
    """A meeting with the items of the template; without any it gets the standing items, like every other."""
    meeting = schedule_meeting(template.council, standing=not template.agenda, by=by, **facts)
    put_on_agenda(meeting, template.agenda)
    return meeting


@transaction.atomic
def save_template(council: Council, template: MeetingTemplate, *, by: Person) -> MeetingTemplate:
    """A new template or a changed one; the name stands once in a council."""
    Council.objects.select_for_update().get(pk=council.pk)
    template.council = council
    if council.meeting_templates.filter(name=template.name).exclude(pk=template.pk).exists():
        raise Refused(_("There is a template with this name already. Choose another name."), field="name")
    template.save()
    record("meeting_template.saved", template, by=by)
    return template


@transaction.atomic
def remove_template(template: MeetingTemplate, *, by: Person) -> None:
    record("meeting_template.removed", template, by=by)
    template.delete()


@transaction.atomic
def copy_meeting(source: Meeting, *, items: Iterable[int], by: Person, **facts: Any) -> Meeting:
    """A new meeting after an earlier one: its facts and the chosen items, without reports, papers and answers."""
    meeting = schedule_meeting(source.council, standing=False, by=by, **facts)
    chosen = source.agenda_items.filter(pk__in=list(items)).order_by("position")
    fields = ("title", "aim", "minutes", "owner_id", "is_closed", "closed_ground", "origin")
    put_on_agenda(meeting, ({name: getattr(item, name) for name in fields} for item in chosen))
    return meeting
