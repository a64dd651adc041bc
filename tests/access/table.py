"""The words of the access table: who, and what each may expect of a URL.

Every app has its rows in tests/access/<app>.py: URL name → Row(args, get=…, post=…). A cell is
OK (let in), LOGIN (sent to sign in), 403 or 404; None for a method that the view does not allow (405 for everyone).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

OK = "let in"
LOGIN = "sign in"

PEOPLE = [
    "anonymous",
    "member",
    "stranger",  # member of another council
    "chair",
    "secretary",
    "official",  # secretary, employed by the authority
    "civil_servant",
    "civil_servant_elsewhere",
    "ex_member",
    "administrator",
]
Cells = dict[str, Any]


def cells(default: Any, **others: Any) -> Cells:
    """The same for everyone but those named; anonymous people are sent to sign in unless named."""
    return {"anonymous": LOGIN, **dict.fromkeys(PEOPLE[1:], default), **others}


PUBLIC = cells(OK, anonymous=OK)
SIGNED_IN = cells(OK)
# The council's room. An object of the room does not exist for others; the council itself is known to an administrator.
ROOM = cells(404, member=OK, chair=OK, secretary=OK, official=OK)
ROOM_LEADERS = {**ROOM, "member": 403}
ROOM_SECRETARY = {**ROOM, "member": 403, "chair": 403}
COUNCIL_ROOM = {**ROOM, "administrator": 403}
COUNCIL_LEADERS = {**ROOM_LEADERS, "administrator": 403}
COUNCIL_SECRETARY = {**ROOM_SECRETARY, "administrator": 403}
SET_UP = {**ROOM_SECRETARY, "administrator": OK}
# The authority's desk (the civil servant is its contact officer).
DESK = cells(404, civil_servant=OK)
AUTHORITY_DESK = {**DESK, "administrator": 403}
ADMINISTRATION = cells(403, administrator=OK)
ADMINISTRATION_OBJECT = cells(404, administrator=OK)
GONE = cells(404, anonymous=404)


@dataclass(frozen=True)
class Row:
    """args: the URL's arguments in the world. data: what is posted (the same for everyone)."""

    args: Callable[[Any], list] = lambda world: []
    get: Cells | None = None
    post: Cells | None = None
    data: Callable[[Any], dict] = field(default=lambda world: {})
    query: str = ""
