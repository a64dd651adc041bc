"""Tracked changes and comments of a Word file: listed, and settled one way or the other. Runs in the child process."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

TAKEN, STRUCK = {"ins", "moveTo"}, {"del", "moveFrom"}
OLD_LOOKS = {"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange"}
MOST_OPEN = 50  # comments about the same words


def local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    for name in path:
        element = None if element is None else next((one for one in element if local(one) == name), None)
    return element


def attribute(element: ET.Element | None, name: str) -> str:
    """Whatever the namespace: old and strict Word files differ in it."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


# --- listing ---


@dataclass
class Reader:
    """Walks the text once: the changes as a person made them, and the words that each comment is about."""

    changes: list[dict[str, str]] = field(default_factory=list)
    looks: int = 0  # changes of the looks only
    hidden: int = 0
    words: dict[str, list[str]] = field(default_factory=dict)  # by the number of a comment
    _open: set[str] = field(default_factory=set)
    _last: tuple[str, str] | None = None  # the change that the next words may still belong to

    def walk(self, element: ET.Element, change: tuple[str, str] | None = None) -> None:
        for one in element:
            name = local(one)
            if name in OLD_LOOKS:
                self.looks += 1
            elif name in TAKEN | STRUCK:
                self.walk(one, ("added" if name in TAKEN else "removed", attribute(one, "author")))
            elif name == "commentRangeStart" and len(self._open) < MOST_OPEN:
                self._open.add(attribute(one, "id"))
            elif name == "commentRangeEnd":
                self._open.discard(attribute(one, "id"))
            elif name in ("t", "delText"):
                self._text(one.text or "", change)
            elif name in ("tab", "br", "cr"):
                self._text(" ", change)
            elif name == "p":
                self._paragraph(one, change)
            elif name not in ("instrText", "delInstrText"):
                self.walk(one, change)

    def _paragraph(self, paragraph: ET.Element, change: tuple[str, str] | None) -> None:
        self.walk(paragraph, change)
        mark = child(paragraph, "pPr", "rPr")
        for name, kind in (("ins", "added"), ("del", "removed")):
            found = child(mark, name)
            if found is not None and self._last == (kind, attribute(found, "author")):
                self._text(" ", self._last)
                break
        else:
            self._last = None
        for number in self._open:
            self.words.setdefault(number, []).append(" ")

    def _text(self, text: str, change: tuple[str, str] | None) -> None:
        if not change or change[0] == "added":
            for number in self._open:
                self.words.setdefault(number, []).append(text)
        if change is None:
            self._last = None if text.strip() else self._last
        elif change == self._last:
            self.changes[-1]["text"] += text
        else:
            self.changes.append({"kind": change[0], "who": change[1], "text": text})
            self._last = change


def listed(root: ET.Element) -> Reader:
    reader = Reader()
    reader.walk(root)
    tidied = ({**change, "text": " ".join(change["text"].split())} for change in reader.changes)
    reader.changes = [change for change in tidied if change["text"]]
    return reader


def comments(root: ET.Element | None, words: dict[str, list[str]]) -> list[dict[str, str]]:
    found = []
    for one in root if root is not None else ():
        text = " ".join(" ".join(said(paragraph)) for paragraph in one.iter() if local(paragraph) == "p")
        about = " ".join("".join(words.get(attribute(one, "id"), [])).split())
        if text.strip():
            found.append({"who": attribute(one, "author"), "text": " ".join(text.split()), "at": about})
    return found


def said(element: ET.Element) -> Iterator[str]:
    return (one.text or "" for one in element.iter() if local(one) == "t")


# --- settling ---


def settle(element: ET.Element, *, as_changed: bool) -> int:
    """Take every change, or put everything back. Hidden text goes; the number of its pieces is given back."""
    dropped, unwrapped = (STRUCK, TAKEN) if as_changed else (TAKEN, STRUCK)
    hidden, kept, carried = 0, [], []
    for one in list(element):
        name = local(one)
        if name in dropped | OLD_LOOKS or is_gone_row(one, dropped):
            continue
        if name == "r" and is_hidden(one):
            hidden += any(text.strip() for text in said(one))
            continue
        joins_next = name == "p" and any(child(one, "pPr", "rPr", gone) is not None for gone in dropped)
        hidden += settle(one, as_changed=as_changed)
        if name == "delText":
            one.tag = one.tag.replace("delText", "t")
        if name in unwrapped:
            kept += list(one)
        elif joins_next:
            carried += [part for part in one if local(part) != "pPr"]
        else:
            if carried and name == "p":
                at = 1 if len(one) and local(one[0]) == "pPr" else 0
                one[at:at] = carried
                carried = []
            elif carried and name in ("tbl", "sectPr"):
                kept.append(paragraph_of(carried, one))
                carried = []
            kept.append(one)
    if carried:  # nothing follows that takes the words
        kept.append(paragraph_of(carried, element))
    element[:] = kept
    return hidden


def paragraph_of(parts: list[ET.Element], near: ET.Element) -> ET.Element:
    made = ET.Element(f"{str(near.tag).rpartition('}')[0]}}}p")
    made.extend(parts)
    return made


def is_gone_row(element: ET.Element, dropped: set[str]) -> bool:
    return local(element) == "tr" and any(child(element, "trPr", name) is not None for name in dropped)


def is_hidden(run: ET.Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")
