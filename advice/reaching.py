"""Whom a message about the answer on a letter reaches at the authority."""

from advice.models import LetterCopy
from consultations.recipients import contacts_at
from portal.models import Person


def people_of_authority(copy: LetterCopy, *, but: Person | None = None) -> list[Person]:
    """The contact of the request or the contact officers; where nobody is on the portal its mailbox, if it has one."""
    request = copy.letter.advice.request
    asked = request.request if request else None
    contact_id = asked.contact_id if asked and asked.authority_id == copy.authority_id else None
    people = contacts_at(copy.authority_id, contact_id, but=but)
    office = copy.authority.office
    if not people and office and office.reachable_by_email and office != but:
        people = [office]
    return people
