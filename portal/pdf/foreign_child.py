"""`python -m portal.pdf.foreign_child measure|draw FOLDER`: see portal.pdf.foreign. It may fall."""

import io
import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 100
MOST_PAGES = 300
# Where a page is drawn on A4, in points: under the running line and above the page number.
AREA = (34, 48, 561, 776)
CLAIMS = ("pdfuaid:part", "pdfuaid:rev", "pdfaid:part", "pdfaid:conformance", "pdfaid:rev")


def bound() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    bound()
    if what == "measure":
        json.dump(measured((folder / "0.pdf").read_bytes()), sys.stdout)
    else:
        sys.stdout.buffer.write(drawn(folder))


def measured(content: bytes) -> dict[str, Any]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            if document.is_encrypted:
                return {"refused": "locked"}
            pages = len(document.pages)
            if not pages:
                return {"refused": "damaged"}
            if pages > MOST_PAGES:
                return {"refused": "too_long"}
            with pikepdf.new() as trial:
                for _page in range(pages):
                    trial.add_blank_page(page_size=(595, 842))
                draw(trial, document, 0)
                trial.save(io.BytesIO())
            return {"pages": pages}
    except pikepdf.PasswordError:
        return {"refused": "locked"}
    except (MemoryError, RecursionError):
        return {"refused": "too_big"}
    except Exception:  # whatever the file is, its pages cannot be drawn
        return {"refused": "damaged"}


def drawn(folder: Path) -> bytes:
    import pikepdf

    with pikepdf.open(folder / "ours.pdf") as ours:
        for path in sorted(folder.glob("[0-9]*.pdf"), key=lambda path: int(path.stem)):
            with pikepdf.open(path, suppress_warnings=True) as document:
                draw(ours, document, int(path.stem))
        with ours.open_metadata(set_pikepdf_as_editor=False) as about:
            for claim in CLAIMS:
                if claim in about:
                    del about[claim]
        out = io.BytesIO()
        ours.save(out, deterministic_id=True)
    return out.getvalue()


def draw(ours: Any, document: Any, first: int) -> None:
    import pikepdf

    for number, page in enumerate(document.pages):
        ours.pages[first + number].add_overlay(page, pikepdf.Rectangle(*AREA))


if __name__ == "__main__":
    main()
