"""The accounts to try, as they are in the database now."""

from advice.demo.councils import AUTHORITIES, COUNCILS
from advice.demo.people import ACCOUNTS, email_of, password_of
from portal.models import User

ADMINISTRATOR_EMAIL = "ada@raadportaal.test"


def accounts() -> list[dict[str, str]]:
    """Those whose account exists; none before the example is loaded."""
    listed = [
        {
            "email": email_of(key, place) if place else ADMINISTRATOR_EMAIL,
            "password": password_of(key),
            "role": role,
            "council": place_name(key, place),
        }
        for key, role, place in ACCOUNTS
    ]
    known = set(User.objects.filter(email__in=[one["email"] for one in listed]).values_list("email", flat=True))
    return [one for one in listed if one["email"] in known]


def place_name(key: str, place: str) -> str:
    if key == "saskia":
        return f"{COUNCILS['asw']['name']}; {COUNCILS['jwh']['name']}"
    return ({**COUNCILS, **AUTHORITIES}.get(place) or {"name": ""})["name"]
