import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.frozen import digest
from advice.models import (
    AdoptedText,
    EditorialText,
    LadderLetter,
    LadderPdf,
    Letter,
    Response,
    ResponseLetter,
    ResponsePdf,
    Version,
)
from advice.printing import LARGE, LETTER
from portal.documents import read
from portal.models import Document

TEXTS: dict[str, type[Model]] = {
    "answer": ResponseLetter,
    "letter without answer": LadderLetter,
    "adopted text": AdoptedText,
    "editorial text": EditorialText,
    "version": Version,
}


class Command(BaseCommand):
    help = "Compare every letter with its hash: the frozen texts in the database and the stored files."

    def handle(self, **options: Any) -> None:
        found = [self.compare(name, digest(text), recorded) for name, text, recorded in frozen_texts()]
        files = [self.compare_file(name, document) for name, document in kept_files()]
        counts = {"texts": len(found), "files": len(files)}
        self.stdout.write(_("%(texts)d texts and %(files)d files compared.") % counts)
        if wrong := sum(found) + sum(files):
            message = ngettext("%(count)d does not match its hash.", "%(count)d do not match their hash.", wrong)
            raise CommandError(message % {"count": wrong})

    def compare_file(self, name: str, document: Document) -> int:
        try:
            content = read(document)
        except OSError:
            self.stderr.write(_("%(name)s: the file %(file)s is not there.") % {"name": name, "file": document.path})
            return 1
        return self.compare(f"{name}, {document.name}", hashlib.sha256(content).hexdigest(), document.sha256)

    def compare(self, name: str, found: str, recorded: str) -> int:
        if found == recorded:
            return 0
        self.stderr.write(_("%(name)s: not what was recorded.") % {"name": name})
        return 1


def frozen_texts() -> Iterator[tuple[str, Any, str]]:
    """Name, text and recorded hash of all that was frozen: of letters, answers, and what came before them."""
    for letter in all_of(Letter).iterator():
        yield letter.reference, letter.text, letter.sha256
    for name, model in TEXTS.items():
        for row in all_of(model).iterator():
            yield f"{name} {row.pk}", row.text, row.sha256


def kept_files() -> Iterator[tuple[str, Document]]:
    for letter in all_of(Letter, "original").exclude(original=None).iterator():
        yield letter.reference, letter.original
    for kind in (LETTER, LARGE):
        for pdf in all_of(kind.printed, "copy__letter", "document").iterator():
            yield pdf.copy.letter.reference, pdf.document
    for pdf in all_of(ResponsePdf, "letter__response__copy__letter", "document").iterator():
        yield f"answer to {pdf.letter.response.copy.letter.reference}", pdf.document
    for pdf in all_of(LadderPdf, "letter__copy__letter", "document").iterator():
        yield f"{pdf.letter.kind} about {pdf.letter.copy.letter.reference}", pdf.document
    for response in all_of(Response, "copy__letter", "original").exclude(original=None).iterator():
        yield f"answer to {response.copy.letter.reference}", response.original


def all_of(model: type[Model], *related: str) -> QuerySet[Any]:
    return model._default_manager.select_related(*related).order_by("pk")
