"""How a letter is signed: with the pictures of signatures, or with the day on which its text was adopted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from councils.models import Council

PICTURES, ADOPTED = "pictures", "adopted"


def signed(
    signatories: Iterable[Mapping[str, str]], council: Council, *, on: date, adopted_on: date, signing: str = ""
) -> dict[str, Any]:
    """What is frozen of it. Without a choice: the pictures where there are any.

    Only the leading council's own pictures: another council of a joint letter did not lend its signature.
    """
    drawn = {} if signing == ADOPTED else pictures_of(council, on=on)
    found = []
    for one in signatories:
        picture = drawn.get(one["name"].casefold()) if one.get("council", council.name) == council.name else None
        found.append({**one, "signature": picture} if picture else {**one})
    by_hand = [one for one in found if not one.get("signature")]
    return {"signatories": found, **({"adopted_on": adopted_on.isoformat()} if by_hand else {})}


def pictures_of(council: Council, *, on: date) -> dict[str, str]:
    """SHA-256 of the picture of the signature, by name, of who is in the council on that day."""
    members = council.memberships.current(on).filter(signature__isnull=False).order_by("-pk")
    return {name.casefold(): sha256 for name, sha256 in members.values_list("person__name", "signature__sha256")}
