"""The word lists beside this file: Dutch, as data."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words_of(name: str) -> frozenset[str]:
    return frozenset(" ".join(lines(name)).split())


@cache
def pairs(name: str) -> dict[str, str]:
    """ "conform → volgens", one a line."""
    return {hard: plain for hard, _arrow, plain in (line.partition(" → ") for line in lines(name))}
