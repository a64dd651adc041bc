"""The door for a Word file: what can be said at a glance here, the rest in a child process that is bound."""

import json
import logging
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.word.child import SECONDS

logger = logging.getLogger("portal.word")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WITH_A_PASSWORD = "EncryptedPackage".encode("utf-16-le")
MOST_BYTES = 10_000_000


def sentence(code: str) -> str:
    return {
        "empty": _("This file is empty. Choose another file."),
        "old": _("This is an old Word file. Save it in Word as .docx and choose it again."),
        "locked": _("This file has a password. Save it in Word without a password and choose it again."),
        "macros": _("This file has macros, small programs. Save it in Word as .docx without macros."),
        "not_word": _("This is not a Word file. Choose a file that ends in .docx."),
        "damaged": _("We cannot read this file. Open it in Word, save it again as .docx and choose it again."),
        "too_big": _("This file is too big to read. Take the pictures out, or cut it in two."),
        "too_long": _("This text is too long: more than 150 pages. Cut it in two."),
        "too_slow": _("Reading this file takes too long. Cut it in two."),
        "nothing": _("There is no text in this file."),
    }[code]


def read_upload(upload: UploadedFile, *, field: str = "file") -> dict[str, Any]:
    """What portal.word.reading.read found; Refused with a sentence for who chose the file."""
    found = read_bytes(upload.read(), upload.name or "")
    if "refused" in found:
        raise Refused(sentence(found["refused"]), field=field)
    if not any(part["heading"] or part["html"] for part in found["text"]["new"]["parts"]):
        raise Refused(sentence("nothing"), field=field)
    return found["text"]


def read_bytes(content: bytes, name: str) -> dict[str, Any]:
    code = at_a_glance(content, name.rpartition(".")[2].lower())
    return {"refused": code} if code else in_a_child(content)


def at_a_glance(content: bytes, ending: str) -> str:
    if not content:
        return "empty"
    if content.startswith(OLE):
        return "locked" if WITH_A_PASSWORD in content else "old"
    if ending in ("docm", "dotm"):
        return "macros"
    if ending == "doc":
        return "old"
    if ending != "docx" or not content.startswith(ZIP):
        return "not_word"
    return "too_big" if len(content) > MOST_BYTES else ""


def in_a_child(content: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.word.child"], input=content, capture_output=True, timeout=SECONDS,
            cwd=settings.BASE_DIR, check=False, env={"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"refused": "too_slow"}
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # it fell: out of memory, or stopped by its bounds
        logger.warning("the reader of Word files fell with code %s: %s", done.returncode, done.stderr[-500:])
        return {"refused": "too_big"}
    if "fault" in answer:
        logger.warning("a Word file could not be read: %s", answer["fault"])
    return answer
