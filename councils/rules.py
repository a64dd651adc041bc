"""Who may, on the floor of councils and authorities. The roles behind each permission are printed by a test."""

import rules

from councils.models import Authority, Council, Election, Membership
from councils.querysets import facts_of
from councils.states import AuthorityRole, CouncilRole
from portal.models import User

BOARD = {CouncilRole.CHAIR, CouncilRole.DEPUTY_CHAIR}
LEADING = BOARD | {CouncilRole.SECRETARY}
CASE_WORKERS = {AuthorityRole.CONTACT_OFFICER, AuthorityRole.POLICY_OFFICER}
ANSWERING = CASE_WORKERS | {AuthorityRole.SECRETARIAT}
ALL_AUTHORITY_ROLES = set(AuthorityRole) - {AuthorityRole.ADMINISTRATOR}


def needs_second_factor(user: User) -> bool:
    """Secretaries, chairs, everyone of an authority and administrators."""
    facts = facts_of(user)
    return bool(facts.appointments) or any(m.role in LEADING for m in facts.memberships)


@rules.predicate
def in_room(user: User, council: Council) -> bool:
    return council.pk in facts_of(user).council_ids


@rules.predicate
def is_secretary(user: User, council: Council) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, council.pk)


@rules.predicate
def leads_council(user: User, council: Council) -> bool:
    return facts_of(user).holds(LEADING, council.pk)


@rules.predicate
def is_administrator(user: User, _obj: object = None) -> bool:
    return facts_of(user).is_administrator


@rules.predicate
def at_desk(user: User, authority: Authority) -> bool:
    return authority.pk in facts_of(user).authority_ids


@rules.predicate
def is_case_worker(user: User, authority: Authority) -> bool:
    return facts_of(user).serves(CASE_WORKERS, authority.pk)


@rules.predicate
def sets_up(user: User, council: Council) -> bool:
    """A secretary who serves the same authority may not set up others' councils; an administrator may set up all."""
    return facts_of(user).is_administrator or is_secretary(user, council)


@rules.predicate
def is_contact_officer(user: User, authority: Authority) -> bool:
    return facts_of(user).serves({AuthorityRole.CONTACT_OFFICER}, authority.pk)


@rules.predicate
def answers_councils(user: User, authority: Authority) -> bool:
    return facts_of(user).serves({AuthorityRole.CONTACT_OFFICER, AuthorityRole.SECRETARIAT}, authority.pk)


@rules.predicate
def of_same_room(user: User, election: Election) -> bool:
    return election.council_id in facts_of(user).council_ids


@rules.predicate
def leads_same_council(user: User, election: Election) -> bool:
    return facts_of(user).holds(LEADING, election.council_id)


@rules.predicate
def keeps_same_council(user: User, election: Election) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, election.council_id)


@rules.predicate
def is_own(user: User, membership: Membership) -> bool:
    return membership.person_id == user.person_id


@rules.predicate
def keeps_council_of(user: User, membership: Membership) -> bool:
    return facts_of(user).holds({CouncilRole.SECRETARY}, membership.council_id)


# On a Council
rules.add_perm("councils.view_room", in_room)
rules.add_perm("councils.view_people", in_room | is_administrator)
rules.add_perm("councils.manage_council", sets_up)
rules.add_perm("councils.manage_members", sets_up)
rules.add_perm("councils.see_post", is_secretary)
rules.add_perm("councils.lead_elections", leads_council)
# On a Membership: the picture of a signature is of who signs; the secretary may put it in for the others
rules.add_perm("councils.sign_for", is_own | keeps_council_of)
# On an Election
rules.add_perm("councils.view_election", of_same_room)
rules.add_perm("councils.lead_election", leads_same_council)
rules.add_perm("councils.vote_for_others", keeps_same_council)
# On an Authority
rules.add_perm("councils.view_desk", at_desk)
rules.add_perm("councils.view_officers", at_desk | is_administrator)
rules.add_perm("councils.manage_authority", is_administrator | is_contact_officer)
rules.add_perm("councils.set_answer_letter", is_administrator | answers_councils)
rules.add_perm("councils.manage_appointments", is_administrator | is_contact_officer)
# On the portal
rules.add_perm("councils.administer", is_administrator)
