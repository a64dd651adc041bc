"""What the rule book makes of a question: a date or a value, with the sum that explains it."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Step:
    """One line of "Why this date?": what is added, why, and the article that says so."""

    label: str
    text: str
    article: str | None = None


@dataclass(frozen=True)
class Outcome:
    value: date | int | bool
    article: str | None
    instrument: str
    assumed: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def day(self) -> date:
        if not isinstance(self.value, date):
            raise TypeError("this outcome is no date")
        return self.value

    @property
    def count(self) -> int:
        if isinstance(self.value, date):
            raise TypeError("this outcome is no number")
        return self.value

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any]
        answer = {"date": self.value.isoformat()} if isinstance(self.value, date) else {"value": self.value}
        return answer | {"article": self.article, "instrument": self.instrument, "assumed": list(self.assumed)}
