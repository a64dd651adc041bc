"""The interchange form of an advice (data/advice.schema.json): checked on the way in, and made on the way out.

Text in a file is plain: an empty line parts paragraphs, "- " starts a list item. The portal keeps small HTML.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from advice.frozen import plain
from advice.grounds import source_lines
from advice.letter_text import labels
from advice.models import Letter, Response
from advice.states import NEEDS_REASON, ResponseState
from councils.rulebook.schema import Fault, formats

SCHEMA = Path(__file__).with_name("data") / "advice.schema.json"
# What a column holds, by the path in a file.
LONGEST = {
    "subject": 200, "addressee": 200, "your_reference": 60, "reference": 80, "place": 80, "salutation": 100,
    "language": 20, "councils.*": 200, "authorities.*": 200, "sections.*.heading": 200,
    "recommendations.*.refers_to": 300, "minority_views.*.by": 200, "signatories.*.name": 200,
    "signatories.*.role": 100, "responses.*.reference": 60, "responses.*.answers.*.commitment.text": 300,
    "responses.*.answers.*.commitment.owner": 200,
}  # fmt: skip
NEVER_EMPTY = ["subject", "reference", "councils.*", "authorities.*", "recommendations.*.text", "signatories.*.name"]


class FaultyFile(Exception):
    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


# --- in ---------------------------------------------------------------------


def read_file(path: Path) -> dict[str, Any]:
    """The content of the file, checked. Raises FaultyFile with every fault and its place."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FaultyFile([Fault("$", error.strerror or str(error))]) from error
    except ValueError as error:
        raise FaultyFile([Fault("$", _("This is not JSON: %(error)s") % {"error": error})]) from error
    check(content)
    return content


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=formats)


def check(content: Any) -> None:
    faults = [Fault(error.json_path, error.message) for error in validator().iter_errors(content)]
    faults = sorted(faults, key=lambda fault: fault.path) or [*sizes(content), *contradictions(content)]
    faults = faults or [Fault(path, _("This holds a sign that cannot be kept.")) for path in unkeepable(content)]
    if faults:
        raise FaultyFile(faults)


def unkeepable(part: Any, path: str = "$") -> Iterator[str]:
    """Where a text holds the null character or half a character, which no database takes."""
    if isinstance(part, str) and re.search("[\x00\ud800-\udfff]", part):
        yield path
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from unkeepable(value, f"{path}.{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from unkeepable(value, f"{path}[{number}]")


def sizes(content: dict[str, Any]) -> Iterator[Fault]:
    for pattern, most in LONGEST.items():
        for path, value in found_at(content, pattern.split(".")):
            if len(value) > most:
                yield Fault(path, _("This is longer than %(most)d characters.") % {"most": most})
    for pattern in NEVER_EMPTY:
        for path, value in found_at(content, pattern.split(".")):
            if not value.strip():
                yield Fault(path, _("This is empty."))


def found_at(part: Any, keys: list[str], path: str = "$") -> Iterator[tuple[str, str]]:
    """The texts at a path such as `sections.*.heading`."""
    if not keys:
        yield path, part
    elif keys[0] == "*":
        for number, item in enumerate(part):
            yield from found_at(item, keys[1:], f"{path}[{number}]")
    elif keys[0] in part:
        yield from found_at(part[keys[0]], keys[1:], f"{path}.{keys[0]}")


def contradictions(content: dict[str, Any]) -> Iterator[Fault]:
    """What fits the schema and still cannot be."""
    for key in ("councils", "authorities"):
        if len(set(content[key])) < len(content[key]):
            yield Fault(f"$.{key}", _("The same name stands here twice."))
    count, answering = len(content.get("recommendations", [])), set()
    for number, response in enumerate(content.get("responses", [])):
        path = f"$.responses[{number}]"
        if response["authority"] not in content["authorities"]:
            yield Fault(f"{path}.authority", _("The letter did not go to this authority."))
        if response["authority"] in answering:
            yield Fault(f"{path}.authority", _("There are two answers of this authority."))
        answering.add(response["authority"])
        answered = set()
        for place, answer in enumerate(response["answers"]):
            recommendation = answer["recommendation"]
            if recommendation > count:
                message = _("There is no recommendation %(number)d.") % {"number": recommendation}
                yield Fault(f"{path}.answers[{place}].recommendation", message)
            if recommendation in answered:
                message = _("Recommendation %(number)d is answered twice.") % {"number": recommendation}
                yield Fault(f"{path}.answers[{place}].recommendation", message)
            answered.add(recommendation)


def html_of(text: str) -> str:
    """Plain text of a file as HTML of the small set."""
    blocks: list[tuple[str, list[str]]] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        for number, line in enumerate(lines):
            is_item = line.startswith("- ")
            words = escape(line[2:].strip() if is_item else line, quote=False)
            in_list = bool(blocks) and blocks[-1][0] == "ul"
            if is_item and in_list:
                blocks[-1][1].append(words)
            elif is_item or number == 0:
                blocks.append(("ul" if is_item else "p", [words]))
            else:  # a line that goes on, of a paragraph or of a list item
                blocks[-1][1][-1] += (" " if in_list else "<br>") + words
    return "".join(
        f"<p>{items[0]}</p>" if tag == "p" else "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        for tag, items in blocks
    )


def frozen_from(content: dict[str, Any]) -> dict[str, Any]:
    """A file in the shape of advice.frozen.frozen_text."""
    numbered = enumerate(content.get("recommendations", []), 1)
    return {
        "councils": content["councils"],
        "authorities": content["authorities"],
        "kind": content["kind"],
        "document": content["document"],
        "tenor": content.get("tenor", "none"),
        "subject": content["subject"],
        "laws": content.get("laws", []),
        "plain_summary": content.get("plain_summary", ""),
        "salutation": content.get("salutation", ""),
        "attention_of": content.get("addressee", ""),
        "your_reference": content.get("your_reference", ""),
        "request": content.get("request"),
        "sections": [{"heading": part["heading"], "html": html_of(part["text"])} for part in content["sections"]],
        "recommendations": [
            {
                "number": number,
                "text": part["text"],
                "reason": part.get("reason", ""),
                "refers_to": part.get("refers_to", ""),
                "rests_on": [],
                "sources": [],
            }
            for number, part in numbered
        ],
        "questions": content.get("questions", []),
        "minority_views": content.get("minority_views", []),
        "consulted": content.get("consulted", []),
        "signatories": content.get("signatories", []),
        "copy_to": content.get("copy_to", []),
        "attachments": content.get("attachments", []),
        "language": content.get("language", "nl"),
    }


# --- out --------------------------------------------------------------------


def interchange(letter: Letter, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    """An issued letter with its answers, as a file of the schema. Private notes of the council are not in it.

    `files` are the names of what lies beside it: under "original", "request", and "response" with the authority.
    """
    names = files or {}
    copies = letter.copies.select_related("authority").order_by("pk")
    text = {"councils": [letter.council.name], "kind": letter.advice.kind, "document": letter.advice.document}
    content = text_out(
        {**text, **filled(letter.text)}, reference=letter.reference, dated_on=letter.dated_on.isoformat(),
        subject=letter.subject, authorities=[copy.authority.name for copy in copies],
    )  # fmt: skip
    if content.get("request") and names.get("request"):
        content["request"]["original"] = names["request"]
    later = {
        "responses": [response_out(one, names.get(response_file(one), "")) for one in responses_of(letter)],
        "published_on": letter.publication.published_on.isoformat() if hasattr(letter, "publication") else None,
        "original": names.get("original"),
    }
    return content | filled(later)


def response_file(response: Response) -> str:
    return f"response {response.authority.name}"


def text_out(
    text: dict[str, Any], *, reference: str, dated_on: str, subject: str, authorities: list[str]
) -> dict[str, Any]:
    """What a file says of the letter itself. The same text gives the same, whether we froze it or it came in."""
    content = {
        "councils": text["councils"],
        "authorities": authorities,
        "addressee": text.get("attention_of"),
        "kind": text["kind"],
        "document": text["document"],
        "tenor": text.get("tenor"),
        "request": request_out(text.get("request"), subject),
        "reference": reference,
        "your_reference": text.get("your_reference"),
        "place": text.get("place"),
        "date": dated_on,
        "subject": subject,
        "laws": text.get("laws"),
        "plain_summary": text.get("plain_summary"),
        "salutation": text.get("salutation"),
        "sections": [
            {
                "heading": part["heading"],
                "text": settled(plain(part["html"]) if "html" in part else part.get("text", "")),
            }
            for part in text.get("sections", [])
        ],
        "recommendations": [
            filled({**{key: part.get(key) for key in ("text", "reason")}, "refers_to": refers_to_out(part)})
            for part in text.get("recommendations", [])
        ],
        "questions": text.get("questions"),
        "minority_views": [only(view, "by", "text") for view in text.get("minority_views") or []],
        "consulted": heard(text),
        "signatories": [only(one, "name", "role") for one in text.get("signatories") or []],
        "copy_to": text.get("copy_to"),
        "attachments": [attachment_out(number, one) for number, one in enumerate(text.get("attachments") or [], 1)],
        "language": text.get("language"),
    }
    return {"sections": [], **filled(content)}


def section_out(part: dict[str, Any]) -> str:
    return settled(plain(part["html"]) if "html" in part else part.get("text", ""))


def settled(text: str) -> str:
    """As a file has it that came in and goes out again: two lists in a row are one."""
    for _again in range(3):
        once_more = plain(html_of(text))
        if once_more == text:
            break
        text = once_more
    return text


def only(part: dict[str, Any], *keys: str) -> dict[str, str]:
    return {key: part.get(key) or "" for key in keys}


def attachment_out(number: int, part: dict[str, Any]) -> dict[str, Any]:
    title = part.get("title") or (part.get("file") or {}).get("name") or f"Bijlage {number}"
    return filled({"title": title, "text": part.get("text")})


def refers_to_out(part: dict[str, Any]) -> str:
    """The schema knows one line for documents: the sources stand in it, as far as a column holds them."""
    line = "; ".join(filter(None, [part.get("refers_to"), *source_lines(part.get("sources"))]))
    return line if len(line) <= LONGEST["recommendations.*.refers_to"] else line[:299] + "…"


def filled(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}


def request_out(request: dict[str, Any] | None, subject: str) -> dict[str, Any]:
    if not request:
        return {}
    keys = ("date", "reference", "subject", "questions", "wanted_by")
    return {"subject": subject, **filled({key: request.get(key) for key in keys})}


def heard(text: dict[str, Any]) -> list[str]:
    found = [label for part in text.get("recommendations", []) for label in labels(part)]
    known = text.get("consulted") or []
    lower = {line.lower() for line in known}
    return [*known, *dict.fromkeys(label for label in found if label.lower() not in lower)]


def responses_of(letter: Letter) -> Iterator[Response]:
    given = Response.objects.filter(copy__letter=letter, state=ResponseState.FINAL).order_by("copy__pk")
    yield from given.select_related("authority").prefetch_related("answers__commitments")


def response_out(response: Response, original: str = "") -> dict[str, Any]:
    answers = []
    for answer in response.answers.all():
        commitment = next(iter(answer.commitments.all()), None)
        promised = commitment and filled(
            {"text": commitment.text, "due": commitment.due_on.isoformat(), "owner": commitment.owner}
        )
        answers.append(
            filled(
                {
                    "recommendation": answer.number,
                    "verdict": answer.verdict,
                    "motivation": answer.motivation,
                    "decide_by": answer.decide_by.isoformat() if answer.decide_by else None,
                    "commitment": promised,
                    "no_reason_given": answer.no_reason_given or answer.lacks_reason or None,
                }
            )
        )
    facts = {
        "authority": response.authority.name,
        "date": response.dated_on.isoformat() if response.dated_on else None,
        "reference": response.reference,
        "text": response.text,
        "decided_on": response.decided_on.isoformat() if response.decided_on else None,
        "original": original,
    }
    return {**filled(facts), "answers": answers}


def lacks_reason(answer: dict[str, Any]) -> bool:
    """The authority gave no reason where one was due."""
    return answer["verdict"] in NEEDS_REASON and not answer.get("motivation", "").strip()
