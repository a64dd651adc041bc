"""Calendars to subscribe to: of one person, behind a secret address, and of the public meetings of a council."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Council
from meetings.emails.invitations import gathering
from meetings.models import FeedAddress, Invitee, Meeting
from meetings.querysets import MeetingQuerySet
from meetings.states import MeetingState
from portal import calendar
from portal.models import Person, User

PAST = timedelta(days=365)  # so long a meeting that is over stays
CANCELLED = timedelta(days=60)  # so long a cancelled one does: calendars ask seldom
STATUS = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}


@dataclass(frozen=True)
class Feed:
    body: bytes
    changed_at: datetime

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:32]}"'


def address_of(secret: str) -> FeedAddress | None:
    """The address that a secret opens, unless it was revoked."""
    found = FeedAddress.objects.select_related("person").filter(revoked_at=None)
    return found.filter(secret_sha256=sha256(secret.encode()).hexdigest()).first()


def of_person(person: Person, *, council: str = "") -> Feed | None:
    """The meetings of the councils where somebody has a role now, and others that he or she is invited to. None when
    the person has no role any more."""
    councils = list(person.memberships.current().values_list("council_id", flat=True))
    blocked = User.objects.filter(person=person, is_active=False).exists()
    if blocked or (not councils and not person.appointments.current().exists()):
        return None
    invited = Invitee.objects.invited().filter(person=person).values("meeting_id")
    theirs = Meeting.objects.filter(Q(council__in=councils) | Q(pk__in=invited) & ~Q(state=MeetingState.PLANNED))
    around = Meeting.objects.filter(Q(council__in=councils) | Q(invitees__person=person))
    asked = Invitee.objects.filter(person=person).aggregate(last=Max("invited_at"), gone=Max("withdrawn_at"))
    if council:
        theirs, around = theirs.filter(council__slug=council), around.filter(council__slug=council)
    return _feed(theirs, around, name=_("Meetings"), private=True, also=asked.values())


def of_council(council: Council) -> Feed:
    """What anyone may know: no online link, no names."""
    meetings = council.meetings.all()
    name = _("Meetings of %(name)s") % {"name": council.name}
    return _feed(council.meetings.published(), meetings, name=name, private=False)


def _feed(
    meetings: MeetingQuerySet, around: MeetingQuerySet, *, name: str, private: bool,
    also: Iterable[datetime | None] = (),
) -> Feed:  # fmt: skip
    """`around`: all meetings of which a change may take one in or out of the feed."""
    midnight = calendar.wall_clock(timezone.localdate(), time(0, 0))  # what is too old goes at night
    gone = Q(state=MeetingState.CANCELLED, changed_at__lt=midnight - CANCELLED)
    shown = meetings.exclude(gone).filter(ends_at__gte=midnight - PAST)
    shown = shown.select_related("council", "parent").order_by("starts_at", "pk")
    changed = around.aggregate(last=Max("changed_at"))["last"]
    moments = [midnight, changed, *also]
    events = [_entry(meeting, private=private) for meeting in shown]
    return Feed(calendar.feed(events, name=name), max(moment for moment in moments if moment))


def _entry(meeting: Meeting, *, private: bool) -> calendar.Gathering:
    """Title, time and place; the facts with names stand in the invitation only."""
    entry = gathering(meeting, private=private, in_feed=True)
    # Nobody is invited for a part by itself: it is as certain as the whole meeting.
    planned_as_part = meeting.parent and meeting.state == MeetingState.PLANNED
    state = meeting.parent.state if meeting.parent and planned_as_part else meeting.state
    return replace(entry, status=STATUS.get(MeetingState(state), "CONFIRMED"))
