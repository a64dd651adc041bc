"""The pack as one file: plain data in. Portal text is typeset; pages of uploaded PDFs are drawn on pages of the pack,
so that every page has its number and the name of its item. The wording around it is Dutch content."""

import io
from datetime import UTC, datetime
from typing import Any, NotRequired, TypedDict

import pikepdf
from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from portal import pdf
from portal.pdf.foreign import draw_on


class Paper(TypedDict):
    """One paper: `html` of a text, or `pdf` with its number of `pages`, or a picture (png)."""

    id: str
    number: int
    item: str
    title: str
    secret: str
    html: NotRequired[SafeString]
    pages: NotRequired[int]
    pdf: NotRequired[bytes]
    picture: NotRequired[bytes]


class PackData(TypedDict):
    sender: str
    title: str
    lead: str
    facts: list[dict[str, str]]
    notes: list[str]
    changes: list[str]
    agenda: list[dict[str, Any]]
    papers: list[Paper]
    created: str
    theme: str


def print_pack(pack: PackData, *, large: bool = False) -> bytes:
    """Without pages of others it is PDF/A-3a and PDF/UA-1; with them it claims neither."""
    images = {f"{paper['id']}.png": paper["picture"] for paper in pack["papers"] if "picture" in paper}
    content = pdf.render(
        "meetings/pdf/pack.html",
        {
            **pack, "running": pack["title"],
            "papers": [
                {
                    **paper, "running": f"Punt {paper['number']}: {paper['title']}", "html": paper.get("html", ""),
                    "image": f"{paper['id']}.png" if "picture" in paper else "", "sheets": range(paper.get("pages", 0)),
                }
                for paper in pack["papers"]
            ],
        },
        title=f"{pack['title']}: {pack['lead']}", author=pack["sender"], subject="Agenda en stukken", images=images,
        created=datetime.fromisoformat(pack["created"]).astimezone(UTC), accent=pack["theme"], large=large,
    )  # fmt: skip
    foreign = [paper for paper in pack["papers"] if "pdf" in paper]
    if not foreign:
        return content
    starts = first_pages(content)
    return draw_on(content, {starts[paper["id"]] + 1: paper["pdf"] for paper in foreign})


def first_pages(content: bytes) -> dict[str, int]:
    """The page on which each paper begins, counted from 0: where the links of the agenda lead."""
    with pikepdf.open(io.BytesIO(content)) as document:
        at = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        names = pikepdf.NameTree(document.Root.Names.Dests)
        return {str(name): at[names[name][0].objgen] for name in names}


def plain_text(content: bytes) -> SafeString:
    return pdf.print_html(linebreaks(content.decode("utf-8", "replace"), autoescape=True))
