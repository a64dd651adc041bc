"""Inviting people, taking that back, and what they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.deputies import release
from meetings.actions.scheduling import move, raise_sequence
from meetings.models import InvitationRound, Invitee, Meeting
from meetings.people import members_on_the_day, usual_channel
from meetings.states import (
    CANCELLATION,
    INVITATION,
    TOLD_ABOUT,
    Answer,
    AnsweredVia,
    Channel,
    InviteeRole,
    MeetingState,
)
from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.post import AlreadyLeft, post, post_all, send_now, withdraw
from portal.states import MessageState


@dataclass(frozen=True)
class Asked:
    """Somebody to invite, and the way that the invitation goes."""

    person: Person
    channel: str = ""
    role: str = InviteeRole.MEMBER

    @property
    def way(self) -> str:
        """By e-mail only where there is an address."""
        wanted = self.channel or usual_channel(self.person)
        return Channel.PAPER if wanted == Channel.EMAIL and not self.person.reachable_by_email else wanted


@transaction.atomic
def send_invitations(
    meeting: Meeting, *, by: Person, people: Iterable[Asked] | None = None, own_words: str = "", at_once: bool = False
) -> int:
    """Invite these people, or everybody who has a role in the council on the day of the meeting. Returns how many are
    new: sending again invites only who came later.

    Each gets one outbox row, for mail with a calendar part or for paper; who is phoned gets none. Until the round sends
    it can be undone.
    """
    meeting = _locked(meeting)
    if meeting.state == MeetingState.PLANNED:
        move(meeting, MeetingState.INVITED)
        meeting.invited_at = timezone.now()
        meeting.save(update_fields=["state", "invited_at"])
    known = {invitee.person_id: invitee for invitee in meeting.invitees.all()}
    if people is None:
        people = [Asked(person) for person in members_on_the_day(meeting) if person.pk not in known]
    wanted = {one.person.pk: one for one in people}
    asked = [one for pk, one in wanted.items() if pk not in known or known[pk].withdrawn_at]
    if any(one.person.pk in known for one in asked):
        raise_sequence(meeting)  # newer than the cancellation that they had
    if asked:
        _ask(meeting, asked, known, by=by, own_words=own_words, at_once=at_once)
    record("meeting.invited", meeting, by=by)
    return len(asked)


def _ask(
    meeting: Meeting, asked: list[Asked], known: dict[int, Invitee], *, by: Person, own_words: str, at_once: bool
) -> None:
    wait = timedelta(0) if at_once else timedelta(minutes=settings.MEETING_UNDO_MINUTES)
    now = timezone.now()
    own = {"meeting": meeting, "council": meeting.council}
    again = [known[one.person.pk] for one in asked if one.person.pk in known]
    withdrawn = {str(invitee.pk): invitee.withdrawn_at.isoformat() for invitee in again if invitee.withdrawn_at}
    round = InvitationRound.objects.create(made_by=by, made_at=now, sends_at=now + wait, asked_again=withdrawn, **own)
    new = [
        Invitee(
            person=one.person, role=one.role, channel=one.way, round=round, invited_at=now,
            asked_sequence=meeting.sequence, **own,
        )
        for one in asked if one.person.pk not in known
    ]  # fmt: skip
    Invitee.objects.bulk_create(new, batch_size=500)
    ways = {one.person.pk: one for one in asked}
    for invitee in again:
        invitee.person, invitee.round, invitee.withdrawn_at = ways[invitee.person_id].person, round, None
        invitee.role, invitee.channel = ways[invitee.person_id].role, ways[invitee.person_id].way
        invitee.answer, invitee.answered_at, invitee.asked_sequence = Answer.NONE, None, meeting.sequence
        invitee.note = ""
        invitee.save()
    written = [invitee for invitee in [*new, *again] if invitee.channel != Channel.PHONE]
    post_all(
        INVITATION, [(invitee.person, invitee) for invitee in written],
        cause=f"meeting:{meeting.pk}:round:{round.pk}:{meeting.sequence}", council_id=meeting.council_id,
        not_before=round.sends_at if wait else None, own_words=own_words,
        on_paper={invitee.person_id for invitee in written if invitee.channel == Channel.PAPER},
    )  # fmt: skip


def waiting_round(meeting: Meeting) -> InvitationRound | None:
    """The press of "send" that can still be undone."""
    return meeting.invitation_rounds.filter(undone_at=None, sends_at__gt=timezone.now()).order_by("-pk").first()


def words_taken_back(meeting: Meeting) -> str:
    """What stood above the invitations that were undone last, to be said again. Of who got words of her own, the words
    that most people had."""
    last = meeting.invitation_rounds.order_by("-pk").first()
    if last is None or last.undone_at is None:
        return ""
    of_round = Message.objects.filter(
        kind=INVITATION, council_id=meeting.council_id, cause__startswith=f"meeting:{meeting.pk}:round:{last.pk}:"
    )
    said = of_round.exclude(own_words="").values_list("own_words").annotate(number=Count("pk"))
    return next((words for words, _number in said.order_by("-number", "own_words")), "")


@transaction.atomic
def undo_round(round: InvitationRound, *, by: Person) -> int:
    """Nothing has left, so meeting and invitees become as they were. Returns how many invitations were taken back."""
    meeting = _locked(round.meeting)
    round = InvitationRound.objects.select_for_update().get(pk=round.pk)
    too_late = _("The invitations have left already. You can still withdraw the invitation of one person.")
    if round.undone_at:
        raise Refused(_("Somebody was before you: these invitations are taken back already."))
    if round.sends_at <= timezone.now():
        raise Refused(too_late)
    invitees = {invitee.pk: invitee for invitee in round.invitees.select_for_update()}
    try:
        withdraw(TOLD_ABOUT, invitees)
    except AlreadyLeft:
        raise Refused(too_late) from None
    for pk, moment in round.asked_again.items():
        if int(pk) in invitees:
            again = invitees.pop(int(pk))
            again.withdrawn_at, again.round = datetime.fromisoformat(moment), None
            again.save(update_fields=["withdrawn_at", "round"])
    Invitee.objects.filter(pk__in=invitees).delete()
    round.undone_at = timezone.now()
    round.save(update_fields=["undone_at"])
    if meeting.state == MeetingState.INVITED and not meeting.invitees.invited().exists():
        move(meeting, MeetingState.PLANNED)
        meeting.invited_at = None
        meeting.save(update_fields=["state", "invited_at"])
    record("meeting.inviting_undone", meeting, by=by)
    return len(invitees) + len(round.asked_again)


@transaction.atomic
def send_round_now(round: InvitationRound, *, by: Person) -> int:
    """No need to wait: everything was looked through. Returns how many stay, because they are held back."""
    meeting = _locked(round.meeting)
    round = InvitationRound.objects.select_for_update().get(pk=round.pk)
    if round.undone_at:
        raise Refused(_("Somebody was before you: these invitations are taken back already."))
    if round.sends_at <= timezone.now():
        raise Refused(_("The invitations are on their way already."))
    round.sends_at = timezone.now()
    round.save(update_fields=["sends_at"])
    invitees = list(round.invitees.values_list("pk", flat=True))
    send_now([INVITATION], invitees)
    record("meeting.invitations_hurried", meeting, by=by)
    return Message.objects.filter(kind=INVITATION, about_id__in=invitees, state=MessageState.HELD).count()


@transaction.atomic
def withdraw_invitation(invitee: Invitee, *, by: Person) -> Invitee:
    """No longer invited. Who knows of the invitation gets a cancellation; nobody else hears of it."""
    meeting = _locked(invitee.meeting)
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitee.pk)
    if invitee.withdrawn_at:
        raise Refused(_("%(name)s is no longer invited already.") % {"name": invitee.person.name})
    invitee.withdrawn_at = timezone.now()
    invitee.save(update_fields=["withdrawn_at"])
    try:
        withdraw(TOLD_ABOUT, [invitee.pk])
    except AlreadyLeft:
        raise_sequence(meeting)
        moment = int(invitee.withdrawn_at.timestamp())
        post(
            CANCELLATION, invitee.person, about=invitee, council_id=meeting.council_id,
            cause=f"meeting:{meeting.pk}:withdrawn:{moment}:{meeting.sequence}",
        )  # fmt: skip
    record("invitation.withdrawn", invitee, by=by)
    return invitee


def _locked(meeting: Meeting) -> Meeting:
    """A meeting to which people can still be invited."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=meeting.pk)
    if meeting.is_over:
        raise Refused(_("This meeting is over. Nobody can be invited any more."))
    if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
        raise Refused(_("This meeting is cancelled. Nobody can be invited any more."))
    return meeting


@transaction.atomic
def answer_invitation(
    invitee: Invitee, answer: str, *, by: Person, via: str = AnsweredVia.PAGE, note: str | None = None,
    at: datetime | None = None,
) -> Invitee:  # fmt: skip
    """Comes or does not come; the last answer counts, and nobody is mailed for it. `by` is another person when somebody
    enters it on behalf. `note` None leaves what was noted, as long as the answer stays: a note lapses with its answer.
    `at` is when it was said, default now."""
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("meeting", "person").get(pk=invitee.pk)
    if invitee.meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. You do not need to answer."))
    if invitee.meeting.is_over:
        raise Refused(_("This meeting is over. You can no longer answer."))
    if invitee.withdrawn_at:
        raise Refused(_("This invitation was withdrawn. You do not need to answer."))
    if invitee.answer != answer and note in (None, invitee.note):
        note = ""  # what was noted belongs to the answer before this one
    invitee.answer = Answer(answer)
    invitee.answered_at, invitee.answered_by = at or timezone.now(), by
    invitee.answered_via = AnsweredVia.BEHALF if by.pk != invitee.person_id else via
    if note is not None:
        invitee.note = note
    released, invitee.deputy = invitee.deputy_id, None
    invitee.save(update_fields=["answer", "answered_at", "answered_by", "answered_via", "note", "deputy"])
    if released:
        release(invitee, released)
    record("invitation.answered", invitee, by=by)
    return invitee
