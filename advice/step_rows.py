"""The steps of a letter as its pages list them, for the council and for the authority: with proof and with buttons."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from advice.models import LetterCopy, LetterStep
from advice.states import LetterStepKind
from advice.steps import OF_AUTHORITY, Step, in_words, mails_of, steps_of
from portal.mail import sender_domain
from portal.models import Message

SLUGS = {
    "gepost": LetterStepKind.POSTED,
    "ontvangen": LetterStepKind.RECEIVED,
    "aangeboden": LetterStepKind.OFFERED,
    "gemeenteraad": LetterStepKind.MUNICIPAL_COUNCIL,
    "raadsvoorstel": LetterStepKind.IN_PROPOSAL,
}
BY_KIND = {kind: slug for slug, kind in SLUGS.items()}


def steps_by_copy(copies: Iterable[LetterCopy]) -> dict[int, list[Step]]:
    """The steps of each copy, in two queries whatever their number."""
    copies = list(copies)
    rows = list(LetterStep.objects.filter(copy__in=copies).select_related("document", "recorded_by").order_by("pk"))
    mails = list(mails_of(copies).select_related("person")) if copies else []
    return {copy.pk: steps_of(copy, rows, mails) for copy in copies}


def rows_for(copy: LetterCopy, steps: list[Step], *, by_council: bool, may_record: bool) -> list[dict[str, Any]]:
    """What the page shows of each step, and what this reader can do about it."""
    return [
        {
            "step": step,
            "words": in_words(step, copy),
            "proof": [proof_of(row, copy) for row in [step.row] if row],
            "earlier": [proof_of(row, copy) for row in step.earlier],
            "message_id": message_id(step.mail) if step.mail else "",
            **(links_of(step, copy, by_council=by_council) if may_record else {}),
        }
        for step in steps
    ]


def proof_of(row: LetterStep, copy: LetterCopy) -> dict[str, Any]:
    url = reverse("advice:step_file", args=[copy.council.slug, copy.public_id, row.pk]) if row.document else ""
    return {"row": row, "file_url": url, "who": copy.council.name if row.by_council else copy.authority.name}


def links_of(step: Step, copy: LetterCopy, *, by_council: bool) -> dict[str, str]:
    if by_council:
        args = [copy.council.slug, copy.public_id, BY_KIND[step.kind]]
        record, take_back = "advice:record_step", "advice:take_back_step"
        may = step.kind != LetterStepKind.POSTED and step.day is None
    else:
        args = [copy.authority.slug, copy.public_id, BY_KIND[step.kind]]
        record, take_back = "advice:desk_step", "advice:desk_take_back_step"
        may = step.kind in OF_AUTHORITY and (step.row is None or step.row.by_council)
    found = {"record_url": reverse(record, args=args)} if may else {}
    if step.row and step.row.by_council == by_council:
        found["take_back_url"] = reverse(take_back, args=args)
    return found


def message_id(message: Message) -> str:
    """As the mail server got it: what a postmaster looks for."""
    return f"<{message.public_id}@{sender_domain(settings.DEFAULT_FROM_EMAIL)}>"
