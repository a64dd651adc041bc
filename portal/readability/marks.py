"""What may be hard in one sentence. Each mark names its kind, its place and, if there is one, what to write instead."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from portal.readability import passive, sentences, syllables
from portal.readability.words import pairs, words_of

LONG, VERY_LONG = 15, 20  # words
MANY_SYLLABLES, MANY_LETTERS = 4, 12
NOUNS, NOUNS_FROM = 3, 10  # so many nouns of this kind, in a sentence of at least so many words

DOTTED = re.compile(r"(?<![\w.])(?:[a-z]\.){2,}[a-z]?(?![\w])", re.I)
SHORT = re.compile(
    r"(?<!\w)(?:bijv|bv|ca|evt|enz|etc|incl|excl|jl|max|min|resp|vgl|zgn|plm)\.|(?<!\w)(?:t/m|c\.q\.)(?!\w)", re.I
)
CAPITALS = re.compile(r"(?<![\w-])(?:[A-Z]{2,6}|Wmo|Wlz|Zvw|Awb|Avg)(?:['’]?s)?(?![\w])")
FAMILIAR = {"OK", "TV", "PDF", "NL", "EU", "BV", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"}
MEN = re.compile(r"\bmen\b", re.I)
CLICK = re.compile(r"\bklik(?:t u)? (?:dan )?(?:hier|op deze link)\b", re.I)
NOUN_STYLE = re.compile(r"\b[^\W\d_]{4,}(?:ing|ingen|atie|aties|iteit|iteiten)\b", re.I)


class Kind(StrEnum):
    LONG = "long"
    VERY_LONG = "very_long"
    PASSIVE = "passive"
    HARD = "hard"
    LONG_WORD = "long_word"
    ABBREVIATION = "abbreviation"
    MEN = "men"
    NOUNS = "nouns"
    CLICK = "click"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Mark:
    kind: Kind
    start: int
    end: int
    text: str
    suggestion: str = ""

    @property
    def about_the_sentence(self) -> bool:
        return self.kind in (Kind.LONG, Kind.VERY_LONG, Kind.NOUNS)


def one_of(words: Iterable[str], *, inflected: bool) -> re.Pattern[str] | None:
    """Any of these words or phrases, the longest first; with an ending if they are the council's own."""
    found = sorted(words, key=len, reverse=True)
    if not found:
        return None
    ending = r"(?:en|n|s|e|['’]s)?" if inflected else ""
    return re.compile(rf"(?<![\w-])({'|'.join(map(in_words, found))}){ending}(?![\w-])", re.I)


def in_words(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())


@cache
def built_in() -> re.Pattern[str] | None:
    return one_of(pairs("hard_words.txt"), inflected=False)


class Judge:
    """Knows the whole text: an abbreviation that is written out somewhere is no mark."""

    def __init__(self, text: str, *, own: Mapping[str, str], known: Iterable[str]):
        self.text = text
        self.own = {key.lower(): plain for key, plain in own.items()}
        self.own_pattern = one_of(own, inflected=True)
        self.known = {term.lower() for term in known}
        self.known_pattern = one_of(known, inflected=True)

    def marks(self, start: int, end: int, count: int) -> list[Mark]:
        found: list[Mark] = []
        if count > LONG:
            found.append(Mark(Kind.VERY_LONG if count > VERY_LONG else Kind.LONG, start, end, str(count)))
        rules: list[Callable[[int, int], Iterator[Mark]]] = [
            self.hard, self.passive, self.abbreviations, self.others, self.long_words,
        ]  # fmt: skip
        for rule in rules:
            for mark in rule(start, end):
                inside = (other for other in found if not other.about_the_sentence)
                if not any(other.start < mark.end and mark.start < other.end for other in inside):
                    found.append(mark)
        nouns = [match for match in NOUN_STYLE.finditer(self.text, start, end) if not is_common(match[0])]
        if len(nouns) >= NOUNS and count >= NOUNS_FROM:
            found.append(Mark(Kind.NOUNS, start, end, ", ".join(match[0] for match in nouns)))
        return sorted(found, key=lambda mark: (not mark.about_the_sentence, mark.start))

    def hard(self, start: int, end: int) -> Iterator[Mark]:
        """The council's own words first."""
        taken: list[tuple[int, int]] = []
        for pattern, plain in ((self.own_pattern, self.own), (built_in(), pairs("hard_words.txt"))):
            for match in pattern.finditer(self.text, start, end) if pattern else ():
                if plain is not self.own and match[1].lower() in self.known:
                    continue  # the council explains it
                if not any(match.start() < last and first < match.end() for first, last in taken):
                    taken.append(match.span())
                    instead = plain.get(" ".join(match[1].lower().split()), "")
                    yield Mark(Kind.HARD, *match.span(), match[0], instead)

    def passive(self, start: int, end: int) -> Iterator[Mark]:
        for found in passive.find(self.text, start, end):
            yield Mark(Kind.PASSIVE, found.start, found.end, found.words)

    def abbreviations(self, start: int, end: int) -> Iterator[Mark]:
        for pattern in (DOTTED, SHORT):
            for match in pattern.finditer(self.text, start, end):
                word = match[0].lower()
                if not INITIALS_OF_A_NAME.match(match[0]):
                    yield Mark(Kind.ABBREVIATION, *match.span(), match[0], pairs("abbreviations.txt").get(word, ""))
        for match in CAPITALS.finditer(self.text, start, end):
            short = re.sub(r"['’]?s$", "", match[0])
            if short not in FAMILIAR and not self.is_explained(short) and not self.shouts(start, end):
                yield Mark(Kind.ABBREVIATION, *match.span(), match[0])

    def is_explained(self, short: str) -> bool:
        """In the word list, or written out: "het persoonsgebonden budget (PGB)", "PGB (persoonsgebonden budget)"."""
        if short.lower() in self.known:
            return True
        return bool(re.search(rf"[^\W\d_]{{3,}}\s+\({short}\)|\b{short}\s+\([^()]{{4,}}\)", self.text))

    def shouts(self, start: int, end: int) -> bool:
        """A sentence in capitals has no abbreviations."""
        return self.text[start:end].isupper()

    def others(self, start: int, end: int) -> Iterator[Mark]:
        for kind, pattern in ((Kind.MEN, MEN), (Kind.CLICK, CLICK)):
            for match in pattern.finditer(self.text, start, end):
                yield Mark(kind, *match.span(), match[0])

    def long_words(self, start: int, end: int) -> Iterator[Mark]:
        explained = (
            [match.span() for match in self.known_pattern.finditer(self.text, start, end)] if self.known_pattern else []
        )
        for match in sentences.WORD.finditer(self.text, start, end):
            word = match[0].strip(".,;:!?()[]\"'“”‘’…")
            at = match.start() + match[0].find(word)
            if any(first <= at < last for first, last in explained) or not is_plain_word(word):
                continue
            if is_long(word) and not is_common(word) and not is_name(word, at == start):
                yield Mark(Kind.LONG_WORD, at, at + len(word), word)


INITIALS_OF_A_NAME = re.compile(r"(?:[A-Z]\.)+$")


def is_plain_word(word: str) -> bool:
    """No number, no address on the internet."""
    return bool(word) and not re.search(r"[\d@_]|\w\.\w|://", word)


def is_name(word: str, starts_sentence: bool) -> bool:
    return word[:1].isupper() and not starts_sentence


def is_long(word: str) -> bool:
    """Many syllables; four of them only in a word that is long for the eye too: "veranderen" is not."""
    return (count := syllables.count(word)) > MANY_SYLLABLES or (count == MANY_SYLLABLES and len(word) >= MANY_LETTERS)


def is_common(word: str) -> bool:
    """On the list of long words that everybody knows, also with an ending."""
    word = word.lower()
    common = words_of("common_words.txt")
    return any(word.removesuffix(ending) in common for ending in ("", "en", "n", "s", "e", "'s", "ën", "tje", "jes"))
