"""Terms of the field with an explanation, for a council that begins its word list."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "starter_terms.txt"


@cache
def starter_terms() -> list[tuple[str, str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" → ") for line in lines if line.strip() and not line.startswith("#"))
    return [(term, explanation) for term, _arrow, explanation in pairs]


def terms_besides(known: Iterable[str]) -> list[tuple[str, str]]:
    """Those that are not among these words, whatever their capitals."""
    have = {word.casefold() for word in known}
    return [(term, explanation) for term, explanation in starter_terms() if term.casefold() not in have]
