"""Calendar files by themselves: what three programs read, over both nights that the clock changes, and 400 meetings."""

import itertools
import random
import time as clock
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal import calendar
from portal.calendar import Asked, Gathering, Party, wall_clock
from tests.calendars import READERS, Read, by_ical_js, by_icalendar, by_vobject

NOW = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
ORGANIZER = Party("Adviesraad; “Test”, dorp", "raad@testdorp.test", sent_by="post@portaal.test")
FATMA = Asked(Party("Fatma Yılmaz", "fatma@testdorp.test"))


def meeting(starts: datetime, *, sequence: int = 0, uid: str = "een@portaal.test", **more) -> Gathering:
    return Gathering(
        uid=uid, sequence=sequence, title="Overleg, deel 1; “vervoer”", starts_at=starts,
        ends_at=starts.astimezone(UTC) + timedelta(hours=2), created_at=NOW, changed_at=NOW, place="Zaal 2, ingang B",
        online="https://overleg.test/1?a=b", page="https://portaal.test/", description="Regel\nen nog een", **more,
    )  # fmt: skip


def request(one: Gathering) -> bytes:
    return calendar.request(one, organizer=ORGANIZER, asked=FATMA, stamp=NOW)


def cancel(one: Gathering) -> bytes:
    return calendar.cancel(one, organizer=ORGANIZER, asked=FATMA, stamp=NOW)


def at(day: date, hour: int, minute: int = 30) -> datetime:
    return wall_clock(day, time(hour, minute))


# Saturday evening, the day of the change and the day after, for both changes of 2027.
CHANGES = [date(2027, 3, 28), date(2027, 10, 31)]
DAYS = [day + timedelta(days=step) for day in CHANGES for step in (-1, 0, 1)]
OFFSET = {date(2027, 3, 27): 1, date(2027, 3, 28): 2, date(2027, 3, 29): 2,
          date(2027, 10, 30): 2, date(2027, 10, 31): 1, date(2027, 11, 1): 1}  # fmt: skip


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_moved_a_split_and_a_cancelled_meeting_read_the_same_everywhere(reader, day):
    """The instants are written here by hand: the clock says 19.30, and the difference with UTC is one or two hours."""
    evening = datetime(day.year, day.month, day.day, 19 - OFFSET[day], 30, tzinfo=UTC)
    moved = meeting(at(day, 19), sequence=1)
    parts = [
        meeting(at(day, hour), uid=f"deel-{hour}@portaal.test", part_of=moved.uid) for hour in (19, 20)
    ]  # fmt: skip
    attendee = "mailto:fatma@testdorp.test"

    def expected(method: str, uid: str, sequence: int, start: datetime, status: str) -> list[Read]:
        end = start + timedelta(hours=2)
        return [Read(method, uid, sequence, start, end, attendee, "mailto:raad@testdorp.test", status)]

    assert reader(request(moved)) == expected("REQUEST", "een@portaal.test", 1, evening, "CONFIRMED")
    assert [reader(request(part)) for part in parts] == [
        expected("REQUEST", "deel-19@portaal.test", 0, evening, "CONFIRMED"),
        expected("REQUEST", "deel-20@portaal.test", 0, evening + timedelta(hours=1), "CONFIRMED"),
    ]
    gone = replace(moved, sequence=2)
    assert reader(cancel(gone)) == expected("CANCEL", "een@portaal.test", 2, evening, "CANCELLED")


@pytest.mark.parametrize("reader", [by_vobject, by_ical_js])
def test_without_its_time_zone_another_program_reads_another_time(reader, monkeypatch):
    """The control of the test above: take VTIMEZONE out, and the instants are no longer the same."""
    body = request(meeting(at(date(2027, 3, 29), 19)))
    assert reader(body) == by_icalendar(body)
    start, end = body.index(b"BEGIN:VTIMEZONE"), body.index(b"END:VTIMEZONE\r\n") + len(b"END:VTIMEZONE\r\n")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/New_York")
        clock.tzset()
        without = reader((body[:start] + body[end:]).replace(b"Europe/Amsterdam", b"Onze/Tijd"))
    clock.tzset()
    assert without != by_icalendar(body)


def test_a_part_names_the_meeting_it_is_a_part_of():
    body = request(meeting(at(date(2027, 3, 29), 19), uid="deel@portaal.test", part_of="een@portaal.test"))
    assert b"RELATED-TO;RELTYPE=PARENT:een@portaal.test" in body


def test_only_the_one_who_is_asked_stands_in_it():
    body = request(meeting(at(date(2027, 3, 29), 19))).replace(b"\r\n ", b"")
    assert body.count(b"ATTENDEE") == 1
    assert b"ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:fatma@testdorp.test" in body
    assert b'SENT-BY="mailto:post@portaal.test":mailto:raad@testdorp.test' in body
    for fact in (
        b"CONFERENCE;",
        b"URL:https://overleg.test/1?a=b",
        b"LOCATION:Zaal 2\\, ingang B",
        b"CREATED:",
        b"LAST-MODIFIED:",
    ):
        assert fact in body


def test_no_line_is_longer_than_75_bytes_and_all_end_in_crlf():
    lines = request(meeting(at(date(2027, 3, 29), 19))).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)


# --- 400 meetings ---


def instants(count: int) -> list[datetime]:
    """Half of them within two days of a change of the clock."""
    chance = random.Random(5)
    nights = [date(year, month, 1) for year in range(2026, 2040) for month in (3, 10)]
    found: list[datetime] = []
    while len(found) < count:
        if len(found) % 2:
            first = chance.choice(nights)
            sunday = max(day for day in (first + timedelta(days=n) for n in range(31)) if day.weekday() == 6)
            day = sunday + timedelta(days=chance.randint(-2, 2))
        else:
            day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 5000))
        try:
            found.append(
                wall_clock(day, time(chance.randint(0, 23), chance.choice([0, 15, 30, 45])), fold=len(found) % 2)
            )
        except calendar.NoSuchTime:
            continue
    return found


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_read_as_the_one_that_was_meant(reader, fold):
    starts = wall_clock(date(2027, 10, 31), time(2, 30), fold=fold)
    assert reader(request(meeting(starts)))[0].start == datetime(2027, 10, 31, fold, 30, tzinfo=UTC)


def test_three_programs_read_400_meetings_as_they_are():
    starts = instants(400)
    body = calendar.feed([meeting(start, uid=f"{n}@portaal.test") for n, start in enumerate(starts)], name="Test")
    wanted = [(start.astimezone(UTC), start.astimezone(UTC) + timedelta(hours=2)) for start in starts]
    for name, reader in READERS.items():
        mismatches = [pair for pair, read in zip(wanted, reader(body), strict=True) if (read.start, read.end) != pair]
        assert mismatches == [], name


# --- a calendar program that gets the messages in any order ---


class Program:
    """What RFC 5546 (2.1.5) asks of a calendar: of one UID the highest SEQUENCE counts, then the latest DTSTAMP."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[int, datetime, Read]] = {}

    def take(self, body: bytes) -> None:
        read = by_icalendar(body)[0]
        stamp = datetime.strptime(body.split(b"DTSTAMP:")[1][:16].decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        known = self.events.get(read.uid)
        if known is None or (read.sequence, stamp) > known[:2]:
            self.events[read.uid] = (read.sequence, stamp, read)


def messages(sequences: list[int]) -> list[bytes]:
    """Invite, move, move, cancel, invite again."""
    day = date(2027, 3, 27)
    times = [at(day + timedelta(days=n), 19) for n in (0, 1, 2, 2, 3)]
    made = [meeting(start, sequence=sequence) for start, sequence in zip(times, sequences, strict=True)]
    makers = [calendar.request, calendar.request, calendar.request, calendar.cancel, calendar.request]
    return [
        maker(one, organizer=ORGANIZER, asked=FATMA, stamp=NOW)  # one and the same second: only SEQUENCE tells
        for maker, one in zip(makers, made, strict=True)
    ]


def mismatches(sequences: list[int]) -> int:
    bodies = messages(sequences)
    wrong = 0
    for length in range(1, len(bodies) + 1):
        newest = by_icalendar(bodies[length - 1])[0]
        for order in itertools.permutations(bodies[:length]):
            program = Program()
            for body in order:
                program.take(body)
            seen = [read for _sequence, _stamp, read in program.events.values()]
            wrong += seen != [newest]
    return wrong


def test_in_whatever_order_they_come_one_event_is_left_with_the_newest_facts():
    assert mismatches([0, 1, 2, 3, 4]) == 0


def test_a_sequence_that_stays_leaves_the_wrong_facts():
    """The control of the test above."""
    assert mismatches([0, 0, 1, 1, 1]) > 0
