"""`{% reading report %}`: the sentences of a portal.readability.Report that may be hard, and what to write instead.

{% reading report title=_("…") level=2 id="leescheck" %}     with its own heading
{% reading_rows report %}                                    the sentences alone
{% reading_counts counts %}                                  how often each kind, as a list
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.readability import Kind, Mark, Report, Sentence

register = template.Library()


@register.inclusion_tag("components/reading.html")
def reading(report: Report, title: str = "", level: int = 2, id: str = "leescheck") -> dict[str, Any]:
    return {**reading_rows(report), "title": title or _("Is this easy to read?"), "level": level, "id": id}


@register.inclusion_tag("components/reading_rows.html")
def reading_rows(report: Report) -> dict[str, Any]:
    return {
        "rows": [{"pieces": pieces(report.text, one), "remarks": remarks(one)} for one in report.marked],
        "full": [full_paragraph(report.text, start, count) for start, count in report.full_paragraphs],
        "words": report.words,
    }


@register.inclusion_tag("components/reading_counts.html")
def reading_counts(counts: Mapping[Kind, int]) -> dict[str, Any]:
    return {"lines": [counted(kind, number) for kind, number in counts.items()]}


def pieces(text: str, sentence: Sentence) -> list[tuple[str, bool]]:
    """The sentence cut at its marks: (words, is it marked?). A sentence that is long is marked by its remark."""
    found, at = [], sentence.start
    for mark in sorted((one for one in sentence.marks if not one.about_the_sentence), key=lambda one: one.start):
        found += [(text[at : mark.start], False), (text[mark.start : mark.end], True)]
        at = mark.end
    return [(words, marked) for words, marked in [*found, (text[at : sentence.end], False)] if words]


def remarks(sentence: Sentence) -> list[str]:
    return list(dict.fromkeys(remark(mark) for mark in sentence.marks))


def remark(mark: Mark) -> str:
    named = {"words": mark.text, "instead": mark.suggestion}
    if mark.kind == Kind.ABBREVIATION and mark.suggestion:
        return _("“%(words)s” is an abbreviation. Write rather: %(instead)s.") % named
    if mark.kind == Kind.HARD and mark.suggestion:
        return _("“%(words)s” is a hard word. Write rather: %(instead)s.") % named
    return {
        Kind.LONG: _("A long sentence: %(words)s words. Can it be two sentences?"),
        Kind.VERY_LONG: _("A very long sentence: %(words)s words. Make two or more sentences of it."),
        Kind.PASSIVE: _("“%(words)s”: the reader does not see who does this. Say who does it."),
        Kind.HARD: _("“%(words)s” is a hard word."),
        Kind.LONG_WORD: _("“%(words)s” is a long word. Is there a shorter one? Or explain it."),
        Kind.ABBREVIATION: _("Write “%(words)s” out, or explain it in the word list."),
        Kind.MEN: _("“%(words)s”: say who it is."),
        Kind.NOUNS: _("Many things, little doing: %(words)s. Say what somebody does."),
        Kind.CLICK: _("“%(words)s”: say what the link opens."),
        Kind.PARAGRAPH: "",
    }[mark.kind] % named


def full_paragraph(text: str, start: int, count: int) -> str:
    first = " ".join(text[start : start + 60].split()[:6])
    return _("The paragraph “%(words)s …” has %(count)d sentences. Put an empty line in it.") % {
        "words": first, "count": count,
    }  # fmt: skip


def counted(kind: Kind, number: int) -> str:
    words = {
        Kind.LONG: ngettext("%d long sentence", "%d long sentences", number),
        Kind.VERY_LONG: ngettext("%d very long sentence", "%d very long sentences", number),
        Kind.PASSIVE: ngettext("%d time nobody who does it", "%d times nobody who does it", number),
        Kind.HARD: ngettext("%d hard word", "%d hard words", number),
        Kind.LONG_WORD: ngettext("%d long word", "%d long words", number),
        Kind.ABBREVIATION: ngettext("%d abbreviation", "%d abbreviations", number),
        Kind.MEN: ngettext("%d time “men”", "%d times “men”", number),
        Kind.NOUNS: ngettext("%d sentence with many things", "%d sentences with many things", number),
        Kind.CLICK: ngettext("%d time “click here”", "%d times “click here”", number),
        Kind.PARAGRAPH: ngettext("%d full paragraph", "%d full paragraphs", number),
    }
    return words[kind] % number
