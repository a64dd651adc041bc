"""A fellow member comes instead, unless the rule book forbids that. She sits there once, for herself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.rulebook import stack_of
from councils.rulebook.stack import Found, Stack
from meetings.models import Invitee, Meeting
from meetings.people import usual_channel
from meetings.states import Answer, AnsweredVia, InviteeRole, MeetingState
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post

RULE = "represented_by_fellow_member"


def deputy_rule(meeting: Meeting, stack: Stack | None = None) -> Found | None:
    """The rule that says whether a member may be represented, on the day of the meeting."""
    return (stack or stack_of(meeting.council)).on(timezone.localdate(meeting.starts_at)).rule(RULE)


def forbids_deputies(meeting: Meeting, stack: Stack | None = None) -> bool:
    """Only where a rule says so. Where the rules say nothing it may be, and the page says that they are silent."""
    rule = deputy_rule(meeting, stack)
    return rule is not None and rule.value is False


def words_of_rule(meeting: Meeting) -> str:
    """What the rules say of it, in one sentence with the article."""
    rule = deputy_rule(meeting)
    if rule is None:
        return _("The rules do not say whether another member may come instead. Discuss it with the chair.")
    source = {"article": rule.article or "", "instrument": rule.instrument}
    source["where"] = _("%(article)s of %(instrument)s") % source if rule.article else rule.instrument
    if rule.value is False:
        return _("A member cannot be represented by another member (%(where)s).") % source
    return _("Another member may come instead (%(where)s).") % source


def refuse_where_forbidden(meeting: Meeting, *, field: str | None = None) -> None:
    if forbids_deputies(meeting):
        raise Refused(words_of_rule(meeting), field=field)


def may_send_deputy(invitee: Invitee, meeting: Meeting) -> bool:
    return invitee.role == InviteeRole.MEMBER and not forbids_deputies(meeting)


def possible_deputies(invitee: Invitee, meeting: Meeting) -> list[Person]:
    """The other members of that day, once each, without whose invitation was withdrawn."""
    memberships = meeting.council.memberships.current(timezone.localdate(meeting.starts_at)).voting()
    withdrawn = meeting.invitees.exclude(withdrawn_at=None).values("person")
    others = memberships.exclude(person=invitee.person_id).exclude(person__in=withdrawn)
    people = {membership.person for membership in others.select_related("person")}
    return sorted(people, key=lambda person: person.name)


@transaction.atomic
def name_deputy(invitee: Invitee, deputy: Person, *, by: Person) -> Invitee:
    """Does not come; `deputy` comes instead. She hears of it, gets an invitation when she had none, and stays one
    person: she counts once for the quorum."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=invitee.meeting_id)
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitee.pk)
    _refuse_deputy(invitee, meeting, deputy)
    before, invitee.deputy = invitee.deputy_id, deputy
    if invitee.answer != Answer.DECLINED:
        invitee.note = ""  # it belongs to the answer before this one
    invitee.answer, invitee.answered_at, invitee.answered_by = Answer.DECLINED, timezone.now(), by
    invitee.answered_via = AnsweredVia.PAGE if by.pk == invitee.person_id else AnsweredVia.BEHALF
    invitee.save(update_fields=["deputy", "note", "answer", "answered_at", "answered_by", "answered_via"])
    own = meeting.council_id
    cause = f"deputy:{invitee.pk}:{deputy.pk}:{int(invitee.answered_at.timestamp())}"
    seat, is_new = Invitee.objects.get_or_create(
        meeting=meeting, person=deputy,
        defaults={
            "council": meeting.council, "asked_sequence": meeting.sequence, "channel": usual_channel(deputy),
        },
    )  # fmt: skip
    if is_new:
        post(
            "meetings.invitation",
            deputy,
            about=seat,
            cause=f"meeting:{meeting.pk}:{cause}:{meeting.sequence}",
            council_id=own,
        )
    if before and before != deputy.pk:
        release(invitee, before)
    post("meetings.deputy", deputy, about=invitee, cause=cause, council_id=own)
    if by.pk != invitee.person_id:
        post("meetings.deputy", invitee.person, about=invitee, cause=cause, council_id=own)
    record("invitation.deputy_named", invitee, by=by)
    return invitee


def _refuse_deputy(invitee: Invitee, meeting: Meeting, deputy: Person) -> None:
    if meeting.state != MeetingState.INVITED or meeting.ends_at <= timezone.now() or invitee.withdrawn_at:
        raise Refused(_("For this meeting nobody can come instead any more."))
    refuse_where_forbidden(meeting)
    if invitee.role != InviteeRole.MEMBER:
        raise Refused(_("Only a member can be represented by another member."))
    if deputy.pk not in {person.pk for person in possible_deputies(invitee, meeting)}:
        raise Refused(_("Choose another member of the council."), field="deputy")
    if meeting.invitees.filter(deputy=deputy).exclude(pk=invitee.pk).exists():
        raise Refused(_("%(name)s comes instead of somebody else already.") % {"name": deputy.name}, field="deputy")


def release(invitee: Invitee, deputy_id: int) -> None:
    """Who was asked to come instead hears that it is not needed."""
    post(
        "meetings.deputy_released", Person.objects.get(pk=deputy_id), about=invitee, council_id=invitee.council_id,
        cause=f"deputy:{invitee.pk}:{deputy_id}:released:{int(timezone.now().timestamp())}",
    )  # fmt: skip
