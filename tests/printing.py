"""Reading back what was printed: text, places and pictures of a PDF."""

import io
import json
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from advice.letter_print import print_letter

LETTERS = Path(__file__).parent / "data" / "letters"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#17506b"/></svg>'
IMAGES = {"adviesraad.svg": LOGO}
MM = 25.4 / 72


def letter_data(name: str, **changes) -> dict:
    return json.loads((LETTERS / f"{name}.json").read_text()) | changes


def letter(name: str, **changes) -> bytes:
    return print_letter(letter_data(name, **changes), images=IMAGES)


def alternatives(pdf: bytes) -> list[str]:
    """What a screen reader says for each picture, in the order of the tag tree."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(one.Alt) for one in elements(document.Root.StructTreeRoot.K) if one.S == "/Figure"]


def kinds(pdf: bytes) -> list[str]:
    """The kinds of the elements of the tag tree, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(one.S) for one in elements(document.Root.StructTreeRoot.K)]


def elements(node):
    """Every element of a tag tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def pages(pdf: bytes) -> list[str]:
    """The text of every page with single spaces, in the order in which it is drawn."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def places(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """Every piece of text with left, top, right and bottom in millimetres from the upper left corner."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    read, height = sheet.get_textpage(), sheet.get_height()
    found = []
    for i in range(read.count_rects()):
        left, bottom, right, top = read.get_rect(i)
        words = read.get_text_bounded(left, bottom, right, top).strip()
        found.append((words, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return found


def picture(pdf: bytes, page: int = 0, scale: float = 4) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("L")


def letter_picture(pdf: bytes, word: str, scale: float = 8) -> Image.Image:
    """The first letter of a word on the first page, as ink (white) on black, cut to where the letter is."""
    sheet = pypdfium2.PdfDocument(pdf)[0]
    read = sheet.get_textpage()
    start, _count = read.search(word, match_case=True).get_next()
    left, _bottom, right, _top = read.get_charbox(start, loose=True)
    _left, bottom, _right, top = read.get_charbox(start, loose=True)
    box = [round(edge * scale) for edge in (left, sheet.get_height() - top, right, sheet.get_height() - bottom)]
    return ImageChops.invert(picture(pdf, scale=scale).crop(box)).point(lambda value: 255 if value > 127 else 0)


def ink(image: Image.Image) -> int:
    return image.histogram()[255]


def overlap(one: Image.Image, other: Image.Image, reach: int = 12) -> float:
    """How much of the ink of `one` is also ink in `other`, where they fit best when moved sideways."""
    width = max(one.width, other.width) + 2 * reach
    wide = Image.new("L", (width, max(one.height, other.height)))
    wide.paste(other, (reach, 0))
    found = []
    for shift in range(2 * reach + 1):
        moved = Image.new("L", wide.size)
        moved.paste(one, (shift, 0))
        found.append(ink(ImageChops.darker(moved, wide)))
    return max(found) / ink(one)


def embedded(pdf: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
