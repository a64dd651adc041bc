"""Who sits in a council now."""

from councils.models import Council
from portal.models import Person


def people_of(council: Council) -> list[Person]:
    memberships = council.memberships.current().select_related("person").order_by("person__name")
    return list({membership.person_id: membership.person for membership in memberships}.values())
