"""Answers from calendars: an iTIP REPLY (RFC 5546) that arrives in the mailbox.

An answer counts only when it speaks for one person whom we invited, comes from the address of that person, and carries
the address for answers that only the mail to that person held. All else is set aside, with the reason.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from councils.models import Membership
from meetings.actions.inviting import answer_invitation
from meetings.emails.invitations import REPLY_TO, TOLD_ABOUT, uid_of
from meetings.models import Invitee, Meeting
from meetings.states import Answer, AnsweredVia
from portal import signed_addresses
from portal.access import Refused
from portal.inbox import Inbound, handles
from portal.models import Message
from portal.states import InboundKind, InboundOutcome

MOST_BYTES = 100_000
METHODS = ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER")
RECEIVED_AT = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class SetAside(Exception):
    """This answer does not count. The message is a sentence for the secretary, without personal data."""


@dataclass
class Found:
    """What is known of who answers, as far as the reading came."""

    meeting: Meeting | None = None
    invitee: Invitee | None = None

    def about(self) -> Message | None:
        if self.invitee is None:
            return None
        return Message.objects.filter(kind__in=TOLD_ABOUT, about_id=self.invitee.pk).order_by("-pk").first()


@handles(order=0)
def calendar_answer(mail: EmailMessage) -> Inbound | None:
    """Before automatic answers: some calendars call their answers automatic."""
    body = calendar_in(mail)
    if body is None:
        return None
    found = addressed(mail) or Found()
    try:
        note = take_answer(mail, body, found)
        outcome = InboundOutcome.DONE
    except SetAside as reason:
        note, outcome = str(reason), InboundOutcome.SET_ASIDE
    council_id = found.meeting.council_id if found.meeting else council_of_sender(mail)
    return Inbound(InboundKind.ANSWER, outcome, note, about=found.about(), council_id=council_id)


@handles(order=3)
def mail_to_an_invitation(mail: EmailMessage) -> Inbound | None:
    """Somebody typed an answer to an address that is for calendars."""
    found = addressed(mail)
    if found is None or found.meeting is None:
        return None
    reason = _("This mail holds no answer from a calendar. Ask whether this person is coming.")
    return Inbound(
        InboundKind.OTHER, InboundOutcome.SET_ASIDE, reason, about=found.about(), council_id=found.meeting.council_id
    )


def addressed(mail: EmailMessage) -> Found | None:
    """Whose own address the mail came to. It proves nothing, but that council must see what could not be read."""
    known = (signed_addresses.answered_about(REPLY_TO, address) for address in addresses(mail, *RECEIVED_AT))
    invitee = Invitee.objects.select_related("meeting").filter(pk__in=[pk for pk in known if pk]).first()
    return Found(invitee.meeting, invitee) if invitee else None


def council_of_sender(mail: EmailMessage) -> int | None:
    """The council of who sent it, if that is one: its secretary can ask what was meant."""
    senders = Membership.objects.current().filter(person__email__in=addresses(mail, "From"))
    found = set(senders.values_list("council_id", flat=True))
    return found.pop() if len(found) == 1 else None


def calendar_in(mail: EmailMessage) -> bytes | None:
    """The calendar part of an answer; None when this is another kind of mail."""
    for part in mail.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            body = part.get_payload(decode=True) or b""
            head = bytes(body)[:MOST_BYTES].upper()
            if any(b"METHOD:" + method.encode() in head for method in METHODS):
                return bytes(body)
    return None


def addresses(mail: EmailMessage, *headers: str) -> list[str]:
    values = [str(value) for header in headers for value in mail.get_all(header, [])]
    return [address.lower() for _name, address in getaddresses(values)]


def take_answer(mail: EmailMessage, body: bytes, found: Found) -> str:
    """Take the answer over. Returns what is to be noted with it, or raises SetAside."""
    method, event = the_event(body)
    found.meeting = meeting_of(event)
    if found.invitee and found.invitee.meeting_id != found.meeting.pk:
        found.invitee = None  # it came to the address of another meeting
    attendee = the_attendee(event)
    person = mail_address(attendee)
    found.invitee = (
        found.meeting.invitees.select_related("person", "meeting").filter(person__email__iexact=person).first()
    )
    if found.invitee is None:
        raise SetAside(_("Who answers is not invited to this meeting."))
    if addresses(mail, "From") != [person]:
        raise SetAside(_("The mail comes from another address than it answers for."))
    if not carries_secret(mail, event, found.invitee):
        raise SetAside(_("The mail was not sent to the address in the invitation."))
    if method != "REPLY":
        raise SetAside(_("The calendar proposes something else. Call to ask what is meant."))
    stamp = check_age(event, found.invitee)
    return settle(found.invitee, str(attendee.params.get("PARTSTAT", "")).upper(), stamp)


def the_event(body: bytes) -> tuple[str, Component]:
    if len(body) > MOST_BYTES:
        raise SetAside(_("The answer from the calendar is too large."))
    try:
        calendar = Calendar.from_ical(body)
        events = calendar.walk("VEVENT")
        method = str(calendar.get("METHOD", "")).upper()
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError):
        raise SetAside(_("The answer from the calendar cannot be read.")) from None
    if len(events) != 1 or "RECURRENCE-ID" in events[0]:
        raise SetAside(_("The calendar answers for more than one meeting at once."))
    return method, events[0]


def meeting_of(event: Component) -> Meeting:
    uid = str(event.get("UID", ""))
    try:
        meeting = Meeting.objects.select_related("council").filter(public_id=uuid.UUID(uid.partition("@")[0])).first()
    except ValueError:
        meeting = None
    if meeting is None or uid.lower() != uid_of(meeting).lower():
        raise SetAside(_("We do not know the meeting that this answer is about."))
    return meeting


def the_attendee(event: Component):
    attendee = event.get("ATTENDEE")
    if attendee is None or isinstance(attendee, list):
        raise SetAside(_("The answer must be of exactly one person."))
    return attendee


def mail_address(value: str) -> str:
    return str(value).lower().removeprefix("mailto:").strip()


def carries_secret(mail: EmailMessage, event: Component, invitee: Invitee) -> bool:
    """Mail servers may drop what stands after the plus; the calendar repeats the whole address as the organizer."""
    tried = [*addresses(mail, *RECEIVED_AT), mail_address(event.get("ORGANIZER", ""))]
    return any(signed_addresses.answered_about(REPLY_TO, address) == invitee.pk for address in tried)


def check_age(event: Component, invitee: Invitee) -> datetime:
    """When it was answered. Older than the last new time, or than the answer that stands: it does not count."""
    stamp: Any = event.get("DTSTAMP")
    try:
        sequence, moment = int(event.get("SEQUENCE", 0)), stamp.dt
    except (ValueError, TypeError, AttributeError):
        sequence, moment = 0, None
    if not isinstance(moment, datetime):
        raise SetAside(_("The answer from the calendar cannot be read."))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if sequence < invitee.asked_sequence:
        raise SetAside(_("This is an answer to an earlier time. The meeting has moved since."))
    if sequence > invitee.meeting.sequence:
        raise SetAside(_("This answer is about a version of the meeting that we never sent."))
    # Calendars count in whole seconds.
    if invitee.answered_at and moment < invitee.answered_at.replace(microsecond=0):
        raise SetAside(_("There is a newer answer of this person already."))
    return min(moment, timezone.now())


ANSWERS = {"ACCEPTED": Answer.ACCEPTED, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.NONE}


def settle(invitee: Invitee, partstat: str, stamp: datetime) -> str:
    if partstat == "DELEGATED":
        raise SetAside(_("This person wants to send somebody else. Call to ask whom."))
    if partstat not in ANSWERS:
        raise SetAside(_("The calendar does not say whether this person is coming."))
    undecided = _("Does not know yet whether it suits.") if partstat == "TENTATIVE" else ""
    try:
        answer_invitation(
            invitee, ANSWERS[partstat], by=invitee.person, via=AnsweredVia.CALENDAR, at=stamp,
            note=undecided if undecided and (not invitee.note or invitee.answer != Answer.NONE) else None,
        )  # fmt: skip
    except Refused as refused:
        raise SetAside(str(refused)) from None
    return undecided
