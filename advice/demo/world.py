"""What the builders share: today, the data files, and what was made so far, by the short keys of the data."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from advice.models import Letter
from consultations.models import Activity, CouncilRequest, PolicyTopic
from councils.models import Authority, Council
from meetings.models import AgendaItem, Meeting
from portal.models import Person

DATA = Path(__file__).with_name("data")
NAMESPACE = uuid.UUID("6c1f9a52-0f0e-5a57-9d5c-3f0b5a1e7c11")
FRIDAY = 4


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (DATA / "files" / name).read_bytes())


def same_id(name: str) -> uuid.UUID:
    """An id that is the same in every build: it stands in frozen texts, so that their digests are the same too."""
    return uuid.uuid5(NAMESPACE, name)


@dataclass
class World:
    today: date
    people: dict[str, Person] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)
    councils: dict[str, Council] = field(default_factory=dict)
    topics: dict[str, PolicyTopic] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    items: dict[str, AgendaItem] = field(default_factory=dict)
    requests: dict[str, CouncilRequest] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)  # by the key of their advice

    def day(self, offset: int) -> date:
        """So many days from today; a weekend becomes the Friday before."""
        day = self.today + timedelta(days=offset)
        return day - timedelta(days=max(day.weekday() - FRIDAY, 0))

    def moment(self, offset: int, clock: str = "12:00") -> datetime:
        return timezone.make_aware(datetime.combine(self.day(offset), time.fromisoformat(clock)))
