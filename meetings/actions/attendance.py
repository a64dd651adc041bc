"""Who is there: coming, going, guests, deputies. Can be corrected until the minutes are adopted."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.deputies import refuse_where_forbidden
from meetings.minutes import is_adopted
from meetings.models import AgendaItem, Guest, Invitee, Meeting, Presence
from meetings.presence import Stretch, is_there, moment, stretch
from meetings.states import Attendance, GuestCapacity, InviteeRole, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person


def lock_open(meeting: Meeting) -> Meeting:
    """The meeting, for this transaction alone; refused when what happened there can no longer be changed."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=meeting.pk)
    if locked.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled."))
    if is_adopted(locked):
        raise Refused(_("The minutes of this meeting are adopted. Who was there does not change any more."))
    return locked


def note_people(meeting: Meeting, attendance: Mapping[int, str]) -> None:
    """Of whom nothing is said, and who was not invited, there is nothing to keep."""
    known = set(meeting.invitees.values_list("person_id", flat=True))
    for person_id, seen in attendance.items():
        if seen == Attendance.UNKNOWN and person_id not in known:
            continue
        invitee, _new = Invitee.objects.update_or_create(
            meeting=meeting, person_id=person_id, defaults={"attendance": Attendance(seen)},
            create_defaults={
                "attendance": Attendance(seen), "council_id": meeting.council_id, "role": role_of(meeting, person_id)
            },
        )  # fmt: skip
        if invitee.attendance != Attendance.PRESENT:
            invitee.presences.all().delete()


def role_of(meeting: Meeting, person_id: int) -> str:
    """Somebody without a role in the council on that day is a guest."""
    day = timezone.localdate(meeting.starts_at)
    is_of_council = meeting.council.memberships.current(day).filter(person=person_id).exists()
    return InviteeRole.MEMBER if is_of_council else InviteeRole.GUEST


@transaction.atomic
def arrive(meeting: Meeting, person: Person, *, item: AgendaItem, by: Person) -> Invitee:
    """Somebody comes in and is there from this item on; also who left before, and who was not invited."""
    meeting = lock_open(meeting)
    of_this_agenda(meeting, item)
    known = meeting.invitees.select_for_update().filter(person=person).first()
    if known and known.attendance == Attendance.PRESENT and is_there(stretches_of(known), moment(item)):
        raise Refused(_("%(name)s is here already.") % {"name": person.name}, field="person")
    if known is None or known.attendance != Attendance.PRESENT:
        note_people(meeting, {person.pk: Attendance.PRESENT})
        known = meeting.invitees.get(person=person)
    came = Presence.objects.create(invitee=known, council_id=meeting.council_id, from_item=item)
    record("meeting.arrived", came, by=by)
    return known


@transaction.atomic
def leave(meeting: Meeting, person: Person, *, item: AgendaItem, stays_for_item: bool, by: Person) -> Invitee:
    """Somebody goes: after this item, or before what is decided there. Who goes at the first item was not there."""
    meeting = lock_open(meeting)
    of_this_agenda(meeting, item)
    invitee = meeting.invitees.select_for_update().filter(person=person, attendance=Attendance.PRESENT).first()
    if invitee is None or not is_there(stretches_of(invitee), moment(item)):
        raise Refused(_("%(name)s is not here now.") % {"name": person.name}, field="person")
    before = [one for one in meeting.agenda_items.all() if moment(one) < moment(item)]
    last = item if stays_for_item else max(before, key=moment, default=None)
    rows = list(invitee.presences.select_related("from_item", "until_item")) or [
        Presence.objects.create(invitee=invitee, council_id=meeting.council_id)
    ]
    for row in rows:
        first, until = stretch(row)
        if last is None or (first and first > moment(last)):
            row.delete()  # came in at this item or later, and that is over
        elif until is None or until > moment(last):
            row.until_item = last
            row.save(update_fields=["until_item"])
    if not invitee.presences.exists():
        invitee.attendance = Attendance.ABSENT_NOTIFIED
        invitee.save(update_fields=["attendance"])
    record("meeting.left", invitee, by=by)
    return invitee


@transaction.atomic
def correct_presence(
    invitee: Invitee, *, attendance: str, stretches: Sequence[tuple[AgendaItem | None, AgendaItem | None]] = (),
    by: Person,
) -> Invitee:  # fmt: skip
    """As it was: present or not, and when not for the whole meeting, from which item until which."""
    meeting = lock_open(invitee.meeting)
    invitee = Invitee.objects.select_for_update().get(pk=invitee.pk)
    for first, last in stretches:
        for item in filter(None, (first, last)):
            of_this_agenda(meeting, item)
        if first and last and moment(last) < moment(first):
            raise Refused(_("The last item comes before the first."), field="until_item")
    invitee.attendance = Attendance(attendance)
    invitee.save(update_fields=["attendance"])
    invitee.presences.all().delete()
    if invitee.attendance == Attendance.PRESENT:
        Presence.objects.bulk_create(
            Presence(invitee=invitee, council_id=meeting.council_id, from_item=first, until_item=last)
            for first, last in stretches
            if first or last
        )
    record("meeting.presence_corrected", invitee, by=by)
    return invitee


@transaction.atomic
def send_deputy(invitee: Invitee, deputy: Person, *, by: Person) -> Invitee:
    """Somebody else is there for an absent member. Refused only where the rules of the council forbid it."""
    meeting = lock_open(invitee.meeting)
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitee.pk)
    if deputy.pk == invitee.person_id:
        raise Refused(_("Choose somebody else as deputy."), field="deputy")
    refuse_where_forbidden(meeting, field="deputy")
    invitee.deputy = deputy
    if invitee.attendance != Attendance.ABSENT_UNNOTIFIED:
        invitee.attendance = Attendance.ABSENT_NOTIFIED
    invitee.save(update_fields=["deputy", "attendance"])
    invitee.presences.all().delete()
    there = meeting.invitees.filter(person=deputy).first()
    if there is None or there.attendance != Attendance.PRESENT:
        note_people(meeting, {deputy.pk: Attendance.PRESENT})
    record("meeting.deputy", invitee, by=by)
    return invitee


@transaction.atomic
def add_guest(
    meeting: Meeting, *, name: str, by: Person, capacity: str = GuestCapacity.GUEST, organisation: str = ""
) -> Guest:
    """Somebody without an account: a guest, somebody of the authority, the public gallery."""
    meeting = lock_open(meeting)
    known = {"name": name.strip(), "capacity": GuestCapacity(capacity), "organisation": organisation.strip()}
    guest, is_new = meeting.guests.get_or_create(**known, defaults={"council_id": meeting.council_id})
    if is_new:
        record("meeting.guest_added", guest, by=by)
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: Person) -> None:
    lock_open(guest.meeting)
    record("meeting.guest_removed", guest, by=by)
    guest.delete()


def of_this_agenda(meeting: Meeting, item: AgendaItem) -> None:
    if item.meeting_id != meeting.pk:
        raise Refused(_("Choose an item of the agenda of this meeting."), field="item")


def stretches_of(invitee: Invitee) -> list[Stretch]:
    return [stretch(row) for row in invitee.presences.select_related("from_item", "until_item")]
