"""What mammoth made of a Word file, as parts: a heading and its text, tables as lists, notes at the end of their part.

Also here: which parts hold recommendations, and what each of them is. Runs in the child process.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LONGEST_HEADING = 200
LONGEST_BOLD = 100  # a line of heavy words that is longer is just a heavy line
FIRST_PART = "Inleiding"


class Blocks:
    def __init__(self, html: str):
        self.root = ET.fromstring(f"<div>{html}</div>")  # noqa: S314 - made by mammoth, no document type
        self.characters = len("".join(self.root.itertext()))
        self.notes = self._take_notes()
        self.seen: dict[str, Any] = {
            "tables": sum(1 for _one in self.root.iter("table")),
            "pictures": sum(1 for _one in self.root.iter("img")),
            "notes": len(self.notes),
            "struck": sum(1 for _one in self.root.iter("s")),
            "nested": any(list(item.iter("ul")) + list(item.iter("ol")) for item in self.root.iter("li")),
            "bold_headings": False,
        }
        self.blocks: list[ET.Element] = []
        for block in self.root:
            self.blocks += self._plain(block)
        self.blocks = [block for block in self.blocks if words(block) and block.get("class") != "letterhead"]
        self.title = self._take_title()

    # --- taking apart ---

    def _take_notes(self) -> dict[str, str]:
        """The notes that mammoth puts last, by number; in the text stays "[1]"."""
        notes: dict[str, str] = {}
        last = self.root[-1] if len(self.root) else None
        if (
            last is not None
            and last.tag == "ol"
            and len(last)
            and re.match(r"(?:foot|end)note-", last[0].get("id", ""))
        ):
            self.root.remove(last)
            for number, item in enumerate(last, 1):
                notes[item.get("id", "")] = f"[{number}] " + words(item).removesuffix("↑").strip()
        return notes

    def _plain(self, block: ET.Element) -> list[ET.Element]:
        if block.tag != "table":
            for holder in list(block.iter()):
                holder[:] = [part for inner in holder for part in ([inner] if inner.tag != "table" else flat(inner))]
            return [block]
        return flat(block)

    def _take_title(self) -> str:
        titles = [block for block in self.blocks if block.get("class") == "title"]
        self.blocks = [block for block in self.blocks if block.get("class") != "title"]
        if titles:
            return " ".join(words(block) for block in titles)
        levels = Counter(HEADINGS[block.tag] for block in self.blocks if block.tag in HEADINGS)
        first = self.blocks[0] if self.blocks else None
        if (
            first is not None
            and len(levels) > 1
            and HEADINGS.get(first.tag) == min(levels)
            and levels[min(levels)] == 1
        ):
            return words(self.blocks.pop(0))
        return ""

    # --- putting together ---

    def parts(self) -> list[dict[str, Any]]:
        levels = [HEADINGS[block.tag] for block in self.blocks if block.tag in HEADINGS]
        if not levels:
            levels = self._bold_headings()
        top = min(levels, default=1)
        found: list[tuple[str, list[ET.Element]]] = []
        for block in self.blocks:
            if HEADINGS.get(block.tag) == top and len(words(block)) <= LONGEST_HEADING:
                found.append((words(block), []))
                continue
            if not found:
                found.append((FIRST_PART, []))
            if block.tag in HEADINGS:
                block.tag = "h3" if HEADINGS[block.tag] <= top + 1 else "h4"
            found[-1][1].append(block)
        return [self._part(heading, blocks) for heading, blocks in found]

    def _bold_headings(self) -> list[int]:
        """A file without heading styles: short lines that are heavy from end to end."""
        for block in self.blocks:
            heavy = "".join("".join(one.itertext()) for one in block.iter("strong"))
            text = words(block)
            if block.tag == "p" and 0 < len(text) <= LONGEST_BOLD and " ".join(heavy.split()) == text:
                block.tag = "h1"
        self.seen["bold_headings"] = any(block.tag == "h1" for block in self.blocks)
        return [1] if self.seen["bold_headings"] else []

    def _part(self, heading: str, blocks: list[ET.Element]) -> dict[str, Any]:
        notes = [self.notes[name] for name in referred(blocks) if name in self.notes]
        html = "".join(map(serialised, blocks)) + "".join(f"<p>{escape(note, quote=False)}</p>" for note in notes)
        return {"heading": heading, "html": html}


def referred(blocks: Iterable[ET.Element]) -> list[str]:
    addresses = (link.get("href", "") for block in blocks for link in block.iter("a"))
    return [address[1:] for address in addresses if re.match(r"#(?:foot|end)note-", address)]


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def serialised(block: ET.Element) -> str:
    for link in block.iter("a"):
        if link.get("href", "").startswith("#") or "href" not in link.attrib:
            link.tag, link.attrib = "span", {}  # a place inside the file leads nowhere here
    block.tail = None
    return ET.tostring(block, encoding="unicode", method="html")


# --- tables ---


def flat(table: ET.Element) -> list[ET.Element]:
    """A table as a list of its rows. One that only places blocks beside each other becomes those blocks."""
    rows = [row for row in table.iter("tr") if row_of(table, row)]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if any(len(cell) > 1 or any(True for _one in cell.iter("li")) for row in cells for cell in row) or all(
        len(row) < 2 for row in cells
    ):
        return [block for row in cells for cell in row for block in blocks_in(cell)]
    head = [words(cell) for cell in cells[0]] if cells and all(cell.tag == "th" for cell in cells[0]) else []
    made = ET.Element("ul")
    for row in cells[1:] if head else cells:
        said = [words(cell) for cell in row]
        named = [f"{name}: {text}" if name else text for name, text in zip(head, said, strict=False) if text]
        line = "; ".join(named + [text for text in said[len(head) :] if text])
        if line:
            ET.SubElement(made, "li").text = line
    return [made]


def row_of(table: ET.Element, row: ET.Element) -> bool:
    """A row of this table, not of one inside it."""
    inner = (found for cell in table.iter("td") for found in cell.iter("tr"))
    return not any(row is one for one in inner)


def blocks_in(cell: ET.Element) -> list[ET.Element]:
    if (cell.text or "").strip():
        made = ET.Element("p")
        made.text = cell.text
        return [made, *cell]
    return [part for inner in cell for part in (flat(inner) if inner.tag == "table" else [inner])]
