"""Calendar messages (RFC 5545, 5546, 6047) and wall-clock times in Amsterdam."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri
from icalendar.parser import Parameters

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# Written by hand: the rules of the European Union since 1996. Generated ones are long and differ by an hour.
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


class NoSuchTime(ValueError):
    """The clock skips this time: the night that summer time starts."""


class TimeTwice(ValueError):
    """The clock shows this time twice: the night that summer time ends. Say which with `fold`."""


def wall_clock(day: date, at: time, *, fold: int | None = None) -> datetime:
    """The instant at which a clock in Amsterdam shows this. fold 0 is the first of a doubled hour, 1 the second.

    Raises NoSuchTime or TimeTwice (when fold is not given).
    """
    first, second = (datetime.combine(day, at.replace(fold=which), tzinfo=AMSTERDAM) for which in (0, 1))
    if first.astimezone(UTC).astimezone(AMSTERDAM).time() != at.replace(fold=0):
        raise NoSuchTime
    if first.utcoffset() != second.utcoffset() and fold is None:
        raise TimeTwice
    return second if fold else first


@dataclass(frozen=True)
class Party:
    name: str
    email: str
    sent_by: str = ""  # who mails for this party, where that is another address (RFC 6047, 2.3)

    def address(self, **parameters: str) -> vCalAddress:
        address = vCalAddress(f"mailto:{self.email}")
        address.params = Parameters({"CN": vText(self.name), **parameters})
        if self.sent_by:
            address.params["SENT-BY"] = f"mailto:{self.sent_by}"
        return address


@dataclass(frozen=True)
class Gathering:
    """A meeting as a calendar needs it. uid stays for life, sequence only goes up."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    place: str = ""
    online: str = ""  # the link to join
    page: str = ""
    description: str = ""
    part_of: str = ""  # uid of the meeting that this is a part of
    status: str = "CONFIRMED"


@dataclass(frozen=True)
class Asked:
    """The one person a message is for: as what, and the answer that stands. `replies`: answers by mail are read."""

    party: Party
    role: str = "REQ-PARTICIPANT"
    partstat: str = "NEEDS-ACTION"
    replies: bool = False

    def attendee(self) -> vCalAddress:
        return self.party.address(
            CUTYPE="INDIVIDUAL", ROLE=self.role, PARTSTAT=self.partstat, RSVP="TRUE" if self.replies else "FALSE"
        )


def request(meeting: Gathering, *, organizer: Party, asked: Asked, stamp: datetime) -> bytes:
    """METHOD:REQUEST, an invitation or its update."""
    return _calendar([_event(meeting, organizer, asked, stamp)], "REQUEST")


def cancel(meeting: Gathering, *, organizer: Party, asked: Asked, stamp: datetime) -> bytes:
    """METHOD:CANCEL."""
    return _calendar([_event(replace(meeting, status="CANCELLED"), organizer, asked, stamp)], "CANCEL")


def publish(meeting: Gathering, *, organizer: Party, stamp: datetime) -> bytes:
    """METHOD:PUBLISH, for a download: no attendee, no answer asked."""
    return _calendar([_event(meeting, organizer, None, stamp)], "PUBLISH")


def feed(meetings: Iterable[Gathering], *, name: str) -> bytes:
    """A calendar to subscribe to. It is the same, byte for byte, as long as no meeting in it changes."""
    events = [_event(meeting, None, None, meeting.changed_at) for meeting in meetings]
    return _calendar(events, "PUBLISH", name=name)


def _clock(moment: datetime) -> datetime:
    """As the clock shows it; in the hour that comes twice, where programs read two things, as an instant."""
    here = moment.astimezone(AMSTERDAM)
    is_twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if is_twice else here


def _event(meeting: Gathering, organizer: Party | None, asked: Asked | None, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("created", meeting.created_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", _clock(meeting.starts_at))
    event.add("dtend", _clock(meeting.ends_at))
    event.add("summary", meeting.title)
    event.add("status", meeting.status)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.online:
        event.add("conference", vUri(meeting.online), {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Online"})
    if meeting.online or meeting.page:
        event.add("url", vUri(meeting.online or meeting.page))
    if meeting.description:
        event.add("description", meeting.description)
    if meeting.part_of:
        event.add("related-to", vText(meeting.part_of), {"RELTYPE": "PARENT"})
    if organizer:
        event.add("organizer", organizer.address(), encode=False)
    if asked:
        event.add("attendee", asked.attendee(), encode=False)
    return event


def _calendar(events: list[Event], method: str, *, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Raadportaal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=4), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
