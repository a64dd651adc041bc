"""A year plan: separate meetings, each with its own UID, all in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.actions.scheduling import schedule_meeting
from meetings.actions.templates import put_on_agenda
from meetings.models import Meeting
from portal.access import Refused
from portal.audit import record
from portal.models import Person


def uid_of(key: UUID, number: int) -> UUID:
    return uuid5(key, str(number))


def was_planned(key: UUID) -> bool:
    return Meeting.objects.filter(public_id=uid_of(key, 0)).exists()


@transaction.atomic
def plan_year(
    council: Council, spans: Sequence[tuple[datetime, datetime]], *, key: UUID, by: Person,
    agenda: Sequence[dict] = (), **facts: Any,
) -> tuple[list[Meeting], bool]:  # fmt: skip
    """A draft for every span. The key is of the page: pressing twice finds what the first press made, and says so."""
    if not spans:
        raise Refused(_("Leave at least one date in the plan."))
    council = Council.objects.select_for_update().get(pk=council.pk)
    uids = [uid_of(key, number) for number in range(len(spans))]
    if was_planned(key):
        return list(council.meetings.filter(public_id__in=uids).order_by("starts_at")), False
    meetings = []
    for uid, (starts_at, ends_at) in zip(uids, spans, strict=True):
        meeting = schedule_meeting(
            council, starts_at=starts_at, ends_at=ends_at, public_id=uid, standing=not agenda, by=by, **facts
        )
        put_on_agenda(meeting, agenda)
        meetings.append(meeting)
    record("meeting.year_planned", council, by=by)
    return meetings, True
