"""The layout itself: from a job to pages and a file. Only the press loads this, and it needs no settings."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import lru_cache

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from portal.pdf import variant
from portal.pdf.assets import Assets, fonts
from portal.pdf.job import Job

A_FEW_LINES = 90 * 96 / 25.4  # a last page that ends within 90 mm, in CSS pixels
_font_configuration = FontConfiguration()


def typeset(job: Job) -> bytes:
    document = lay_out(job.html, job.sheets, job.theme, job.images)
    if job.tighter and len(document.pages) > 1 and is_sparse(document.pages[-1]):
        tighter = lay_out(job.tighter, job.sheets, job.theme, job.images)
        document = min(document, tighter, key=lambda tried: len(tried.pages))
    made = job.created.astimezone(UTC)
    document.metadata.attachments = [
        Attachment(
            string=attached.content,
            name=attached.name,
            description=attached.description,
            relationship=attached.relationship,
            created=made,
            modified=made,
        )
        for attached in job.attachments
    ]
    return document.write_pdf(pdf_variant=variant.NAME)


def lay_out(html: str, sheets: Sequence[str], theme: str, images: Mapping[str, bytes]) -> Document:
    variant.install()
    themes = [CSS(string=theme, url_fetcher=Assets({}))] if theme else []
    page = HTML(string=html, url_fetcher=Assets(images), base_url="asset:")
    return page.render(
        font_config=_font_configuration,
        stylesheets=[*map(sheet, sheets), *themes],
        presentational_hints=False,
        pdf_tags=True,
    )


def is_sparse(page: Page) -> bool:
    """Are there only a few lines on this page?"""
    body = page._page_box.children[0]  # the others are the boxes in the margins
    ends = [box.position_y + box.height for box in body.descendants() if isinstance(box, LineBox)]
    return max(ends, default=0) < A_FEW_LINES


@lru_cache(maxsize=50)
def sheet(css: str) -> CSS:
    """Read once for the life of the press."""
    refuse_shared_font_names(css)
    return CSS(string=css, url_fetcher=Assets(fonts()), font_config=_font_configuration)


def refuse_shared_font_names(css: str) -> None:
    """WeasyPrint tells fonts apart by family, weight and style only: two files under one name print each other's
    letters ("Łukasik" becomes "ffukasik") while the copied text stays right."""
    seen = set()
    for face in re.findall(r"@font-face\s*\{[^}]*\}", css):
        name = tuple(re.findall(r"font-(?:family|weight|style):\s*([^;]+)", face))
        if name in seen:
            raise ValueError(f"two font files share the name {name}: letters would be printed wrongly")
        seen.add(name)
