"""The print run: several finished files as one, for the printer."""

import io
from collections.abc import Iterable

import pikepdf


def join(files: Iterable[bytes], *, two_sided: bool = False) -> bytes:
    """Join for printing only: the result is not archival and not tagged; the files that went in are the record.

    With `two_sided` every document starts on the front of a sheet."""
    with pikepdf.new() as run:
        for content in files:
            with pikepdf.open(io.BytesIO(content)) as document:
                run.pages.extend(document.pages)
                _left, _bottom, width, height = map(float, document.pages[0].mediabox)
                if two_sided and len(document.pages) % 2:
                    run.add_blank_page(page_size=(round(width), round(height)))
        out = io.BytesIO()
        run.save(out, deterministic_id=True)
    return out.getvalue()
