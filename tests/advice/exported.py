"""What the tests of going out and coming back share."""

import io
import json
from pathlib import Path

from django.core.management import call_command

Files = dict[str, bytes]


def export(council: str, folder: Path) -> str:
    out = io.StringIO()
    call_command("export_council", council, "--output", str(folder), stdout=out)
    return out.getvalue()


def bring_in(*paths: Path) -> str:
    out = io.StringIO()
    call_command("import_advices", *map(str, paths), "--create-missing", stdout=out, stderr=out)
    return out.getvalue()


def files_in(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def same_files(first: Files, second: Files) -> None:
    assert list(first) == list(second)
    differing = [name for name in first if first[name] != second[name]]
    for name in differing:
        if name.endswith(".json"):
            assert json.loads(second[name]) == json.loads(first[name])
    assert differing == []
