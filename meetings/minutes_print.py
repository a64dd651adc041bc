"""The minutes on page and paper: from the plain data to what the template prints. Nothing is decided here.

The wording is Dutch, because minutes are Dutch content, not interface."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from councils.pictures import pictures_for
from meetings.minutes_content import canonical, digest
from portal import pdf
from portal.pdf.words import dutch_date


def print_minutes(
    content: Mapping[str, Any], *, public: bool = False, large: bool = False, created: datetime | None = None
) -> bytes:
    """The PDF, with the data inside as JSON. What is not adopted says so in every running title."""
    context = minutes_context(content, public=public)
    for item in context["items"]:
        item["said"] = pdf.print_html(item["said"])
    council = content["council"]
    name = re.sub(r"[^\w.-]+", "-", f"verslag-{content['day']}{'-openbaar' if public else ''}.json")
    day = content["adopted_on"] or content["day"]
    return pdf.render(
        "meetings/pdf/minutes.html",
        context,
        title=context["title"],
        author=council["name"],
        subject=context["status"],
        created=created or datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC),
        attachments=[pdf.Attached(name, canonical(content), "Dit verslag als gegevens")],
        images=pictures_for([council["logo"]] if council["logo"] else []),
        large=large,
        shrink=not large,
    )


def minutes_context(content: Mapping[str, Any], *, public: bool = False) -> dict[str, Any]:
    council, day, adopted_on = content["council"], dutch_date(content["day"]), content["adopted_on"]
    kind = "Openbaar verslag" if public else "Verslag"
    clock = f"{content['starts'].removesuffix(' uur')} tot {content['ends'].removesuffix(' uur')} uur"
    return {
        "sender": council["name"],
        "running": f"{kind} {day}" + ("" if adopted_on else ", concept"),
        "logo": f"asset:{council['logo']}" if council["logo"] else "",
        "title": f"{kind}: {content['title']}",
        "facts": ", ".join(filter(None, [day, clock, content["place"]])),
        "status": f"Vastgesteld op {dutch_date(adopted_on)}" if adopted_on else "Concept, nog niet vastgesteld",
        "attendance": [{"label": row["label"], "value": ", ".join(row["names"])} for row in content["attendance"]],
        "items": [printed_item(item) for item in content["items"]],
        "actions": [
            {**action, "due": dutch_date(action["due"]) if action["due"] else ""}
            for item in content["items"] for action in item.get("actions", [])
        ],
        "public": public,
        "control_code": control_code(content) if adopted_on else "",
    }  # fmt: skip


def printed_item(item: Mapping[str, Any]) -> dict[str, Any]:
    closed = item["closed"]
    return {
        "title": f"{item['number']}. {item['title'] or 'Besloten punt'}",
        "closed": f"Besloten: {item['ground']}" if closed else "",
        "notes": list(
            filter(
                None,
                [
                    f"Voorzitter bij dit punt: {item['chair']}." if item.get("chair") else "",
                    f"Deed niet mee: {', '.join(item['recused'])}." if item.get("recused") else "",
                ],
            )
        ),
        "said": pdf.text_html(each_line(item["said"])),
        "decisions": [
            {"number": one["number"], "text": one["text"], "quorum": quorum(one.get("quorum") or {})}
            for one in item["decisions"]
        ],
    }


def each_line(said: str) -> str:
    """Notes are typed line by line: a line is a paragraph, and lines with a dash are one list."""
    return re.sub(r"\n(?!- )", "\n\n", said)


def quorum(judged: Mapping[str, Any]) -> str:
    """How many were there, as it was judged that day."""
    if not judged:
        return ""
    said = f"Aanwezig bij dit besluit: {judged['present']} stemgerechtigden."
    if judged.get("needed"):
        article = f" ({judged['article']})" if judged.get("article") else ""
        said += f" Nodig: {judged['needed']}{article}."
        if not judged.get("met", True):
            said += " Het quorum was er niet."
    if "in_favour" in judged:
        said += f" Voor: {judged['in_favour']}, tegen: {judged['against']}, blanco: {judged.get('abstained', 0)}."
    if judged.get("without_quorum_reason"):
        said += f" Waarom het toch geldt: {judged['without_quorum_reason']}"
    return said


def control_code(content: Mapping[str, Any]) -> str:
    found = digest(content)
    return " ".join(found[i : i + 4] for i in range(0, 16, 4))
