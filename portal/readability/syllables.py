"""Syllables by the Dutch hyphenation patterns (pyphen, offline)."""

import re
from functools import cache

import pyphen

LETTERS = re.compile(r"[^\W\d_]+")


@cache
def patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")


def count(word: str) -> int:
    """At least one: a number is read as one."""
    return sum(len(patterns().positions(part.lower())) + 1 for part in LETTERS.findall(word)) or 1
