"""The calendar part of the real mails: a meeting is moved over a change of the clock, split in parts and cancelled.

Three programs read each mail: icalendar, vobject (Python) and ical.js (Node). What they must read stands here by hand.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from meetings.actions import feeds, inviting, parts, scheduling
from meetings.emails.invitations import uid_of
from portal.calendar import wall_clock
from tests.calendars import READERS, Read, by_icalendar
from tests.factories import MeetingFactory


@dataclass(frozen=True)
class Change:
    """The evening before the night that the clock changes, and the evening after it: both at 19.30 by the clock."""

    now: str
    before: datetime
    after: datetime


CHANGES = {
    "summer time begins": Change(
        "2027-03-01 12:00", datetime(2027, 3, 27, 18, 30, tzinfo=UTC), datetime(2027, 3, 28, 17, 30, tzinfo=UTC)
    ),
    "summer time ends": Change(
        "2027-10-01 12:00", datetime(2027, 10, 30, 17, 30, tzinfo=UTC), datetime(2027, 10, 31, 18, 30, tzinfo=UTC)
    ),
}
DAYS = {
    "summer time begins": (date(2027, 3, 27), date(2027, 3, 28)),
    "summer time ends": (date(2027, 10, 30), date(2027, 10, 31)),
}
TWO_HOURS = timedelta(hours=2)
STEPS = {  # the mail, in its order: METHOD, SEQUENCE, STATUS
    "invited": ("REQUEST", 0, "CONFIRMED"), "moved": ("REQUEST", 1, "CONFIRMED"), "split": ("REQUEST", 2, "CONFIRMED"),
    "cancelled": ("CANCEL", 3, "CANCELLED"),
}  # fmt: skip


def span(day: date) -> dict[str, datetime]:
    starts = wall_clock(day, time(19, 30))
    return {"starts_at": starts, "ends_at": starts + TWO_HOURS}


@pytest.fixture(params=CHANGES)
def night(request):
    with time_machine.travel(CHANGES[request.param].now, tick=True):
        yield request.param


@pytest.fixture
def meeting(night, council, saskia, fatma, chair, committing):
    """Planned before the night, invited, moved to after it, split: what was mailed is in the outbox."""
    before, after = DAYS[night]
    meeting = MeetingFactory(council=council, title="Beraad; “najaar”, deel 1", **span(before))
    with committing():
        inviting.send_invitations(meeting, by=saskia.person)
    with committing():
        scheduling.change_meeting(meeting, by=saskia.person, **span(after))
    eight = wall_clock(after, time(20))
    with committing():
        parts.add_part(
            meeting, title="Tafel wonen", starts_at=eight, ends_at=eight + timedelta(hours=1), place="Zaal 3",
            people=[fatma.person], by=saskia.person,
        )  # fmt: skip
        scheduling.split_meeting(meeting, by=saskia.person)
    meeting.refresh_from_db()
    return meeting


def calendars_to(person) -> list[tuple[str, bytes]]:
    """The calendar parts as they travel: the method that stands in the head of the part, and the file."""
    found = []
    for sent in mail.outbox:
        if person.email not in sent.to[0]:
            continue
        parsed = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        inner = next(parsed.iter_parts())
        assert (parsed.get_content_type(), inner.get_content_type()) == ("multipart/mixed", "multipart/alternative")
        text, html, part = inner.iter_parts()
        assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
        assert part["Content-Type"].params["charset"] == "utf-8"
        assert part.get_content_type() == "text/calendar"
        found.append((part["Content-Type"].params["method"], part.get_payload(decode=True)))
    return found


def test_three_programs_read_every_mail_the_same_over_both_changes_of_the_clock(
    meeting, night, saskia, fatma, committing
):
    with committing():
        scheduling.cancel_meeting(meeting, by=saskia.person)
    found = calendars_to(fatma.person)
    change = CHANGES[night]
    expected = [
        Read(method, uid_of(meeting), sequence, start, start + TWO_HOURS, "mailto:fatma@testdorp.test",
             f"mailto:{meeting.council.email}", status)
        for (method, sequence, status), start in zip(STEPS.values(), [change.before, *[change.after] * 3], strict=True)
    ]  # fmt: skip
    assert [method for method, _body in found] == [read.method for read in expected]
    for name, reader in READERS.items():
        assert [reader(body)[0] for _method, body in found] == expected, name


def test_three_programs_read_the_parts_in_the_feed_the_same(meeting, night, fatma):
    secret = feeds.make_address(fatma.person, by=fatma.person)
    body = Client().get(reverse("meetings:feed", args=[secret])).content
    starts, part = CHANGES[night].after, meeting.parts.get()
    eight = starts + timedelta(minutes=30)
    expected = [
        Read("PUBLISH", uid_of(meeting), 2, starts, starts + TWO_HOURS, "", "", "CONFIRMED"),
        Read("PUBLISH", uid_of(part), 0, eight, eight + timedelta(hours=1), "", "", "CONFIRMED"),
    ]
    for name, reader in READERS.items():
        assert reader(body) == expected, name
    assert f"RELATED-TO;RELTYPE=PARENT:{uid_of(meeting)}" in body.decode().replace("\r\n ", "")


@pytest.mark.parametrize("name", [name for name in READERS if name != "icalendar"])
def test_with_the_clock_changing_on_another_sunday_they_read_another_time(meeting, fatma, name):
    """The control: the programs follow the rules that travel in the file, also of a zone that they do not know by
    name. The first Sunday of the next month instead of the last, and the evening after the change is an hour off."""
    _method, body = calendars_to(fatma.person)[1]
    spring = body.replace(b"BYDAY=-1SU;BYMONTH=3", b"BYDAY=1SU;BYMONTH=4")
    wrong = spring.replace(b"BYDAY=-1SU;BYMONTH=10", b"BYDAY=1SU;BYMONTH=11")
    assert body != spring != wrong
    read = by_icalendar(body)[0]
    assert READERS[name](body.replace(b"Europe/Amsterdam", b"Proef/Goed"))[0] == read
    mistaken = READERS[name](wrong.replace(b"Europe/Amsterdam", b"Proef/Fout"))[0]
    assert abs(mistaken.start - read.start) == timedelta(hours=1)
