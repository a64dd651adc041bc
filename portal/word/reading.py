"""The text of a Word file as parts with a heading, in the few tags that an advice has. Runs in the child process."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import mammoth

from portal.word.blocks import Blocks
from portal.word.package import Unfit, beside, main_part, xml_parts
from portal.word.tracked import attribute, child, comments, listed, local, settle

MOST_CHARACTERS = 400_000  # some 150 pages
HEADING_NAME = re.compile(r"(?:heading|kop)\s*([1-6])$", re.IGNORECASE)
TITLES = ("Title", "Titel")
LETTERHEAD = "Briefhoofd"  # of our own Word file: what it says is not text of the advice


def read(content: bytes) -> dict[str, Any]:
    """What stands in the file: `new` is the text with the changes taken, `old` without (None when there are none)."""
    parts = xml_parts(content)
    main = main_part(parts)
    found = listed(parsed(parts[main]))
    said = beside(main, parts, "comments")
    new, hidden = text_of(parts, main, as_changed=True)
    return {
        "new": new,
        "old": text_of(parts, main, as_changed=False)[0] if found.changes else None,
        "changes": found.changes,
        "looks": found.looks,
        "comments": comments(parsed(parts[said]) if said else None, found.words),
        "hidden": hidden,
    }


def parsed(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314 - without a document type, see package.refuse_dtd


def text_of(parts: dict[str, bytes], main: str, *, as_changed: bool) -> tuple[dict[str, Any], int]:
    hidden, settled = 0, dict(parts)
    for name in (main, beside(main, parts, "footnotes"), beside(main, parts, "endnotes")):
        if name:
            root = parsed(parts[name])
            hidden += settle(root, as_changed=as_changed)
            settled[name] = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    blocks = Blocks(html_of(settled, style_map(parts.get(beside(main, parts, "styles"), b""))))
    if blocks.characters > MOST_CHARACTERS:
        raise Unfit("too_long")
    return {"title": blocks.title, "parts": blocks.parts(), "seen": blocks.seen}, hidden


def html_of(parts: dict[str, bytes], styles: str) -> str:
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    package.seek(0)
    # A picture is counted, never opened; what lies outside the package is never fetched.
    leave_out = mammoth.images.img_element(lambda image: {"src": ""})
    converted = mammoth.convert_to_html(
        package, style_map=styles, convert_image=leave_out, external_file_access=False, id_prefix=""
    )
    return converted.value


# --- which styles are headings ---


def style_map(styles: bytes) -> str:
    """Headings by their name (also Dutch), by their outline level, or by the style that they are based on."""
    lines = [f"p[style-name='{name}'] => p.title:fresh" for name in TITLES]
    lines.append(f"p[style-name='{LETTERHEAD}'] => p.letterhead:fresh")
    lines += [f"p[style-name='{word} {n}'] => h{n}:fresh" for word in ("Heading", "Kop") for n in range(1, 7)]
    if styles:
        for name, level in heading_levels(parsed(styles)):
            quoted = name.replace("\\", "\\\\").replace("'", "\\'")
            lines.append(f"p[style-name='{quoted}'] => h{level}:fresh")
    return "\n".join(lines)


def heading_levels(root: ET.Element) -> Iterator[tuple[str, int]]:
    styles = {attribute(one, "styleId"): one for one in root if local(one) == "style"}
    for style in styles.values():
        name = attribute(child(style, "name"), "val")
        level = level_of(style, styles)
        if attribute(style, "type") == "paragraph" and level and name and "\n" not in name:
            yield name, level


def level_of(style: ET.Element | None, styles: dict[str, ET.Element]) -> int:
    for _step in range(20):
        if style is None:
            return 0
        named = HEADING_NAME.match(attribute(child(style, "name"), "val"))
        if named:
            return int(named[1])
        outline = attribute(child(style, "pPr", "outlineLvl"), "val")
        if outline.isdigit():
            return int(outline) + 1 if int(outline) < 6 else 0
        style = styles.get(attribute(child(style, "basedOn"), "val"))
    return 0
