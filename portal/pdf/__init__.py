"""Print documents: plain data in, one file out that is both PDF/A-3a (archive) and PDF/UA-1 (screen readers).

    render("advice/pdf/letter.html", context, title=…, author=…, subject=…, created=…) -> bytes

The same input and the same `created` give the same bytes. Beside a template may stand a style sheet of the same name.
WeasyPrint takes some 80 MB, so it is loaded at the first document and not by importing this; a worker keeps it warm.
"""

from typing import TYPE_CHECKING, Any

from portal.pdf.attached import Attached
from portal.pdf.richtext import print_html, text_html

if TYPE_CHECKING:
    from portal.pdf.engine import layout, render
    from portal.pdf.joining import join

__all__ = ["Attached", "join", "layout", "print_html", "render", "text_html"]


def __getattr__(name: str) -> Any:
    if name in ("render", "layout"):
        from portal.pdf import engine

        return getattr(engine, name)
    if name == "join":
        from portal.pdf.joining import join

        return join
    raise AttributeError(name)
