"""What is different between two texts, word by word, for a page that is read aloud as well."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\n\s*|[^\s]+")
EXACT_UP_TO = 3000  # words; longer texts are compared a little more roughly, so that the page stays quick


@dataclass(frozen=True)
class Part:
    kind: str  # same, del, ins
    text: str


def differences(old: str, new: str) -> list[list[Part]]:
    """Paragraphs of parts. A paragraph ends where both texts have a line end."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > EXACT_UP_TO)
    paragraphs: list[list[Part]] = [[]]
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            add_same(paragraphs, before[i1:i2])
            continue
        for tag, words in (("del", before[i1:i2]), ("ins", after[j1:j2])):
            if words:
                paragraphs[-1].append(Part(tag, said(words)))
    return [paragraph for paragraph in paragraphs if paragraph]


def add_same(paragraphs: list[list[Part]], words: list[str]) -> None:
    run: list[str] = []
    for word in words:
        if not word.startswith("\n"):
            run.append(word)
            continue
        if run:
            paragraphs[-1].append(Part("same", " ".join(run)))
            run = []
        paragraphs.append([])
    if run:
        paragraphs[-1].append(Part("same", " ".join(run)))


def said(words: list[str]) -> str:
    """A line end that came or went has to be seen: it becomes a pilcrow."""
    return " ".join("¶" if word.startswith("\n") else word for word in words)
