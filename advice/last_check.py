"""What to look at before a text goes out: what may be personal, and attachments that are named or not named.

Warnings: whoever sends or publishes says that he or she has looked at them, see advice.actions.issuing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from advice.frozen import frozen_text
from advice.models import Advice, Letter
from advice.places import Place, of_draft, of_text
from advice.states import DocumentKind, Tenor
from councils.models import Council
from portal.models import Person
from portal.personal_data import find_personal_data

# "bijlage 3 van uw nota" is an attachment of somebody else.
OF_OTHERS = r"(?!\s+(?:van|bij|in|uit)\s+(?:uw|het|de|een)\b)"
NUMBERED = re.compile(rf"\bbijlagen?\s+(\d{{1,2}}(?:(?:\s*,\s*|\s+en\s+)\d{{1,2}})*)\b{OF_OTHERS}", re.I)
NAMED = re.compile(rf"\bbijlagen?\b(?!\s+\d){OF_OTHERS}|\bbijgevoegde?\b|\bbijgesloten\b|\bmeegestuurde?\b", re.I)


@dataclass(frozen=True)
class Point:
    what: str  # a sentence
    place: str
    url: str = ""


def points_of_draft(advice: Advice) -> list[Point]:
    titles = list(advice.attachments.values_list("title", flat=True))
    signing = list(advice.signatories.values_list("name", flat=True))
    return points(of_draft(advice), titles, known_names(advice.council, [*signing, advice.attention_of]))


def points_of_text(text: dict[str, Any], council: Council, *, url: str = "") -> list[Point]:
    """Of an adopted or frozen text. The lines of address, signature and copies are meant to hold names."""
    titles = [one.get("title", "") for one in text.get("attachments", [])]
    meant = [*(one["name"] for one in text.get("signatories", [])), text.get("attention_of", "")]
    return points(of_text(text, url), titles, known_names(council, meant))


def points_of_letter(letter: Letter, summary: str = "") -> list[Point]:
    """Before it becomes public, with a summary that is written now."""
    found = points_of_text(letter.text, letter.council, url="#")
    if summary:
        place = Place(_("Summary in plain language"), summary, "#openbaar")
        found += personal_points([place], known_names(letter.council, []))
    return found


def gaps_of_draft(advice: Advice) -> list[str]:
    return gaps_of_text(frozen_text(advice))


def gaps_of_text(text: dict[str, Any]) -> list[str]:
    """What a reader will miss: said before the decision and before sending, never in the way of either."""
    recommendations = text.get("recommendations", [])
    gaps = [] if text.get("plain_summary") else [_("There is no summary in plain language.")]
    if text.get("document") == DocumentKind.ADVICE and text.get("tenor") in ("", None, Tenor.NONE):
        gaps.append(_("There is no judgement: positive, negative or something between."))
    if not recommendations and not text.get("questions"):
        gaps.append(_("There is no recommendation and no question, so there is nothing to answer."))
    for one in recommendations:
        if not one.get("reason"):
            gaps.append(_("Recommendation %(number)d does not say why.") % {"number": one["number"]})
        if not (one.get("rests_on") or one.get("sources") or one.get("refers_to")):
            gaps.append(_("Recommendation %(number)d does not say what it rests on.") % {"number": one["number"]})
    return gaps


def points(places: Iterable[Place], attachments: list[str], names: list[str]) -> list[Point]:
    places = list(places)
    return [*personal_points(places, names), *attachment_points(places, attachments)]


def known_names(council: Council, meant: Iterable[str]) -> list[str]:
    """Who was or is in the council or at an authority that it advises, but for whom the letter is meant to name."""
    here = Q(memberships__council=council) | Q(appointments__authority__in=council.authorities.all())
    names = Person.objects.filter(here, is_office=False).values_list("name", flat=True).distinct().order_by("name")
    spoken = " | ".join(meant).lower()
    return [name for name in names if name.lower() not in spoken]


def personal_points(places: Iterable[Place], names: list[str]) -> Iterator[Point]:
    for place in places:
        for finding in find_personal_data(place.text, names):
            what = _("This looks like %(kind)s: %(words)s.") % {"kind": finding.kind, "words": finding.excerpt}
            yield Point(what, place.title, place.url)


def attachment_points(places: list[Place], titles: list[str]) -> Iterator[Point]:
    said: set[int] = set()
    in_general = False
    for place in places:
        named = NAMED.search(place.text)
        in_general = in_general or bool(named)
        numbers = {int(number) for match in NUMBERED.finditer(place.text) for number in re.findall(r"\d+", match[1])}
        for number in sorted(numbers):
            if number > len(titles):
                yield Point(_("The text names attachment %(number)d, but it is not there.") % {"number": number},
                            place.title, place.url)  # fmt: skip
        if named and not titles:
            yield Point(_("The text names an attachment, but there is none."), place.title, place.url)
        said |= numbers
    words = "\n".join(place.text for place in places).lower()
    for number, title in enumerate(titles, 1):
        by_title = len(title) > 3 and words.count(title.lower()) > 1  # once is the attachment itself
        if number not in said and not by_title and not (in_general and len(titles) == 1):
            name = title or str(number)
            yield Point(_("“%(name)s” goes along, but the text does not name it.") % {"name": name}, name)
