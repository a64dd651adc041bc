"""Where sentences begin and end in Dutch: an abbreviation, an initial, a date or a number ends none."""

import re
from collections.abc import Iterator

from portal.readability.words import words_of

Span = tuple[int, int]

SIGN = re.compile(r"[ \t]*(?:#{2,4}|[-•*>]|\d{1,2}[.)])[ \t]+")
HEADING = re.compile(r"[ \t]*#{2,4}[ \t]")
ITEM = re.compile(r"[ \t]*(?:[-•*]|\d{1,2}[.)])[ \t]")
WORD = re.compile(r"[^\s/–—]*\w[^\s/–—]*")
# A sentence may end here: a full stop and the like, closing signs, white space, and what a sentence can start with.
STOP = re.compile(r"([.!?…]+)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*(?:[A-ZÀ-ÖØ-Þ\d]|['’][snt] ))")
LAST_WORD = re.compile(r"[^\s(\[“‘\"]+$")
INITIALS = re.compile(r"(?:[A-Z]|IJ|Th|Ch|Chr|Ph|St)(?:\.(?:[A-Z]|IJ|Th|Ch))*$")
# After these a sentence goes on, also before a capital or a number.
GOES_ON = words_of("goes_on.txt")
# These end a sentence when a capital follows, and none before a number or a small letter.
MAY_END = {"enz", "etc", "e.d", "e.a", "jl", "jr", "sr", "a.s", "z.s.m", "t.z.t", "z.o.z", "i.d", "u", "sec"}


def paragraphs(text: str) -> Iterator[list[Span]]:
    """Each paragraph as the places of its items (one, if it is no list), without headings and the signs of lists."""
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip() or HEADING.match(line):
            if lines:
                yield lines
            lines = []
            continue
        sign = SIGN.match(line)
        if lines and not sign:  # the same sentence can go on behind a line end
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start + (sign.end() if sign else 0), end))
    if lines:
        yield lines


def is_list(text: str, lines: list[Span]) -> bool:
    """Does every line stand behind the sign of an item?"""
    return all(ITEM.match(text[text.rfind("\n", 0, start) + 1 :]) for start, _end in lines)


def split(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one line, without the white space around them."""
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop[1] == "." and goes_on(text[begin : stop.start(1)], text[stop.end() :]):
            continue
        yield from trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from trimmed(text, begin, end)


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if WORD.search(text, start, end):
        yield start, end


def goes_on(before: str, after: str) -> bool:
    """Is the full stop after `before` no end of a sentence?"""
    last = LAST_WORD.search(before)
    if last is None:
        return False
    word = last[0]
    if INITIALS.match(word) and not after[:1].isdigit():
        return True
    if word.lower() in GOES_ON:
        return True
    if word.lower() in MAY_END:
        return after[:1].isdigit()
    # "1. Aanleiding" at the start of a line
    return word.isdigit() and before.strip() == word


def words(sentence: str) -> list[str]:
    """What is read as a word; a number, an amount and a date are words too."""
    return WORD.findall(sentence)
