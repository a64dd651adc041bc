"""The messages of this floor: invitation (again after a change) and cancellation, each with its calendar part."""

from collections.abc import Iterable
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import parseaddr

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from councils.states import CouncilRole
from meetings.agenda import agenda_told
from meetings.changes import difference
from meetings.models import Invitee, Meeting, MeetingChange
from meetings.parts import line_of, parts_told
from meetings.states import CANCELLATION, INVITATION, TOLD_ABOUT, Answer, InviteeRole, MeetingKind, MeetingState
from meetings.terms import answer_by
from portal import calendar, signed_addresses
from portal.dates import clock_time, long_datetime
from portal.mail import compose, link
from portal.models import Message, Person
from portal.post import NoLongerNeeded, builds
from portal.states import MessageState
from portal.topics import MEETINGS

SALT = "meetings.answer"
REPLY_TO = "u"  # in the address for answers: the invitee


def answer_token(invitee: Invitee) -> str:
    """For the link in the mail: whoever holds it may answer for this person at this meeting."""
    return signing.dumps(invitee.pk, salt=SALT)


def invitee_of(token: str) -> Invitee | None:
    """The invitee that a link speaks for, or None when the link was not made by us."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitee.objects.select_related("meeting__council", "person").filter(pk=pk).first()


def page_for(invitee: Invitee) -> str:
    """Where this person reads the agenda and the papers: in the room, at the desk of the authority, or where everybody
    does. Nothing when there is no such page."""
    meeting, council = invitee.meeting, invitee.meeting.council
    if invitee.role == InviteeRole.MEMBER:
        return link(meeting.get_absolute_url())
    if invitee.role == InviteeRole.AUTHORITY and meeting.kind == MeetingKind.CONSULTATION and meeting.authority:
        return link(reverse("meetings:consultations", args=[meeting.authority.slug]))
    return link(reverse("meetings:public_meeting", args=[council.slug, meeting.public_id])) if meeting.is_public else ""


def gathering(
    meeting: Meeting, invitee: Invitee | None = None, *, private: bool = True, in_feed: bool = False
) -> calendar.Gathering:
    """The meeting as calendars know it. The online link is for invited people only, whom to call stands in no feed."""
    page = page_for(invitee) if invitee else link(meeting.get_absolute_url())
    details = meeting.council.name if in_feed or not private else description(meeting, page)
    return calendar.Gathering(
        uid=uid_of(meeting),
        sequence=meeting.sequence,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
        place=meeting.place,
        online=meeting.online_link if private else "",
        page=page if private else "",
        description=details,
        part_of=uid_of(meeting.parent) if meeting.parent else "",
    )


def description(meeting: Meeting, page: str) -> str:
    """All facts in words, for who sees nothing of the mail but the calendar."""
    contact = contact_of(meeting)
    lines = [
        meeting.council.name,
        _("When: %(when)s") % {"when": time_span(meeting)},
        _("Where: %(place)s") % {"place": meeting.place} if meeting.place else "",
        _("Online: %(link)s") % {"link": meeting.online_link} if meeting.online_link else "",
        _("Questions? %(contact)s") % {"contact": ", ".join(filter(None, contact))} if any(contact) else "",
        *(line_of(part) for part in parts_told(meeting)),
        _("Agenda and papers: %(link)s") % {"link": page} if page else "",
    ]
    return "\n".join(filter(None, lines))


def time_span(meeting: Meeting) -> str:
    """`dinsdag 30 maart 2027 om 19.30 uur tot 21.30 uur`; the second day only where it is another."""
    same_day = timezone.localdate(meeting.starts_at) == timezone.localdate(meeting.ends_at)
    until = clock_time(meeting.ends_at) if same_day else long_datetime(meeting.ends_at)
    return _("%(start)s until %(end)s") % {"start": long_datetime(meeting.starts_at), "end": until}


def contact_of(meeting: Meeting) -> tuple[str, str, str]:
    """Name, telephone and e-mail of whom to call: chosen for this meeting, or else the secretary."""
    council, person = meeting.council, meeting.contact
    if person is None:
        secretaries = council.memberships.current().filter(role=CouncilRole.SECRETARY).select_related("person")
        first = secretaries.order_by("starts_on", "pk").first()
        person = first.person if first else None
    name, phone = (person.name, person.phone) if person else ("", "")
    return name, phone or council.phone, council.email


def uid_of(meeting: Meeting) -> str:
    return f"{meeting.public_id}@{portal_address().partition('@')[2]}"


def portal_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def organizer(meeting: Meeting, invitee: Invitee | None = None) -> calendar.Party:
    """The council. Calendars send an answer to this address: it is the mailbox that is read, where there is one."""
    council = meeting.council
    address = council.email or portal_address()
    if invitee and signed_addresses.takes_answers():
        address = signed_addresses.answer_address(REPLY_TO, invitee.pk)
    return calendar.Party(council.name, address, sent_by=portal_address() if address != portal_address() else "")


ROLES = {
    InviteeRole.MEMBER: "REQ-PARTICIPANT",
    InviteeRole.GUEST: "OPT-PARTICIPANT",
    InviteeRole.AUTHORITY: "REQ-PARTICIPANT",
}
PARTSTATS = {Answer.NONE: "NEEDS-ACTION", Answer.ACCEPTED: "ACCEPTED", Answer.DECLINED: "DECLINED"}


def asked(invitee: Invitee) -> calendar.Asked:
    return calendar.Asked(
        party=calendar.Party(invitee.person.name, invitee.person.email),
        role=ROLES[InviteeRole(invitee.role)],
        partstat=PARTSTATS[Answer(invitee.answer)],
        replies=signed_addresses.takes_answers(),
    )


@builds(INVITATION, MEETINGS, name=gettext_lazy("Invitation to a meeting"))
def invitation(message: Message) -> EmailMultiAlternatives:
    invitee = _current(message)
    meeting = invitee.meeting
    if meeting.state == MeetingState.CANCELLED or invitee.withdrawn_at:
        raise NoLongerNeeded
    told = _told_before(message)
    if told is None:
        return _first(message, invitee)
    with override(settings.LANGUAGE_CODE):
        subject = _("Changed: meeting on %(when)s") % {"when": long_datetime(meeting.starts_at)}
        words = news_since(meeting.changes.all(), told)
    facts = {"changed": True, "words": words, "again": invitee.asked_sequence > sequence_of(told)}
    return _mail(message, invitee, subject, "meetings/mail/invitation", "REQUEST", facts)


def _first(message: Message, invitee: Invitee) -> EmailMultiAlternatives:
    with override(settings.LANGUAGE_CODE):
        subject = _("Invitation: meeting on %(when)s") % {"when": long_datetime(invitee.meeting.starts_at)}
    return _mail(message, invitee, subject, "meetings/mail/invitation", "REQUEST", {})


def first_invitation(meeting: Meeting, person: Person, *, role: str, own_words: str) -> EmailMultiAlternatives:
    """What this person would get, before anything is written."""
    message = Message(person=person, kind=INVITATION, council_id=meeting.council_id, own_words=own_words)
    return _first(message, Invitee(meeting=meeting, council=meeting.council, person=person, role=role))


@builds(CANCELLATION, MEETINGS, name=gettext_lazy("Meeting cancelled"))
def cancellation(message: Message) -> EmailMultiAlternatives:
    """Of the meeting, or of the invitation of one person."""
    invitee = _current(message)
    is_cancelled = invitee.meeting.state == MeetingState.CANCELLED
    if not is_cancelled and not invitee.withdrawn_at:
        raise NoLongerNeeded
    with override(settings.LANGUAGE_CODE):
        subject = (
            _("Cancelled: meeting on %(when)s") if is_cancelled else _("No longer invited: meeting on %(when)s")
        ) % {"when": long_datetime(invitee.meeting.starts_at)}
    return _mail(message, invitee, subject, "meetings/mail/cancellation", "CANCEL", {"is_cancelled": is_cancelled})


def _current(message: Message) -> Invitee:
    """The invitee, unless a newer message about the same invitation takes the place of this one."""
    found = Invitee.objects.select_related(
        "meeting__council", "meeting__parent", "meeting__contact", "meeting__authority", "person"
    )
    invitee = found.filter(pk=message.about_id).first()
    newer = Message.objects.filter(kind__in=TOLD_ABOUT, about_id=message.about_id, pk__gt=message.pk)
    if invitee is None or newer.exclude(state__in=[MessageState.DROPPED, MessageState.HELD]).exists():
        raise NoLongerNeeded
    return invitee


def _told_before(message: Message) -> Message | None:
    """The last message that this person got about the meeting, if that was an invitation."""
    left = [MessageState.SENT, MessageState.BOUNCED, MessageState.POSTED]
    earlier = Message.objects.filter(kind__in=TOLD_ABOUT, about_id=message.about_id, state__in=left, pk__lt=message.pk)
    last = earlier.order_by("-pk").first()
    return last if last and last.kind == INVITATION else None


def news_since(changes: Iterable[MeetingChange], told: Message) -> list[str]:
    """What this person was not told yet, in words: also what was saved meanwhile without a mail."""
    since = told.sent_at or told.created_at
    return difference(one for one in changes if one.sequence > sequence_of(told) or one.made_at > since)


def sequence_of(message: Message) -> int:
    """The SEQUENCE for which a message about an invitation was written."""
    return int(message.cause.rpartition(":")[2])


def _mail(
    message: Message, invitee: Invitee, subject: str, template: str, method: str, context: dict
) -> EmailMultiAlternatives:
    meeting, council = invitee.meeting, invitee.meeting.council
    with override(settings.LANGUAGE_CODE):
        make = calendar.request if method == "REQUEST" else calendar.cancel
        facts = gathering(meeting, invitee)
        body = make(facts, organizer=organizer(meeting, invitee), asked=asked(invitee), stamp=timezone.now())
        context |= {"when": time_span(meeting), "contact": contact_of(meeting)}
    mail = compose(
        message, subject=subject, template=template, sender=council.name, reply_to=council.email,
        context={
            "meeting": meeting,
            "council": council,
            "invitee": invitee,
            "parts": parts_told(meeting, invitee.person),
            "agenda": agenda_told(meeting, in_room=invitee.role == InviteeRole.MEMBER),
            "meeting_url": page_for(invitee),
            "answer_by": answer_by(meeting),
            "answer_url": link(reverse("meetings:answer_link", args=[answer_token(invitee)])),
            **context,
        },
    )  # fmt: skip
    # Outlook acts on a calendar part only when the method stands in its content type as well (RFC 6047, 2.4).
    mail.attach_alternative(body.decode(), f"text/calendar; method={method}")
    mail.attach(_as_file(body))
    return mail


def _as_file(body: bytes) -> MIMEBase:
    """For mail programs that do not know the calendar part."""
    attached = MIMEBase("application", "ics", name="invite.ics")
    attached.set_payload(body)
    encode_base64(attached)
    attached.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return attached
