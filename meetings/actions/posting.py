"""Who gets it on paper or is phoned: what the secretary has done."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.inviting import TOLD_ABOUT
from meetings.models import Invitee, Meeting
from meetings.states import Channel
from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.states import MessageState


@transaction.atomic
def mark_posted(meeting: Meeting, *, on: date, by: Person) -> int:
    """All letters of this meeting that were to be sent on paper are in the post since `on`."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if on > timezone.localdate():
        raise Refused(_("That day is still to come. Fill in the day on which it went in the post."), field="on")
    invitees = dict(meeting.invitees.filter(channel=Channel.PAPER).values_list("pk", "posted_on"))
    letters = Message.objects.select_for_update().filter(
        kind__in=TOLD_ABOUT, about_id__in=invitees, state=MessageState.PAPER
    )
    found = dict(letters.values_list("pk", "about_id"))
    posted = set(found.values()) | {pk for pk, before in invitees.items() if before is None}
    if not posted:
        raise Refused(_("There is nothing to post: all letters are in the post."))
    Message.objects.filter(pk__in=found).update(state=MessageState.POSTED)
    Invitee.objects.filter(pk__in=posted).update(posted_on=on)
    record("meeting.letters_posted", meeting, by=by)
    return len(posted)


@transaction.atomic
def mark_phoned(invitee: Invitee, *, by: Person) -> Invitee:
    invitee = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    invitee.phoned_on = timezone.localdate()
    invitee.save(update_fields=["phoned_on"])
    record("invitation.phoned", invitee, by=by)
    return invitee
