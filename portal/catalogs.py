"""Compile the translations without gettext: locale/<app>/<language>/LC_MESSAGES/django.po to .mo, where changed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogs(folder: Path = LOCALE) -> list[Path]:
    """The compiled files, written in one move because a running server may be reading them."""
    compiled = []
    for source in sorted(folder.glob("*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        changed = source.stat().st_mtime_ns
        language = source.parts[-3]
        with source.open("rb") as file:
            catalog = read_po(file, locale=language, abort_invalid=True)
        part = target.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            write_mo(file, catalog)
        os.utime(part, ns=(changed, changed))
        part.rename(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_catalogs()
