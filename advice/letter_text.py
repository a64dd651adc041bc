"""The text of a letter (LetterText): the adopted text with number, date, place, signatories and letterhead.

Stored in Letter.text and hashed; `letter_data` makes of it, for one copy, what advice.letter_print prints. Page and PDF
come from here, never from the draft.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.utils.timezone import localdate
from django.utils.translation import override

from advice.explaining import terms_used
from advice.frozen import editorial_facts, final_text, frozen_text, with_own_views
from advice.joint import others_signing
from advice.models import AdoptedText, Advice, LetterCopy
from advice.short_address import short_url
from advice.signing import signed
from advice.states import ASKS_NO_ANSWER, AdviceState, DocumentKind, Manner
from councils.models import Authority, Council
from councils.pictures import logo_name
from councils.rulebook import Outcome, stack_of
from councils.rulebook.terms import response_due
from councils.states import CouncilRole
from portal.pdf.words import capital

if TYPE_CHECKING:
    from advice.letter_shape import LetterData

SAME_IN_EVERY_COPY = [
    "document", "subject", "date", "reference", "place", "language", "tenor", "plain_summary", "sections", "questions",
    "minority_views", "consulted", "signatories", "copy_to", "attachments", "response_due", "glossary",
    "editorial", "mandate", "adopted_on", "concerns",
]  # fmt: skip
OF_THE_REQUEST = ["date", "reference", "subject", "questions", "short_notice"]
SIGNING: dict[str, str] = {CouncilRole.CHAIR: "voorzitter", CouncilRole.SECRETARY: "secretaris"}
NEUTER = re.compile(r"^\w*(panel|platform|forum|beraad|comité|reglement|convenant|besluit)\b", re.I)


def letter_text(
    adopted: dict[str, Any], *, councils: Iterable[Council], copies: list[dict[str, Any]], reference: str,
    dated_on: date, place: str, signatories: list[dict[str, str]], terms: list[dict[str, str]],
) -> dict[str, Any]:  # fmt: skip
    """`copies` are the facts of the copies (see `copy_facts`), `terms` the last days for the answer."""
    return {
        **adopted,
        "senders": [sender(council, on=dated_on) for council in councils],
        "copies": copies,
        "reference": reference,
        "date": dated_on.isoformat(),
        "place": place,
        "signatories": signatories,
        "response_due": terms,
    }


def letter_data(copy: LetterCopy) -> "LetterData":
    """What is printed on one copy."""
    text = copy.letter.text
    facts = next((facts for facts in text.get("copies", []) if facts["slug"] == copy.authority.slug), {})
    request = text.get("request") or None
    found: dict[str, Any] = {
        **{key: text[key] for key in SAME_IN_EVERY_COPY if key in text},
        "document": text.get("document", DocumentKind.ADVICE),
        "councils": text.get("senders") or [{"name": copy.letter.council.name}],
        "authority": {
            "name": facts.get("authority") or copy.authority.name,
            "addressee": copy.addressee,
            "salutation": facts.get("salutation", ""),
        },
        "your_reference": copy.your_reference,
        "request": {key: request[key] for key in OF_THE_REQUEST if request.get(key)} if request else None,
        "recommendations": with_labels(text),
        "rendering": copy.letter.imported,
        "short_url": short_url(copy.letter),
    }
    return cast("LetterData", found)


def mandate_facts(adopted: AdoptedText, council: Council) -> dict[str, str]:
    """What the authority has to know when the board decided."""
    if adopted.decision.manner != Manner.MANDATE:
        return {}
    return {
        "mandate": "Dit advies is vastgesteld door het dagelijks bestuur, met mandaat. "
        f"{capital(with_article(council.name))} bespreekt het in de volgende vergadering."
    }


def with_labels(text: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**one, "rests_on": labels(one)} for one in text.get("recommendations", [])]


def recommendations_by_number(text: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """The recommendations of a frozen text by their number; older texts leave it to their place."""
    found = text.get("recommendations") or []
    return {part.get("number") or place: part for place, part in enumerate(found, 1)}


def labels(recommendation: dict[str, Any]) -> list[str]:
    """What was heard, in neutral words. Older texts hold the words alone."""
    found = recommendation.get("rests_on") or []
    return [heard["label"] if isinstance(heard, dict) else heard for heard in found]


# --- letterhead and address -------------------------------------------------


def sender(council: Council, *, on: date) -> dict[str, Any]:
    """The council as its letterhead shows it."""
    secretary = council.memberships.current(on).filter(role=CouncilRole.SECRETARY).select_related("person").first()
    reach = [line for line in (council.phone, council.email) if line]
    address = address_lines(council.post_address)
    found = {
        "name": council.name,
        "logo": logo_name(council),
        "with_article": with_article(council.name),
        "contact": [*address, *reach][:4],
        "return_address": [council.name, *address] if address else [],
        "place": council.place,
        "person": [f"{secretary.person.name}, secretaris", *reach] if secretary else reach,
    }
    return {key: value for key, value in found.items() if value}


def copy_facts(authority: Authority, adopted: dict[str, Any], *, your_reference: str) -> dict[str, Any]:
    return {
        "authority": authority.name,
        "slug": authority.slug,
        "addressee": address_window(authority, adopted.get("attention_of", "")),
        "salutation": adopted.get("salutation") or authority.salutation,
        "your_reference": your_reference,
    }


def address_window(authority: Authority, attention_of: str) -> list[str]:
    """The lines behind the window: who, of which body, for whose attention, where."""
    lines = [authority.addressee]
    if authority.name.removeprefix("Gemeente ").lower() not in authority.addressee.lower():
        lines.append(authority.name)
    if attention_of:
        attention = attention_of.strip()
        lines.append(attention if attention.lower().startswith("t.a.v.") else f"t.a.v. {attention}")
    if authority.office:
        lines += address_lines(authority.office.post_address)
    return lines


def address_lines(address: str) -> list[str]:
    return [line.strip() for line in address.splitlines() if line.strip()]


def with_article(name: str) -> str:
    return f"{'het' if NEUTER.match(name) else 'de'} {name}"


def signatories_of(advice: Advice, adopted: dict[str, Any], *, on: date) -> list[dict[str, str]]:
    """Those of the adopted text, else the chair and the secretary of that day; and who signs for the other councils."""
    named = [{"name": one["name"], "role": one["role"]} for one in adopted.get("signatories") or []]
    if named:
        return [*named, *others_signing(advice)]
    found = advice.council.memberships.current(on).filter(role__in=SIGNING).select_related("person")
    in_order = sorted(found, key=lambda membership: (list(SIGNING).index(membership.role), membership.pk))
    first_of_each = {membership.role: membership for membership in reversed(in_order)}
    signing = [(first_of_each[role], word) for role, word in SIGNING.items() if role in first_of_each]
    own = [{"name": membership.person.name, "role": word} for membership, word in signing]
    return [*own, *others_signing(advice)]


def signing_of(advice: Advice, adopted: dict[str, Any], *, on: date) -> dict[str, Any]:
    """As it would be signed now; of a draft there is nothing to sign with yet."""
    named = signatories_of(advice, adopted, on=on)
    row, _edited = final_text(advice)
    if row is None or advice.state == AdviceState.DRAFT:
        return {"signatories": named}
    return signed(named, advice.council, on=on, adopted_on=row.decision.decided_on)


# --- the term for the answer ------------------------------------------------


def response_terms(
    councils: Iterable[Council], document: str, on: date, *, relation: str = ""
) -> list[tuple[Council, Outcome]]:
    """Each council's last day for the answer, by its own rule book on the day of issue."""
    if document == DocumentKind.COUNTER_RESPONSE or relation in ASKS_NO_ANSWER:
        return []
    with override("nl"):  # how the day was counted is kept with the letter, whatever language the secretary reads
        found = [(council, response_due(stack_of(council), issue_date=on)) for council in councils]
    return [(council, outcome) for council, outcome in found if outcome]


def printed_term(council: Council, outcome: Outcome) -> dict[str, str]:
    return {
        "date": outcome.day.isoformat(),
        "article": article_in_words(outcome),
        "council": with_article(council.name),
    }


def article_in_words(outcome: Outcome) -> str:
    """`artikel 8 lid 1 van de Verordening …`, as a letter says it."""
    article = re.sub(r"^art\.?\s*(?=\d)", "artikel ", outcome.article or "")
    instrument = with_article(outcome.instrument)
    return f"{article} van {instrument}" if article else instrument


def text_to_send(advice: Advice) -> dict[str, Any]:
    """What would go in the letter now: the adopted text or its editorial version; of a draft, also a reopened one, what
    is written."""
    row, edited = final_text(advice) if advice.state in (AdviceState.ADOPTED, AdviceState.ISSUED) else (None, None)
    if row is None:
        return frozen_text(advice)
    return {
        **with_own_views(advice, (edited or row).text),
        **editorial_facts(row, edited),
        **mandate_facts(row, advice.council),
    }


def preview_data(advice: Advice) -> "LetterData":
    """The draft of the letter to the first authority, before it has a number. Of an adopted text, or as it is now."""
    adopted = text_to_send(advice)
    authority = advice.authorities.select_related("office").order_by("name").first()
    councils, today = [advice.council, *advice.joint_with.order_by("name")], localdate()
    request = adopted.get("request") or None
    found: dict[str, Any] = {
        **{key: adopted[key] for key in SAME_IN_EVERY_COPY if key in adopted},
        "document": advice.document,
        "councils": [sender(council, on=today) for council in councils],
        "authority": {
            "name": authority.name if authority else "",
            "addressee": address_window(authority, adopted.get("attention_of", "")) if authority else [],
            "salutation": adopted.get("salutation") or (authority.salutation if authority else ""),
        },
        "place": advice.council.place,
        "your_reference": adopted.get("your_reference", ""),
        "request": {key: request[key] for key in OF_THE_REQUEST if request.get(key)} if request else None,
        "recommendations": with_labels(adopted),
        **signing_of(advice, adopted, on=today),
        "response_due": [
            printed_term(*term) for term in response_terms(councils, advice.document, today, relation=advice.relation)
        ],
        "glossary": terms_used(adopted, advice.council),
    }
    return cast("LetterData", found)
