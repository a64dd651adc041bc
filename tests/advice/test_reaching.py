"""Whom a message about a letter reaches at the authority."""

from advice.reaching import people_of_authority
from tests import factories
from tests.advice.answers import sent


def test_the_contact_of_a_request_is_asked_only_at_the_authority_that_asked(council, authority, saskia, victor):
    """A letter to two authorities: who asked for it at the one works on no answer of the other."""
    other = factories.AuthorityFactory(name="Gemeente Anderdorp", slug="anderdorp")
    colleague = factories.AppointmentFactory(authority=other).person
    factories.AppointmentFactory(person=victor.person, authority=other)
    copy = sent(council, authority, saskia)
    copy.letter.advice.request = factories.CouncilRequestFactory(
        council=council, request__authority=authority, request__contact=victor.person
    )
    assert people_of_authority(copy) == [victor.person]

    copy.authority, copy.authority_id = other, other.pk

    assert set(people_of_authority(copy)) == {colleague, victor.person}
    assert people_of_authority(copy, but=victor.person) == [colleague]
