"""Every place in an advice where somebody reads a text: its name, its plain words and where it can be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from advice.models import Advice
from advice.typed import Block, blocks_of


@dataclass(frozen=True)
class Place:
    title: str
    text: str  # plain, with the signs of headings and lists (portal.readability)
    url: str = ""


def of_draft(advice: Advice) -> list[Place]:
    """What stands in the draft, each part with the page where it is written."""

    def here(name: str, *more: object) -> str:
        return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])

    details = here("edit_details")
    found = [Place(_("Summary in plain language"), advice.plain_summary, details)]
    found += [
        Place(section.heading, plain(section.text), here("edit_section", section.public_id))
        for section in advice.sections.all()
    ]
    for one in advice.recommendations.all():
        title = _("Recommendation %(number)d") % {"number": one.number}
        text = together(one.text, one.reason)
        found.append(Place(title, text, here("edit_recommendation", one.public_id)))
    found.append(Place(_("Our questions"), together(*(one.text for one in advice.questions.all())), details))
    views = together(*(f"{one.by}\n\n{one.text}" for one in advice.minority_views.order_by("pk")))
    found.append(Place(_("Other view (minority)"), views, details))
    return [place for place in found if place.text.strip()]


def of_text(text: dict[str, Any], url: str = "") -> list[Place]:
    """The same of an adopted or frozen text, mended in one place; "#" leads to where it stands on the letter's page."""

    def at(anchor: str) -> str:
        return f"#{anchor}" if url == "#" else url

    found = [Place(_("Subject"), text.get("subject", ""), "" if url == "#" else url)]
    found.append(Place(_("Summary in plain language"), text.get("plain_summary", ""), at("gewone-taal")))
    for number, one in enumerate(text.get("sections", []), 1):
        found.append(Place(one.get("heading", ""), words_of(one), at(f"tekst-{number}")))
    for number, one in enumerate(text.get("recommendations", []), 1):
        number = one.get("number", number)
        title = _("Recommendation %(number)d") % {"number": number}
        words = together(one.get("text", ""), one.get("reason", ""), one.get("refers_to", ""))
        found.append(Place(title, words, at(f"aanbeveling-{number}")))
    found.append(Place(_("Our questions"), together(*text.get("questions", [])), at("onze-vragen")))
    views = together(*(f"{one.get('by', '')}\n\n{words_of(one)}" for one in text.get("minority_views", [])))
    found.append(Place(_("Other view (minority)"), views, at("andere-mening")))
    found.append(Place(_("Who was heard"), together(*text.get("consulted", [])), at("gesproken")))
    for number, one in enumerate(text.get("attachments", []), 1):
        title = _("Attachment %(number)d") % {"number": number}
        found.append(Place(title, together(one.get("title", ""), words_of(one)), at("bijlagen")))
    return [place for place in found if place.text.strip()]


def words_of(part: dict[str, Any]) -> str:
    return plain(part["html"]) if part.get("html") else part.get("text", "")


def together(*texts: str) -> str:
    return "\n\n".join(filter(None, (text.strip() for text in texts)))


def plain(html: str) -> str:
    return "\n\n".join("\n".join(lines_of(block)) for block in blocks_of(html))


def lines_of(block: Block) -> Iterator[str]:
    for number, words in enumerate(block.plain, 1):
        sign = {"h3": "### ", "h4": "### ", "ul": "- ", "ol": f"{number}. "}.get(block.tag, "")
        yield sign + words
