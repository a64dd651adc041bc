"""Our calendar files as other programs read them: icalendar and vobject (Python), ical.js (Node)."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import icalendar
import vobject

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Read:
    """What a program makes of one event."""

    method: str
    uid: str
    sequence: int
    start: datetime
    end: datetime
    attendee: str
    organizer: str
    status: str


def by_icalendar(body: bytes) -> list[Read]:
    calendar = icalendar.Calendar.from_ical(body)
    return [
        Read(
            str(calendar.get("METHOD", "")), str(event["UID"]), int(event["SEQUENCE"]),
            event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC),
            str(event.get("ATTENDEE", "")).lower(), str(event.get("ORGANIZER", "")).lower(), str(event["STATUS"]),
        )
        for event in calendar.walk("VEVENT")
    ]  # fmt: skip


def by_vobject(body: bytes) -> list[Read]:
    calendar = vobject.readOne(body.decode())
    return [
        Read(
            calendar.method.value, event.uid.value, int(event.sequence.value), event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC), address(event, "attendee"), address(event, "organizer"),
            event.status.value,
        )
        for event in calendar.vevent_list
    ]  # fmt: skip


def address(event, name: str) -> str:
    return getattr(event, name).value.lower() if hasattr(event, name) else ""


def by_ical_js(body: bytes) -> list[Read]:
    done = subprocess.run(
        [node(), str(ROOT / "tests" / "calendars" / "read.mjs")],
        input=body,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [
        Read(
            **one
            | {"start": moment(one["start"]), "end": moment(one["end"])}
            | {name: one[name].lower() for name in ("attendee", "organizer")}
        )
        for one in json.loads(done.stdout)
    ]


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


READERS = {"icalendar": by_icalendar, "vobject": by_vobject, "ical.js": by_ical_js}


@cache
def node() -> str:
    """The machine's own Node, or the one that script/setup.py fetches for npm: never none."""
    sys.path.insert(0, str(ROOT / "script"))
    import setup

    _npm, environ = setup.node_tools()
    return shutil.which("node", path=environ.get("PATH", os.environ.get("PATH"))) or "node"
