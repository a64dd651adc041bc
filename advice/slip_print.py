"""A vote or an opinion on paper, for the members without e-mail: one file with a letter and a slip for each.

Plain data in. The wording around it is Dutch, because a letter is Dutch content, not interface."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NotRequired, TypedDict

from portal import pdf
from portal.pdf.letterhead import Sender, Signatory, addressed, article_of, closing, letterhead, references, whom_to_ask
from portal.pdf.words import dutch_date

WORDS = {
    "vote": {
        "subject": "Wilt u stemmen over dit advies?",
        "question": "De adviesraad beslist over een advies. Dat gaat schriftelijk. Wij vragen uw stem.",
        "slip_heading": "Uw stem",
        "choose": "Wat stemt u? Kruis één antwoord aan.",
        "in_letter": "Stem ik tegen? Zet dan mijn mening hierboven in de brief.",
        "who_reads": "De leden zien na de stemming wat u stemde en waarom. De gemeente ziet dat niet.",
    },
    "opinion": {
        "subject": "Wat vindt u van dit concept?",
        "question": "De adviesraad schrijft een advies. Het is nog niet klaar. Wij vragen wat u ervan vindt.",
        "slip_heading": "Uw mening",
        "choose": "Bent u het eens met dit advies? Kruis één antwoord aan.",
        "in_letter": "Besluit de adviesraad anders? Zet dan mijn mening hierboven in de brief.",
        "who_reads": "De leden lezen uw mening met uw naam. De gemeente leest die niet.",
    },
}


class SlipData(TypedDict):
    """One letter to one member. All dates are ISO strings."""

    kind: str  # "vote" or "opinion"
    council: Sender
    name: str
    address: list[str]  # the lines under the name
    date: str
    last_day: str
    about: str  # the subject of the advice
    summary: str  # plain text
    recommendations: list[str]
    choices: list[str]
    phone: NotRequired[str]
    return_to: NotRequired[list[str]]
    signatories: NotRequired[list[Signatory]]
    theme: NotRequired[str]


def print_slips(
    slips: Sequence[SlipData],
    *,
    images: dict[str, bytes] | None = None,
    created: datetime | None = None,
    two_sided: bool = False,
) -> bytes:
    """One file, a letter and a slip per member, each from a new page (from a new sheet with `two_sided`)."""
    if not slips:
        raise ValueError("nobody to print a slip for")
    first = slips[0]
    return pdf.render(
        "advice/pdf/slip.html",
        {"letters": [slip_context(slip) for slip in slips], "two_sided": two_sided},
        title="Vragen aan leden per post",
        author=first["council"]["name"],
        subject="Stemmen en meningen op papier",
        created=created or datetime.fromisoformat(first["date"]).replace(tzinfo=UTC),
        images=images,
        accent=first.get("theme", ""),
    )


def slip_context(slip: SlipData) -> dict[str, Any]:
    council, phone, words = slip["council"], slip.get("phone", ""), WORDS[slip["kind"]]
    day, last_day = dutch_date(slip["date"]), dutch_date(slip["last_day"])
    back = ", ".join(slip.get("return_to") or ["de secretaris van de adviesraad"])
    call = f" Bellen mag ook: {phone}." if phone else ""
    count = len(slip["recommendations"])
    return {
        **words,
        "sender": council["name"],
        "running": f"{slip['name']}, {day}",
        "head": letterhead([council]),
        "to": addressed([slip["name"], *slip["address"]]),
        "refs": references(
            ("Datum", day), ("Antwoord graag uiterlijk", last_day), ("Vragen?", whom_to_ask(council)),
        ),
        "facts": [
            {"label": "Advies", "value": slip["about"]},
            {"label": "Uiterlijk", "value": f"{last_day}. Dan moeten wij uw antwoord hebben."},
            {"label": "Terug naar", "value": back},
        ],
        "summary": pdf.print_html(pdf.text_html(slip["summary"])),
        "recommendations": [{"number": at, "text": text} for at, text in enumerate(slip["recommendations"], 1)],
        "recommendations_heading": "Onze aanbeveling" if count == 1 else f"Onze {count} aanbevelingen",
        "whole_text": "Wilt u de hele tekst lezen? "
        + (f"Bel ons: {phone}. Wij sturen de tekst naar u op." if phone else "Vraag de tekst aan de secretaris."),
        "closing": closing(article_of(council), slip.get("signatories", [])),
        "send_back": f"Stuur deze bladzijde naar {back}. Wij hebben uw antwoord graag uiterlijk {last_day}.{call}",
        "about": slip["about"],
        "choices": slip["choices"],
        "member": slip["name"],
    }  # fmt: skip
