"""The answer of the executive on paper: from the frozen text to what the template prints, as letter or as table.

Nothing is looked up and nothing is decided here; only the wording around the answers is made: Dutch, as a letter is.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, cast

from advice.letter_print import ADVISING
from advice.models import ResponseLetter
from portal import pdf
from portal.pdf.letterhead import Sender, addressed, closing, letterhead, references
from portal.pdf.words import capital, dutch_date

VERDICTS = {
    "adopted": "Overgenomen",
    "partly": "Voor een deel overgenomen",
    "rejected": "Niet overgenomen",
    "already_policy": "Dit doen wij al",
    "later": "Wij beslissen later",
}
LONG = 1400  # characters; a row of the table with more may be parted over two pages


def print_response(letter: ResponseLetter) -> bytes:
    """The PDF, with the frozen text inside as JSON."""
    return print_text(letter.text, issued_at=letter.issued_at)


def print_text(text: Mapping[str, Any], *, issued_at: datetime | None = None, draft: bool = False) -> bytes:
    context = response_context(text, draft=draft)
    name = re.sub(r"[^\w.-]+", "-", f"antwoord-{letter_of(text).get('reference') or 'concept'}") + ".json"
    return pdf.render(
        "advice/pdf/response.html",
        context,
        title=context["subject"],
        author=context["sender"],
        subject=f"Reactie van {executive(text)} op een brief",
        created=created_at(text, issued_at),
        language=text.get("language", "nl"),
        attachments=[pdf.Attached(name, frozen_json(text), "De tekst van dit antwoord als gegevens")],
        shrink=True,
    )


def frozen_json(text: Mapping[str, Any]) -> bytes:
    """The bytes inside the PDF. Their SHA-256 is that of the frozen row (advice.frozen.digest)."""
    return json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def control_code(text: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(frozen_json(text)).hexdigest()
    return " ".join(digest[i : i + 4] for i in range(0, 16, 4))


def created_at(text: Mapping[str, Any], issued_at: datetime | None) -> datetime:
    if issued_at:
        return issued_at
    day = text.get("date")
    return datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC) if day else datetime.now(UTC)


def response_context(text: Mapping[str, Any], *, draft: bool = False) -> dict[str, Any]:
    """What response.html prints, and what the alderman reads on the page before it goes."""
    authority, answered, day = text.get("authority") or {}, letter_of(text), text.get("date")
    answers = [one_answer(given) for given in text.get("answers") or []]
    reference = text.get("reference") or ""
    return {
        "form": text.get("form", "letter"),
        "sender": authority.get("name", ""),
        "running": ", ".join(filter(None, [running_title(text), dutch_date(day) if day and not draft else ""])),
        "head": letterhead([cast("Sender", {"name": "", **authority})]),
        "to": addressed(text.get("addressee") or []),
        "refs": references(
            ("Datum", dutch_date(day) if day else None),
            ("Ons kenmerk", reference),
            ("Uw brief", their_letter(answered)),
        ),
        "note": "Concept. Dit antwoord is nog niet verstuurd." if draft else "",
        "subject": subject_of(text),
        "salutation": text.get("salutation", ""),
        "opening": opening(text, one=len(answers) == 1, several=len(answers) > 1),
        "text": pdf.print_html(pdf.text_html(text.get("text") or "")),
        "answers_heading": "Onze reactie op uw aanbeveling" if len(answers) == 1 else "Onze reactie per aanbeveling",
        "answers": answers,
        "closing": {**closing("", text.get("signatories") or []), "greeting": greeting(text)},
        "control_code": "" if draft else control_code(text),
    }  # fmt: skip


def letter_of(text: Mapping[str, Any]) -> Mapping[str, Any]:
    return text.get("letter") or {}


def executive(text: Mapping[str, Any]) -> str:
    return (text.get("authority") or {}).get("executive") or "het bestuur"


def greeting(text: Mapping[str, Any]) -> str:
    return f"Met vriendelijke groet, {executive(text)},"


def running_title(text: Mapping[str, Any]) -> str:
    return text.get("reference") or f"Reactie op {letter_of(text).get('reference', '')}".strip()


def subject_of(text: Mapping[str, Any]) -> str:
    what = "advies" if letter_of(text).get("document", "advice") in ADVISING else "brief"
    return f"Reactie op uw {what} {letter_of(text).get('reference', '')}".strip()


def their_letter(answered: Mapping[str, Any]) -> list[str]:
    return [*([dutch_date(answered["date"])] if answered.get("date") else []), answered.get("reference") or ""]


def opening(text: Mapping[str, Any], *, one: bool, several: bool) -> str:
    answered = letter_of(text)
    said = []
    if answered.get("date"):
        said.append(
            f"Dank u wel voor uw brief van {dutch_date(answered['date'])} over “{answered.get('subject', '')}”."
        )
    if text.get("decided_on"):
        short = (text.get("authority") or {}).get("short") or executive(text)
        said.append(f"Dit is het besluit van {short} van {dutch_date(text['decided_on'])}.")
    if one or several:
        said.append(f"Hieronder leest u wat wij doen met {'uw aanbeveling' if one else 'elke aanbeveling'}.")
    return " ".join(said)


def one_answer(given: Mapping[str, Any]) -> dict[str, Any]:
    verdict = VERDICTS.get(given.get("verdict", ""), "Nog geen antwoord")
    motivation = given.get("motivation") or ""
    recommendation = given.get("recommendation") or ""
    decide_by = given.get("decide_by")
    return {
        "number": given.get("number"),
        "title": f"Aanbeveling {given.get('number')}: {verdict[0].lower()}{verdict[1:]}",
        "recommendation": recommendation,
        "verdict": verdict,
        "motivation": pdf.print_html(pdf.text_html(motivation)),
        "decide_by": f"Wij beslissen uiterlijk {dutch_date(decide_by)}." if decide_by else "",
        "commitment": promise(given.get("commitment")),
        "long": len(motivation) + len(recommendation) > LONG,
    }


def promise(found: Mapping[str, Any] | None) -> str:
    if not found:
        return ""
    parts = [
        capital((found.get("text") or "").rstrip(".")),
        f"Wie: {found['owner'].rstrip('.')}" if found.get("owner") else "",
        f"Klaar: uiterlijk {dutch_date(found['due'])}" if found.get("due") else "",
    ]
    return ". ".join(filter(None, parts)) + "."
