"""Print documents: plain data in, one file out that is both PDF/A-3a (archive) and PDF/UA-1 (screen readers).

    render("advice/pdf/letter.html", context, title=…, author=…, subject=…, created=…) -> bytes

The same input and the same `created` give the same bytes. Beside a template may stand a style sheet of the same name.
WeasyPrint never comes into the process that asks: the press (press.py) starts a child for it at the first document and
keeps it warm. It raises PressFailed when the document cannot be made.
"""

from typing import TYPE_CHECKING, Any

from portal.pdf.attached import Attached
from portal.pdf.failing import PressFailed
from portal.pdf.richtext import print_html, text_html

if TYPE_CHECKING:
    from portal.pdf.engine import layout, render
    from portal.pdf.joining import join

__all__ = ["Attached", "PressFailed", "join", "layout", "print_html", "render", "text_html"]


def __getattr__(name: str) -> Any:
    if name in ("render", "layout"):
        from portal.pdf import engine

        return getattr(engine, name)
    if name == "join":
        from portal.pdf.joining import join

        return join
    raise AttributeError(name)
