"""Who sits in a council now or on the day of a meeting, of whom nobody noted anything, and how somebody is reached."""

from django.utils import timezone

from councils.models import Council
from meetings.models import Meeting
from meetings.states import Attendance, Channel, MeetingKind
from portal.models import Person


def people_of(council: Council) -> list[Person]:
    memberships = council.memberships.current().select_related("person").order_by("person__name")
    return list({membership.person_id: membership.person for membership in memberships}.values())


def members_on_the_day(meeting: Meeting) -> list[Person]:
    memberships = meeting.council.memberships.current(timezone.localdate(meeting.starts_at)).select_related("person")
    return sorted({membership.person for membership in memberships}, key=lambda person: person.pk)


def not_noted(meeting: Meeting) -> list[Person]:
    """Of whom nobody noted whether they were there: who was invited, and at a meeting of the whole council also who
    sits in it that day. Who is not among the invited of a board or a working group is not expected there."""
    invitees = list(meeting.invitees.select_related("person"))
    found = [one.person for one in invitees if one.attendance == Attendance.UNKNOWN and one.withdrawn_at is None]
    if meeting.kind == MeetingKind.PLENARY and meeting.parent_id is None:
        known = {one.person_id for one in invitees}
        found += [person for person in members_on_the_day(meeting) if person.pk not in known]
    return sorted(found, key=lambda person: person.name.casefold())


def usual_channel(person: Person) -> str:
    if person.reachable_by_email:
        return Channel.EMAIL
    return Channel.PHONE if person.phone and not person.post_address else Channel.PAPER
