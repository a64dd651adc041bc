"""The files that letters from before the portal bring along: kept as they are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advice.actions.issuing import free_slug
from advice.brought import Brought
from advice.interchange import FaultyFile
from advice.models import Advice, Letter, LetterPdf
from advice.models.letters import BROUGHT_ALONG
from councils.models import Council
from councils.rulebook.schema import Fault
from portal.access import Refused
from portal.documents import keep_upload
from portal.models import Document, Person


@dataclass
class Originals:
    """The files beside an interchange file. A name that leads out of its folder is refused."""

    folder: Path | None
    council: Council
    by: Person | None

    def letter(self, name: str | None) -> Document | None:
        if name and not name.lower().endswith(".pdf"):
            raise FaultyFile([Fault("$.original", _("The signed letter must be a PDF file."))])
        return self.keep(name, "$.original") if name else None

    def keep(self, name: str, path: str) -> Document:
        if self.folder is None:
            raise FaultyFile([Fault(path, _("There is no folder to look for this file."))])
        found = (self.folder / name).resolve()
        if not found.is_relative_to(self.folder.resolve()) or not found.is_file():
            raise FaultyFile([Fault(path, _("The file %(name)s is not there.") % {"name": name})])
        upload = SimpleUploadedFile(found.name, found.read_bytes())
        try:
            return keep_upload(upload, by=self.by, council_id=self.council.pk)  # type: ignore[arg-type]
        except Refused as refused:
            raise FaultyFile([Fault(path, str(refused))]) from refused


def keep_attachments(
    advice: Advice, parts: list[dict[str, Any]], brought: Brought, originals: "Originals"
) -> list[dict[str, Any]]:
    """With the files that came with them."""
    rows = {row.position: row for row in advice.attachments.all()}
    found = []
    for number, part in enumerate(parts, 1):
        path = brought.attachments.get(number)
        if path:
            kept = originals.keep(path.name, f"$.attachments[{number - 1}]")
            rows[number].document = kept
            rows[number].save(update_fields=["document"])
            part = {**part, "file": {"public_id": str(kept.public_id), "name": kept.name, "sha256": kept.sha256}}
        found.append(part)
    return found


def keep_pdfs(letter: Letter, brought: Brought, originals: "Originals") -> None:
    """The bytes that were sent stay; nothing is printed again. Of one that is the original already nothing is added."""
    for copy in letter.copies.select_related("authority").order_by("pk"):
        path = brought.pdfs.get(copy.authority.name)
        if path and not (letter.original and path.name == letter.original.name):
            document = originals.keep(path.name, "$")
            LetterPdf.objects.create(copy=copy, council=letter.council, document=document, renderer=BROUGHT_ALONG)


def slug_for(council: Council, reference: str, wanted: str) -> str:
    """The address that it had, if that is one of this reference and still free."""
    free = free_slug(council, reference)
    base = slugify(reference)[:90] or "brief"
    fits = wanted == base or re.fullmatch(rf"{re.escape(base)}-\d+", wanted)
    return wanted if fits and not Letter.objects.filter(council=council, slug=wanted).exists() else free
