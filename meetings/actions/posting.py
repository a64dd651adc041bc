"""Who gets it on paper or is phoned: what the secretary has done."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Invitee, Meeting
from meetings.states import TOLD_ABOUT
from portal.access import Refused
from portal.actions import outbox
from portal.audit import record
from portal.models import Message, Person
from portal.post import when_posted
from portal.states import MessageState


@transaction.atomic
def mark_posted(meeting: Meeting, *, on: date, by: Person) -> int:
    """All letters of this meeting that were to be sent on paper are in the post since `on`."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if on > timezone.localdate():
        raise Refused(_("That day is still to come. Fill in the day on which it went in the post."), field="on")
    invitees = meeting.invitees.on_paper()
    letters = Message.objects.filter(kind__in=TOLD_ABOUT, about_id__in=invitees.values("pk"), state=MessageState.PAPER)
    with_letter = set(letters.values_list("about_id", flat=True))
    bare = list(invitees.filter(posted_on=None).exclude(pk__in=with_letter).values_list("pk", flat=True))
    if not with_letter and not bare:
        raise Refused(_("There is nothing to post: all letters are in the post."))
    outbox.mark_all_posted(letters.order_by("pk"), by=by, posted_on=on)
    Invitee.objects.filter(pk__in=bare).update(posted_on=on)
    record("meeting.letters_posted", meeting, by=by)
    return len(with_letter) + len(bare)


@when_posted(*TOLD_ABOUT)
def note_posted(messages: Sequence[Message], day: date, *, by: Person, by_mail: bool = False) -> None:
    """Also when it was noted in the post room."""
    if by_mail:
        return
    Invitee.objects.filter(pk__in=[message.about_id for message in messages]).update(posted_on=day)


@transaction.atomic
def mark_phoned(invitee: Invitee, *, by: Person) -> Invitee:
    invitee = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    invitee.phoned_on = timezone.localdate()
    invitee.save(update_fields=["phoned_on"])
    record("invitation.phoned", invitee, by=by)
    return invitee
