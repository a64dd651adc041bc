"""What changed after the pack went out: by itself it becomes a supplement with a name, and the members hear of it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone

from meetings.agenda import with_papers
from meetings.models import AgendaItem, Meeting, MeetingPack
from meetings.packing import changed_since, holds_now
from meetings.states import Answer, InviteeRole, MeetingState
from portal.models import AuditEvent
from portal.post import post


def supplements_due() -> list[tuple[Meeting, bool]]:
    """Coming meetings of which agenda or papers are no longer what the last edition held, and have rested for a while:
    (meeting, in large letters). The same queries for one meeting and for a hundred."""
    coming = Meeting.objects.filter(
        state__in=[MeetingState.PLANNED, MeetingState.INVITED], starts_at__gt=timezone.now(),
        pk__in=MeetingPack.objects.out().values("meeting"),
    )  # fmt: skip
    editions = Prefetch("packs", MeetingPack.objects.select_related("meeting").order_by("edition"))
    busy = councils_at_work()
    found = []
    for meeting in coming.prefetch_related(Prefetch("agenda_items", with_papers(AgendaItem.objects.all())), editions):
        now = holds_now(meeting, meeting.agenda_items.all())
        if meeting.council_id in busy or not meeting.agenda_items.all():
            continue
        for large in (False, True):
            packs = [pack for pack in meeting.packs.all() if pack.large is large]
            # The last one may have failed: then it is for a human to try again.
            if any(pack.is_out for pack in packs) and changed_since(packs, now):
                found.append((meeting, large))
    return found


def councils_at_work() -> set[int | None]:
    """Where somebody changed something of a meeting some minutes ago, and may not be finished."""
    since = timezone.now() - timedelta(minutes=settings.BATCH_MOST_MINUTES)
    of_agenda = Q(event__startswith="agenda_") | Q(event="meeting.changed")
    return set(AuditEvent.objects.filter(of_agenda, at__gt=since).values_list("council_id", flat=True))


def tell_of_supplement(pack: MeetingPack) -> None:
    """The members who are invited and may come, once: also when it is made in both sizes."""
    meeting = pack.meeting
    if not pack.holds.get("changes") or not pack.is_out or meeting.starts_at <= timezone.now():
        return
    edition = pack.name if pack.is_supplement else f"{pack.name}:{pack.holds['facts'][:16]}"
    asked = meeting.invitees.invited().filter(role=InviteeRole.MEMBER).exclude(answer=Answer.DECLINED)
    for invitee in asked.select_related("person"):
        post(
            "meetings.papers_added", invitee.person, about=pack, council_id=meeting.council_id,
            cause=f"pack:{meeting.pk}:{edition}",
        )  # fmt: skip
