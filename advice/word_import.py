"""What a Word file offers to a draft: parts of the text and recommendations, and where each would go.

Pure: what portal.word read, beside what stands in the draft. Nothing is changed here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from advice.models import Recommendation, Section
from advice.typed import Block, blocks_of
from portal.access import Refused
from portal.text import clean_html, plain_text

RECOMMENDATIONS = re.compile(r"\b(?:aanbeveling|adviespunt)", re.IGNORECASE)
NAMED = re.compile(r"(?:aanbeveling|adviespunt)\s+\d+\s*(?:[.:)–-]+\s*|$)", re.IGNORECASE)
NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
WHY = re.compile(r"(?:waarom|toelichting|motivering)\s*[:?]\s*", re.IGNORECASE)
ABOUT = re.compile(r"(?:gaat over|hoort bij)\s*:\s*", re.IGNORECASE)
KNOWN_FROM = re.compile(r"(?:dit weten wij van|bron)\s*:", re.IGNORECASE)  # comes by itself from what was heard
# Our own Word file has these too; in the draft they have a place of their own.
ELSEWHERE = {
    "in het kort", "andere mening (minderheid)", "onze vragen", "met wie wij hebben gesproken", "bijlagen",
    "ondertekening", "afschrift aan",
}  # fmt: skip
MOST_PARTS, MOST_RECOMMENDATIONS = 40, 40
ALIKE = 0.6


@dataclass
class FoundPart:
    heading: str
    html: str
    elsewhere: bool = False

    @property
    def text(self) -> str:
        return plain_text(self.html)


@dataclass
class FoundRecommendation:
    text: str
    reason: str = ""
    refers_to: str = ""


@dataclass
class Offer:
    title: str = ""
    parts: list[FoundPart] = field(default_factory=list)
    recommendations: list[FoundRecommendation] = field(default_factory=list)


def offered(text: dict[str, Any]) -> Offer:
    """`text` is `new` or `old` of portal.word.reading.read."""
    offer = Offer(title=text["title"])
    for part in text["parts"]:
        blocks = blocks_of(part["html"])
        rest, found = apart(blocks, likely=bool(RECOMMENDATIONS.search(part["heading"])))
        offer.recommendations += found
        if rest or not found:
            html = clean_html("".join(block.html for block in rest))
            elsewhere = part["heading"].strip().casefold() in ELSEWHERE
            offer.parts.append(FoundPart(part["heading"].strip(), html, elsewhere))
    if len(offer.parts) > MOST_PARTS or len(offer.recommendations) > MOST_RECOMMENDATIONS:
        told = _("There are more than 40 headings in this file. Use fewer headings, or cut it in two.")
        raise Refused(told, field="file")
    return offer


# --- recommendations among the blocks ---


def apart(blocks: list[Block], *, likely: bool) -> tuple[list[Block], list[FoundRecommendation]]:
    """The blocks that are text, and the recommendations. Without a heading that says so only those that say it."""
    named = any(starts(block, likely=likely) for block in blocks)
    numbered = any(block.tag == "ol" for block in blocks)
    rest: list[Block] = []
    found: list[FoundRecommendation] = []
    for block in blocks:
        if starts(block, likely=likely):
            words = " ".join(block.plain[0].split())
            found.append(FoundRecommendation(NUMBERED.sub("", NAMED.sub("", words, count=1), count=1)))
        elif likely and not named and (block.tag == "ol" or (block.tag == "ul" and not numbered)):
            found += [FoundRecommendation(" ".join(item.split())) for item in block.plain]
        elif found:
            belongs(found[-1], block)
        else:
            rest.append(block)
    return rest, [one for one in found if one.text]


def starts(block: Block, *, likely: bool) -> bool:
    if block.tag not in ("p", "h3", "h4"):
        return False
    words = block.plain[0].strip()
    return bool(NAMED.match(words) or (likely and NUMBERED.match(words)))


def belongs(recommendation: FoundRecommendation, block: Block) -> None:
    """What stands under a recommendation is its reason, unless it says to be something else."""
    words = block.plain[0].strip()
    if not recommendation.text and block.tag == "p":
        recommendation.text = " ".join(words.split())
    elif ABOUT.match(words):
        recommendation.refers_to = ABOUT.sub("", words, count=1)[:300]
    elif not KNOWN_FROM.match(words):
        more = as_lines(block)
        reason = more if recommendation.reason else WHY.sub("", more, count=1)
        recommendation.reason = "\n\n".join(filter(None, [recommendation.reason, reason]))


def as_lines(block: Block) -> str:
    if block.tag == "ul":
        return "\n".join(f"- {item}" for item in block.plain)
    if block.tag == "ol":
        return "\n".join(f"{number}. {item}" for number, item in enumerate(block.plain, 1))
    return "\n".join(block.plain)


# --- where each would go ---

NEW, SKIP, REPLACE = "new", "skip", "replace"


def place_of_part(part: FoundPart, sections: Iterable[Section]) -> str:
    """A part with the heading of one that stands there takes its place; an empty one is left out."""
    if part.elsewhere or not part.html:
        return SKIP
    same = [section for section in sections if section.heading.strip().casefold() == part.heading.casefold()]
    if same and same[0].text == part.html:
        return SKIP
    return f"{REPLACE}:{same[0].public_id}" if same else NEW


def place_of_recommendation(found: FoundRecommendation, there: Iterable[Recommendation]) -> str:
    """One that is nearly the same is replaced, one that is the same left as it is."""
    best: tuple[float, Recommendation | None] = (0.0, None)
    for one in there:
        likeness = SequenceMatcher(None, one.text.casefold(), found.text.casefold(), autojunk=False).ratio()
        best = max(best, (likeness, one), key=lambda pair: pair[0])
    likeness, nearest = best
    if nearest is None or likeness < ALIKE:
        return NEW
    same = (nearest.text, nearest.reason, nearest.refers_to) == (found.text, found.reason, found.refers_to)
    return SKIP if same else f"{REPLACE}:{nearest.public_id}"
