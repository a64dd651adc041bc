"""Inviting members, and what they answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.scheduling import move
from meetings.models import Invitee, Meeting
from meetings.states import Answer, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


@transaction.atomic
def send_invitations(meeting: Meeting, *, by: Person) -> int:
    """Invite everybody who has a role in the council on the day of the meeting. Returns how many are new.

    Each gets one outbox row: mail with a calendar part, or paper. Sending again invites only who came later.
    """
    meeting = Meeting.objects.select_for_update().select_related("council").get(pk=meeting.pk)
    if meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over. Nobody can be invited any more."))
    if meeting.state == MeetingState.PLANNED:
        move(meeting, MeetingState.INVITED)
        meeting.invited_at = timezone.now()
        meeting.save(update_fields=["state", "invited_at"])
    elif meeting.state != MeetingState.INVITED:
        raise Refused(_("This meeting is cancelled. Nobody can be invited any more."))
    known = set(meeting.invitees.values_list("person_id", flat=True))
    newcomers = [person for person in members_on_the_day(meeting) if person.pk not in known]
    for person in newcomers:
        invitee = Invitee.objects.create(meeting=meeting, council=meeting.council, person=person)
        post(
            "meetings.invitation", person, about=invitee, cause=f"meeting:{meeting.pk}:{meeting.sequence}",
            council_id=meeting.council_id,
        )  # fmt: skip
    record("meeting.invited", meeting, by=by)
    return len(newcomers)


def members_on_the_day(meeting: Meeting) -> list[Person]:
    memberships = meeting.council.memberships.current(timezone.localdate(meeting.starts_at)).select_related("person")
    return sorted({membership.person for membership in memberships}, key=lambda person: person.pk)


@transaction.atomic
def answer_invitation(invitee: Invitee, answer: str, *, by: Person) -> Invitee:
    """Comes or does not come; the last answer counts. `by` is another person when somebody enters it on behalf."""
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=invitee.pk)
    if invitee.meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. You do not need to answer."))
    if invitee.meeting.ends_at <= timezone.now():
        raise Refused(_("This meeting is over. You can no longer answer."))
    invitee.answer = Answer(answer)
    invitee.answered_at, invitee.answered_by = timezone.now(), by
    invitee.save(update_fields=["answer", "answered_at", "answered_by"])
    record("invitation.answered", invitee, by=by)
    return invitee
