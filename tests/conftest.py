"""A small cast that everybody knows, of one municipality with one council; Stijn and Bart come from elsewhere."""

import pytest
from django.test import Client

from councils.models import Authority, Council
from councils.states import SecretaryKind
from portal.models import User
from tests.factories import (
    AppointmentFactory,
    AuthorityFactory,
    CouncilFactory,
    InstrumentFactory,
    MembershipFactory,
    PersonFactory,
    ServedBodyFactory,
    UserFactory,
)


def user_for(name: str, email: str) -> User:
    return UserFactory(person=PersonFactory(name=name, email=email))


@pytest.fixture
def authority(db) -> Authority:
    return AuthorityFactory(name="Gemeente Testdorp", slug="testdorp", office__email="bestuur@testdorp.test")


@pytest.fixture
def council(authority) -> Council:
    council = CouncilFactory(name="Adviesraad Testdorp", slug="adviesraad-testdorp")
    ServedBodyFactory(council=council, authority=authority)
    InstrumentFactory(council=council, title="Verordening adviesraad Testdorp")
    return council


@pytest.fixture
def saskia(council) -> User:
    """The secretary: does the paperwork."""
    user = user_for("Saskia de Wit", "saskia@testdorp.test")
    MembershipFactory(
        person=user.person, council=council, secretary=True, secretary_kind=SecretaryKind.PAID_INDEPENDENT
    )
    return user


@pytest.fixture
def olga(council) -> User:
    """A secretary too, employed by the municipality; what she may see follows from her role at the council."""
    user = user_for("Olga Smit", "olga@testdorp.test")
    MembershipFactory(person=user.person, council=council, secretary=True, secretary_kind=SecretaryKind.OFFICIAL)
    return user


@pytest.fixture
def chair(council) -> User:
    user = user_for("Chris Bakker", "chris@testdorp.test")
    MembershipFactory(person=user.person, council=council, chair=True)
    return user


@pytest.fixture
def fatma(council) -> User:
    """A member."""
    user = user_for("Fatma Yılmaz", "fatma@testdorp.test")
    MembershipFactory(person=user.person, council=council)
    return user


@pytest.fixture
def former_member(council) -> User:
    user = user_for("Frits de Boer", "frits@testdorp.test")
    MembershipFactory(person=user.person, council=council, ended=True)
    return user


@pytest.fixture
def stijn(db) -> User:
    """A member of another council."""
    user = user_for("Stijn Jansen", "stijn@elders.test")
    MembershipFactory(person=user.person)
    return user


@pytest.fixture
def victor(authority) -> User:
    """The civil servant: contact officer of the municipality."""
    user = user_for("Victor Visser", "victor@testdorp.test")
    AppointmentFactory(person=user.person, authority=authority)
    return user


@pytest.fixture
def bart(db) -> User:
    """A civil servant of another municipality."""
    user = user_for("Bart Mulder", "bart@elders.test")
    AppointmentFactory(person=user.person)
    return user


@pytest.fixture
def administrator(db) -> User:
    user = user_for("Ada Beheer", "ada@raadportaal.test")
    AppointmentFactory(person=user.person, administrator=True)
    return user


@pytest.fixture
def sign_in():
    """sign_in(user) gives a client with that user signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """with committing(): what waits for the commit happens at its end (Celery runs eagerly)."""

    def run():
        return django_capture_on_commit_callbacks(execute=True)

    return run
