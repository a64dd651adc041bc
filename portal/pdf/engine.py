"""From a template to a job for the press. Nothing here loads WeasyPrint, except `layout` and `render_here`."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import segno
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.pdf.attached import Attached
from portal.pdf.job import Job
from portal.pdf.press import press
from portal.pdf.theme import theme_css

if TYPE_CHECKING:
    from weasyprint import Document

QR = "qr.svg"


def render(template: str, context: dict[str, Any], **options: Any) -> bytes:
    """The finished file, made by the press: a warm process of its own, with limits and without network.

    Options as for `job`."""
    return press().print(job(template, context, **options))


def render_here(template: str, context: dict[str, Any], **options: Any) -> bytes:
    """The same file, made in this process. For tests that look inside the layout."""
    from portal.pdf.typesetting import typeset

    return typeset(job(template, context, **options))


def job(
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
) -> Job:
    """`images` are pictures by name (.png or .svg), in the template as src="asset:NAME"; `qr` is the address behind
    asset:qr.svg; `accent` is the council's colour; `large` is large print; `shrink` sets a document that would put
    only a few lines on its last page a little tighter."""
    about = {"title": title, "author": author, "subject": subject, "created": created, "language": language}
    context = {**context, "document": about, "large": large}
    found = get_template(template)
    return Job(
        html=found.render(context),
        tighter=found.render({**context, "snug": True}) if shrink else "",
        created=created,
        sheets=sheets_of(template),
        theme=theme_css(accent) if accent else "",
        images=pictures(images, qr),
        attachments=tuple(attachments),
    )


def layout(
    template: str,
    context: dict[str, Any],
    *,
    images: Mapping[str, bytes] | None = None,
    qr: str = "",
    accent: str = "",
) -> "Document":
    """The laid out pages, not yet a file, made in this process. For tests."""
    from portal.pdf.typesetting import lay_out

    html = get_template(template).render(context)
    return lay_out(html, sheets_of(template), theme_css(accent) if accent else "", pictures(images, qr))


def pictures(images: Mapping[str, bytes] | None, qr: str) -> dict[str, bytes]:
    return {**(images or {}), **({QR: qr_code(qr)} if qr else {})}


def sheets_of(template: str) -> tuple[str, ...]:
    names = ["portal/pdf/sheet.css", str(PurePosixPath(template).with_suffix(".css"))]
    return tuple(css for css in map(sheet, names) if css)


@cache
def sheet(name: str) -> str:
    """A style sheet from the templates; empty when the template has none."""
    try:
        return get_template(name).render()
    except TemplateDoesNotExist:
        return ""


def qr_code(address: str) -> bytes:
    image = io.BytesIO()
    segno.make(address, error="m").save(image, kind="svg", border=2, xmldecl=False, unit="mm", scale=1)
    return image.getvalue()
