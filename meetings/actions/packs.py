"""Editions of the pack. One that went out stays; what changes after it becomes a supplement with a name. A new day,
time or place makes a whole pack again: with the old first page somebody would come at the wrong moment."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.agenda import lock
from meetings.models import Meeting, MeetingPack
from meetings.packing import differences, holds_now, wants_large
from meetings.states import PACK_ARROWS, PackState
from portal.access import Refused
from portal.audit import record
from portal.models import Person

UNDER_WAY = [PackState.WAITING, PackState.WORKING]


@transaction.atomic
def ask_pack(meeting: Meeting, *, by: Person | None, large: bool = False) -> MeetingPack:
    """A new edition. After one went out it says on its first page what is new or changed, and holds only that, unless
    the facts of the meeting changed. `by` is nobody when a change made it."""
    meeting = lock(meeting)
    packs = meeting.packs.filter(large=large)
    under_way = packs.filter(state__in=UNDER_WAY).first()
    if under_way:
        return under_way
    if not meeting.agenda_items.exists():
        raise Refused(_("There is no agenda yet. First make the agenda."))
    holds, name, out = holds_now(meeting), "Vergaderstukken", packs.out()
    before, is_supplement = out.order_by("-edition").first(), False
    if before:
        only, changes = differences(before.holds, holds)
        if not changes:
            raise Refused(_("Nothing has changed since the pack was sent."))
        is_supplement = before.holds["facts"] == holds["facts"]
        holds |= {"changes": changes} | ({"only": only} if is_supplement else {})
    if is_supplement:
        name = f"Nagekomen stukken {out.filter(is_supplement=True).count() + 1}"
    edition = (packs.order_by("-edition").values_list("edition", flat=True).first() or 0) + 1
    pack = MeetingPack.objects.create(
        meeting=meeting, council_id=meeting.council_id, edition=edition, is_supplement=is_supplement, large=large,
        name=name, holds=holds, asked_by=by, parts=parts_of(holds),
    )  # fmt: skip
    record("meeting_pack.asked", pack, by=by)
    return pack


@transaction.atomic
def ask_packs(meeting: Meeting, *, by: Person) -> list[MeetingPack]:
    """In every size that somebody at this meeting reads. What holds still is not made again."""
    asked, why = [], None
    for large in (False, True) if wants_large(meeting) else (False,):
        try:
            asked.append(ask_pack(meeting, large=large, by=by))
        except Refused as refused:
            why = refused
    if why and not asked:
        raise why
    return asked


@transaction.atomic
def try_pack_again(pack: MeetingPack, *, by: Person) -> MeetingPack:
    pack = MeetingPack.objects.select_for_update().get(pk=pack.pk)
    if PackState.WAITING not in PACK_ARROWS[PackState(pack.state)] or pack.state != PackState.FAILED:
        return pack
    pack.state, pack.problem, pack.done, pack.asked_at = PackState.WAITING, "", 0, timezone.now()
    pack.save(update_fields=["state", "problem", "done", "asked_at"])
    record("meeting_pack.asked_again", pack, by=by)
    return pack


@transaction.atomic
def mark_pack_sent(pack: MeetingPack, *, by: Person) -> MeetingPack:
    """From now on this edition stays as it is, and a change makes a supplement."""
    pack = MeetingPack.objects.select_for_update().get(pk=pack.pk)
    if pack.state != PackState.READY:
        raise Refused(_("This pack is not ready yet."))
    if pack.sent_at is None:
        pack.sent_at = timezone.now()
        pack.save(update_fields=["sent_at"])
        record("meeting_pack.sent", pack, by=by)
    return pack


def parts_of(holds: dict) -> int:
    """The papers, and the whole."""
    return len(holds.get("only", holds["papers"])) + 1
