"""The answer of the executive as one letter (ResponseLetter.text): plain data, Dutch as the letter is, frozen.

Stored and hashed when the answer is given; before that the alderman reads the same, made of the draft.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from advice.letter_text import address_lines, recommendations_by_number, with_article
from advice.models import LetterCopy
from councils.models import Authority, Council
from councils.states import CouncilRole
from portal.text import listed

NEUTER_BODY = re.compile(r"^(college|(dagelijks|algemeen) bestuur|bestuur)\b", re.I)
MOST_NAMES = 2  # of councils in the window of the envelope; the first is who sent the letter


class Given(Protocol):
    """An answer to one recommendation: advice.actions.answering.AnswerGiven."""

    @property
    def number(self) -> int: ...
    @property
    def verdict(self) -> str: ...
    @property
    def motivation(self) -> str: ...
    @property
    def decide_by(self) -> date | None: ...
    @property
    def commitment(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


def answer_text(
    copy: LetterCopy, answers: Iterable[Given], *, form: str, dated_on: date | None, decided_on: date | None,
    reference: str = "", text: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Everything that is printed. Dates are ISO strings."""
    authority, letter = copy.authority, copy.letter
    senders = letter.text.get("councils") or [letter.council.name]
    advised = recommendations_by_number(letter.text)
    return {
        "form": form,
        "authority": sender(authority),
        "councils": senders,
        "addressee": addressee(letter.council, senders, on=dated_on),
        "salutation": f"Geachte leden van {listed(map(with_article, senders), last='en')},",
        "letter": {
            "reference": letter.reference, "date": letter.dated_on.isoformat(), "subject": letter.subject,
            "document": letter.text.get("document", "advice"),
        },
        "date": iso(dated_on),
        "decided_on": iso(decided_on),
        "reference": reference.strip(),
        "text": text.strip(),
        "answers": [answer(given, advised.get(given.number, {}).get("text", "")) for given in answers],
        "signatories": signatories(authority),
        "language": "nl",
    }  # fmt: skip


def answer(given: Given, recommendation: str) -> dict[str, Any]:
    promises = given.commitment.strip() or given.owner.strip() or given.due_on
    return {
        "number": given.number,
        "recommendation": recommendation,
        "verdict": given.verdict,
        "motivation": given.motivation.strip(),
        "decide_by": iso(given.decide_by) if given.verdict == "later" else None,
        "commitment": {"text": given.commitment.strip(), "owner": given.owner.strip(), "due": iso(given.due_on)}
        if promises
        else None,
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- who writes and to whom -------------------------------------------------


def sender(authority: Authority) -> dict[str, Any]:
    """The authority as its letterhead shows it, and its executive in the words of a sentence."""
    office = authority.office
    address = address_lines(office.post_address) if office else []
    body = authority.addressee[:1].lower() + authority.addressee[1:]
    executive = f"{'het' if NEUTER_BODY.match(body) else 'de'} {body}"
    place = authority.name.removeprefix("Gemeente ")
    named = place.lower() in body.lower()
    return {
        "name": authority.name,
        "tagline": authority.addressee,
        "executive": executive if named else f"{executive} van {place}",
        "short": "het college" if body.startswith("college") else executive,
        "contact": [*address, *([office.email] if office and office.email else [])][:4],
        "return_address": address,
    }


def addressee(council: Council, senders: list[str], *, on: date | None) -> list[str]:
    """The lines behind the window: the council, its secretary, its address."""
    serving = council.memberships.current(on).filter(role=CouncilRole.SECRETARY).select_related("person")
    secretary = serving.order_by("pk").first()
    names = senders if len(senders) <= MOST_NAMES else [council.name]
    attention = [f"t.a.v. {secretary.person.name}, secretaris"] if secretary else []
    return [*names, *attention, *address_lines(council.post_address)]


def signatories(authority: Authority) -> list[dict[str, str]]:
    """Those that the authority set; else the executive itself, without a name."""
    named = [
        {"name": one.get("name") or one.get("role", ""), "role": one.get("role", "") if one.get("name") else ""}
        for one in authority.signatories
        if one.get("name") or one.get("role")
    ]
    return named or [{"name": authority.addressee, "role": ""}]
