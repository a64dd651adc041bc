"""Who sits in a council now, and how somebody is reached."""

from councils.models import Council
from meetings.states import Channel
from portal.models import Person


def people_of(council: Council) -> list[Person]:
    memberships = council.memberships.current().select_related("person").order_by("person__name")
    return list({membership.person_id: membership.person for membership in memberships}.values())


def usual_channel(person: Person) -> str:
    if person.reachable_by_email:
        return Channel.EMAIL
    return Channel.PHONE if person.phone and not person.post_address else Channel.PAPER
