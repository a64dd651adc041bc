"""The first person of an empty portal."""

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from councils.actions.appointments import add_appointment
from councils.states import AuthorityRole
from portal.access import Refused
from portal.accounts import portal_is_empty
from portal.actions.people import make_account
from portal.models import User

FIRST_START_LOCK = 2_025_111_201


@transaction.atomic
def make_first_account(name: str, email: str) -> User:
    """She becomes administrator; of two who try at the same time one is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_START_LOCK])
    if not portal_is_empty():
        raise Refused(_("Somebody has set up this portal already. Ask for an invitation."))
    return appoint_administrator(name, email)


@transaction.atomic
def appoint_administrator(name: str, email: str) -> User:
    """An administrator with an account, without an invitation: for who holds the machine."""
    appointment = add_appointment(
        None, by=None, name=name, email=email, role=AuthorityRole.ADMINISTRATOR, starts_on=localdate()
    )
    user = User.objects.filter(person=appointment.person).first()
    return user or make_account(appointment.person, by=None)
