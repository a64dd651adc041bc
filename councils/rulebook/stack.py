"""The stack of a council's instruments: which rule counts on a day, and where it is written.

Pure functions: an instrument is anything with these attributes, a row of councils.models or a file that was read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

# From the top down: a rule comes from the highest instrument that has it.
ORDER = [
    "ordinance",
    "regulation",
    "detailed_rules",
    "policy_rules",
    "covenant",
    "rules_of_procedure",
    "working_agreements",
]


class InstrumentLike(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def yields_to(self) -> str: ...
    @property
    def rules(self) -> dict[str, Any]: ...
    @property
    def remarks(self) -> list[str]: ...


@dataclass(frozen=True)
class InstrumentText:
    """An instrument outside the database."""

    title: str
    kind: str
    rules: dict[str, Any] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    yields_to: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A rule, and the instrument and article that it stands in."""

    key: str
    value: Any
    article: str | None
    instrument: str
    kind: str
    assumed: tuple[str, ...] = ()


def same_title(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def in_force(instrument: InstrumentLike, on: date) -> bool:
    started = instrument.valid_from is None or instrument.valid_from <= on
    return started and (instrument.valid_until is None or on <= instrument.valid_until)


class RuleBook:
    """The instruments that are in force on one day, the highest first."""

    def __init__(self, instruments: Iterable[InstrumentLike], on: date):
        self.on = on
        loaded = list(instruments)
        self._titles = [instrument.title for instrument in loaded]
        self.instruments = ranked(newest_versions(i for i in loaded if in_force(i, on)))

    def rule(self, key: str) -> Found | None:
        for instrument in self.instruments:
            if key in instrument.rules:
                article = instrument.rules.get("articles", {}).get(key)
                assumed = tuple(self.assumptions(instrument))
                return Found(key, instrument.rules[key], article, instrument.title, instrument.kind, assumed)
        return None

    def get(self, key: str, default: Any = None) -> Any:
        """Only the value: for who does not show where it is written."""
        found = self.rule(key)
        return found.value if found else default

    def assumptions(self, instrument: InstrumentLike) -> list[str]:
        """What has to be taken for granted when a rule comes from this instrument."""
        assumed = []
        if instrument.valid_from is None:
            assumed.append(_("“%(title)s” does not say since when it is valid: always.") % {"title": instrument.title})
        if instrument.yields_to and not any(same_title(instrument.yields_to, title) for title in self._titles):
            assumed.append(
                _("“%(higher)s” goes before “%(title)s” but is not known here.")
                % {"higher": instrument.yields_to, "title": instrument.title}
            )
        return assumed

    @property
    def remarks(self) -> list[str]:
        """What is shown and not enforced: what is missing from the stack, then what the instruments remark."""
        missing = [text for instrument in self.instruments for text in self.assumptions(instrument)]
        return missing + [remark for instrument in self.instruments for remark in instrument.remarks]


class Stack:
    """All instruments that a council ever had; `on(day)` gives the rule book of a day."""

    def __init__(self, instruments: Iterable[InstrumentLike]):
        self.instruments = list(instruments)
        self._books: dict[date, RuleBook] = {}

    def on(self, day: date) -> RuleBook:
        if day not in self._books:
            self._books[day] = RuleBook(self.instruments, day)
        return self._books[day]


def newest_versions(instruments: Iterable[InstrumentLike]) -> list[InstrumentLike]:
    """Of two versions of one title the later replaces the earlier as a whole, also the rules that it dropped."""
    newest: list[InstrumentLike] = []
    for instrument in sorted(instruments, key=first_day, reverse=True):
        if not any(same_title(instrument.title, kept.title) for kept in newest):
            newest.append(instrument)
    return newest


def first_day(instrument: InstrumentLike) -> date:
    return instrument.valid_from or date.min


def ranked(instruments: Sequence[InstrumentLike]) -> list[InstrumentLike]:
    """By kind; of one kind the later law first; who yields stands directly below the one it yields to."""
    order = sorted(instruments, key=lambda i: i.title.casefold())
    order.sort(key=first_day, reverse=True)
    order.sort(key=lambda i: ORDER.index(i.kind))
    # One round per instrument settles every chain; two that yield to each other stop moving after that too.
    for _round in order:
        for instrument in list(order):
            above = next((i for i in order if instrument.yields_to and same_title(i.title, instrument.yields_to)), None)
            if above is not None and above is not instrument and order.index(above) > order.index(instrument):
                order.remove(instrument)
                order.insert(order.index(above) + 1, instrument)
    return order
