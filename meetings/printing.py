"""From the meeting to the letters for members without e-mail."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import override

from councils.states import CouncilRole
from meetings.models import Meeting
from meetings.print import print_invitations
from portal.dates import clock_time, long_date, long_datetime
from portal.models import Person

ANSWER_DAYS = 5  # the slip has to come back by post


def invitation_letters(meeting: Meeting, people: Sequence[Person]) -> bytes:
    with override("nl"):
        return print_invitations([letter_to(person, meeting) for person in people])


def letter_to(person: Person, meeting: Meeting) -> dict:
    council, today = meeting.council, timezone.localdate()
    day = timezone.localdate(meeting.starts_at)
    answer_by = max(today, day - timedelta(days=ANSWER_DAYS))
    facts = [
        {"label": "Wanneer", "value": f"{long_datetime(meeting.starts_at)} tot {clock_time(meeting.ends_at)}"},
        {"label": "Waar", "value": meeting.place or "Dat hoort u nog"},
    ]
    if meeting.online_link:
        facts.append({"label": "Online", "value": meeting.online_link})
    secretaries = council.memberships.current().filter(role=CouncilRole.SECRETARY).select_related("person")
    return {
        "council": sender(council),
        "member": {"name": person.name, "address": person.post_address.splitlines()},
        "subject": f"Uitnodiging voor de vergadering van {long_date(day)}",
        "date": today.isoformat(),
        "meeting": f"{meeting.title}, {long_datetime(meeting.starts_at)}",
        "facts": facts,
        "agenda": [
            {"number": number, "title": item.title, "aim": item.get_aim_display()}
            for number, item in enumerate(meeting.agenda_items.all(), 1)
        ],
        "answer_by": answer_by.isoformat(),
        "phone": council.phone,
        "signatories": [{"name": membership.person.name, "role": "secretaris"} for membership in secretaries[:1]],
    }


def sender(council) -> dict:
    return {
        "name": council.name,
        "contact": [line for line in (council.phone, council.email) if line],
        "return_address": [council.name, *council.post_address.splitlines()],
    }
