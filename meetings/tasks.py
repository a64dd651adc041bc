"""What the worker does for a meeting: the PDFs of adopted minutes from the frozen data, and its pack; each once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from meetings.minutes_print import print_minutes
from meetings.models import AdoptedMinutes, MeetingPack, MinutesFile, PublicMinutes
from meetings.pack_print import print_pack
from meetings.packing import pack_data, titles_apart
from meetings.states import PackState
from meetings.supplements import tell_of_supplement
from portal.audit import record
from portal.documents import keep
from portal.pdf import PressFailed
from portal.pdf.foreign import ForeignFailed
from portal.printable import PATIENT, Printable, print_once
from portal.queues import hand_over

logger = logging.getLogger("meetings.tasks")
PACK_LOCK = 7110
LOCKS = {"whole": 7101, "whole_large": 7102, "public": 7103, "public_large": 7104}
NOBODY_WAITS = Q(pk__in=())


def of_whole(name: str, *, large: bool) -> Printable:
    return Printable(
        f"minutes_{name}", LOCKS[name], AdoptedMinutes, MinutesFile, "adopted",
        lambda row: print_minutes(row.content, large=large, created=row.adopted_at),
        lambda row: file_name(row.content, "verslag", large=large), lambda row: NOBODY_WAITS,
        variant={"publication": None, "large": large},
    )  # fmt: skip


def of_public(name: str, *, large: bool) -> Printable:
    return Printable(
        f"minutes_{name}", LOCKS[name], PublicMinutes, MinutesFile, "publication",
        lambda row: print_minutes(row.content, public=True, large=large, created=row.published_at),
        lambda row: file_name(row.content, "openbaar-verslag", large=large), lambda row: NOBODY_WAITS,
        variant={"large": large}, more=lambda row: {"adopted_id": row.adopted_id},
    )  # fmt: skip


def file_name(content: dict, kind: str, *, large: bool) -> str:
    return f"{kind}-{content['day']}{'-groot' if large else ''}.pdf"


WHOLE, WHOLE_LARGE = of_whole("whole", large=False), of_whole("whole_large", large=True)
PUBLIC, PUBLIC_LARGE = of_public("public", large=False), of_public("public_large", large=True)


@shared_task(**PATIENT)
def render_minutes(adopted_id: int) -> str:
    return print_once(WHOLE, adopted_id)


@shared_task(**PATIENT)
def render_minutes_large(adopted_id: int) -> str:
    return print_once(WHOLE_LARGE, adopted_id)


@shared_task(**PATIENT)
def render_public_minutes(publication_id: int) -> str:
    return print_once(PUBLIC, publication_id)


@shared_task(**PATIENT)
def render_public_minutes_large(publication_id: int) -> str:
    return print_once(PUBLIC_LARGE, publication_id)


TASKS = [
    (WHOLE, render_minutes), (PUBLIC, render_public_minutes), (WHOLE_LARGE, render_minutes_large),
    (PUBLIC_LARGE, render_public_minutes_large),
]  # fmt: skip


# When the queue is away, the sweep of print_minutes does it a minute later.


def render_after_commit(frozen: AdoptedMinutes | PublicMinutes) -> None:
    for kind, task in TASKS:
        if kind.frozen is type(frozen):
            transaction.on_commit(lambda task=task: hand_over(task, frozen.pk), robust=True)


# --- the pack ------------------------------------------------------------------------------------------------------


@shared_task(acks_late=True)
def make_pack(pack_id: int) -> str:
    """A worker that is killed lets go of the lock, and the sweep of make_packs begins again."""
    with alone(pack_id) as ours:
        if not ours:
            return "somebody else is at it"
        pack = MeetingPack.objects.select_related("meeting__council").get(pk=pack_id)
        if pack.state in (PackState.READY, PackState.FAILED):
            return str(pack.state)
        MeetingPack.objects.filter(pk=pack_id).update(state=PackState.WORKING, done=0, problem="")
        try:
            data = pack_data(pack, tick=lambda: tick(pack_id))
            store(pack, print_pack(data, large=pack.large), apart=titles_apart(data))
        except (DatabaseFault, OSError):
            raise
        except Exception as fault:
            why = fault.why if isinstance(fault, PressFailed) else type(fault).__name__
            logger.error("pack %s could not be made: %s", pack_id, why)
            fail(pack, "foreign" if isinstance(fault, ForeignFailed) else why)
            return "failed"
        return "made"


def ask_to_make(pack_id: int) -> None:
    hand_over(make_pack, pack_id)


def tick(pack_id: int) -> None:
    MeetingPack.objects.filter(pk=pack_id).update(done=F("done") + 1)


@transaction.atomic
def store(pack: MeetingPack, content: bytes, *, apart: list[str]) -> None:
    words = [pack.name, f"{timezone.localdate(pack.meeting.starts_at)}", *(["groot"] if pack.large else [])]
    name = "-".join(" ".join(words).lower().split()) + ".pdf"
    document = keep(content, name, "application/pdf", by=None, council_id=pack.council_id)
    done = MeetingPack.objects.filter(pk=pack.pk, state=PackState.WORKING)
    holds = pack.holds | {"apart": apart}
    done.update(state=PackState.READY, document=document, done=F("parts"), holds=holds)
    record("meeting_pack.made", pack, by=None)
    tell_of_supplement(MeetingPack.objects.select_related("meeting").get(pk=pack.pk))


def fail(pack: MeetingPack, why: str) -> None:
    MeetingPack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, problem=why[:200])
    record("meeting_pack.failed", pack, by=None)


@contextmanager
def alone(pack_id: int) -> Iterator[bool]:
    """A lock of the session, not of a transaction: the progress is seen while the work goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [PACK_LOCK, pack_id])
        ours = cursor.fetchone()[0]
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [PACK_LOCK, pack_id])
