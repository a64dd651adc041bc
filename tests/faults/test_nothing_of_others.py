"""Every part of every one of 500 mails holds no address, name or token of another recipient."""

import re
from collections import defaultdict
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from meetings.actions.inviting import send_invitations
from meetings.actions.scheduling import cancel_meeting, change_meeting
from portal.models import Message
from portal.tasks import deliver
from tests.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.faults.scene import Outcome

PEOPLE = 500
NAMES, ADDRESSES = re.compile(r"Naam\d{4}"), re.compile(r"lid\d{4}@")
TOKENS = re.compile(r"/[\w.~:-]{30,}")  # whatever in an address is too long to be a word


def people_of(council):
    return [
        MembershipFactory(
            council=council, person__name=f"Naam{number:04} de Vries", person__email=f"lid{number:04}@testdorp.test"
        )
        for number in range(PEOPLE)
    ]


def texts_of(sent: EmailMultiAlternatives) -> list[str]:
    """All that can be read in it: the headers, and every part as its reader decodes it; calendar lines unfolded."""
    parsed = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    found = [str(value) for _name, value in parsed.items()]
    for part in parsed.walk():
        assert isinstance(part, Parsed)
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            if part.get_content_type() in ("text/calendar", "application/ics"):
                payload = re.sub(rb"\r?\n ", b"", payload)
            found.append(payload.decode(errors="replace"))
            found.append(str(part.get_filename() or ""))
    return found


def foreign(mails: list[EmailMultiAlternatives], shared: set[str]) -> list[str]:
    """What stands in a mail and is of another recipient. `shared` are addresses of pages that everybody has."""
    wrong, holders = [], defaultdict(set)
    for sent in mails:
        (recipient,) = sent.recipients()
        own = re.search(r"lid(\d{4})@", recipient)
        assert own, recipient
        for text in texts_of(sent):
            wrong += [name for name in NAMES.findall(text) if name != f"Naam{own[1]}"]
            wrong += [address for address in ADDRESSES.findall(text) if address != f"lid{own[1]}@"]
            for token in TOKENS.findall(text):
                holders[token].add(recipient)
    wrong += [token for token, readers in holders.items() if len(readers) > 1 and token not in shared]
    return wrong


@pytest.fixture
def meeting(db):
    council = CouncilFactory()
    people_of(council)
    return MeetingFactory(council=council)


def delivered(kind: str) -> list[EmailMultiAlternatives]:
    mail.outbox.clear()
    for pk in Message.objects.filter(kind=kind).exclude(state="dropped").order_by("-pk").values_list("pk", flat=True):
        deliver(pk)
    return list(mail.outbox)


def shared_addresses(meeting) -> set[str]:
    return {f"/{meeting.public_id}", f"{meeting.get_absolute_url()}"}


@pytest.mark.slow
def test_no_mail_holds_anything_of_another_recipient(meeting):
    by = MembershipFactory(council=meeting.council, secretary=True, person__email="").person  # anybody may know her
    send_invitations(meeting, by=by, at_once=True)
    mails = delivered("meetings.invitation")
    change_meeting(meeting, by=by, starts_at=meeting.starts_at + timedelta(minutes=30))
    changed = delivered("meetings.invitation")
    cancel_meeting(meeting, by=by)
    cancelled = delivered("meetings.cancellation")
    assert all(TOKENS.search(text) for sent in mails for text in [sent.body])
    for name, sent in (("invitations", mails), ("changes", changed), ("cancellations", cancelled)):
        assert len(sent) == PEOPLE
        found = foreign(sent, shared_addresses(meeting))
        Outcome(f"something of another recipient in {name}", PEOPLE, lost=len(found), doubles=0).tell()
        assert found == []


def test_control_a_mail_object_that_is_used_again_is_found():
    """The mistake of 2016 of a well-known certificate authority: one object, to which every mail adds its own."""
    mails, body = [], ""
    for number in range(3):
        body += f"Beste Naam{number:04}, https://testdorp.test/antwoord/{'x' * 30}{number}/\n"
        mails.append(EmailMultiAlternatives("Uitnodiging", body, to=[f"lid{number:04}@testdorp.test"]))
    found = foreign(mails, set())
    Outcome("something of another recipient in invitations", 3, len(found), 0, control=True).tell()
    assert len(found) == 5
