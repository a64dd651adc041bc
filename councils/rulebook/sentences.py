"""The rule book as plain sentences, each with its article and instrument, and what is not regulated.

The words of every rule are in councils.rulebook.wording; here they are put in groups.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst


@dataclass(frozen=True)
class Who:
    """How the sentences call the council and the one it advises: "het college", "het bestuur" or a name."""

    council: str
    authority: str


@dataclass(frozen=True)
class Line:
    key: str
    text: SafeString
    article: str | None
    instrument: str


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    lines: list[Line]
    not_regulated: list[str]


Speak = Callable[[Any, Who], Iterator[SafeString]]


@dataclass(frozen=True)
class Rule:
    key: str
    label: Any  # what it is about, for "not regulated"
    speak: Speak


# In the order in which wording.py registers them.
GROUPS: dict[str, tuple[Any, list[Rule]]] = {}


def group(id: str, title: Any) -> Callable[[str, Any], Callable[[Speak], Speak]]:
    """Start a group; the answer is the decorator for its rules."""
    rules: list[Rule] = []
    GROUPS[id] = (title, rules)

    def rule(key: str, label: Any) -> Callable[[Speak], Speak]:
        def register(speak: Speak) -> Speak:
            rules.append(Rule(key, label, speak))
            return speak

        return register

    return rule


def say(sentence: str, who: Who | None = None, /, **values: Any) -> SafeString:
    """The sentence with its values set strong, and the names of council and authority as they are."""
    strong = {name: format_html("<strong>{}</strong>", value) for name, value in values.items()}
    names: dict[str, Any] = {}
    if who:
        names = {"council": conditional_escape(who.council), "authority": conditional_escape(capfirst(who.authority))}
    return mark_safe(str(conditional_escape(sentence)) % (names | strong))  # noqa: S308 - every part is escaped


def join(sentences: Iterator[SafeString]) -> SafeString:
    return mark_safe(" ".join(sentences))  # noqa: S308 - every part is escaped
