"""Who may, on the floor of requests. The request is of both sides; what the council heard is the council's."""

import rules

from consultations.models import Activity, AdviceRequest, CouncilRequest
from councils.querysets import facts_of
from councils.rules import CASE_WORKERS, LEADING, at_desk, in_room, is_case_worker, is_secretary, leads_council
from councils.states import CouncilRole
from portal.models import User


@rules.predicate
def of_authority(user: User, request: AdviceRequest) -> bool:
    """Who leads, and of a request that was sent also who asks along. They read; who leads works on it."""
    mine = facts_of(user).authority_ids
    if request.authority_id in mine:
        return True
    return bool(mine) and not request.is_draft and request.also_for.filter(pk__in=mine).exists()


@rules.predicate
def works_on_request(user: User, request: AdviceRequest) -> bool:
    return facts_of(user).serves(CASE_WORKERS, request.authority_id)


@rules.predicate
def of_council(user: User, obj: CouncilRequest | Activity) -> bool:
    return obj.council_id in facts_of(user).council_ids


@rules.predicate
def leads(user: User, obj: CouncilRequest | Activity) -> bool:
    return facts_of(user).holds(LEADING, obj.council_id)


@rules.predicate
def keeps_records(user: User, obj: CouncilRequest) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, obj.council_id)


@rules.predicate
def entered(user: User, activity: Activity) -> bool:
    return activity.entered_by_id == user.person_id


# On an Authority
rules.add_perm("consultations.list_requests", at_desk)
rules.add_perm("consultations.create_request", is_case_worker)
rules.add_perm("consultations.view_topics", at_desk)
rules.add_perm("consultations.manage_topics", is_case_worker)
rules.add_perm("consultations.view_agenda", at_desk)
rules.add_perm("consultations.keep_agenda", is_case_worker)
# On an AdviceRequest
rules.add_perm("consultations.view_request", of_authority)
rules.add_perm("consultations.edit_request", works_on_request)
rules.add_perm("consultations.answer_question", works_on_request)
rules.add_perm("consultations.withdraw", works_on_request)
# On a Council
rules.add_perm("consultations.inbox", in_room)
rules.add_perm("consultations.handle_all", leads_council)
rules.add_perm("consultations.register", is_secretary)
rules.add_perm("consultations.hear", in_room)
rules.add_perm("consultations.view_council_topics", in_room)
rules.add_perm("consultations.manage_council_topics", is_secretary)
rules.add_perm("consultations.view_council_agenda", in_room)
rules.add_perm("consultations.think_along", leads_council)
rules.add_perm("consultations.keep_council_agenda", is_secretary)
# On a CouncilRequest
rules.add_perm("consultations.view_dossier", of_council)
rules.add_perm("consultations.handle", leads)
rules.add_perm("consultations.keep_records", keeps_records)
rules.add_perm("consultations.answer_urgency", leads)
# On an Activity
rules.add_perm("consultations.edit_heard", of_council & (entered | leads))
