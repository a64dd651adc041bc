"""What floors above have to decide at an item of the agenda: they register a finder, the page at the table asks all."""

from collections.abc import Callable
from dataclasses import dataclass

from meetings.models import AgendaItem
from portal.models import User


@dataclass(frozen=True)
class ItemLink:
    text: str
    url: str
    action: str


Finder = Callable[[AgendaItem, User], list[ItemLink]]
_finders: list[Finder] = []


def finds_links(finder: Finder) -> Finder:
    if finder not in _finders:
        _finders.append(finder)
    return finder


def links_at(item: AgendaItem, user: User) -> list[ItemLink]:
    return [link for finder in _finders for link in finder(item, user)]
