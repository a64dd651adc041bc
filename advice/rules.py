"""Who may do what with advices. Drafts, votes and comments are the council's, response drafts the authority's."""

import rules

from advice.models import Advice, Letter, LetterCopy, Response
from advice.states import AdviceState
from councils.querysets import facts_of
from councils.rules import ANSWERING, LEADING, in_room, is_secretary, leads_council
from councils.states import CouncilRole
from portal.models import User


@rules.predicate
def of_council(user: User, obj: Advice | Letter | LetterCopy) -> bool:
    return obj.council_id in facts_of(user).council_ids


@rules.predicate
def leads(user: User, obj: Advice | Letter | LetterCopy) -> bool:
    return facts_of(user).holds(LEADING, obj.council_id)


@rules.predicate
def keeps_records(user: User, obj: Advice | Letter | LetterCopy) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, obj.council_id)


@rules.predicate
def is_draft(user: User, advice: Advice) -> bool:
    return advice.state == AdviceState.DRAFT


@rules.predicate
def at_authority(user: User, copy: LetterCopy) -> bool:
    return copy.authority_id in facts_of(user).authority_ids


@rules.predicate
def answers_for_authority(user: User, obj: LetterCopy | Response) -> bool:
    return facts_of(user).serves(ANSWERING, obj.authority_id)


# On a Council
rules.add_perm("advice.list", in_room)
rules.add_perm("advice.create", leads_council)
rules.add_perm("advice.import_history", is_secretary)
rules.add_perm("advice.change_words", leads_council)
# On an Advice
rules.add_perm("advice.view", of_council)
rules.add_perm("advice.edit", of_council & is_draft)
rules.add_perm("advice.comment", of_council & is_draft)
rules.add_perm("advice.decide", leads)
rules.add_perm("advice.enter_vote", keeps_records)
rules.add_perm("advice.issue", keeps_records)
# On a Letter
rules.add_perm("advice.view_letter", of_council)
rules.add_perm("advice.publish", keeps_records)
# On a LetterCopy
rules.add_perm("advice.read_copy", of_council | at_authority)
rules.add_perm("advice.view_copy", at_authority)
rules.add_perm("advice.answer", answers_for_authority)
rules.add_perm("advice.register_response", keeps_records)
# On a Commitment
rules.add_perm("advice.follow_up", leads)
