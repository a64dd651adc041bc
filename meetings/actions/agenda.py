"""What is on the agenda, in which order, with which papers."""

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, AgendaPaper, Meeting
from portal.access import Refused
from portal.audit import record
from portal.models import Document, Person


@transaction.atomic
def add_item(meeting: Meeting, *, title: str, aim: str, minutes: int, by: Person) -> AgendaItem:
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.agenda_items.order_by("-position").values_list("position", flat=True).first() or 0
    item = AgendaItem.objects.create(
        meeting=meeting, council_id=meeting.council_id, position=last + 1, title=title, aim=aim, minutes=minutes
    )
    record("agenda_item.added", item, by=by)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: Person, **facts: object) -> AgendaItem:
    for name, value in facts.items():
        setattr(item, name, value)
    item.save(update_fields=list(facts))
    record("agenda_item.changed", item, by=by)
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Person) -> AgendaItem:
    """Swap places with the neighbour; at the edge nothing changes."""
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    item.refresh_from_db()
    others = item.meeting.agenda_items.exclude(pk=item.pk)
    neighbour = (
        others.filter(position__lt=item.position).order_by("-position").first()
        if up
        else others.filter(position__gt=item.position).order_by("position").first()
    )
    if neighbour is None:
        return item
    item.position, neighbour.position = neighbour.position, item.position
    item.save(update_fields=["position"])
    neighbour.save(update_fields=["position"])
    record("agenda_item.moved", item, by=by)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off the agenda. An item on which something was decided stays."""
    if item.decision or item.report or item.decisions.exists():
        raise Refused(_("Something was written or decided at this item. It cannot be removed."))
    record("agenda_item.removed", item, by=by)
    item.delete()


@transaction.atomic
def add_paper(item: AgendaItem, document: Document, *, title: str, by: Person) -> AgendaPaper:
    paper = AgendaPaper.objects.create(item=item, document=document, title=title or document.name)
    record("agenda_paper.added", item, by=by)
    return paper


@transaction.atomic
def remove_paper(paper: AgendaPaper, *, by: Person) -> None:
    record("agenda_paper.removed", paper.item, by=by)
    paper.delete()
