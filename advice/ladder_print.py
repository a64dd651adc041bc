"""A letter of the ladder on paper: from the frozen text to what the template prints. Nothing is decided here."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from advice.models import LadderLetter
from advice.response_print import frozen_json
from councils.pictures import names_in, pictures_for
from portal import pdf
from portal.pdf.letterhead import Sender, addressed, article_of, closing, letterhead, references, whom_to_ask
from portal.pdf.words import capital, dutch_date


def print_ladder_letter(letter: LadderLetter) -> bytes:
    """The PDF, with the frozen text inside as JSON."""
    return print_text(letter.text, created=letter.sent_at)


def print_text(text: Mapping[str, Any], *, created: datetime) -> bytes:
    name = re.sub(r"[^\w.-]+", "-", f"{text['kind']}-{text['letter']['reference']}") + ".json"
    return pdf.render(
        "advice/pdf/ladder.html",
        ladder_context(text),
        title=text["subject"],
        author=text["council"]["name"],
        subject=f"Brief over {text['letter']['reference']}",
        created=created,
        language=text.get("language", "nl"),
        attachments=[pdf.Attached(name, frozen_json(text), "De tekst van deze brief als gegevens")],
        images=pictures_for(names_in({"senders": [text["council"]]})),
        shrink=True,
    )


def ladder_context(text: Mapping[str, Any]) -> dict[str, Any]:
    council = cast("Sender", text["council"])
    about, day = text["letter"], dutch_date(text["date"])
    digest = hashlib.sha256(frozen_json(text)).hexdigest()
    return {
        "sender": council["name"],
        "running": f"{about['reference']}, {day}",
        "head": letterhead([council]),
        "to": addressed(text["addressee"]),
        "refs": references(
            ("Plaats en datum", f"{text.get('place') or ''}, {day}".lstrip(", ")),
            ("Onze brief", [dutch_date(about["date"]), about["reference"]]),
            ("Uw kenmerk", text.get("your_reference")),
            ("Contact", whom_to_ask(council)),
        ),
        "subject": text["subject"],
        "salutation": text["salutation"],
        "paragraphs": text["paragraphs"],
        "enclosed": capital("; ".join(text.get("enclosed") or [])),
        "closing": closing(article_of(council), text.get("signatories") or []),
        "control_code": " ".join(digest[i : i + 4] for i in range(0, 16, 4)),
    }
