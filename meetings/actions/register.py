"""The decision register, and the action list: what somebody promised to do, until it is done."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.models import ActionItem, AgendaItem, MeetingDecision
from meetings.numbering import NUMBER, day_of, decisions_in, next_number
from meetings.presence import presence_at
from portal.access import Refused
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


@transaction.atomic
def reopen_action(action: ActionItem, *, by: Person) -> ActionItem:
    """It was not done after all. What was said of it stays to be read."""
    action = ActionItem.objects.select_for_update().get(pk=action.pk)
    if action.done_on:
        action.done_on = None
        action.save(update_fields=["done_on"])
        record("action.reopened", action, by=by)
    return action


@transaction.atomic
def hand_over_action(action: ActionItem, *, owner: Person, due_on: date | None, by: Person) -> ActionItem:
    """Somebody else does it, or it is due on another day."""
    action = ActionItem.objects.select_for_update().get(pk=action.pk)
    if action.done_on:
        raise Refused(_("This action is done. Reopen it first."))
    action.owner, action.due_on = owner, due_on
    action.save(update_fields=["owner", "due_on"])
    record("action.handed_over", action, by=by)
    return action


# --- decisions ---


@transaction.atomic
def register_decisions(item: AgendaItem, *, by: Person) -> list[MeetingDecision]:
    """Give every decision of the item a number, each paragraph one. A number that was given stays with its text; a
    paragraph that was changed since keeps the number of its place."""
    said = decisions_in(item.decision)
    rows = list(item.registered_decisions.select_for_update().order_by("number"))
    if len(said) < len(rows):
        numbers = ", ".join(row.number for row in rows)
        raise Refused(
            _("These decisions have a number: %(numbers)s. Leave their text; write that one no longer holds.")
            % {"numbers": numbers},
            field="decision",
        )
    unchanged = {row.text for row in rows} & set(said)
    changed_rows = [row for row in rows if row.text not in unchanged]
    new_texts = [text for text in said if text not in unchanged]
    for row, text in zip(changed_rows, new_texts, strict=False):
        row.text = text
        row.save(update_fields=["text"])
        record("decision.changed", row, by=by)
    for text in new_texts[len(changed_rows) :]:
        rows.append(note_decision(item, text=text, by=by))
    return rows


@transaction.atomic
def note_decision(item: AgendaItem, *, text: str, by: Person) -> MeetingDecision:
    """With whether enough members were there, as far as that was noted."""
    here = presence_at(item)
    day = day_of(item)
    decision = MeetingDecision.objects.create(
        council_id=item.council_id, item=item, number=next_number(item.council, day), text=text, decided_on=day,
        noted_by=by, quorum=here.as_json() if here.noted else {},
    )  # fmt: skip
    record("decision.registered", decision, by=by)
    return decision


@transaction.atomic
def replace_decision(decision: MeetingDecision, *, replaced_by: MeetingDecision, by: Person) -> MeetingDecision:
    """A later decision took its place. Both stay in the register."""
    decision = MeetingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if replaced_by.council_id != decision.council_id or replaced_by.pk == decision.pk:
        raise Refused(_("Choose another decision of the same council."), field="replaced_by")
    if replaced_by.decided_on < decision.decided_on:
        raise Refused(_("Choose a decision that was taken later."), field="replaced_by")
    decision.replaced_by = replaced_by
    decision.save(update_fields=["replaced_by"])
    record("decision.replaced", decision, by=by)
    return decision


# --- what other systems numbered ---


@transaction.atomic
def import_action(
    council: Council, *, number: str, text: str, owner: Person, by: Person | None, due_on: date | None = None,
    done_on: date | None = None,
) -> ActionItem:  # fmt: skip
    """An action of an older list keeps the number that it had there (20221020148)."""
    if not NUMBER.fullmatch(number):
        raise Refused(_("“%(number)s” is no number of a list: a day and a serial.") % {"number": number})
    Council.objects.select_for_update().get(pk=council.pk)
    known = council.action_items.filter(number=number).first()
    if known:
        return known
    if council.meeting_decisions.filter(number=number).exists():
        raise Refused(_("A decision has number %(number)s already.") % {"number": number})
    action = ActionItem.objects.create(
        council=council, number=number, text=text, owner=owner, due_on=due_on, done_on=done_on, noted_by=by
    )
    record("action.imported", action, by=by)
    return action
