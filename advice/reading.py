"""Is the text of an advice easy to read? The council's own words go before those of the portal."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.http import HttpRequest

from advice.models import Advice, GlossaryTerm, WordSuggestion
from advice.places import Place, of_draft, of_text, plain, together
from advice.typed import typed_to_html
from councils.models import Council
from portal.readability import Kind, Report, check

CHECK = "check"  # the button that looks at a text without saving it


@dataclass(frozen=True)
class Read:
    place: Place
    report: Report


class Reader:
    """Asks for the words of a council once, in one query."""

    def __init__(self, council: Council):
        hard = WordSuggestion.objects.filter(council=council).values_list("hard", "plain", Value("hard"))
        terms = GlossaryTerm.objects.filter(council=council).values_list("term", Value(""), Value("term"))
        rows = list(hard.union(terms, all=True))
        self.own = {word: plain for word, plain, kind in rows if kind == "hard"}
        self.known = [word for word, _plain, kind in rows if kind == "term"]

    def read(self, text: str) -> Report:
        return check(text, own=self.own, known=self.known)

    def read_typed(self, typed: str) -> Report:
        """As it stands in the box of a section."""
        return self.read(plain(typed_to_html(typed)))


def looked_at(request: HttpRequest, council: Council, *texts: str | None, typed: bool = False) -> dict[str, Any]:
    """For the page of a form: what stands in it, read again. With CHECK it was sent for that, and is not saved."""
    text = together(*(text or "" for text in texts))
    reader = Reader(council)
    report = reader.read_typed(text) if typed else reader.read(text)
    return {"reading": report, "checked": CHECK in request.POST}


def read_draft(advice: Advice) -> list[Read]:
    reader = Reader(advice.council)
    return [Read(place, reader.read(place.text)) for place in of_draft(advice)]


def counted(reads: list[Read]) -> dict[Kind, int]:
    """How often each kind, in the order of the kinds."""
    return {kind: total for kind in Kind if (total := sum(read.report.counts[kind] for read in reads))}


def trend(advice: Advice) -> list[tuple[str, float]]:
    """One number for each version that was kept, so that the council sees where it goes. No judgement."""
    found = []
    for version in advice.versions.order_by("number"):
        number = check("\n\n".join(place.text for place in of_text(version.text))).flesch
        if number is not None:
            found.append((version.name or str(version.number), number))
    return found
