"""The action list: what somebody promised to do, until it is done."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from councils.models import Council
from meetings.models import ActionItem, AgendaItem
from meetings.numbering import day_of, next_number
from portal.audit import record
from portal.models import Person


@transaction.atomic
def add_action(
    council: Council,
    *,
    text: str,
    owner: Person,
    by: Person,
    item: AgendaItem | None = None,
    due_on: date | None = None,
) -> ActionItem:
    """A new action gets a number for life. The same action of the same item, sent twice, is one action."""
    number = next_number(council, day_of(item))
    if item and (same := item.actions.filter(text=text, owner=owner, due_on=due_on, done_on=None).first()):
        return same
    action = ActionItem.objects.create(
        council=council, agenda_item=item, number=number, text=text, owner=owner, due_on=due_on, noted_by=by
    )
    record("action.added", action, by=by)
    return action


@transaction.atomic
def finish_action(action: ActionItem, *, by: Person, note: str = "") -> ActionItem:
    action = ActionItem.objects.select_for_update().get(pk=action.pk)
    if action.done_on:
        return action
    action.done_on, action.done_note = timezone.localdate(), note
    action.save(update_fields=["done_on", "done_note"])
    record("action.done", action, by=by)
    return action
