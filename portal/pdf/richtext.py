"""The small HTML of an advice, made fit for print: clean, well-formed and rightly tagged."""

import re
import xml.etree.ElementTree as ET
from html import escape

import tinyhtml5
from django.utils.safestring import SafeString, mark_safe

from portal.text import clean_html

BLOCKS = {"p", "h3", "h4", "ul", "ol", "blockquote"}


def text_html(text: str) -> str:
    """Plain text as HTML: a blank line ends a paragraph, '- ' starts a list item."""
    found = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        paragraph: list[str] = []
        points: list[str] = []
        for line in (line.strip() for line in chunk.split("\n")):
            if line.startswith("- "):
                points.append(line[2:])
            elif points:
                points[-1] += " " + line
            else:
                paragraph.append(line)
        if any(paragraph):
            found.append(f"<p>{escape(' '.join(paragraph))}</p>")
        if points:
            found.append("<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>")
    return "".join(found)


def print_html(html: str) -> SafeString:
    """Cleaned once more at the door, whoever stored it. Headings descend one step at a time (they stand under an H2),
    every list item carries its number or bullet as text, and a link shows its address, because paper has no click."""
    body = tinyhtml5.parse(clean_html(html), namespace_html_elements=False).find("body")
    wrap_loose_text(body)
    for quote in body.iter("blockquote"):
        wrap_loose_text(quote)
    drop_empty(body)
    descend_headings(body)
    for item_list in [*body.iter("ul"), *body.iter("ol")]:
        label_items(item_list)
    for link in body.iter("a"):
        spell_out(link)
    markup = ET.tostring(body, encoding="unicode", method="html")
    return mark_safe(markup.removeprefix("<body>").removesuffix("</body>"))  # noqa: S308  cleaned above


def wrap_loose_text(holder: ET.Element) -> None:
    """Text directly in the section becomes a paragraph."""
    blocks: list[ET.Element] = []
    loose: ET.Element | None = paragraph(holder.text)
    for child in list(holder):
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            blocks += [loose] if loose is not None else []
            blocks.append(child)
            loose = None
            if tail and tail.strip():
                loose = paragraph(tail)
        else:
            loose = paragraph("") if loose is None else loose
            child.tail = tail
            loose.append(child)
    blocks += [loose] if loose is not None else []
    holder.text = None
    holder[:] = blocks


def paragraph(text: str | None) -> ET.Element:
    found = ET.Element("p")
    found.text = text
    return found


def descend_headings(body: ET.Element) -> None:
    """A heading of the fourth level without one of the third before it would skip a level, which PDF/UA forbids."""
    third_seen = False
    for heading in (element for element in body.iter() if element.tag in ("h3", "h4")):
        if heading.tag == "h4" and not third_seen:
            heading.tag = "h3"
        third_seen = True


def label_items(item_list: ET.Element) -> None:
    for number, item in enumerate(item_list.findall("li"), 1):
        label = ET.Element("span", {"class": "nr"})
        label.text = "•\N{NO-BREAK SPACE}" if item_list.tag == "ul" else f"{number}.\N{NO-BREAK SPACE}"
        holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        label.tail, holder.text = holder.text, None
        holder.insert(0, label)


def spell_out(link: ET.Element) -> None:
    address = re.sub(r"^(https?://(www\.)?|mailto:|tel:)", "", link.get("href", "")).rstrip("/")
    shown = "".join(link.itertext())
    if address and address.lower() not in shown.lower():
        link.tail = f" ({address}){link.tail or ''}"


def drop_empty(body: ET.Element) -> None:
    """An empty paragraph is white space on paper and a hole in the tag tree."""
    for holder in list(body.iter()):
        for child in list(holder):
            if child.tag in BLOCKS | {"li"} and not "".join(child.itertext()).strip():
                holder.remove(child)
