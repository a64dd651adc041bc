"""Writing the minutes of one item while it happens. What is submitted is always kept, also when it came too late."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.register import register_decisions
from meetings.minutes import is_adopted, minutes_of
from meetings.models import AgendaItem, ItemMinutesVersion, Meeting, Minutes
from meetings.states import MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person

TEXTS = ("report", "decision", "public_report")


@dataclass(frozen=True)
class ItemText:
    """What is said of one item: what was said, what was decided, and the short text for the public."""

    report: str = ""
    decision: str = ""
    public_report: str = ""

    @classmethod
    def of(cls, row: AgendaItem | ItemMinutesVersion) -> "ItemText":
        return cls(**{name: tidy(getattr(row, name)) for name in TEXTS})


class StaleItem(Exception):
    """Somebody else saved first. Both texts are here; the one that came too late is on file."""

    def __init__(self, item: AgendaItem, typed: ItemText, saved: ItemMinutesVersion | None):
        super().__init__(_("Somebody else saved this item while you were writing."))
        self.item, self.typed, self.saved = item, typed, saved


class TooLate(Refused):
    """The minutes were adopted while somebody was writing. What was typed is on file, but not in the minutes."""


def write_item(
    item: AgendaItem, *, report: str, decision: str, version: int, by: Person, public_report: str = ""
) -> AgendaItem:
    """Save on top of the version that the writer saw. Raises StaleItem or TooLate; by then the text is on file."""
    typed = ItemText(tidy(report), tidy(decision), tidy(public_report))
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        if meeting.state == MeetingState.CANCELLED:
            raise Refused(_("This meeting is cancelled. There is nothing to write."))
        item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__council").get(pk=item.pk)
        adopted = is_adopted(meeting)
        in_time = not adopted and took_its_place(item, typed, version=version, by=by)
        if not in_time:
            kept = keep(item, typed, based_on=version, by=by)
            record("agenda_item.kept", kept, by=by)
    if adopted:
        raise TooLate(
            _("These minutes are adopted. They do not change any more. Your text is kept, but not in the minutes.")
        )
    if not in_time:
        saved = item.minutes_versions.filter(version=item.version).select_related("saved_by").first()
        raise StaleItem(item, typed, saved)
    return item


def took_its_place(item: AgendaItem, typed: ItemText, *, version: int, by: Person) -> bool:
    if ItemText.of(item) == typed:  # such as the same form sent twice
        return True
    if item.version != version:
        return False
    minutes_for(item.meeting)
    for name in TEXTS:
        setattr(item, name, getattr(typed, name))
    item.version = version + 1
    item.save(update_fields=[*TEXTS, "version"])
    if item.registered_decisions.exists():
        register_decisions(item, by=by)
    keep(item, typed, based_on=version, version=item.version, by=by)
    record("agenda_item.reported", item, by=by)
    return True


def keep(
    item: AgendaItem, typed: ItemText, *, based_on: int, by: Person, version: int | None = None, automatic: bool = False
) -> ItemMinutesVersion:
    return ItemMinutesVersion.objects.create(
        item=item, council_id=item.council_id, version=version, based_on=based_on, automatic=automatic, saved_by=by,
        report=typed.report, decision=typed.decision, public_report=typed.public_report,
    )  # fmt: skip


@transaction.atomic
def keep_item_draft(item: AgendaItem, typed: ItemText, *, version: int, by: Person) -> ItemMinutesVersion:
    """What stands in the form now, for its author only. Nobody waits for typing: the item is not locked."""
    typed = ItemText(*(tidy(getattr(typed, name)) for name in TEXTS))
    last = item.minutes_versions.filter(saved_by=by).order_by("-pk").first()
    if last and ItemText.of(last) == typed:
        return last
    kept = keep(item, typed, based_on=version, automatic=True, by=by)
    record("agenda_item.draft_kept", kept, by=by)
    return kept


def unsaved_of(item: AgendaItem, *, by: Person) -> ItemMinutesVersion | None:
    """The text of this author that came after all that he or she saved of the item, and is not in the minutes."""
    last = item.minutes_versions.filter(saved_by=by).order_by("-pk").first()
    if last is None or last.version is not None or ItemText.of(last) == ItemText.of(item):
        return None
    return last


def minutes_for(meeting: Meeting) -> Minutes:
    """The minutes of the meeting; they begin as a draft."""
    found = minutes_of(meeting)
    return found or Minutes.objects.create(meeting=meeting, council_id=meeting.council_id)


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
