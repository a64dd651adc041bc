"""What the worker does for adopted minutes: make each PDF once, from the frozen data."""

from celery import shared_task
from django.db import transaction
from django.db.models import Q

from meetings.minutes_print import print_minutes
from meetings.models import AdoptedMinutes, MinutesFile, PublicMinutes
from portal.printable import PATIENT, Printable, print_once
from portal.queues import hand_over

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
