"""What a document may load: the bundled fonts and the pictures that its caller hands over, by name. Nothing else."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "asset:"
TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
FONT_FILES = [
    f"source-sans-3-{charset}-{weight}-normal.woff2" for charset in ("latin", "latin-ext") for weight in (400, 600)
]


class Assets(URLFetcher):
    """Answers only for names it was given (asset:NAME). No file, no network, no data: URL."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.content = content

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self.content:
            raise ValueError(f"not an asset of this document: {url[:80]}")
        return URLFetcherResponse(url, self.content[name], {"Content-Type": TYPES[Path(name).suffix]})


@cache
def fonts() -> dict[str, bytes]:
    folder = Path(__file__).parents[2] / "static" / "build" / "pdf-fonts"  # the press has no settings
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"The fonts for print are not in {folder}: run script/setup. Missing: {missing[0]}")
    return {name: (folder / name).read_bytes() for name in FONT_FILES}
