"""The passive in Dutch: a form of "worden" or "zijn" with a participle in the same clause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from portal.readability.words import words_of

WORDEN = re.compile(r"(?:word|wordt|worden|werd|werden|geworden)$", re.I)
ZIJN = re.compile(r"(?:is|zijn|was|waren)$", re.I)
CLAUSE = re.compile(r"[^,;:()–—]+")
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# With one of these the participle is of the active perfect: "heeft … gevraagd".
HAVE = {"heb", "hebt", "heeft", "hebben", "had", "hadden"}
# A new clause without a comma.
JOINS = {"en", "of", "maar", "want", "omdat", "dat", "die", "zodat", "als", "wanneer", "terwijl", "doordat", "toen"}

SEPARABLE = "aan|achter|af|bij|bijeen|binnen|deel|dicht|door|goed|in|kennis|klaar|los|mee|mede|na|neer|om|onder|op|open"
SEPARABLE += "|over|plaats|rond|samen|stop|tegen|terug|toe|tot|uit|vast|vol|voor|voort|vrij|waar|weer|weg"
WEAK = re.compile(rf"(?:(?:{SEPARABLE})?ge\w{{2,}}|(?:be|ver|her|ont|er|onder|over|door|vol|voor)\w{{3,}})[dt]$")
GE_STRONG = re.compile(rf"(?:{SEPARABLE})?ge\w{{2,}}en$")
STRONG = words_of("strong_participles.txt")
NO_PARTICIPLE = words_of("no_participles.txt")
HOW_IT_IS = words_of("states.txt")
LOANS = re.compile(r"(?:ge)?\w{3,}eerd$")
NO_LOAN = {"verkeerd", "eerd", "teleurgesteld"}


@dataclass(frozen=True)
class Passive:
    start: int  # of the participle
    end: int
    words: str  # "wordt … behandeld"


def find(text: str, start: int, end: int) -> Iterator[Passive]:
    for clause in CLAUSE.finditer(text, start, end):
        for tokens in parts(list(TOKEN.finditer(text, clause.start(), clause.end()))):
            yield from in_clause(tokens)


def parts(tokens: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Parted at a word that starts a clause, where the part before it has a verb of its own."""
    part: list[re.Match[str]] = []
    for token in tokens:
        if token[0].lower() in JOINS and any(is_helper(one[0]) for one in part):
            complete = any(participle(one[0]) for one in part)
            if complete or token[0].lower() not in {"en", "of"}:
                yield part
                part = []
        part.append(token)
    yield part


def is_helper(word: str) -> bool:
    return bool(WORDEN.match(word) or ZIJN.match(word))


def in_clause(tokens: list[re.Match[str]]) -> Iterator[Passive]:
    if any(token[0].lower() in HAVE for token in tokens):
        return
    worden = next((token for token in tokens if WORDEN.match(token[0])), None)
    zijn = next((at for at, token in enumerate(tokens) if ZIJN.match(token[0]) and not is_possessive(tokens, at)), None)
    helper = worden or (tokens[zijn] if zijn is not None else None)
    if helper is None:
        return
    compared = {after.start() for token, after in pairwise(tokens) if token[0].lower() == "dan"}  # "groter dan gedacht"
    found = [
        token for token in tokens if token is not helper and token.start() not in compared and participle(token[0])
    ]
    if worden is None:
        found = [token for token in found if token[0].lower() not in HOW_IT_IS]
    if worden is not None and worden[0].lower() == "geworden":
        return
    if found:
        last = found[0] if found[-1].start() < helper.start() else found[-1]
        first, second = sorted([helper, last], key=lambda token: token.start())
        yield Passive(last.start(), last.end(), f"{first[0].lower()} … {second[0].lower()}")


def is_possessive(tokens: list[re.Match[str]], at: int) -> bool:
    """ "Zijn besluit": his, when nothing in the plural stands before it."""
    if tokens[at][0].lower() != "zijn" or at == 0:
        return tokens[at][0].lower() == "zijn" and at == 0
    return tokens[at - 1][0].lower() in {
        "van", "voor", "met", "over", "aan", "in", "op", "door", "naar", "bij", "om", "uit", "en", "of",
    }  # fmt: skip


def participle(word: str) -> bool:
    word = word.lower()
    if word in NO_PARTICIPLE or (word.endswith(("lend", "dend", "tend", "vend", "gend", "send", "rend"))):
        return word in {"verleend", "gerend"}
    if word in STRONG or (LOANS.match(word) and word not in NO_LOAN):
        return True
    if GE_STRONG.match(word):
        return True
    if not WEAK.match(word):
        return False
    # "betaalt" is a present, "verwacht" can be a participle: -t only after a voiceless sound.
    return word[-1] == "d" or word[-2] in "kfschpx" or word.startswith("ge")
