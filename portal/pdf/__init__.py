"""Print documents: plain data in, one file out that is both PDF/A-3a (archive) and PDF/UA-1 (screen readers).

    render("advice/pdf/letter.html", context, title=…, author=…, subject=…, created=…) -> bytes

The same input and the same `created` give the same bytes. Beside a template may stand a style sheet of the same name.
Keep it out of web workers: laying out a letter takes about 80 MB; the worker that renders keeps fonts and sheets warm.
"""

from portal.pdf.engine import Attached, layout, render
from portal.pdf.joining import join
from portal.pdf.richtext import print_html, text_html

__all__ = ["Attached", "join", "layout", "print_html", "render", "text_html"]
