"""Pages of somebody else's PDF, drawn on pages of ours. That file is opened only in a child process with bounds.

Only what a page draws is taken over: no script, no file inside, no form, no link, no data about who made it.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

SECONDS = 120
MOST_BYTES = 60_000_000  # of one file


class ForeignFailed(Exception):
    """The pages could not be drawn."""


def measure(content: bytes) -> int | str:
    """How many pages it has, tried out to the last; or why it cannot be drawn: locked, too_long, too_big, damaged."""
    if len(content) > MOST_BYTES:
        return "too_big"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "0.pdf").write_bytes(content)
        done = run("measure", folder)
    if done is None:
        return "too_big"
    try:
        answer = json.loads(done)
    except ValueError:  # it fell, or was stopped by its bounds
        return "too_big"
    return answer["pages"] if "pages" in answer else str(answer["refused"])


def draw_on(ours: bytes, pieces: Mapping[int, bytes]) -> bytes:
    """`pieces`: number of the first page of ours that gets its pages, counted from 0. The result claims no standard."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ours.pdf").write_bytes(ours)
        for page, content in pieces.items():
            (Path(folder) / f"{page}.pdf").write_bytes(content)
        done = run("draw", folder)
    if done is None or not done.startswith(b"%PDF-"):
        raise ForeignFailed
    return done


def run(what: str, folder: str) -> bytes | None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.pdf.foreign_child", what, folder], capture_output=True, timeout=SECONDS,
            cwd=settings.BASE_DIR, check=False, env={"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
