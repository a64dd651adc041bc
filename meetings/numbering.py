"""Numbers of decisions and actions: the day of the meeting and a serial, as in 20261121-003. They stay for life.

Both share one series per council and day. Older numbers, without the dash (20221020148), stay as they are."""

import re
from datetime import date

from django.utils import timezone

from councils.models import Council
from meetings.models import ActionItem, AgendaItem, MeetingDecision

NUMBER = re.compile(r"\d{8}-?\d{3,5}")


def next_number(council: Council, day: date) -> str:
    """Without gaps and without doubles: the council stays locked until the end of the transaction."""
    Council.objects.select_for_update().get(pk=council.pk)
    start = f"{day:%Y%m%d}-"
    taken = [
        number
        for rows in (ActionItem.objects, MeetingDecision.objects)
        for number in rows.filter(council=council, number__startswith=start).values_list("number", flat=True)
    ]
    last = max((int(number[len(start) :]) for number in taken), default=0)
    return f"{start}{last + 1:03}"


def day_of(item: AgendaItem | None) -> date:
    return timezone.localdate(item.meeting.began_at) if item else timezone.localdate()


def decisions_in(text: str) -> list[str]:
    """Each paragraph is one decision."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in re.split(r"\n\s*\n", text)))))
