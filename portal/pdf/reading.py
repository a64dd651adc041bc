"""What a PDF says, read back from the file itself: the data inside it, and its words in the order of its tag tree.

Runs on files of our own and, in the bounded child process of portal.pdf.child, on files of others.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

MOST_DATA = 4_000_000  # bytes of one file inside
DEEPEST = 60
BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption", "Note", "FENote", "BlockQuote"}
HEXES = re.compile(rb"<([0-9A-Fa-f\s]+)>")
Places = dict[tuple[Any, int], list[str]]


@dataclass
class Block:
    """A paragraph, heading or list item with its words."""

    tag: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def data_of(document: pikepdf.Pdf) -> bytes | None:
    """The JSON that a document of the portal carries as its source."""
    for name, spec in document.attachments.items():
        if name.endswith(".json") and str(spec.obj.get("/AFRelationship", "")) == "/Source":
            content = spec.get_file().read_bytes()
            return content if len(content) <= MOST_DATA else None
    return None


def blocks_of(content: bytes) -> list[Block]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return tagged_blocks(document)


def tagged_blocks(document: pikepdf.Pdf) -> list[Block]:
    """The words of the tag tree in reading order, block by block. What is not tagged (head and foot) is not in it."""
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        return []
    blocks: list[Block] = []
    walk(root.get("/K"), None, places_of(document), blocks, None, 0)
    return [block for block in blocks if block.text]


def walk(part: Any, page: Any, places: Places, blocks: list[Block], block: Block | None, depth: int) -> None:
    if part is None or depth > DEEPEST:
        return
    if isinstance(part, pikepdf.Array):
        for one in part:
            walk(one, page, places, blocks, block, depth + 1)
    elif isinstance(part, int):
        (block or started(blocks, "")).words += places.get((page, part), [])
    elif isinstance(part, pikepdf.Dictionary):
        page = part.Pg.objgen if "/Pg" in part else page
        if part.get("/Type") == "/MCR":
            walk(int(part.MCID), page, places, blocks, block, depth + 1)
        elif "/S" in part:
            tag = str(part.S).lstrip("/")
            block = started(blocks, tag) if tag in BLOCKS else block
            walk(part.get("/K"), page, places, blocks, block, depth + 1)


def started(blocks: list[Block], tag: str) -> Block:
    blocks.append(Block(tag))
    return blocks[-1]


def words_of(document: pikepdf.Pdf) -> str:
    """All words that are drawn, page after page, tagged or not, in the order in which they are drawn."""
    found = [piece for page in document.pages for _mark, piece in drawn(page)]
    return " ".join(" ".join(found).split())


def places_of(document: pikepdf.Pdf) -> Places:
    places: Places = defaultdict(list)
    for page in document.pages:
        for mark, piece in drawn(page):
            if mark is not None:
                places[page.obj.objgen, mark].append(piece)
    return places


def drawn(page: pikepdf.Page) -> Iterator[tuple[int | None, str]]:
    """Each run of text with the number of the marked content that it stands in."""
    resources: Any = page.obj.get("/Resources") or {}
    fonts = {str(name): Font(font) for name, font in (resources.get("/Font") or {}).items()}
    font: Font | None = None
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            font = fonts.get(str(operands[0]))
        elif name in ("BDC", "BMC"):
            facts = operands[1] if len(operands) > 1 else None
            number = facts.get("/MCID") if isinstance(facts, pikepdf.Dictionary) else None
            marks.append(int(number) if number is not None else marks[-1] if marks else None)
        elif name == "EMC" and marks:
            marks.pop()
        elif name in ("Tj", "TJ", "'", '"') and font:
            pieces = operands[-1] if name == "TJ" else [operands[-1]]
            text = "".join(font.words(bytes(one)) for one in pieces if isinstance(one, pikepdf.String))
            yield (marks[-1] if marks else None), text


class Font:
    """Which words the codes of a font stand for."""

    def __init__(self, font: Any):
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1
        self.meaning: dict[int, str] = {}
        if "/ToUnicode" in font:
            self.learn(font.ToUnicode.read_bytes())

    def learn(self, table: bytes) -> None:
        for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S):
            codes = HEXES.findall(part)
            for code, words in zip(codes[::2], codes[1::2], strict=False):
                self.meaning[int(code, 16)] = in_words(words)
        for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.S):
            for low, high, first in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
                for step, code in enumerate(range(int(low, 16), min(int(high, 16), 0xFFFF) + 1)):
                    start = in_words(first)
                    self.meaning[code] = start[:-1] + chr(ord(start[-1]) + step)

    def words(self, codes: bytes) -> str:
        if not self.meaning:
            return codes.decode("latin-1")
        found = (int.from_bytes(codes[at : at + self.width]) for at in range(0, len(codes), self.width))
        return "".join(self.meaning.get(code, "\N{REPLACEMENT CHARACTER}") for code in found)


def in_words(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
