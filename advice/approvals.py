"""How far the agreement of the alderman with a draft of an answer is, and who the aldermen are."""

from dataclasses import dataclass
from typing import Any

from advice.models import Approval, Response
from councils.models import Appointment
from councils.states import AuthorityRole
from portal.models import Person

# What is filled in around the decision. It says nothing of the answers, so an alderman need not read them again.
AROUND_THE_DECISION = {"decided_on", "dated_on", "reference", "offered_on", "not_offered_reason", "form"}
Typed = dict[str, Any]  # field → text, or the parts of a date


@dataclass(frozen=True)
class Agreement:
    """`state`: none (not asked), asked, returned (with a note), agreed, or stale (the answers changed since)."""

    state: str
    approval: Approval | None = None  # the last word of an alderman


def agreement_on(response: Response | None) -> Agreement:
    if response is None:
        return Agreement("none")
    last = response.approvals.select_related("person").order_by("-pk").first()
    asked_at = response.approval_asked_at
    if asked_at and (last is None or last.given_at < asked_at):
        return Agreement("asked", last)
    if last is None:
        return Agreement("none")
    if not last.agreed:
        return Agreement("returned", last)
    same = substance(draft_at(response, last.version)) == substance(response.draft)
    return Agreement("agreed" if same else "stale", last)


def aldermen_of(authority_id: int) -> list[Person]:
    holding = Appointment.objects.current().filter(authority=authority_id, role=AuthorityRole.ALDERMAN)
    return list({one.person_id: one.person for one in holding.select_related("person").order_by("pk")}.values())


# --- what was typed ---------------------------------------------------------


def filled(typed: Typed) -> Typed:
    """Without what was left open, so that two drafts can be compared."""
    parts = {
        name: [part or "" for part in value] if isinstance(value, list) else value for name, value in typed.items()
    }
    return {name: value for name, value in parts.items() if (any(value) if isinstance(value, list) else value)}


def draft_at(response: Response, version: int) -> Typed:
    """The draft as it was at that version: the first save on top of the one before it."""
    if version == response.version:
        return response.draft
    saved = response.saves.filter(based_on=version - 1).order_by("pk").first()
    return saved.typed if saved else {}


def substance(typed: Typed) -> Typed:
    """What the alderman agrees with: the text and the answers."""
    return {name: value for name, value in filled(typed).items() if name not in AROUND_THE_DECISION}
