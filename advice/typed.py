"""The text of a section as people type it in a plain box, and back: nothing that we show is lost on the way.

An empty line parts paragraphs; lines with "- " or "1. " make a list; "### " a heading (and "#### " a smaller one);
"> " a quotation; **heavy**, *stressed* and [words](https://…). A backslash takes such a sign as it is.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

import tinyhtml5

from portal.text import clean_html

BLOCKS = {"p", "h3", "h4", "ul", "ol", "blockquote"}
LINKS = ("http://", "https://", "mailto:", "tel:")
# Word pastes its bullets as a sign and a tab: "•", "o" for a list in a list, and letters of its own fonts.
PASTED = re.compile(r"(?:[-–—•·▪◦●○‣*oü§Ø\uf0a7\uf0b7\uf0d8\uf0fc]|\d+[.)])\t")
BULLET = re.compile(r"(?:[-•*][ \t]+|[·▪◦●○‣\uf0a7\uf0b7][ \t\u00a0]+|[–—oü§Ø\uf0d8\uf0fc]\t[ \t]*)(?=\S)")
NUMBER = re.compile(r"(\d+)(?:\.[ \t]+|\)\t[ \t]*)(?=\S)")
HEADING = re.compile(r"(#{3,4})[ \t]+(?=\S)")
QUOTATION = re.compile(r">[ \t]+(?=\S)")
SIGN = re.compile(r"([-•*>·▪◦●○‣\uf0a7\uf0b7]|#{3,4}|\d+\.)(?=[ \t])")  # at the start of a line
INLINE = re.compile(
    r"\\(?P<literal>[\\*\[\]•·▪◦●○‣\uf0a7\uf0b7>#.-])"
    r"|\*\*(?=[^\s*])(?P<strong>(?:\\.|[^\\])+?)(?<=\S)\*\*"
    r"|\*(?=[^\s*])(?P<em>(?:\\.|[^\\*])+?)(?<=\S)\*"
    r"|\[(?P<words>(?:\\.|[^\\\[\]])+)\]\((?P<href>(?:https?://|mailto:|tel:)[^\s()*\\]+)\)",
    re.DOTALL,
)


@dataclass
class Block:
    """A paragraph, heading, list or quotation; `items` are its lines of HTML without blocks (a list has several)."""

    tag: str
    items: list[str]

    @property
    def html(self) -> str:
        inner = {"ul": "li", "ol": "li", "blockquote": "p"}.get(self.tag)
        if inner is None:
            return f"<{self.tag}>{self.items[0]}</{self.tag}>"
        return f"<{self.tag}>" + "".join(f"<{inner}>{item}</{inner}>" for item in self.items) + f"</{self.tag}>"

    @property
    def plain(self) -> list[str]:
        """The words of each item. A link whose words do not show its address tells it."""
        return [unescape(re.sub(r"<[^>]+>", "", with_addresses(item).replace("<br>", "\n"))) for item in self.items]


def with_addresses(line: str) -> str:
    def tell(link: re.Match[str]) -> str:
        address = re.sub(r"^(https?://|mailto:|tel:)", "", link[1])
        return link[2] if address.rstrip("/") in link[2] else f"{link[2]} ({link[1]})"

    return re.sub(r'<a href="([^"]*)">(.*?)</a>', tell, line)


# --- HTML → blocks → typed ---


def html_to_typed(html: str) -> str:
    return "\n\n".join(typed_block(block) for block in blocks_of(html))


def blocks_of(html: str) -> list[Block]:
    """The clean HTML as a flat row of blocks. A list inside a list becomes items of it; no word is lost."""
    body = tinyhtml5.parse(clean_html(html), namespace_html_elements=False).find("body")
    blocks: list[Block] = []
    for block in found_blocks(body):
        if not any(block.items):
            continue
        block.items = [item for item in block.items if item]
        if blocks and block.tag in ("ul", "blockquote") and blocks[-1].tag == block.tag:
            blocks[-1].items += block.items
        else:
            blocks.append(block)
    return blocks


def found_blocks(holder: ET.Element) -> Iterator[Block]:
    for tag, lines in runs(holder):
        if tag == "p":
            yield Block("p", lines)
        elif tag in ("h3", "h4"):
            yield Block(tag, [lines[0].replace("<br>", " ")])
        else:
            yield Block(tag, lines)


def runs(holder: ET.Element) -> Iterator[tuple[str, list[str]]]:
    """Each block child with its lines, and loose text between blocks as a paragraph."""
    loose = ET.Element("p")
    loose.text = holder.text
    for child in holder:
        if child.tag not in BLOCKS:
            loose.append(child)  # with its tail
            continue
        yield "p", [inline(loose)]
        if child.tag in ("p", "h3", "h4"):
            yield child.tag, [inline(child)]
        elif child.tag == "blockquote":
            yield "blockquote", [line for _tag, lines in runs(child) for line in lines]
        else:
            yield child.tag, [line for item in child for line in item_lines(item)]
        loose = ET.Element("p")
        loose.text = child.tail
    yield "p", [inline(loose)]


def item_lines(item: ET.Element) -> list[str]:
    """The lines of one item: its own words first, then the items of a list inside it."""
    own = [line for tag, lines in runs(item) if tag not in ("ul", "ol") for line in lines if line]
    nested = [line for tag, lines in runs(item) if tag in ("ul", "ol") for line in lines]
    return ["<br>".join(own), *nested]


def inline(element: ET.Element) -> str:
    """Text, strong, em, links and line ends; one space where there were more, none at the ends of a line."""
    lines = re.sub(r"\s+", " ", spans(element)).split("<br>")
    return "<br>".join(filter(None, (line.strip() for line in lines)))


def spans(element: ET.Element, inside: str = "") -> str:
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts.append(span(child, inside))
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def span(child: ET.Element, inside: str) -> str:
    if child.tag == "br":
        return " " if inside else "<br>"
    words = spans(child, inside or child.tag)
    if inside and not (child.tag == "a" and inside in ("strong", "em")):
        return words
    kept = re.sub(r"\s+", " ", words).strip()
    if child.tag in ("strong", "em") and kept:
        marked = f"<{child.tag}>{kept}</{child.tag}>"
    elif child.tag == "a" and kept and child.get("href", "").startswith(LINKS):
        kept = re.sub(r"</?(?:strong|em)>", "", kept)
        marked = f'<a href="{escape(address(child.get("href", "")))}">{kept}</a>'
    else:
        return words
    before, after = " " if words[:1].isspace() else "", " " if words[-1:].isspace() else ""
    return f"{before}{marked}{after}"


def address(href: str) -> str:
    return re.sub(r"[\s()*\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), href)


def typed_block(block: Block) -> str:
    if block.tag in ("p", "h3", "h4"):
        sign = {"p": "", "h3": "### ", "h4": "#### "}[block.tag]
        return sign + typed_line(block.items[0])
    if block.tag == "blockquote":
        return "\n".join("> " + typed_line(item).replace("\n", "\n  ") for item in block.items)
    signs = ("- " if block.tag == "ul" else f"{number}. " for number in range(1, len(block.items) + 1))
    return "\n".join(
        sign + typed_line(item).replace("\n", "\n  ") for sign, item in zip(signs, block.items, strict=True)
    )


def typed_line(line: str) -> str:
    """Backslashes only where the words would be read as signs."""
    element = tinyhtml5.parse(f"<p>{line}</p>", namespace_html_elements=False).find("body")[0]
    bare = typed_span(element, careful=False)
    if inline_html(bare) == line:
        typed = bare
    else:
        typed = typed_span(element, careful=True)
    return "\n".join(SIGN.sub(guarded, part, count=1) if SIGN.match(part) else part for part in typed.split("\n"))


def guarded(sign: re.Match[str]) -> str:
    return f"{sign[1][:-1]}\\." if sign[1].endswith(".") else f"\\{sign[1]}"


def typed_span(element: ET.Element, *, careful: bool) -> str:
    def said(text: str | None) -> str:
        return re.sub(r"[\\*\[\]]", r"\\\g<0>", text or "") if careful else text or ""

    parts = [said(element.text)]
    for child in element:
        words = typed_span(child, careful=careful)
        if child.tag == "br":
            parts.append("\n")
        elif child.tag == "a":
            parts.append(f"[{words}]({child.get('href')})")
        else:
            sign = "**" if child.tag == "strong" else "*"
            parts.append(f"{sign}{words}{sign}")
        parts.append(said(child.tail))
    return "".join(parts)


# --- typed → HTML ---


def typed_to_html(typed: str) -> str:
    """Clean HTML. What it makes of its own reverse is the same HTML."""
    made = "".join(block.html for block in typed_blocks(typed))
    return clean_html("".join(block.html for block in blocks_of(made)))


def typed_blocks(typed: str) -> Iterable[Block]:
    blocks: list[Block] = []
    new = True  # does the next line start something new?
    pasted = False  # is this list one from Word, where every line stands for itself?
    for whole in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = whole.strip()
        new = new or (pasted and not whole[:1].isspace())
        if not line:
            new = True
            continue
        last = blocks[-1] if blocks else None
        tag, words = sign_of(line, last)
        if tag is None and last and not new and last.tag not in ("h3", "h4"):
            last.items[-1] += f"\n{words}"
        elif last and tag == last.tag and (tag in ("ul", "blockquote") or (tag == "ol" and goes_on(line, last))):
            last.items.append(words)
        else:
            blocks.append(Block(tag or "p", [words]))
        new = False
        pasted = bool(PASTED.match(line))
    for block in blocks:
        block.items = [inline_html(item) for item in block.items]
    return blocks


def sign_of(line: str, last: Block | None) -> tuple[str | None, str]:
    """The kind of block that a line starts, and its words; None for a line that goes on or starts a paragraph."""
    if found := BULLET.match(line):
        return "ul", line[found.end() :]
    if found := HEADING.match(line):
        return ("h3" if len(found[1]) == 3 else "h4"), line[found.end() :]
    if found := QUOTATION.match(line):
        return "blockquote", line[found.end() :]
    found = NUMBER.match(line)
    if found and (found[1] == "1" or (last and last.tag == "ol" and goes_on(line, last))):
        return "ol", line[found.end() :]
    return None, line


def goes_on(line: str, last: Block) -> bool:
    """Only the next number continues a list: "2026. …" or a lone "3. …" is just text."""
    found = NUMBER.match(line)
    return bool(found) and int(found[1]) == len(last.items) + 1  # type: ignore[index]


def inline_html(typed: str) -> str:
    parts, at = [], 0
    for found in INLINE.finditer(typed):
        parts.append(as_text(typed[at : found.start()]))
        at = found.end()
        if found["literal"]:
            parts.append(escape(found["literal"], quote=False))
        elif found["strong"]:
            parts.append(f"<strong>{links_only(found['strong'])}</strong>")
        elif found["em"]:
            parts.append(f"<em>{links_only(found['em'])}</em>")
        else:
            parts.append(link(found))
    parts.append(as_text(typed[at:]))
    return "".join(parts)


def as_text(typed: str) -> str:
    return escape(typed, quote=False).replace("\n", "<br>")


def links_only(typed: str) -> str:
    """Inside heavy or stressed words only links count."""
    parts, at = [], 0
    for found in INLINE.finditer(typed):
        if found["strong"] or found["em"]:
            continue
        parts.append(escape(typed[at : found.start()], quote=False))
        at = found.end()
        parts.append(escape(found["literal"], quote=False) if found["literal"] else link(found))
    return "".join([*parts, escape(typed[at:], quote=False)]).replace("\n", " ")


def link(found: re.Match[str]) -> str:
    words = re.sub(r"\\([\\*\[\]•·▪◦●○‣\uf0a7\uf0b7>#.-])", r"\1", found["words"]).replace("\n", " ")
    return f'<a href="{escape(found["href"])}">{escape(words, quote=False)}</a>'
