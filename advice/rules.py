"""Who may do what with advices. Drafts, votes and comments are the council's, response drafts the authority's."""

import rules

from advice.models import Advice, Commitment, Letter, LetterCopy, MinorityView, Proposal, Response
from advice.opinions import STAFF, listener_id
from advice.states import AdviceState
from councils.querysets import facts_of
from councils.rules import ANSWERING, LEADING, in_room, is_secretary, leads_council
from councils.states import AuthorityRole, CouncilRole
from portal.models import User


@rules.predicate
def of_council(user: User, obj: Advice | Letter | Commitment | LetterCopy | MinorityView | Proposal) -> bool:
    return obj.council_id in facts_of(user).council_ids


@rules.predicate
def leads(user: User, obj: Advice | Commitment | Response | Letter | LetterCopy | Proposal) -> bool:
    return facts_of(user).holds(LEADING, obj.council_id)


@rules.predicate
def keeps_records(user: User, obj: Advice | Letter | LetterCopy) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, obj.council_id)


@rules.predicate
def is_draft(user: User, advice: Advice) -> bool:
    return advice.state == AdviceState.DRAFT


@rules.predicate
def at_authority(user: User, copy: LetterCopy | Commitment) -> bool:
    return copy.authority_id in facts_of(user).authority_ids


@rules.predicate
def answers_for_authority(user: User, obj: LetterCopy | Response | Commitment) -> bool:
    return facts_of(user).serves(ANSWERING, obj.authority_id)


@rules.predicate
def is_alderman(user: User, obj: LetterCopy) -> bool:
    return facts_of(user).serves({AuthorityRole.ALDERMAN}, obj.authority_id)


@rules.predicate
def thinks_along(user: User, obj: Advice) -> bool:
    """A member, with a vote or without. Who only does the paperwork has no opinion of its own."""
    return any(m.council_id == obj.council_id and (m.votes or m.role not in STAFF) for m in facts_of(user).memberships)


@rules.predicate
def is_the_ear(user: User, obj: Advice) -> bool:
    """Who reads what is only for the chair: the chair, or the deputy where there is no chair."""
    return user.is_authenticated and listener_id(obj.council_id) == user.person_id


@rules.predicate
def is_author(user: User, obj: MinorityView) -> bool:
    return obj.author_id is not None and obj.author_id == user.person_id


@rules.predicate
def is_proposer(user: User, obj: Proposal) -> bool:
    """Whose proposal it is; the secretary who entered it takes it back when told so."""
    return user.person_id in (obj.person_id, obj.entered_by_id)


# On a Council
rules.add_perm("advice.list", in_room)
rules.add_perm("advice.create", leads_council)
rules.add_perm("advice.import_history", is_secretary)
rules.add_perm("advice.manage_templates", is_secretary)
rules.add_perm("advice.change_words", leads_council)
rules.add_perm("advice.read_joint", in_room)
rules.add_perm("advice.adopt_jointly", leads_council)
# On an Advice
rules.add_perm("advice.view", of_council)
rules.add_perm("advice.edit", of_council & is_draft)
rules.add_perm("advice.comment", of_council & is_draft)
rules.add_perm("advice.decide", leads)
rules.add_perm("advice.enter_vote", keeps_records)
rules.add_perm("advice.issue", keeps_records)
rules.add_perm("advice.ask_members", leads)
rules.add_perm("advice.give_opinion", of_council & thinks_along)
rules.add_perm("advice.hear_in_private", of_council & is_the_ear)
rules.add_perm("advice.speak_for", keeps_records)
# On a MinorityView
rules.add_perm("advice.change_own_view", of_council & is_author)
# On a Proposal
rules.add_perm("advice.settle_proposal", leads)
rules.add_perm("advice.withdraw_proposal", of_council & is_proposer)
# On a Letter
rules.add_perm("advice.view_letter", of_council)
rules.add_perm("advice.publish", keeps_records)
rules.add_perm("advice.write_after", leads)
# On a LetterCopy
rules.add_perm("advice.read_copy", of_council | at_authority)
rules.add_perm("advice.view_copy", at_authority)
rules.add_perm("advice.answer", answers_for_authority)
rules.add_perm("advice.read_draft_answer", answers_for_authority | is_alderman)
rules.add_perm("advice.approve", is_alderman)
rules.add_perm("advice.register_response", keeps_records)
rules.add_perm("advice.escalate", leads)
rules.add_perm("advice.register_step", keeps_records)
rules.add_perm("advice.mark_answers", leads)
# On a Commitment
rules.add_perm("advice.read_promise_in_room", of_council)
rules.add_perm("advice.read_promise_at_desk", at_authority)
rules.add_perm("advice.report_promise", answers_for_authority)
rules.add_perm("advice.follow_up", leads)
# On a Letter, or on the Response that left a decision for later
rules.add_perm("advice.look_back", leads)
