"""The numbers of the paragraphs of a draft: the same on the page, in a version and in the PDF of the draft.

They run on through all parts, so that somebody at a meeting can say "paragraph 12". A heading gets no number, and
recommendations keep their own. The letter that is sent has none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from advice.typed import blocks_of

HEADINGS = ("h3", "h4")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, list or quotation with its number; a heading has None."""

    number: int | None
    html: str
    words: str = ""


def numbered(texts: Iterable[str]) -> list[list[Paragraph]]:
    """For the HTML of each part its paragraphs, numbered from the first part to the last."""
    last, parts = 0, []
    for html in texts:
        part = []
        for block in blocks_of(html):
            if block.tag in HEADINGS:
                part.append(Paragraph(None, block.html, "\n".join(block.plain)))
                continue
            last += 1
            part.append(Paragraph(last, block.html, "\n".join(block.plain)))
        parts.append(part)
    return parts
