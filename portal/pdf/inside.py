"""What somebody else's PDF holds, read in a child process with bounds on memory, time and files."""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings

SECONDS = 25


@dataclass(frozen=True)
class Inside:
    """The data that a letter of a portal carries, the hash of its words, and the last of them."""

    data: bytes | None = None
    words: str = ""
    said: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """The data as an object; empty when it is not one."""
        try:
            found = json.loads(self.data or b"{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def look_inside(content: bytes) -> Inside | None:
    """None for a file that cannot be read, or not within the bounds."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.pdf.child"], input=content, capture_output=True, timeout=SECONDS,
            cwd=settings.BASE_DIR, check=False, env={"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    if "fault" in answer:
        return None
    data = base64.b64decode(answer["data"]) if answer["data"] is not None else None
    return Inside(data, answer["words"], answer["said"])
