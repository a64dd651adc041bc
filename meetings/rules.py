import rules

from councils.models import Council
from councils.querysets import facts_of
from councils.rules import LEADING, in_room, is_secretary
from councils.states import CouncilRole
from meetings.models import AccessNeeds, ActionItem, AgendaItem, Invitee, Meeting, Recusal
from portal.models import User

RUNS = LEADING | {CouncilRole.MINUTE_TAKER}


@rules.predicate
def of_council(user: User, obj: Meeting | AgendaItem) -> bool:
    return obj.council_id in facts_of(user).council_ids


@rules.predicate
def runs_meeting(user: User, obj: Meeting | AgendaItem | Invitee | ActionItem | Recusal) -> bool:
    return facts_of(user).holds(RUNS, obj.council_id)


@rules.predicate
def runs_meetings_of(user: User, council) -> bool:
    return facts_of(user).holds(RUNS, council.pk)


@rules.predicate
def is_own(user: User, obj: Invitee) -> bool:
    return obj.person_id == user.person_id


@rules.predicate
def watches_attendance(user: User, council: Council) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY, CouncilRole.CHAIR}, council.pk)


@rules.predicate
def is_own_recusal(user: User, recusal: Recusal) -> bool:
    return recusal.person_id == user.person_id


@rules.predicate
def owns_action(user: User, action: ActionItem) -> bool:
    return action.owner_id == user.person_id


@rules.predicate
def keeps_council_of(user: User, obj: Meeting | AccessNeeds) -> bool:
    """The secretary only: not the chair, not the minute taker, nobody of another council or of the authority."""
    return facts_of(user).holds({CouncilRole.SECRETARY}, obj.council_id)


rules.add_perm("meetings.list", in_room)
rules.add_perm("meetings.schedule", runs_meetings_of)
rules.add_perm("meetings.view", of_council)
rules.add_perm("meetings.manage", runs_meeting)
rules.add_perm("meetings.correct", of_council)
rules.add_perm("meetings.answer", is_own | runs_meeting)
rules.add_perm("meetings.finish_action", owns_action | runs_meeting)
rules.add_perm("meetings.see_needs", keeps_council_of)
rules.add_perm("meetings.print_post", keeps_council_of)
rules.add_perm("meetings.see_visitors", keeps_council_of)
rules.add_perm("meetings.keep_needs_of", is_secretary)
rules.add_perm("meetings.withdraw_recusal", is_own_recusal | runs_meeting)
rules.add_perm("meetings.see_fees", is_secretary)
rules.add_perm("meetings.see_participation", watches_attendance)
