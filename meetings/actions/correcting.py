"""The correction round: the members read the draft, say what is wrong, and get an answer to each remark."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.minutes import minutes_for
from meetings.actions.register import register_decisions
from meetings.emails.minutes import cause_of_round
from meetings.minutes import ROUND_DAYS
from meetings.models import AgendaItem, Meeting, Minutes, MinutesCorrection
from meetings.people import people_of
from meetings.states import CORRECTION_ARROWS, MINUTES_ARROWS, CorrectionState, MeetingState, MinutesState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


@transaction.atomic
def ask_corrections(meeting: Meeting, *, by: Person, until: date | None = None) -> Minutes:
    """Show the draft to the members, until a last day. Every decision gets its number now."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. There is nothing to write."))
    if not any(item.report or item.decision for item in meeting.agenda_items.all()):
        raise Refused(_("Nothing is written yet. Write the minutes first."))
    minutes = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes_for(meeting).pk)
    until = until or timezone.localdate() + timedelta(days=ROUND_DAYS)
    if until < timezone.localdate():
        raise Refused(_("This day has passed already. Choose a day that is still to come."), field="until")
    move(minutes, MinutesState.CORRECTION)
    minutes.sent_at, minutes.corrections_until = timezone.now(), until
    minutes.save(update_fields=["state", "sent_at", "corrections_until"])
    for item in meeting.agenda_items.all():
        register_decisions(item, by=by)
    record("minutes.sent", minutes, by=by)
    for person in people_of(meeting.council):
        if person != by:
            post(
                "meetings.minutes_to_read", person, about=minutes, cause=cause_of_round(minutes),
                council_id=meeting.council_id,
            )  # fmt: skip
    return minutes


@transaction.atomic
def take_back_draft(minutes: Minutes, *, by: Person) -> Minutes:
    """Something is so wrong that it has to be written anew. What the members said of it stays."""
    minutes = locked(minutes)
    move(minutes, MinutesState.DRAFT)
    minutes.save(update_fields=["state"])
    record("minutes.taken_back", minutes, by=by)
    return minutes


@transaction.atomic
def send_correction(
    minutes: Minutes, *, text: str, person: Person, by: Person, item: AgendaItem | None = None
) -> MinutesCorrection:
    """What somebody wants to see changed. Also after the last day, until the minutes are adopted."""
    minutes = locked(minutes)
    if minutes.state != MinutesState.CORRECTION:
        raise Refused(_("These minutes do not wait for corrections. Say it in the next meeting."))
    twice = minutes.corrections.filter(person=person, item=item, text=text, state=CorrectionState.OPEN).first()
    if twice:
        return twice
    correction = MinutesCorrection.objects.create(
        minutes=minutes, council_id=minutes.council_id, item=item, person=person, entered_by=by, text=text
    )
    record("minutes_correction.sent", correction, by=by)
    return correction


@transaction.atomic
def settle_correction(correction: MinutesCorrection, *, taken_over: bool, answer: str, by: Person) -> MinutesCorrection:
    """Taken over or not, with a word about it. Who changes the text does that with write_item."""
    locked(correction.minutes)
    correction = MinutesCorrection.objects.select_for_update().get(pk=correction.pk)
    to = CorrectionState.TAKEN_OVER if taken_over else CorrectionState.DECLINED
    if to not in CORRECTION_ARROWS[CorrectionState(correction.state)]:
        raise Refused(_("This correction is handled already."))
    if not taken_over and not answer.strip():
        raise Refused(_("Say why it is not taken over."), field="answer")
    correction.state, correction.answer = to, answer.strip()
    correction.save(update_fields=["state", "answer"])
    record("minutes_correction.settled", correction, by=by)
    return correction


def locked(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__council").get(pk=minutes.pk)


def move(minutes: Minutes, to: MinutesState) -> None:
    """Follow an arrow of the minutes, or say why it does not exist."""
    if minutes.state == MinutesState.ADOPTED:
        raise Refused(_("These minutes are adopted. They do not change any more."))
    if to not in MINUTES_ARROWS[MinutesState(minutes.state)]:
        raise Refused(_("The members read these minutes already."))
    minutes.state = to
