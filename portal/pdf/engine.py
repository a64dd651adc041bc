import io
import re
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import segno
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from portal.pdf import variant
from portal.pdf.assets import Assets, fonts
from portal.pdf.attached import Attached
from portal.pdf.theme import theme_css

QR = "qr.svg"
A_FEW_LINES = 90 * 96 / 25.4  # a last page that ends within 90 mm, in CSS pixels
_one_at_a_time = threading.Lock()  # Pango keeps one set of fonts for the process
_font_configuration = FontConfiguration()


def render(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    author: str,
    subject: str,
    created: datetime,
    language: str = "nl",
    attachments: Sequence[Attached] = (),
    images: Mapping[str, bytes] | None = None,
    qr: str = "",
    accent: str = "",
    large: bool = False,
    shrink: bool = False,
) -> bytes:
    """The finished file.

    `images` are pictures by name (.png or .svg), in the template as src="asset:NAME"; `qr` is the address behind
    asset:qr.svg; `accent` is the council's colour; `large` is large print; `shrink` sets a document that would put
    only a few lines on its last page a little tighter."""
    about = {"title": title, "author": author, "subject": subject, "created": created, "language": language}
    with _one_at_a_time:
        context = {**context, "document": about, "large": large}
        document = layout(template, context, images=images, qr=qr, accent=accent)
        if shrink and len(document.pages) > 1 and is_sparse(document.pages[-1]):
            tighter = layout(template, {**context, "snug": True}, images=images, qr=qr, accent=accent)
            document = min(document, tighter, key=lambda tried: len(tried.pages))
        made = created.astimezone(UTC)
        document.metadata.attachments = [
            Attachment(
                string=attached.content,
                name=attached.name,
                description=attached.description,
                relationship=attached.relationship,
                created=made,
                modified=made,
            )
            for attached in attachments
        ]
        return document.write_pdf(pdf_variant=variant.NAME)


def layout(
    template: str,
    context: dict[str, Any],
    *,
    images: Mapping[str, bytes] | None = None,
    qr: str = "",
    accent: str = "",
) -> Document:
    """The laid out pages, not yet a file."""
    variant.install()
    sheets = [sheet("portal/pdf/sheet.css"), sheet(str(PurePosixPath(template).with_suffix(".css")))]
    if accent:
        sheets.append(CSS(string=theme_css(accent), url_fetcher=Assets({})))
    page = HTML(
        string=get_template(template).render(context),
        url_fetcher=Assets({**(images or {}), **({QR: qr_code(qr)} if qr else {})}),
        base_url="asset:",
    )
    return page.render(
        font_config=_font_configuration,
        stylesheets=[sheet for sheet in sheets if sheet],
        presentational_hints=False,
        pdf_tags=True,
    )


def is_sparse(page: Page) -> bool:
    """Are there only a few lines on this page?"""
    body = page._page_box.children[0]  # the others are the boxes in the margins
    ends = [box.position_y + box.height for box in body.descendants() if isinstance(box, LineBox)]
    return max(ends, default=0) < A_FEW_LINES


@cache
def sheet(name: str) -> CSS | None:
    """A style sheet from the templates, read once for the life of the worker; None when the template has none."""
    try:
        css = get_template(name).render()
    except TemplateDoesNotExist:
        return None
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


def qr_code(address: str) -> bytes:
    image = io.BytesIO()
    segno.make(address, error="m").save(image, kind="svg", border=2, xmldecl=False, unit="mm", scale=1)
    return image.getvalue()
