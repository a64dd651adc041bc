"""Calendar messages (RFC 5545, 5546, 6047) and wall-clock times in Amsterdam."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
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

    def address(self, **parameters: str) -> vCalAddress:
        address = vCalAddress(f"mailto:{self.email}")
        address.params = Parameters({"CN": vText(self.name), **parameters})
        return address


@dataclass(frozen=True)
class Gathering:
    """A meeting as a calendar needs it. uid stays for life, sequence only goes up."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    description: str = ""


def request(meeting: Gathering, *, organizer: Party, attendee: Party, stamp: datetime) -> bytes:
    """METHOD:REQUEST, an invitation or its update."""
    return _message("REQUEST", "CONFIRMED", meeting, organizer, attendee, stamp)


def cancel(meeting: Gathering, *, organizer: Party, attendee: Party, stamp: datetime) -> bytes:
    """METHOD:CANCEL."""
    return _message("CANCEL", "CANCELLED", meeting, organizer, attendee, stamp)


def _message(
    method: str, status: str, meeting: Gathering, organizer: Party, attendee: Party | None, stamp: datetime
) -> bytes:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", meeting.ends_at.astimezone(AMSTERDAM))
    event.add("summary", meeting.title)
    event.add("status", status)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.link:
        event.add("url", vUri(meeting.link))
    if meeting.description:
        event.add("description", meeting.description)
    event.add("organizer", organizer.address(), encode=False)
    if attendee:
        asked = attendee.address(ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE")
        event.add("attendee", asked, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Raadportaal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    calendar.add_component(event)
    return calendar.to_ical()


def publish(meeting: Gathering, *, organizer: Party, stamp: datetime) -> bytes:
    """METHOD:PUBLISH, for a download: no attendee, no answer asked."""
    return _message("PUBLISH", "CONFIRMED", meeting, organizer, None, stamp)
