"""The letters of a council as a folder that it takes along: data, PDFs, originals, and their SHA-256.

Names cannot collide: a slug holds no dot. `<slug>.json`, `<slug>.pdf`, `<slug>--<authority>.pdf` for a further
authority, `<slug>.verzoek.<kind>`, `<slug>.antwoord--<authority>.<kind>` and `<slug>.bijlage-<number>.<kind>`.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from advice.enclosures import record_of
from advice.interchange import check, interchange, response_file, responses_of
from advice.models import Letter, LetterCopy, LetterPdf, Response, ResponsePdf
from advice.tasks import render_copy, render_response
from councils.models import Council
from portal.documents import KINDS, read
from portal.models import Document

SUMS = "SHA256SUMS"
File = tuple[str, bytes]


class CannotExport(Exception):
    """A sentence for the operator; nothing was written."""


def files_of(council: Council) -> Iterator[File]:
    """Of every letter that was issued, also one from before the portal. What is not issued does not exist here."""
    letters = Letter.objects.filter(council=council).select_related("council", "original", "publication")
    for letter in letters.select_related("advice__request__request__original").order_by("slug"):
        yield from files_of_letter(letter)


def files_of_letter(letter: Letter) -> Iterator[File]:
    names: dict[str, str] = {}
    beside: dict[str, Document] = {}
    copies = list(letter.copies.select_related("authority").order_by("pk"))
    for copy in copies:
        name = f"{letter.slug}.pdf" if copy == copies[0] else f"{letter.slug}--{copy.authority.slug}.pdf"
        beside[name] = record_of(copy) or printed(copy)
    if letter.original or not letter.imported:  # else it is our rendering, and no original
        names["original"] = f"{letter.slug}.pdf"
    asked = request_original(letter)
    if asked:
        names["request"] = f"{letter.slug}.verzoek.{kind_of(asked)}"
        beside[names["request"]] = asked
    for response in responses_of(letter):
        given = answer_original(response)
        if given:
            name = f"{letter.slug}.antwoord--{response.authority.slug}.{kind_of(given)}"
            names[response_file(response)] = name
            beside[name] = given
    for number, document in attached(letter):
        beside[f"{letter.slug}.bijlage-{number}.{kind_of(document)}"] = document
    content = interchange(letter, names)
    check(content)
    yield f"{letter.slug}.json", as_file(content)
    for name, document in beside.items():
        yield name, whole(letter, document)


def as_file(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def printed(copy: LetterCopy) -> Document:
    render_copy(copy.pk)
    pdf = LetterPdf.objects.select_related("document").filter(copy=copy).first()
    if pdf is None:
        raise CannotExport(_("The letter is being made at this moment. Try again in a minute."))
    return pdf.document


def request_original(letter: Letter) -> Document | None:
    if letter.advice.request:
        return letter.advice.request.request.original
    public_id = (letter.advice.imported_request or {}).get("document")
    return Document.objects.filter(public_id=public_id).first() if public_id else None


def answer_original(response: Response) -> Document | None:
    """The letter of the executive where the portal made one, else what came in."""
    letter = getattr(response, "letter", None)
    if letter is None:
        return response.original
    if not hasattr(letter, "pdf"):
        render_response(letter.pk)
    pdf = ResponsePdf.objects.select_related("document").filter(letter=letter).first()
    if pdf is None:
        raise CannotExport(_("The letter is being made at this moment. Try again in a minute."))
    return pdf.document


def attached(letter: Letter) -> Iterator[tuple[int, Document]]:
    """The files of the attachments, with the number of their attachment; only the very bytes that the text names."""
    for number, part in enumerate(letter.text.get("attachments") or [], 1):
        file = part.get("file") or {}
        found = Document.objects.filter(public_id=file.get("public_id"), sha256=file.get("sha256")).first()
        if found:
            yield number, found


def kind_of(document: Document) -> str:
    ending = document.name.rpartition(".")[2].lower()
    if ending in KINDS:
        return ending
    return next(
        (kind for kind, (content_type, _start) in KINDS.items() if content_type == document.content_type), "pdf"
    )


def whole(letter: Letter, document: Document) -> bytes:
    facts = {"reference": letter.reference, "name": document.name}
    try:
        content = read(document)
    except OSError as error:
        raise CannotExport(_("Letter %(reference)s: the file “%(name)s” is not there.") % facts) from error
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise CannotExport(_("Letter %(reference)s: the file “%(name)s” is not what was recorded.") % facts)
    return content


# --- the folder -------------------------------------------------------------


def write_folder(folder: Path, files: Iterable[File], *, tell: Callable[[str], None]) -> int:
    """All of it or nothing: it is written beside the folder and takes its place at the end. How many files it has."""
    refuse_strange(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        sums = {}
        for name, content in files:
            write(made / name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
            tell(name)
        write(made / SUMS, "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode())
        made.chmod(0o755)
        put_in_place(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return len(sums)


def write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:  # never over another one
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def refuse_strange(folder: Path) -> None:
    """Only an earlier export may make way: a folder in which SHA256SUMS knows every file."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CannotExport(_("%(folder)s is not a folder.") % {"folder": folder})
    there = {path.name for path in folder.iterdir()}
    if there and not there <= {SUMS, *read_sums(folder)}:
        message = _("%(folder)s is not empty, and it is not an earlier export. Choose another folder.")
        raise CannotExport(message % {"folder": folder})


def read_sums(folder: Path) -> dict[str, str]:
    """The SHA-256 by name; empty where there are none."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    lines = (line.partition("  ") for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {name: digest for digest, _between, name in lines if name}


def put_in_place(made: Path, folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        made.replace(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    folder.replace(old)
    try:
        made.replace(folder)
    except OSError:
        old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
