"""Hard words explained where they first stand: on a page with a link to an explanation, in print as a footnote.

Once per term and per page; never in a heading, in a link, or in the summary that opens something. A term is found with
a simple ending and any capitals: "pgb's", "Mantelzorgers".
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from advice.models import GlossaryTerm
from advice.typed import typed_to_html
from councils.models import Council

Term = dict[str, str]  # term, explanation: as they are frozen in a letter
TAG = re.compile(r"(<[^>]+>)")
CLOSED = {"a", "h1", "h2", "h3", "h4", "summary"}


def terms_of(council: Council) -> list[Term]:
    rows = GlossaryTerm.objects.filter(council=council).values_list("term", "explanation")
    return [{"term": term, "explanation": explanation} for term, explanation in rows]


def terms_used(text: dict[str, Any], council: Council) -> list[Term]:
    """Those that the letter explains, in the order of the text. They are frozen with it."""
    explainer = Explainer(terms_of(council))
    for html in bodies(text):
        explainer.marked(html, lambda _number, word, _term: word)
    return [explainer.terms[number] for number in explainer.used]


def bodies(text: dict[str, Any]) -> Iterable[str]:
    yield typed_to_html(text.get("plain_summary", ""))
    for part in text.get("sections", []):
        yield part.get("html") or typed_to_html(part.get("text", ""))
    for one in text.get("recommendations", []):
        yield typed_to_html(one.get("reason", ""))
    for part in [*text.get("minority_views", []), *text.get("attachments", [])]:
        yield part.get("html") or typed_to_html(part.get("text", ""))


class Explainer:
    """Goes with one page or one print; remembers which terms it has explained."""

    def __init__(self, terms: Iterable[Term]):
        self.terms = list(terms)
        self.used: list[int] = []
        self.numbers = {escape(one["term"]).casefold(): number for number, one in enumerate(self.terms)}
        words = sorted(self.numbers, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])({'|'.join(map(pattern_of, words))})(?![\w-])", re.I) if words else None

    def marked(self, html: str, mark: Callable[[int, str, Term], str]) -> tuple[str, list[int]]:
        """The HTML with the first use of each term marked, and the numbers of the terms found in it."""
        if self.pattern is None:
            return html, []
        found: list[int] = []
        closed = 0
        parts = []

        def replace(match: re.Match[str]) -> str:
            number = self.number_of(match[1])
            if number in self.used:
                return match[0]
            self.used.append(number)
            found.append(number)
            return mark(number, match[0], self.terms[number])

        for piece in TAG.split(html):
            tag = re.match(r"<(/?)(\w+)", piece)
            if tag and tag[2].lower() in CLOSED:
                closed += -1 if tag[1] else 1
            parts.append(piece if tag or closed else self.pattern.sub(replace, piece))
        return "".join(parts), found

    def number_of(self, word: str) -> int:
        """Which term is it? The longest that it begins with, after its ending."""
        word = " ".join(word.casefold().split())
        fitting = [term for term in self.numbers if re.fullmatch(pattern_of(term), word, re.I)]
        return self.numbers[max(fitting, key=len)]

    def on_page(self, html: str) -> SafeString:
        """The first use leads to its explanation, which can be opened directly below the text."""
        marked, found = self.marked(html, link)
        return mark_safe(marked + "".join(map(self.explanation, found)))  # noqa: S308 - clean HTML and escaped words

    def explanation(self, number: int) -> str:
        term = self.terms[number]
        asked = escape(_("What does “%(word)s” mean?") % {"word": term["term"]})
        said = escape(term["explanation"])
        return (
            f'<details class="portal-more portal-term-more" id="woord-{number + 1}"><summary>{asked}</summary>'
            f'<p class="utrecht-paragraph">{said}</p></details>'
        )

    def in_print(self, html: str) -> SafeString:
        marked, _found = self.marked(html, footnote)
        return mark_safe(marked)  # noqa: S308 - clean HTML and escaped words


def pattern_of(term: str) -> str:
    words = r"\s+".join(re.escape(word) for word in term.split())
    return rf"{words}(?:{re.escape(term[-1])}?en|s|n|['’]s|&#x27;s)?"


def link(number: int, word: str, term: Term) -> str:
    return f'<a class="portal-term" href="#woord-{number + 1}">{word}</a>'


def footnote(number: int, word: str, term: Term) -> str:
    return f'{word}<span class="footnote">{escape(term["term"])}: {escape(term["explanation"])}</span>'


def with_footnotes(context: dict[str, Any], glossary: list[Term]) -> dict[str, Any]:
    """What advice.letter_print prints, in the order in which it is read."""
    explainer = Explainer(glossary)
    context["plain_summary"] = explainer.in_print(context["plain_summary"])
    for section in context["sections"]:
        for part in section.get("paragraphs") or [section]:
            part["html"] = explainer.in_print(part["html"])
    for one in context["recommendations"]:
        one["reason"] = explainer.in_print(one["reason"])
    for part in [*context["minority_views"], *context["attachments"]]:
        part["html"] = explainer.in_print(part["html"])
    return context
