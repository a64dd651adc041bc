"""Is this easy to read? Marks in a Dutch text, sentence by sentence. Pure functions: no network, no model, no score.

`check(text)` returns a Report: every sentence with its marks, each mark with its exact place in the text. It says what
may be hard and what to write instead; it never claims a level. `Report.flesch` is one number for a trend over versions.
A line "### …" is a heading, "- …" or "1. …" an item of a list, "> …" a quotation; an empty line parts paragraphs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.readability import marks, sentences, syllables
from portal.readability.marks import Kind, Mark

__all__ = ["Kind", "Mark", "Report", "Sentence", "check"]

MOST_SENTENCES = 5  # in one paragraph


@dataclass(frozen=True)
class Sentence:
    text: str
    start: int
    end: int
    words: int
    marks: list[Mark]


@dataclass(frozen=True)
class Report:
    text: str
    sentences: list[Sentence] = field(default_factory=list)
    full_paragraphs: list[tuple[int, int]] = field(default_factory=list)  # (where it starts, its sentences)
    flesch: float | None = None

    @property
    def marked(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.marks]

    @property
    def counts(self) -> Counter[Kind]:
        found = Counter(mark.kind for sentence in self.sentences for mark in sentence.marks)
        if self.full_paragraphs:
            found[Kind.PARAGRAPH] = len(self.full_paragraphs)
        return found

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


def check(text: str, *, own: Mapping[str, str] | None = None, known: Iterable[str] = ()) -> Report:
    """`own` are the council's hard words with what it writes instead; `known` the terms that it explains."""
    judge = marks.Judge(text, own=own or {}, known=known)
    found: list[Sentence] = []
    full = []
    for paragraph in sentences.paragraphs(text):
        spans = [span for start, end in paragraph for span in sentences.split(text, start, end)]
        if len(spans) > MOST_SENTENCES and not sentences.is_list(text, paragraph):
            full.append((paragraph[0][0], len(spans)))
        for start, end in spans:
            count = len(sentences.words(text[start:end]))
            found.append(Sentence(text[start:end], start, end, count, judge.marks(start, end, count)))
    return Report(text, found, full, flesch_douma(found))


def flesch_douma(found: list[Sentence]) -> float | None:
    """206.84 − 0.93 × words in a sentence − 77 × syllables in a word (Douma, 1960). Higher reads easier."""
    every_word = [word for sentence in found for word in sentences.words(sentence.text)]
    if not every_word:
        return None
    per_word = sum(map(syllables.count, every_word)) / len(every_word)
    return round(206.84 - 0.93 * len(every_word) / len(found) - 77 * per_word, 1)
