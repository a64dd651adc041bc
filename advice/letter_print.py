"""The advice letter on paper: from the frozen text of a letter (plain data) to what the template prints.

Nothing is looked up and nothing is worked out that the law or the rule book decides: dates, numbers and the term for
the reaction come from the frozen text. Here is only the wording around them: Dutch, because a letter is Dutch content.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.safestring import SafeString

from advice.explaining import with_footnotes
from advice.grounds import source_lines
from advice.letter_shape import Annex, LetterData, Recommendation, Request, Text
from advice.numbering import Paragraph, numbered
from councils.pictures import names_in
from portal import pdf
from portal.pdf.letterhead import (
    addressed,
    article_of,
    closing,
    letterhead,
    references,
    whom_to_ask,
)
from portal.pdf.words import capital, dutch_date
from portal.text import listed

DOCUMENTS = {
    "advice": "Advies",
    "supplement": "Aanvulling op ons advies",
    "questions": "Vragen",
    "signal_letter": "Signaal",
    "urgent_letter": "Dringende brief",
    "counter_response": "Ons antwoord op uw reactie",
    "discussion_paper": "Gespreksnotitie",
}
RELATIONS = {  # what stands above the subject, and the line under it
    "supplement": ("Aanvulling op ons advies", "Deze brief vult {letter} aan."),
    "correction": ("Verbetering van ons advies", "Deze brief komt in de plaats van {letter}."),
    "withdrawal": ("Intrekking van ons advies", "Met deze brief trekken wij {letter} in."),
    "counter_response": ("Ons antwoord op uw reactie", "Deze brief is ons antwoord op uw reactie op {letter}."),
}
ADVISING = {"advice", "supplement", "urgent_letter", "discussion_paper"}
TENORS = {"positive": "positief", "positive_with_remarks": "positief, met opmerkingen", "negative": "negatief"}
JUDGEMENT = "Ons oordeel"
# A section under such a heading already tells who was heard; the list of people is then not printed again.
TELLS_WHO = re.compile(r"tot stand|werkwijze|gesproken|\bwie\b.*(hoor|luister|sprak)", re.I)
SHORT_QUESTIONS = 160  # characters; up to here the questions we were asked stand in one line under the subject
ABOUT_THE_PRINT = {"control_code", "short_url", "large", "theme", "rendering", "created"}


def print_letter(
    letter: LetterData, *, images: Mapping[str, bytes] | None = None, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of one copy, with its frozen text inside as JSON. `images` are the logos by name (.png or .svg); `files`
    the files of its attachments by their SHA-256, as far as they go inside."""
    missing = set(names_in(letter)) - set(images or {})
    if missing:
        raise ValueError(f"no picture given for {', '.join(sorted(missing))}")
    context = with_footnotes(letter_context(letter), letter.get("glossary", []))
    return pdf.render(
        "advice/pdf/letter.html",
        context,
        title=letter["subject"],
        author=context["sender"],
        subject=f"{label_of(letter)} aan {letter['authority']['name']}",
        created=created_at(letter),
        language=letter.get("language", "nl"),
        attachments=[
            pdf.Attached(
                re.sub(r"[^\w.-]+", "-", f"advies-{letter.get('reference') or 'concept'}") + ".json",
                frozen_json(letter),
                "De tekst van deze brief als gegevens",
            ),
            *enclosed(letter, files or {}),
        ],
        images=images,
        qr=context["url"],
        accent=letter.get("theme", ""),
        large=letter.get("large", False),
        shrink=not letter.get("large") and not any(attachment["html"] for attachment in context["attachments"]),
    )


def enclosed(letter: LetterData, files: Mapping[str, bytes]) -> list[pdf.Attached]:
    """Each under a name of its own, in the order of the letter."""
    return [
        pdf.Attached(
            f"bijlage-{number}-" + re.sub(r"[^\w.-]+", "-", one["file"]["name"]),
            files[one["file"]["sha256"]],
            f"Bijlage {number}: {one['title']}",
            relationship="Supplement",
        )
        for number, one in enumerate(letter.get("attachments", []), 1)
        if one.get("file") and one["file"]["sha256"] in files
    ]


def print_copies(files: Sequence[bytes], *, two_sided: bool = False) -> bytes:
    """The print run of stored letters as one file for the printer. Not archival: the stored letters are the record."""
    return pdf.join(files, two_sided=two_sided)


def frozen_json(letter: LetterData) -> bytes:
    """The bytes that are hashed and put inside the PDF: the text of this copy, without what is about the print."""
    frozen = {key: value for key, value in letter.items() if key not in ABOUT_THE_PRINT}
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, indent=1).encode()


def control_code(letter: LetterData) -> str:
    """A PDF cannot print its own hash; it prints the first 16 digits of the SHA-256 of the data inside it."""
    digest = hashlib.sha256(frozen_json(letter)).hexdigest()
    return " ".join(digest[i : i + 4] for i in range(0, 16, 4))


def letter_context(letter: LetterData) -> dict[str, Any]:
    """What letter.html prints. Nothing is said twice: see `facts` and `consulted`."""
    councils, reference, issued = letter["councils"], letter.get("reference"), letter.get("date")
    request: Request | None = letter.get("request")
    asked = request.get("questions", []) if request else []
    short_questions = sum(map(len, asked)) <= SHORT_QUESTIONS
    sections, tenor = sections_and_tenor(letter)
    recommendations = [
        recommendation(number, given) for number, given in enumerate(letter.get("recommendations", []), 1)
    ]
    questions, attachments = letter.get("questions", []), titled(letter.get("attachments", []))
    proven = bool(reference) and not letter.get("rendering")  # a draft and a rendering prove nothing
    url = letter.get("short_url", "") if proven else ""
    return {
        "sender": listed([council["name"] for council in councils], last="en"),
        "running": ", ".join(filter(None, [reference or "Concept", dutch_date(issued) if issued else ""])),
        "head": letterhead(councils, large=letter.get("large", False)),
        "to": addressed(letter["authority"]["addressee"]),
        "refs": letter_references(letter),
        "note": note(letter),
        "kicker": label_of(letter) if letter.get("concerns") else "",
        "subject": letter["subject"],
        "concerns": concerns(letter),
        "facts": facts(letter, asked if short_questions else [], tenor),
        "plain_summary": pdf.print_html(pdf.text_html(letter.get("plain_summary", ""))),
        "salutation": letter["authority"].get("salutation", ""),
        "asked": [] if short_questions else asked,
        "sections": sections,
        "consulted": []
        if any(TELLS_WHO.search(section["heading"]) for section in sections)
        else letter.get("consulted", []),
        "recommendations": recommendations,
        "recommendations_heading": "Onze aanbeveling"
        if len(recommendations) == 1
        else f"Onze {len(recommendations)} aanbevelingen",
        "questions": questions,
        "questions_heading": "Onze vraag aan u" if len(questions) == 1 else "Onze vragen aan u",
        "minority_views": [{"by": view["by"], "html": rich(view)} for view in letter.get("minority_views", [])],
        "reaction": reaction(letter),
        "mandate": letter.get("mandate", ""),
        "closing": closing(
            listed(map(article_of, councils), last="en"),
            letter.get("signatories", []),
            leading=councils[0]["name"],
            adopted_on=letter.get("adopted_on", ""),
        ),
        "copy_to": "; ".join(letter.get("copy_to", [])),
        "attachments": attachments,
        "attached": "; ".join(attachment["short"] for attachment in attachments),
        "editorial_of": dutch_date(letter["editorial"]["adopted_on"]) if letter.get("editorial") else "",
        "attached_heading": "Bijlage" if len(attachments) == 1 else "Bijlagen",
        "control_code": (letter.get("control_code") or control_code(letter)) if proven else "",
        "url": url,
        "short_url": re.sub(r"^https?://", "", url),
    }


def created_at(letter: LetterData) -> datetime:
    moment = letter.get("created") or letter.get("date")
    found = datetime.fromisoformat(moment) if moment else datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def html_of(part: Text) -> str:
    return part.get("html") or pdf.text_html(part.get("text", ""))


def rich(part: Text) -> SafeString:
    return pdf.print_html(html_of(part))


def note(letter: LetterData) -> str:
    if not letter.get("reference"):
        return "Concept. Deze brief is nog niet verstuurd."
    return "Weergave, niet het origineel." if letter.get("rendering") else ""


def label_of(letter: LetterData) -> str:
    """What kind of letter it is. What it does to an earlier letter says more than its kind."""
    earlier = letter.get("concerns")
    return RELATIONS[earlier["relation"]][0] if earlier else DOCUMENTS[letter["document"]]


def concerns(letter: LetterData) -> str:
    """The line on the earlier letter: by its number and date, and its subject where that was another."""
    earlier = letter.get("concerns")
    if not earlier:
        return ""
    day, subject = earlier.get("date"), earlier.get("subject", "")
    named = f"onze brief {earlier['reference']}" + (f" van {dutch_date(day)}" if day else "")
    line = RELATIONS[earlier["relation"]][1].format(letter=named)
    return f"{line} Die ging over: {subject}." if subject and subject != letter["subject"] else line


def letter_references(letter: LetterData) -> list[dict[str, Any]]:
    first, request = letter["councils"][0], letter.get("request")
    place = letter.get("place") or first.get("place", "")
    their_letter = letter.get("your_letter_of") or (request and request.get("date"))
    their_reference = letter.get("your_reference") or (request and request.get("reference"))
    issued = letter.get("date")
    return references(
        ("Plaats en datum" if place else "Datum", f"{place}, {dutch_date(issued)}".lstrip(", ") if issued else ""),
        ("Ons kenmerk", letter.get("reference")),
        ("Uw brief", [dutch_date(their_letter), *filter(None, [their_reference])] if their_letter else None),
        ("Uw kenmerk", None if their_letter else their_reference),
        ("Contact", whom_to_ask(first)),
    )


def sections_and_tenor(letter: LetterData) -> tuple[list[dict[str, Any]], str]:
    """The judgement belongs to the section "Ons oordeel" where there is one; what is left stands under the subject."""
    tenor = TENORS.get(letter.get("tenor", ""), "")
    sections = []
    draft_numbers = numbered(html_of(section) for section in letter["sections"])
    for section, paragraphs in zip(letter["sections"], draft_numbers, strict=True):
        heading = section["heading"]
        if tenor and re.sub(r"^[\d.\s]+", "", heading).lower() == JUDGEMENT.lower():
            heading, tenor = f"{heading}: {tenor}", ""
        sections.append({"heading": heading, "html": rich(section), "paragraphs": in_draft(letter, paragraphs)})
    return sections, tenor


def in_draft(letter: LetterData, paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """Numbered, to talk about it at the table. The letter that is sent has no numbers."""
    if letter.get("reference"):
        return []
    return [{"number": one.number, "html": pdf.print_html(one.html)} for one in paragraphs]


def facts(letter: LetterData, asked: list[str], tenor: str) -> list[dict[str, str]]:
    request = letter.get("request")
    stamp, late_note = (request.get("short_notice", ""), request.get("late_note", "")) if request else ("", "")
    rows = [
        ("Uw vraag" if len(asked) == 1 else "Uw vragen", " ".join(asked), ""),
        (JUDGEMENT, "", tenor),
        ("Korte termijn", late_note, ""),
        ("", stamp, ""),
    ]
    return [{"label": label, "text": text, "value": value} for label, text, value in rows if text or value]


def recommendation(number: int, given: Recommendation) -> dict[str, Any]:
    return {
        "number": given.get("number", number),
        "text": given["text"],
        "reason": pdf.print_html(pdf.text_html(given.get("reason", ""))),
        "refers_to": given.get("refers_to", ""),
        "rests_on": "; ".join(given.get("rests_on", [])),
        "sources": "; ".join(source_lines(given.get("sources"))),
    }


def reaction(letter: LetterData) -> dict[str, Any] | None:
    """The last day on which the authority reacts, and where that is written; one line if all councils share a day."""
    due = letter.get("response_due")
    if not due:
        return None
    terms = sorted(due if isinstance(due, list) else [due], key=lambda term: term["date"])
    shared = len({term["date"] for term in terms}) == 1
    articles = list(dict.fromkeys(filter(None, (term.get("article", "") for term in terms))))
    count = len(letter.get("recommendations", []))
    return {
        "heading": "Uw reactie op ons advies" if letter["document"] in ADVISING else "Uw reactie op deze brief",
        "day": dutch_date(terms[0]["date"]) if shared else "",
        "ground": listed(articles, last="en"),
        "days": [
            {
                "day": dutch_date(term["date"]),
                "council": term.get("council") or article_of(letter["councils"][0]),
                "article": term.get("article", ""),
            }
            for term in terms
        ],
        "how": ""
        if not count
        else "Wijkt u af van onze aanbeveling? Leg dan uit waarom."
        if count == 1
        else "Geef per aanbeveling aan of u die overneemt. Wijkt u af? Leg dan uit waarom.",
    }


def titled(attachments: Sequence[Annex]) -> list[dict[str, Any]]:
    """A title that already says "Bijlage 2:" is not numbered twice."""
    found = []
    for number, attachment in enumerate(attachments, 1):
        title = capital(re.sub(rf"^bijlage\s+{number}\s*[:.–-]?\s*", "", attachment["title"], flags=re.I))
        file = f" (bestand {attachment['file']['name']})" if attachment.get("file") else ""
        found.append(
            {
                "title": f"Bijlage {number}: {title}" if title else f"Bijlage {number}",
                "short": (f"{number}. {title}" if title and len(attachments) > 1 else title or str(number)) + file,
                "html": rich(attachment),
            }
        )
    return found
