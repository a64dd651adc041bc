"""Who hears of a request. Messages only point at a page of the portal, so only who can read mail gets one."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from consultations.models import AdviceRequest, PolicyTopic
from consultations.planning import Plan
from councils.models import Appointment, Authority, Council, Membership
from councils.rules import BOARD, CASE_WORKERS
from councils.states import AuthorityRole, CouncilRole
from portal.models import Person


def of_council(council: Council, *, roles: set[str], but: Person | None = None) -> list[Person]:
    memberships = Membership.objects.current().filter(council=council, role__in=roles).select_related("person")
    return reachable([membership.person for membership in memberships], but=but)


def leaders_of(council: Council, *, but: Person | None = None) -> list[Person]:
    """Secretaries and chairs."""
    return of_council(council, roles=BOARD | {CouncilRole.SECRETARY}, but=but)


def secretaries_of(council: Council, *, but: Person | None = None) -> list[Person]:
    """Who does the paperwork; without a secretary the chair."""
    return of_council(council, roles={CouncilRole.SECRETARY}, but=but) or leaders_of(council, but=but)


def contacts_of(request: AdviceRequest, *, but: Person | None = None) -> list[Person]:
    """The contact officer of the request while in office, otherwise the contact officers of the authority.

    Empty when nobody of the authority is on the portal.
    """
    return contacts_at(request.authority_id, request.contact_id, but=but)


def contacts_at(authority_id: int, contact_id: int | None, *, but: Person | None) -> list[Person]:
    appointments = list(case_workers().filter(authority=authority_id).select_related("person"))
    named = [a.person for a in appointments if a.person_id == contact_id]
    officers = [a.person for a in appointments if a.role == AuthorityRole.CONTACT_OFFICER]
    return reachable(named or officers, but=but)


def councils_of(topic: PolicyTopic) -> QuerySet[Council]:
    """Whom a topic concerns today: the councils it names, or every council that its authority is advised by."""
    advising = Council.objects.advising(topic.authority).order_by("name")
    named = PolicyTopic.councils.through._default_manager.filter(policytopic=topic)
    return advising.filter(~Exists(named) | Exists(named.filter(council=OuterRef("pk"))))


def officers_of(topic: PolicyTopic, *, but: Person | None = None) -> list[Person]:
    """The contact officer of the topic while in office, otherwise the contact officers of the authority."""
    return contacts_at(topic.authority_id, topic.contact_id, but=but)


def officers_along(request: AdviceRequest, *, but: Person | None = None) -> list[tuple[Authority, Person]]:
    """The contact officers of the authorities that ask along, each at the desk of its own authority."""
    serving = case_workers().filter(authority__in=request.also_for.all(), role=AuthorityRole.CONTACT_OFFICER)
    found = serving.select_related("person", "authority").order_by("authority__name", "person_id")
    return [
        (one.authority, one.person)
        for one in found
        if one.authority and one.person.reachable_by_email and one.person != but
    ]


def takes_part(authority: Authority) -> bool:
    """Somebody of the authority works on requests in the portal."""
    return case_workers().filter(authority=authority).exists()


def without_people(authorities: QuerySet[Authority]) -> QuerySet[Authority]:
    """Authorities of which nobody works on requests in the portal."""
    return authorities.exclude(Exists(case_workers().filter(authority=OuterRef("pk"))))


def case_workers() -> QuerySet[Appointment]:
    return Appointment.objects.current().filter(role__in=CASE_WORKERS)


def reachable(people: list[Person], *, but: Person | None) -> list[Person]:
    """Each once, in a fixed order, without the one who did it."""
    unique = {person.pk: person for person in people if person.reachable_by_email and person != but}
    return [unique[pk] for pk in sorted(unique)]


# --- who agrees to an urgent term -----------------------------------------------------------------------------------

AGREEING = {"chair": BOARD, "secretary": {CouncilRole.SECRETARY}}


def agreeing_roles(plan: Plan) -> set[str]:
    """Whose consent the rule book asks for; the chair's where it does not say."""
    named = plan.urgent_rule.value.get("agreed_with", []) if plan.urgent_rule else []
    return {role for name in named or ["chair"] for role in AGREEING[name]}


def may_agree(council: Council, plan: Plan, person: Person) -> bool:
    return people_who_agree(council, plan).filter(pk=person.pk).exists()


def people_who_agree(council: Council, plan: Plan) -> QuerySet[Person]:
    """Nobody in that role today: then who does the paperwork, or an urgent request would wait for nobody."""
    today = Membership.objects.current().filter(council=council)
    held = today.filter(role__in=agreeing_roles(plan))
    if not held.exists():
        held = today.filter(role=CouncilRole.SECRETARY)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


def speaks_as(council: Council, person: Person | None) -> str:
    """The chair, the deputy or the secretary, at the start of a sentence."""
    roles = set(Membership.objects.current().filter(council=council, person=person).values_list("role", flat=True))
    if CouncilRole.CHAIR in roles:
        return _("The chair")
    if CouncilRole.DEPUTY_CHAIR in roles:
        return _("The deputy chair")
    return _("The secretary") if CouncilRole.SECRETARY in roles else _("The chair")


def name_of_contact(request: AdviceRequest) -> str:
    """Whom the council can ask, in words."""
    return request.contact.name if request.contact else request.contact_details or _("the contact officer")
